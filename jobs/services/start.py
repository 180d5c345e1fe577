"""May work begin? Each reason why not, in words (R52, R53, R57, R62, R83)."""

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Contract
from accounts.models.scope import local_day
from archives.kinds import Kind
from archives.models import ClientAnswer, Document
from jobs.models import Brief, DeptConfirmation, Estimate, Fact, Job, StartOrder

KINDS = StartOrder.Kind
AFTER_SIGNATURE = (KINDS.PRODUCTION, KINDS.SUPPLIER, KINDS.MEDIA)
DEPARTMENT_OF = {
    KINDS.CREATIVE: "creative",
    KINDS.MEDIA: "media",
    KINDS.PRODUCTION: "production",
    KINDS.SUPPLIER: "production",  # for suppliers the production department confirms
}


def may_start(*, job, kind, at, department=""):
    """Reasons why a start order of the kind may not be given now; an empty list means yes."""
    department = department or DEPARTMENT_OF.get(kind, "")
    brief = job.briefs.in_force().filter(kind=Brief.Kind.JOB).first()
    reasons = [
        *_of_state(job),
        *(_of_brief(brief, department) if brief else [_("There is no job brief in force.")]),
        *_of_creative_brief(job, kind),
        *_of_timeline(job),
        *_of_signature(job, kind, brief, at),
    ]
    return list(dict.fromkeys(reasons))


def _of_state(job):
    if job.archived_at:
        yield _("The job is archived.")
    elif not job.is_open:
        yield _("The job is “%(state)s”.") % {"state": job.get_state_display()}


def _of_brief(brief, department):
    """The facts for all and for the department are there, and it has enough to work with (R52)."""
    wanted = Q(needed_for="all") | Q(needed_for=department)
    for fact in brief.facts.filter(wanted, state=Fact.State.AWAITED):
        yield _("Awaited: %(fact)s from %(source)s.") % {"fact": fact.name, "source": fact.source}
    if not department:
        return
    row = brief.confirmations.filter(department=department).first()
    name = dict(DeptConfirmation._meta.get_field("department").choices)[department]
    if row is None or row.enough is None:
        yield _("%(department)s has not confirmed that the brief is enough.") % {"department": name}
    elif not row.enough:
        yield _("%(department)s says what is missing: %(missing)s") % {
            "department": name,
            "missing": row.missing,
        }


def _of_creative_brief(job, kind):
    if kind == KINDS.CREATIVE and not job.briefs.in_force().filter(kind="creative").exists():
        yield _("There is no signed creative brief in force.")


def _of_timeline(job):
    """Before the first order the plan stands; later orders go by the plan in force (R62)."""
    planned = job.kind in (Job.Kind.PRODUCTION, Job.Kind.MEDIA)
    if planned and not job.timelines.current().exists():
        yield _("There is no timeline in force.")


def _of_signature(job, kind, brief, at):
    if kind in AFTER_SIGNATURE:
        yield from _unsigned(job, kind, brief, at)
    elif not job.risk_note and list(_unsigned(job, kind, brief, at)):
        yield _(
            "The client has not signed, and nobody has written down who bears the risk until then."
        )


def _unsigned(job, kind, brief, at):
    """No role and no override leads round this one (R57)."""
    if job.kind == Job.Kind.FEE:
        if not Contract.objects.filter(client=job.client).covering(local_day(at)).exists():
            yield _("There is no contract in force.")
    elif job.kind == Job.Kind.MEDIA or kind == KINDS.MEDIA:
        if not has_signed_plan(job):
            yield _("The client has not signed the media plan.")
    else:
        yield from _of_estimate(job, brief)


def has_signed_plan(job):
    """The plan belongs to a higher app: here it is known by its filed paper, and the client's yes
    to that very paper (1). A refusal, or a scan not confirmed yet, is a proof, too, and no yes."""
    if not job.number:
        return False
    signed = ClientAnswer.objects.counting().filter(answer=ClientAnswer.Answer.SIGNED)
    return signed.filter(
        document__kind=Kind.MEDIA_PLAN,
        document__face=Document.Face.CLIENT,
        document__state__in=["issued", "history"],
        document__job_numbers__job_number=job.number,
    ).exists()


def _of_estimate(job, brief):
    signed = list(job.estimates.signed())
    if not signed:
        yield _("The client has not signed the production estimate.")
        return
    if any(row.scope_answer == Estimate.ScopeAnswer.ASKED for row in signed):
        yield _("The brief has changed since the signature: say whether a change order is needed.")
        return
    covered = {row.brief_id for row in signed}
    changed = any(row.scope_answer == Estimate.ScopeAnswer.YES for row in signed)
    if changed and brief and brief.pk not in covered:
        yield _("The change order for the new brief is not signed yet.")
