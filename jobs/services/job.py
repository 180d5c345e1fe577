"""The job from its request to its end: the only writers of its state (3.5)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from accounts.models import Contract
from accounts.models.scope import local_day
from accounts.permissions import require
from accounts.services.telling import one, posts, tell, words
from agency.common.dates import add_working_days, local_instant
from agency.common.errors import Refused
from agency.common.models import CalendarDay
from agency.common.pdf import render
from agency.common.services import next_number
from agency.common.services.record import once, record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, lock, save, verb
from archives.kinds import Kind
from archives.models import Document
from archives.papers import client_day, draw_number
from archives.services import name_job
from jobs.constants import ESTIMATE_DAYS, ESTIMATE_HOUR
from jobs.models import Brief, Deliverable, Job, JobLog
from jobs.papers import job as papers
from jobs.papers.common import file_paper
from jobs.services.access import require_on
from jobs.services.budget_year import check_year

State = Job.State


@verb
def request_job(
    *, client, title, kind, due_on, by, at, brand=None, product=None, makes_ads=True, ae=None,
    budget_year=None, deliverables=(), contract_reason="", po_number="", risk_note="",
    form_key=None,
):  # fmt: skip
    """Ask for a job number. The AM is told; without a contract in force he must say why (R41).

    deliverables: dicts of name, medium, quantity, spec, not_charged.
    """
    behalf = require(by, "jobs.request_job", client, at)
    job = Job(
        client=client, title=title, kind=kind, due_on=due_on, brand=brand, product=product,
        makes_ads=makes_ads and kind != Job.Kind.FEE, ae=ae or by, requested_by=by,
        requested_at=at, budget_year=budget_year or local_day(at).year,
        contract_reason=contract_reason, po_number=po_number, risk_note=risk_note,
        form_key=form_key, created_by=by, created_at=at,
    )  # fmt: skip
    _check_parts(job, at)
    job, is_new = once(job)
    if not is_new:
        return job
    set_deliverables(job, deliverables, by, at)
    log_state(job, "", State.REQUESTED, by, at, "", behalf)
    label = words(gettext_lazy("Job to approve: %(job)s, by %(due)s"), job=job, due=due_on)
    people = [user for user in posts(client, ["am"], at) if user != by]
    tell("step_waiting", job, people, label, client=client, at=at, slot="approve")
    record(job, "request_job", by=by, at=at, client=client, behalf_of=behalf, kind=kind)
    return job


def _check_parts(job, at):
    if job.client.status == "closed":
        raise Refused(_("The client is closed."), "client")
    for name in ("brand", "product"):
        row = getattr(job, name)
        owner = row and (row.client_id if name == "brand" else row.brand.client_id)
        if row is not None and owner != job.client_id:
            raise Refused(_("This belongs to another client."), name)
    if job.due_on < local_day(at):
        raise Refused(_("The due date lies in the past."), "due_on")


def set_deliverables(job, rows, by, at):
    """The list as typed: rows are kept by their id, the others go where nothing rests on them."""
    kept = []
    for position, row in enumerate(rows, start=1):
        known = {name: value for name, value in row.items() if name != "pk"}
        old = job.deliverables.filter(pk=row.get("pk")).first() if row.get("pk") else None
        item = old or Deliverable(job=job, created_by=by, created_at=at)
        for name, value in {**known, "position": position}.items():
            setattr(item, name, value)
        save(item)
        kept.append(item.pk)
    gone = job.deliverables.exclude(pk__in=kept)
    if gone.filter(lines__isnull=False).exists():
        raise Refused(
            _("An estimate names this deliverable: it cannot be dropped."), "deliverables"
        )
    gone.delete()


@verb
def update_job(*, job, by, at, row_version=None, deliverables=None, **typed):
    """Correct title, brand, due date, AE and the like, each change in the audit trail."""
    job = lock(job)
    behalf = require_on(job, "jobs.request_job", by, at)
    check_version(job, row_version)
    if not job.is_at_work:
        raise Refused(_("This job has ended: nothing is changed in it any more."))
    changes = {}
    for name, value in typed.items():
        if getattr(job, name) != value:
            changes[name] = [getattr(job, name), value]
            setattr(job, name, value)
    _check_new_due(job, changes, at)
    if "budget_year" in changes:
        check_year(job, by, at)
    save(job)
    if deliverables is not None:
        set_deliverables(job, deliverables, by, at)
    record(job, "update_job", by=by, at=at, client=job.client, behalf_of=behalf, **changes)
    return job


def _check_new_due(job, changes, at):
    if "due_on" in changes:
        _check_parts(job, at)
    if {"brand", "product"} & changes.keys():
        for name in ("brand", "product"):
            row = getattr(job, name)
            owner = row and (row.client_id if name == "brand" else row.brand.client_id)
            if row is not None and owner != job.client_id:
                raise Refused(_("This belongs to another client."), name)


def contract_missing(job, at):
    """True where no contract is in force and nobody has said why the job may begin (R41)."""
    day = local_day(at)
    has_one = Contract.objects.filter(client=job.client).covering(day).exists()
    return not has_one and not job.contract_reason.strip()


@verb
def approve_job(*, job, by, at, row_version=None, contract_reason=""):
    """Give the number (`LM-26-014`), file the request, start the clock of the estimate (R50, R55).

    Another person than the requester, also not as somebody's stand-in for him.
    """
    job = lock(job)
    behalf = require_on(job, "jobs.approve_job", by, at)
    check_version(job, row_version)
    check_state(job, State.REQUESTED)
    _check_another(job, by, behalf)
    if contract_reason.strip():
        job.contract_reason = check_reason(contract_reason, "contract_reason")
    reasons = list(not_ready(job, at))
    if reasons:
        raise Refused(reasons[0][1], reasons[0][0], reasons)
    year = local_day(at).year
    key = f"{job.client.code}-{year % 100:02d}"
    job.number = f"{key}-{next_number(key):03d}"
    job.approved_by, job.approved_at = by, at
    if job.kind == Job.Kind.PRODUCTION:
        job.estimate_due_at = _estimate_due(job, at)
        job.next_notice_at = job.estimate_due_at
    move_state(job, State.APPROVED, by=by, at=at, behalf_of=behalf)
    _file_request(job, by, at)
    _number_papers(job, by, at)
    label = words(gettext_lazy("Job approved: %(job)s"), job=job)
    people = _people_of(job, at, but=by)
    tell("approved", job, people, label, client=job.client, at=at, slot="job")
    record(job, "approve_job", by=by, at=at, client=job.client, behalf_of=behalf, number=job.number)
    return job


def _check_another(job, by, behalf):
    if job.requested_by_id in (by.pk, behalf.pk if behalf else None):
        raise Refused(_("Who asked for the job does not approve it."))


def not_ready(job, at):
    """(field, words) of what stands between the request and its number."""
    if not job.briefs.in_force().filter(kind=Brief.Kind.JOB).exists():
        yield "", _("There is no job brief in force.")
    if contract_missing(job, at):
        yield "contract_reason", _("No contract is in force: please say why the job may begin.")


def _estimate_due(job, at):
    """Two working days after the approval, 18:00 of the client's day (5.4)."""
    zone = job.client.timezone
    calendar = CalendarDay.objects.calendar()
    day = add_working_days(client_day(job.client, at), ESTIMATE_DAYS, calendar)
    return local_instant(day, ESTIMATE_HOUR, zone)


