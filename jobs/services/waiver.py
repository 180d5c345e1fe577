"""A paper that a job may go without, by the account manager's word (R40)."""

from django.utils.translation import gettext as _

from agency.common.errors import Refused
from agency.common.verbs import lock, verb
from archives.kinds import Kind
from archives.services.waivers import note
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
    return note(client=job.client, job_number=job.number, kind=kind, reason=reason, by=by, at=at,
                behalf_of=behalf)  # fmt: skip
