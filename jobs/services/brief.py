"""Briefs and their versions: drafted, put in force, confirmed, commented (3.7, R50–R54, R83)."""

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from accounts.models import User
from accounts.models.user import RANKS
from accounts.permissions import Rights
from accounts.services.telling import one, posts, tell, words
from agency.common.errors import Refused
from agency.common.pdf import render
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, lock, save, verb
from agency.common.wording import names_text
from archives.kinds import Kind
from archives.papers import draw_number
from archives.services import supersede
from jobs.models import Brief, Department, DeptConfirmation, Estimate, Fact, Job, StrategyComment
from jobs.papers import brief as papers
from jobs.papers.common import file_paper
from jobs.services.access import require_on
from jobs.services.papers import models

State = Brief.State
WRITTEN = (*Brief.PARTS, "budget", "reason")
FILED_AS = {Brief.Kind.JOB: Kind.BRIEF, Brief.Kind.CREATIVE: Kind.CREATIVE_BRIEF}
TITLES = {
    Brief.Kind.JOB: gettext_noop("Job brief"),
    Brief.Kind.CREATIVE: gettext_noop("Creative brief"),
}


@verb
def draft_brief(*, job, kind, by, at):
    """Begin the first version, or the next one as a copy of the one in force with its facts."""
    job = lock(job)
    behalf = require_on(job, "jobs.edit_brief", by, at)
    if not job.is_at_work:
        raise Refused(_("This job has ended: nothing is changed in it any more."))
    if draft := job.briefs.drafts().filter(kind=kind).first():
        return draft
    former = job.briefs.in_force().filter(kind=kind).first()
    version = job.briefs.filter(kind=kind).count() + 1
    brief = Brief(job=job, kind=kind, version=version, author=by, created_by=by, created_at=at)
    for name in (*Brief.PARTS, "budget", "strategy_try", "strategy_by") if former else ():
        setattr(brief, name, getattr(former, name))
    brief.save()
    for fact in former.facts.all() if former else ():
        fact.pk, fact.brief, fact.row_version = None, brief, 0
        fact._state.adding = True
        fact.save()
    record(brief, "draft_brief", by=by, at=at, client=job.client, behalf_of=behalf)
    return brief


@verb
def save_brief(*, brief, typed, by, at, row_version=None, facts=None):
    """Keep what was typed into a draft; `facts` are dicts of Fact, in their order."""
    lock(brief.job)
    brief = lock(brief)
    behalf = require_on(brief.job, "jobs.edit_brief", by, at)
    check_version(brief, row_version)
    check_state(brief, State.DRAFT)
    for name in WRITTEN:
        if name in typed:
            setattr(brief, name, typed[name])
    if "strategy_try" in typed and typed["strategy_try"] != brief.strategy_try:
        brief.strategy_try, brief.strategy_by = typed["strategy_try"], by
    save(brief)
    if facts is not None:
        _set_facts(brief, facts, by, at)
    record(brief, "save_brief", by=by, at=at, client=brief.job.client, behalf_of=behalf)
    return brief


def _set_facts(brief, rows, by, at):
    kept = []
    for position, row in enumerate(rows, start=1):
        old = brief.facts.filter(pk=row.get("pk")).first() if row.get("pk") else None
        fact = old or Fact(brief=brief, created_by=by, created_at=at)
        for name, value in {**row, "position": position}.items():
            if name != "pk":
                setattr(fact, name, value)
        check_fact(fact)
        save(fact)
        kept.append(fact.pk)
    brief.facts.exclude(pk__in=kept).delete()


def check_fact(fact):
    """Awaited means: from somebody, by a day (R52)."""
    if fact.state == Fact.State.AWAITED and (fact.source is None or fact.due_on is None):
        raise Refused(_("Say from whom “%(fact)s” is awaited, and by when.") % {
            "fact": fact.name
        }, "facts")  # fmt: skip


@verb
def state_fact(*, fact, state, by, at, row_version=None, document=None):
    """A fact of the brief in force has come, or is not needed after all."""
    lock(fact.brief.job)
    fact = lock(fact)
    behalf = require_on(fact.brief.job, "jobs.edit_brief", by, at)
    check_version(fact, row_version)
    fact.state = state
    fact.document = document or fact.document
    check_fact(fact)
    save(fact)
    client = fact.brief.job.client
    record(fact, "state_fact", by=by, at=at, client=client, behalf_of=behalf, state=state)
    return fact


