"""What waits for a person with a job as a whole: its approval, its brief, its estimate."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.awaiting import Source
from jobs.models import Brief, Estimate, Job

AT_JOB = {
    "url": "jobs:job_detail",
    "title": "title",
    "number": "number",
    "client": "client__name",
}
BRIEFED = Brief.objects.in_force().filter(job=OuterRef("pk"), kind=Brief.Kind.JOB)
HANDED_IN = Estimate.objects.exclude(state=Estimate.State.DRAFT).filter(job=OuterRef("pk"))


def to_approve(mine, at):
    """Requests with a brief in force, at clients where one is the account manager."""
    asked = Job.objects.filter(mine.in_post("am"), state=Job.State.REQUESTED)
    return asked.filter(Exists(BRIEFED), archived_at=None).exclude(requested_by=mine.user)


def to_brief(mine, at):
    """Requests without a brief: nothing goes on before it (R50)."""
    asked = Job.objects.filter(mine.where("ae"), state=Job.State.REQUESTED, archived_at=None)
    return asked.exclude(Exists(BRIEFED))


def to_estimate(mine, at):
    """Numbers given, and no estimate has been handed in yet (R55)."""
    jobs = Job.objects.at_work().filter(mine.where("ae"), estimate_due_at__isnull=False)
    return jobs.exclude(Exists(HANDED_IN))


SOURCES = (
    Source(
        "job_approve", to_approve, group=_("Approve"), sentence=_("Job request: %(title)s"),
        button=pgettext_lazy("duty", "Review"), due_on="due_on", **AT_JOB,
    ),
    Source(
        "job_brief", to_brief, group=_("Brief"), sentence=_("No brief yet: %(title)s"),
        button=_("Write"), person="ae", **AT_JOB,
    ),
    Source(
        "job_estimate", to_estimate, group=_("Estimate"),
        sentence=_("Production estimate of %(number)s %(title)s"), button=_("Draft"),
        due_at="estimate_due_at", person="ae", **AT_JOB,
    ),
)  # fmt: skip
