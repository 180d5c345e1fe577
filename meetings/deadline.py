"""When a contact report is due, counted from the end of the earliest meeting (Z1, Z9, 5.1)."""

from zoneinfo import ZoneInfo

from accounts.models import Client
from agency.common import dates
from agency.common.models import CalendarDay
from meetings.constants import REPORT_DUE
from meetings.models import Meeting


def zone_of(client):
    return ZoneInfo(client.timezone)


def local_day(client, at):
    return at.astimezone(zone_of(client)).date()


def is_working(client, ended_at):
    """Does working time count for what ended then? A switch acts forward only (Z1)."""
    is_now = client.report_clock == Client.ReportClock.WORKING
    since = client.report_clock_since
    return is_now if since is None or ended_at >= since else not is_now


def after(client, start, hours):
    """`hours` after `start` on the client's report clock."""
    if is_working(client, start):
        return working_after(client, start, hours)
    return dates.elapsed(start, hours)


def working_after(client, start, hours):
    """`hours` of working days after `start`, days taken in the client's zone (Z2, Z3)."""
    calendar = CalendarDay.objects.calendar()
    return dates.working(start, hours, calendar, zone=client.timezone)


def counted_end(meeting):
    """The end that the clock counts from: entered, else planned (E9)."""
    return meeting.ended_at or meeting.planned_end


def set_report_due(meeting):
    """Write the meeting's own deadline; the caller saves."""
    meeting.report_due_at = after(meeting.client, counted_end(meeting), REPORT_DUE)


def set_due(report):
    """The report's deadline is the earliest of its meetings' (Z9); the caller saves."""
    first = Meeting.objects.filter(report=report).order_by("report_due_at", "pk").first()
    report.kind = first.kind
    report.clock_from = counted_end(first)
    report.due_at = first.report_due_at
