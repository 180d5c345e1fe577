"""The clock functions of domain.md 5.1. None reads the wall; each is told where it starts."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

MIDNIGHT = time(0, 0)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


def elapsed(start, hours):
    """`hours` × 3600 seconds after `start`, nights and holidays included (Z1)."""
    return start.astimezone(UTC) + timedelta(hours=hours)


def working(start, hours, calendar, zone=None):
    """`hours` after `start`, counting only instants on working days, 00:00 to 24:00 (Z2).

    zone: whose days are meant (a ZoneInfo or its name), by default the agency's. A start outside
    a working day counts from the next one's 00:00; the end may be 24:00, the next day's 00:00.
    """
    zone = as_zone(zone)
    left = timedelta(hours=hours)
    day = start.astimezone(zone).date()
    now = start.astimezone(UTC)
    while True:
        end = local_instant(day + DAY, MIDNIGHT, zone)
        if calendar.is_working(day):
            if left <= end - now:
                return now + left
            left -= end - now
        day, now = day + DAY, end


def worked(start, end, calendar, zone=None):
    """The time between two instants that lies on working days: the reverse of `working`."""
    zone = as_zone(zone)
    found, now, day = timedelta(0), start.astimezone(UTC), start.astimezone(zone).date()
    while now < end:
        until = min(local_instant(day + DAY, MIDNIGHT, zone), end)
        if calendar.is_working(day):
            found += until - now
        day, now = day + DAY, until
    return found


def nth_working_day(year, month, n, calendar):
    """The date of the n-th working day of the month (5.4)."""
    day = datetime(year, month, 1, tzinfo=UTC).date()
    while True:
        n -= calendar.is_working(day)
        if n == 0:
            return day
        day += DAY


def shift(day, calendar, back):
    """The day itself when it is worked, else the working day before (`back`) or after it."""
    while not calendar.is_working(day):
        day += -DAY if back else DAY
    return day


def first_of(day, back=0):
    """The first of the month, `back` months before the day's; after it when negative."""
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def add_working_days(day, n, calendar):
    """The n-th working day after the day; before it when n is negative."""
    step = DAY if n > 0 else -DAY
    for _count in range(abs(n)):
        day += step
        while not calendar.is_working(day):
            day += step
    return day


def local_instant(day, clock, zone=None):
    """The instant of a local time on a day, in UTC (5.5).

    A time that does not exist (clocks put forward) gives the first instant after the gap, one
    that occurs twice gives the first.
    """
    zone = as_zone(zone)
    local = datetime.combine(day, clock, zone)
    first = local.astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return first
    return _end_of_gap(local.replace(fold=1).astimezone(UTC), first, zone)


def _end_of_gap(before, after, zone):
    """The second at which the clocks of the zone are put forward, between the two instants."""
    old = before.astimezone(zone).utcoffset()
    while after - before > SECOND:
        middle = before + timedelta(seconds=(after - before) // SECOND // 2)
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after


def as_zone(zone):
    """A ZoneInfo from a ZoneInfo, its name, or None for the agency's own."""
    if isinstance(zone, str):
        return ZoneInfo(zone)
    return zone or timezone.get_default_timezone()
