"""What waits for a person at a job's end: its completion form, and the yes that closes it (R44)."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.awaiting import Source
from jobs.models import CompletionForm, Job
from jobs.reports.chain import manager_step
from jobs.reports.job import AT_JOB

HANDED_IN = CompletionForm.objects.exclude(state=CompletionForm.State.DRAFT)


def to_complete(mine, at):
    """Delivered, and the form is not handed in, or it came back."""
    done = Job.objects.filter(mine.where("ae"), state=Job.State.DELIVERED, archived_at=None)
    return done.exclude(Exists(HANDED_IN.filter(job=OuterRef("pk"))))


def to_close(mine, at):
    """Forms for the AM; an AM's own is the AD's (4.3)."""
    rows = CompletionForm.objects.filter(state=CompletionForm.State.SUBMITTED)
    return rows.filter(manager_step(mine)).exclude(author=mine.user)


SOURCES = (
    Source(
        "completion_write", to_complete, group=_("Complete"),
        sentence=_("Completion form of %(number)s %(title)s"), button=_("Write"), person="ae",
        **AT_JOB,
    ),
    Source(
        "completion_approve", to_close, group=_("Approve"),
        sentence=_("Completion form of %(number)s %(title)s"),
        button=pgettext_lazy("duty", "Review"), url="jobs:completion_detail", row="job",
    ),
)  # fmt: skip