def _file_request(job, by, at):
    number = draw_number(job.client, "JR", at)
    content = render("jobs/pdf/job_request.html", papers.job_request(job, number, at))
    file_paper(
        job, kind=Kind.JOB_REQUEST, words=gettext_noop("Job number request"), content=content,
        face="internal", number=number, by=by, at=at,
    )  # fmt: skip


def _number_papers(job, by, at):
    """The brief came into force before the number was given: its papers name the job now."""
    numbers = {brief.document.number for brief in job.briefs.all() if brief.document}
    for paper in Document.objects.filter(client=job.client, number__in=numbers):
        name_job(paper, job.number, by=by, at=at)


def _people_of(job, at, but=None):
    """AE of the job and whoever asked for it."""
    people = [*posts(job.client, ["ae"], at, named=job.ae), *one(job.client, job.requested_by, at)]
    return [user for user in dict.fromkeys(people) if user != but]


def move_state(job, state, *, by, at, reason="", behalf_of=None):
    """Write the state and its line in the log; the caller has locked the job."""
    old, job.state = job.state, state
    save(job)
    log_state(job, old, state, by, at, reason, behalf_of)
    return job


def log_state(job, old, new, by, at, reason, behalf_of):
    JobLog.objects.create(
        job=job, at=at, from_state=old, to_state=new, by=by, behalf_of=behalf_of, reason=reason,
        created_by=by, created_at=at,
    )  # fmt: skip


def begin(job, permission, by, at, row_version, *states):
    job = lock(job)
    behalf = require_on(job, permission, by, at)
    check_version(job, row_version)
    check_state(job, *states)
    return job, behalf


@verb
def reject_job(*, job, reason, by, at, row_version=None):
    """Refuse the request, with a reason for who asked."""
    job, behalf = begin(job, "jobs.approve_job", by, at, row_version, State.REQUESTED)
    reason = check_reason(reason)
    move_state(job, State.REJECTED, by=by, at=at, reason=reason, behalf_of=behalf)
    label = words(gettext_lazy("Job refused: %(job)s. %(reason)s"), job=job, reason=reason)
    people = _people_of(job, at, but=by)
    tell("refused", job, people, label, client=job.client, at=at, slot="job")
    record(job, "reject_job", by=by, at=at, client=job.client, behalf_of=behalf, reason=reason)
    return job


def activate_job(*, job, by, at):
    """The first start order makes an approved job active; called by `give_order` under its lock."""
    check_state(job, State.APPROVED)
    return move_state(job, State.ACTIVE, by=by, at=at)
