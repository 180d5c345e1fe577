"""The year whose budget a job takes from: it stays once it has been counted in it (2, 6.3)."""

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models.scope import local_day
from accounts.permissions import can
from agency.common.errors import Refused
from archives.models import DocumentJob
from jobs.constants import BILLED_BY
from jobs.models import Job

FIELD = "budget_year"


def check_year(job, by, at):
    """The AM's to change once there is a number; Refused where a closed month would move."""
    if job.state == Job.State.REQUESTED:
        return
    if not can(by, "jobs.approve_job", job.client, at):
        raise Refused(_("The budget year is the account manager's to change."), FIELD)
    invoices = DocumentJob.objects.filter(job_number=job.number, document__kind__in=BILLED_BY)
    if invoices.exists():
        raise Refused(_("An invoice of this job is filed: its budget year stays."), FIELD)
    is_closed = import_string(settings.MONTH_IS_CLOSED)
    counted_at = first_counted(job)
    if counted_at and is_closed(local_day(counted_at)):
        raise Refused(_("It counts in a month that is closed: its budget year stays."), FIELD)


def first_counted(job):
    """The instant from which an amount of the job stands in a year, or None."""
    if job.kind == Job.Kind.FEE:
        return job.approved_at
    signed = job.estimates.exclude(signed_at=None).order_by("signed_at")
    return signed.values_list("signed_at", flat=True).first()
