"""The instants of a weekly status report: drafted, due, reminded, touched each day (5.4, R30)."""

from datetime import timedelta

from agency.common.dates import DAY, add_working_days, local_instant
from meetings.constants import STATUS_DAILY, STATUS_DRAFT, STATUS_REMIND
from meetings.deadline import local_day

INSTANT = timedelta(microseconds=1)  # signed at the due time itself is in time


def week_of(client, at):
    """The Monday of the client's week."""
    day = local_day(client, at)
    return day - day.weekday() * DAY


def drafted_from(client, week):
    return local_instant(week, STATUS_DRAFT, client.timezone)


def status_due(client, week, calendar):
    """The client's weekday and hour; that day off, the last working day before it in the week.

    None in a week without a working day. Where all days before it are off, too, it is the last
    working day of the week.
    """
    worked = [week + n * DAY for n in range(7) if calendar.is_working(week + n * DAY)]
    if not worked:
        return None
    wanted = week + client.status_weekday * DAY
    day = max((one for one in worked if one <= wanted), default=worked[-1])
    return local_instant(day, client.status_time, client.timezone)


def reminders(report):
    """[(slot, instant)] before and at the due time, earliest first; a revision has none."""
    if not report.is_first:
        return []
    before = [(slot, report.due_at - ahead) for slot, ahead in STATUS_REMIND]
    return [*before, ("due", report.due_at + INSTANT)]


def last_daily(client, at, calendar):
    """18:00 of the working day before today: since then every line is to be touched (3.4)."""
    day = add_working_days(local_day(client, at), -1, calendar)
    return local_instant(day, STATUS_DAILY, client.timezone)


def closing(client, day):
    """Until when a line may be updated to be fresh for the day (R31)."""
    return local_instant(day, STATUS_DAILY, client.timezone)


def stale_days(line, client, at, calendar):
    """Working days before today on which the line was to be updated and has not been since."""
    today = local_day(client, at)
    day = local_day(client, line.created_at)
    if line.touched_at:
        day = max(day, local_day(client, line.touched_at) + DAY)
    count = 0
    while day < today:
        count += calendar.is_working(day) and line.created_at < closing(client, day)
        day += DAY
    return count


def next_working(client, at, calendar, clock):
    """The hour of the next working day, after the instant."""
    day = local_day(client, at)
    while not calendar.is_working(day) or local_instant(day, clock, client.timezone) <= at:
        day += DAY
    return local_instant(day, clock, client.timezone)
