"""Quarters of the year as clients live them, and when their report is due (5.4)."""

from datetime import date, time

from django.utils.translation import pgettext

from agency.common.dates import DAY, local_instant, shift
from agency.common.models import CalendarDay
from archives.papers import client_day

QUARTER_DUE = 10
QUARTER_REMINDERS = (1, 5, 9)
DUE_HOUR, NOTICE_TIME, DRAFT_TIME = time(18, 0), time(9, 0), time(6, 0)
LINK_DAYS = 90


def quarter_of(day):
    """(year, quarter) of the day."""
    return day.year, (day.month + 2) // 3


def before(year, quarter):
    return (year, quarter - 1) if quarter > 1 else (year - 1, 4)


def after(year, quarter):
    """The first day that is no longer of the quarter."""
    return date(year + quarter // 4, quarter % 4 * 3 + 1, 1)


def days_of(year, quarter):
    """Its first and last day."""
    return date(year, quarter * 3 - 2, 1), after(year, quarter) - DAY


def last_quarter(client, at):
    """The quarter before the one that runs, in the client's own time."""
    return before(*quarter_of(client_day(client, at)))


def drafted_from(year, quarter, zone):
    """06:00 of the first day after it: from then on the clock drafts its report."""
    return local_instant(after(year, quarter), DRAFT_TIME, zone)


def due_of(client, year, quarter):
    """18:00 of the 10th day after it; on a day off of the next working day."""
    day = shift(_numbered(year, quarter, QUARTER_DUE), CalendarDay.objects.calendar(), back=False)
    return local_instant(day, DUE_HOUR, client.timezone)


def reminders_of(client, year, quarter):
    """[(slot, instant)] of the 1st, 5th and 9th day, 09:00."""
    calendar = CalendarDay.objects.calendar()
    return [
        (f"d{number}", _reminder(client, year, quarter, number, calendar))
        for number in QUARTER_REMINDERS
    ]


def _reminder(client, year, quarter, number, calendar):
    """A day off moves to the working day before, never to before there was anything to write."""
    wanted = _numbered(year, quarter, number)
    day = shift(wanted, calendar, back=True)
    if day < after(year, quarter):
        day = shift(wanted, calendar, back=False)
    return local_instant(day, NOTICE_TIME, client.timezone)


def _numbered(year, quarter, number):
    return after(year, quarter).replace(day=number)


def quarter_text(year, quarter):
    """Q3 2026."""
    words = pgettext("quarter", "Q%(quarter)s %(year)s")
    return words % {"year": year, "quarter": quarter}