@verb
def put_in_force(*, brief, departments, by, at, row_version=None):
    """The version counts from now: filed, told to everybody on the job, departments asked again.

    A change needs its reason; a creative brief the signature of an AM or above (R83).
    """
    job = lock(brief.job)
    brief = lock(brief)
    is_creative = brief.kind == Brief.Kind.CREATIVE
    right = "jobs.sign_creative_brief" if is_creative else "jobs.edit_brief"
    behalf = require_on(job, right, by, at)
    check_version(brief, row_version)
    check_state(brief, State.DRAFT)
    reasons = list(gaps(brief))
    if reasons:
        raise Refused(reasons[0][1], reasons[0][0], reasons)
    former = job.briefs.in_force().filter(kind=brief.kind).first()
    if former:
        former.state = State.SUPERSEDED
        save(former)
    brief.state, brief.in_force_at = State.IN_FORCE, at
    if is_creative or Rights(by, at, job.client).rank_on(job.client) >= RANKS["am"]:
        brief.signed_by, brief.signed_at = by, at
    save(brief)
    _file(brief, former, by, at)
    _ask(brief, departments, by, at)
    if not is_creative:
        _mark_papers(job, brief, at)
    _tell_all(brief, former, by, at)
    record(
        brief, "put_in_force", by=by, at=at, client=job.client, behalf_of=behalf,
        version=brief.version, reason=brief.reason,
    )  # fmt: skip
    return brief


def gaps(brief):
    """(field, words) of what the version lacks to be put in force."""
    for name in brief.NEEDED[brief.kind]:
        if not getattr(brief, name).strip():
            field = Brief._meta.get_field(name).verbose_name
            yield name, _("“%(part)s” is still empty.") % {"part": field}
    if brief.version > 1:
        try:
            check_reason(brief.reason)
        except Refused as refused:
            yield "reason", refused.message
    makes_things = brief.kind == Brief.Kind.JOB and brief.job.kind != Job.Kind.FEE
    if makes_things and not brief.job.deliverables.exists():
        yield "", _("The job has no deliverables yet.")


def _file(brief, former, by, at):
    job, kind = brief.job, FILED_AS[brief.kind]
    old = former.document if former else None
    number = old.number if old else draw_number(job.client, "BR", at)
    for face in ("client", "internal"):
        content = render(
            f"jobs/pdf/brief_{face}.html", getattr(papers, f"brief_{face}")(brief, number, at)
        )
        document = file_paper(
            job, kind=kind, words=TITLES[brief.kind], content=content, face=face, number=number,
            revision=brief.version, by=by, at=at,
        )  # fmt: skip
    brief.document = document
    brief.save(update_fields=["document"])
    if old:
        for paper in type(old).objects.filter(number=number, revision=old.revision, state="issued"):
            supersede(document=paper, by=by, at=at)


def _ask(brief, departments, by, at):
    for department in departments:
        row = DeptConfirmation.objects.create(
            brief=brief, department=department, asked_at=at, created_by=by, created_at=at
        )
        label = words(gettext_lazy("Is this brief enough to work with? %(job)s"), job=brief.job)
        tell("step_waiting", brief, people_of(brief.job, department), label,
             client=brief.job.client, at=at, slot=f"confirm:{row.pk}")  # fmt: skip


@verb
def ask_departments(*, brief, departments, by, at, row_version=None):
    """Others are asked about the version in force whether it is enough to work with (R52)."""
    job = lock(brief.job)
    brief = lock(brief)
    behalf = require_on(job, "jobs.edit_brief", by, at)
    check_version(brief, row_version)
    check_state(brief, State.IN_FORCE)
    if not departments:
        raise Refused(_("Choose at least one department."), "departments")
    if brief.confirmations.filter(department__in=departments).exists():
        raise Refused(_("This department has been asked already."), "departments")
    _ask(brief, departments, by, at)
    record(
        brief, "ask_departments", by=by, at=at, client=job.client, behalf_of=behalf,
        departments=sorted(departments),
    )  # fmt: skip
    return brief


def people_of(job, department):
    """The people of a department who serve the client."""
    rows = User.objects.filter(
        is_active=True, role=User.Role.DEPARTMENT, department=department,
        assignments__client=job.client,
    )  # fmt: skip
    return list(rows.distinct())


def _mark_papers(job, brief, at):
    """Drafts say that the brief changed; signed estimates ask: a change order, too? (3.7)"""
    for model in models():
        drafts = model.objects.filter(job=job, state=model.State.DRAFT)
        drafts.exclude(brief=brief).update(brief_changed=True)
    signed = job.estimates.signed().exclude(brief=brief)
    if brief.version > 1 and signed.update(scope_answer=Estimate.ScopeAnswer.ASKED):
        label = words(
            gettext_lazy("The brief has changed: is a change order needed? %(job)s"), job=job
        )
        people = posts(job.client, ["ae"], at, named=job.ae)
        tell("brief_changed", job, people, label, client=job.client, at=at,
             slot=f"scope:{brief.pk}")  # fmt: skip


