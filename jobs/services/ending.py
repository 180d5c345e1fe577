"""How a job ends: delivered, closed, cancelled, archived; and how it comes back (3.5, R46, R92)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.services.telling import posts, tell, words
from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, lock, save, verb
from archives.kinds import Kind
from archives.models import Document
from jobs.models import Job, OutgoingCheck, StartOrder
from jobs.services.access import require_on
from jobs.services.job import begin, log_state, move_state
from jobs.services.start import has_signed_plan
from jobs.services.work import take_back

State = Job.State


@verb
def deliver_job(*, job, by, at, row_version=None):
    """All is done and checked: the job is delivered and waits for its completion form."""
    job, behalf = begin(job, "jobs.give_start", by, at, row_version, State.ACTIVE)
    reasons = list(_undelivered(job))
    if reasons:
        raise Refused(reasons[0], "", [("", reason) for reason in reasons])
    job.delivered_at = at
    move_state(job, State.DELIVERED, by=by, at=at, behalf_of=behalf)
    record(job, "deliver_job", by=by, at=at, client=job.client, behalf_of=behalf)
    return job


def _undelivered(job):
    """Orders still open, and files that have not passed their check."""
    for order in job.start_orders.open():
        yield _("Not done yet: %(order)s.") % {"order": order}
    for check in job.outgoing_checks.open():
        yield _("Not checked yet: %(title)s.") % {"title": check.title}
    checks = job.outgoing_checks.exclude(kind=OutgoingCheck.Kind.ESTIMATE)
    for check in checks.failed().filter(followed_by=None):
        yield _("Failed its check and was not replaced: %(title)s.") % {"title": check.title}
    if job.makes_ads and not checks.passed().exists():
        yield _("Nothing has passed the outgoing check yet.")


@verb
def reopen_job(*, job, reason, by, at, row_version=None):
    """A delivered job goes back to work."""
    job, behalf = begin(job, "jobs.approve_job", by, at, row_version, State.DELIVERED)
    reason = check_reason(reason)
    job.delivered_at = None
    move_state(job, State.ACTIVE, by=by, at=at, reason=reason, behalf_of=behalf)
    _tell_all(job, gettext_lazy("Job open again: %(job)s. %(reason)s"), reason, at, "reopen")
    record(job, "reopen_job", by=by, at=at, client=job.client, behalf_of=behalf, reason=reason)
    return job


@verb
def cancel_job(*, job, reason, by, at, proof=None, row_version=None):
    """End an approved or active job; open orders are withdrawn.

    Where the client has signed something, his own word is filed as proof.
    """
    job, behalf = begin(job, "jobs.approve_job", by, at, row_version, State.APPROVED, State.ACTIVE)
    reason = check_reason(reason)
    if proof is None and (job.estimates.signed().exists() or has_signed_plan(job)):
        raise Refused(_("The client has signed: file his word that the job ends."), "proof")
    for order in job.start_orders.open().select_for_update():
        take_back(order, reason, by=by, at=at)
    job.next_notice_at = None
    move_state(job, State.CANCELLED, by=by, at=at, reason=reason, behalf_of=behalf)
    _tell_all(job, gettext_lazy("Job cancelled: %(job)s. %(reason)s"), reason, at, "cancel")
    record(job, "cancel_job", by=by, at=at, client=job.client, behalf_of=behalf, reason=reason)
    return job


def _tell_all(job, text, reason, at, slot, finance=False):
    """AE, AM and AD of the job, the departments with an order, where asked finance (3.5)."""
    people = posts(job.client, ["ae", "am", "ad"], at, named=job.ae)
    people += User.objects.filter(role=User.Role.FINANCE, is_active=True) if finance else []
    orders = job.start_orders.exclude(state=StartOrder.State.WITHDRAWN)
    people += [row.to for row in orders.select_related("to") if row.to]
    label = words(text, job=job, reason=reason)
    key = f"{slot}{job.row_version}"
    tell("job_changed", job, list(dict.fromkeys(people)), label, client=job.client, at=at, slot=key)


def close_job(*, job, by, at):
    """By approval of the completion form: the job's papers go to the history (R46)."""
    check_state(job, State.DELIVERED)
    job.closed_at, job.next_notice_at = at, None
    move_state(job, State.CLOSED, by=by, at=at)
    papers_of(job).filter(state=Document.State.ISSUED).update(state=Document.State.HISTORY)
    record(job, "close_job", by=by, at=at, client=job.client)
    return job


def papers_of(job):
    """Papers that name the job and no other; a contact report may name several."""
    return Document.objects.filter(job_numbers__job_number=job.number).exclude(
        kind=Kind.CONTACT_REPORT
    )


@verb
def unclose_job(*, job, reason, by, at, row_version=None):
    """The director opens a closed job again; finance and the team are told."""
    job, behalf = begin(job, "jobs.approve_director", by, at, row_version, State.CLOSED)
    reason = check_reason(reason)
    job.closed_at = job.delivered_at = None
    job.archived_at = None
    move_state(job, State.ACTIVE, by=by, at=at, reason=reason, behalf_of=behalf)
    papers_of(job).filter(state=Document.State.HISTORY).update(state=Document.State.ISSUED)
    _tell_all(job, gettext_lazy("Job open again: %(job)s. %(reason)s"), reason, at, "unclose",
              finance=True)  # fmt: skip
    record(job, "unclose_job", by=by, at=at, client=job.client, behalf_of=behalf, reason=reason)
    return job


@verb
def archive_job(*, job, reason, by, at, row_version=None):
    """Put a job that rests away: it stays findable and stands in no list of work (R92)."""
    job = lock(job)
    behalf = require_on(job, "jobs.approve_job", by, at)
    check_version(job, row_version)
    if job.archived_at:
        raise Refused(_("The job is archived already."))
    if job.start_orders.open().exists():
        raise Refused(_("Orders are still open: withdraw them or have them done first."))
    job.archived_at, job.next_notice_at = at, None
    save(job)
    log_state(job, job.state, job.state, by, at, check_reason(reason), behalf)
    record(job, "archive_job", by=by, at=at, client=job.client, behalf_of=behalf, reason=reason)
    return job


@verb
def bring_back_job(*, job, by, at, row_version=None):
    """Take a job out of the archive again (R92)."""
    job = lock(job)
    behalf = require_on(job, "jobs.approve_job", by, at)
    check_version(job, row_version)
    if not job.archived_at:
        raise Refused(_("The job is not archived."))
    job.archived_at = None
    save(job)
    log_state(job, job.state, job.state, by, at, "", behalf)
    record(job, "bring_back_job", by=by, at=at, client=job.client, behalf_of=behalf)
    return job
