"""The clock of the timeline: late steps, client duties, receipts that do not come (5.4)."""

from datetime import timedelta, timezone

from agency.common.clock import Step
from jobs.constants import RECEIPT_DUE
from jobs.models import Milestone, Timeline
from jobs.services import newversion, planclock

# Where a day ends first on earth.
FIRST_ZONE = timezone(timedelta(hours=14))


def steps_due(at):
    rows = Milestone.objects.notice_due(at).order_by("timeline__job_id", "pk")
    return rows.select_related("timeline__job")


def remind_step(milestone, at):
    return "step" if planclock.remind_step(milestone=milestone, at=at) else None


def receipts_missing(at):
    """Plans in force with receipts older than the least a working day takes."""
    return Timeline.objects.current().filter(
        receipts__seen_at=None,
        receipts__told_at=None,
        receipts__sent_at__lte=at - timedelta(hours=RECEIPT_DUE),
    ).distinct()  # fmt: skip


def remind_receipts(timeline, at):
    return "receipts" if planclock.remind_receipts(timeline=timeline, at=at) else None


def versions_missing(at):
    """Those whose day has ended somewhere; the verb asks whether it has at the client."""
    latest = at.astimezone(FIRST_ZONE).date()
    return Timeline.objects.new_version_missed(latest).select_related("job")


def tell_version_missing(timeline, at):
    told = newversion.tell_version_missing(timeline=timeline, at=at)
    return "new version" if told else None


STEPS = [
    Step("steps of timelines", steps_due, remind_step),
    Step("receipts of timelines", receipts_missing, remind_receipts),
    Step("new versions of timelines", versions_missing, tell_version_missing),
]
