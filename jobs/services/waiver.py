"""A paper that a job may go without, by the account manager's word (R40)."""

from django.utils.translation import gettext as _

from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import lock, verb
from archives.kinds import Kind
from archives.models import Waiver
from jobs.reports.missing import NEVER
from jobs.services.access import require_on


@verb
def waive_paper(*, job, kind, reason, by, at):
    """Note why the job goes without the paper. Brief, estimate and signature are never waived."""
    job = lock(job)
    behalf = require_on(job, "jobs.approve_completion", by, at)
    if not job.number or kind not in Kind.values:
        raise Refused(_("This job has no such paper."), "kind")
    if kind in NEVER:
        raise Refused(_("Nobody can waive this paper."), "kind")
    reason = check_reason(reason)
    row, is_new = Waiver.objects.get_or_create(
        client=job.client, job_number=job.number, kind=kind,
        defaults={"reason": reason, "by": by, "created_by": by, "created_at": at},
    )  # fmt: skip
    if is_new:
        record(row, "waive_paper", by=by, at=at, client=job.client, behalf_of=behalf, reason=reason)
    return row