def _tell_all(brief, former, by, at):
    """Everybody on the job: AE, AM, AD, departments with an order or asked to confirm (R51)."""
    job = brief.job
    people = posts(job.client, ["ae", "am", "ad"], at, named=job.ae)
    departments = set(brief.confirmations.values_list("department", flat=True))
    departments |= set(job.start_orders.open().values_list("department", flat=True)) - {""}
    for department in sorted(departments):
        people += people_of(job, department)
    label = words(
        gettext_lazy("%(brief)s in force: %(job)s. %(reason)s"),
        brief=brief, job=job, reason=brief.reason,
    )  # fmt: skip
    people = [user for user in dict.fromkeys(people) if user != by]
    tell("brief_changed", brief, people, label, client=job.client, at=at, slot="in_force",
         detail=changed_text(former, brief) if former else "")  # fmt: skip


def changed_text(former, brief):
    """The parts that differ, by their names, in the reader's language."""
    names = [
        Brief._meta.get_field(name).verbose_name
        for name in (*Brief.PARTS, "budget")
        if getattr(former, name) != getattr(brief, name)
    ]
    parts = lazy(lambda: names_text(names), str)()
    return words(gettext_lazy("Changed: %(parts)s"), parts=parts) if names else ""


@verb
def confirm_brief(*, confirmation, enough, by, at, missing="", row_version=None):
    """A department says whether the brief is enough to work with, or what is missing (R52)."""
    job = lock(confirmation.brief.job)
    row = lock(confirmation)
    behalf = require_on(job, "jobs.edit_brief", by, at, own=True)
    check_version(row, row_version)
    if by.role == User.Role.DEPARTMENT and by.department != row.department:
        raise Refused(_("This question goes to another department."))
    if row.brief.state != State.IN_FORCE:
        raise Refused(_("This version of the brief is not in force any more."))
    if not enough and not missing.strip():
        raise Refused(_("Please say what is missing."), "missing")
    row.enough, row.missing, row.by, row.at = enough, "" if enough else missing.strip(), by, at
    save(row)
    label = words(
        gettext_lazy("%(department)s on the brief of %(job)s: %(answer)s"),
        department=Department(row.department).label, job=job,
        answer=row.missing or gettext_lazy("enough to work with"),
    )  # fmt: skip
    people = posts(job.client, ["ae"], at, named=job.ae)
    tell("approved" if enough else "refused", row.brief, people, label, client=job.client, at=at,
         slot=f"confirm:{row.pk}:{row.row_version}")  # fmt: skip
    record(row, "confirm_brief", by=by, at=at, client=job.client, behalf_of=behalf, enough=enough)
    return row


@verb
def comment_strategy(*, brief, text, by, at):
    """AM and AD say what they think of the AE's strategy try (R54)."""
    behalf = require_on(brief.job, "jobs.edit_brief", by, at)
    comment = StrategyComment.objects.create(
        brief=brief, by=by, at=at, text=text, created_by=by, created_at=at
    )
    author = brief.strategy_by or brief.author
    label = words(gettext_lazy("%(name)s on your strategy for %(job)s"), name=by, job=brief.job)
    people = [user for user in one(brief.job.client, author, at) if user != by]
    tell("strategy_comment", brief, people, label, client=brief.job.client, at=at,
         slot=f"comment{comment.pk}", mail=False)  # fmt: skip
    record(comment, "comment_strategy", by=by, at=at, client=brief.job.client, behalf_of=behalf)
    return comment


@verb
def answer_scope(*, estimate, needed, by, at, reason=""):
    """Is a change order needed for the new brief? Yes bars the new part till it is signed (R60)."""
    lock(estimate.job)
    row = lock(estimate)
    behalf = require_on(row.job, "jobs.edit_estimate", by, at)
    if row.scope_answer != Estimate.ScopeAnswer.ASKED:
        raise Refused(_("This question is answered already."))
    if not needed:
        row.scope_reason = check_reason(reason)
    row.scope_answer = Estimate.ScopeAnswer.YES if needed else Estimate.ScopeAnswer.NO
    save(row)
    record(
        row, "answer_scope", by=by, at=at, client=row.job.client, behalf_of=behalf, needed=needed
    )
    return row
