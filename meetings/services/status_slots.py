"""When the clock looks at a weekly report next (5.4)."""

from datetime import time

from agency.common.models import CalendarDay
from meetings.constants import MORNING_HOUR, STATUS_DRAFT, STATUS_JUDGED
from meetings.week import next_working, reminders

MORNING = time(MORNING_HOUR)
DAILY = (STATUS_DRAFT, MORNING, STATUS_JUDGED)


def schedule(report, at):
    """At the next slot of its ladder or of a working day; the caller saves.

    A revision has neither.
    """
    report.next_notice_at = None
    if report.is_first:
        coming = [instant for _slot, instant in reminders(report) if instant > at]
        daily = [next_hour(report, at, clock) for clock in DAILY]
        report.next_notice_at = min([*coming, *daily])


def next_hour(report, at, clock):
    return next_working(report.client, at, CalendarDay.objects.calendar(), clock)
