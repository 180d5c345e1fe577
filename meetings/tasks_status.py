"""What the clock does for weekly status reports (5.4, 5.5): draft, keep up, remind, send."""

from accounts.models import Client
from agency.common.clock import Step
from agency.common.models import CalendarDay, Heartbeat
from meetings.models import StatusReport
from meetings.services import status, status_clock, status_issue
from meetings.services.status_clock import is_movable
from meetings.week import drafted_from, status_due, week_of


def to_draft(at):
    """[(client, week)] of active clients whose Monday 06:00 has come, without a report."""
    active = Client.objects.filter(status=Client.Status.ACTIVE)
    calendar = CalendarDay.objects.calendar()
    for zone in active.order_by("timezone").values_list("timezone", flat=True).distinct():
        week = week_of(Client(timezone=zone), at)
        if drafted_from(Client(timezone=zone), week) > at:
            continue
        rows = active.filter(timezone=zone).exclude(status_reports__week=week)
        for client in rows.select_related("group__head"):
            if _is_wanted(client, week, calendar, at):
                yield client, week


def _is_wanted(client, week, calendar, at):
    """Not for a week without working days; nor past due, unless the clock had stood still."""
    due = status_due(client, week, calendar)
    if due is None or due > at:
        return due is not None
    return not Heartbeat.objects.filter(at__gte=drafted_from(client, week), at__lt=due).exists()


def draft(item, at):
    client, week = item
    return f"{status.draft_status(client=client, week=week, at=at)}"


def moved(at):
    """Reports ahead whose due time is another by now."""
    calendar = CalendarDay.objects.calendar()
    rows = StatusReport.objects.unissued().filter(revision=1, due_at__gt=at)
    for report in rows.select_related("client"):
        due = status_due(report.client, report.week, calendar)
        if is_movable(report, due, at):
            yield report


def follow(report, at):
    return status_clock.follow_due(report=report, at=at)


def resting(at):
    rows = StatusReport.objects.unissued().filter(revision=1, due_at__lte=at)
    return rows.exclude(client__status=Client.Status.ACTIVE)


def drop(report, at):
    return status_clock.drop_resting(report=report, at=at)


def to_send(at):
    return StatusReport.objects.to_send(at).select_related("client__group__head")


def send(report, at):
    report = status_issue.send_due(report=report, at=at)
    return f"{report}" if report else None


def reminders(at):
    return StatusReport.objects.notice_due(at).select_related("client__group__head")


def remind(report, at):
    told = status_clock.remind_status(report=report, at=at)
    return f"{report}: {told}" if told else None


DRAFTS = Step("weekly reports", to_draft, draft)
STEPS = [
    DRAFTS,
    Step("weekly reports' due times", moved, follow),
    Step("weekly reports of resting clients", resting, drop),
    Step("weekly reports sent", to_send, send),
    Step("weekly reports due", reminders, remind),
]
