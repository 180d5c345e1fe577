"""When a monthly report is due, and who is reminded of it (5.4: 5th working day 18:00)."""

from datetime import time, timedelta

from django.utils.translation import gettext_lazy

from accounts.services.telling import key_of, posts, tell, words
from agency.common.dates import local_instant, nth_working_day
from agency.common.models import CalendarDay
from budgets.constants import BUDGET_DUE, BUDGET_REMINDERS
from budgets.models import MonthlyReport
from budgets.years import next_month

State = MonthlyReport.State
INSTANT = timedelta(microseconds=1)  # issued at the due time itself is in time
DUE_HOUR, NOTICE_TIME, DRAFT_TIME = time(18, 0), time(9, 0), time(6, 0)


def due_of(client, month):
    """18:00 of the 5th working day of the month after, the client's time."""
    calendar = CalendarDay.objects.calendar()
    return _working_day(client, month, BUDGET_DUE, DUE_HOUR, calendar)


def _working_day(client, month, number, clock, calendar):
    after = next_month(month)
    day = nth_working_day(after.year, after.month, number, calendar)
    return local_instant(day, clock, client.timezone)


def drafted_from(month, zone):
    """06:00 of the first day of the month after: from then on the clock drafts it."""
    return local_instant(next_month(month), DRAFT_TIME, zone)


def slots(report):
    """[(slot, instant)] of its ladder, earliest first."""
    calendar = CalendarDay.objects.calendar()
    reminders = [
        (f"d{number}", _working_day(report.client, report.month, number, NOTICE_TIME, calendar))
        for number in BUDGET_REMINDERS
    ]
    return [*reminders, ("due", report.due_at + INSTANT)]


def schedule(report, at):
    """When the clock looks at it next; the caller saves. A revision has no ladder."""
    coming = [instant for _slot, instant in slots(report) if instant > at]
    report.next_notice_at = min(coming, default=None) if report.is_first else None


def remind(report, at):
    """The highest slot that has come since it was drafted; the lower ones never come later (5.5).

    The caller holds the lock and saves.
    """
    came = [(slot, instant) for slot, instant in slots(report) if report.created_at < instant <= at]
    if not came:
        return None
    *lower, (slot, _instant) = came
    _tell(report, slot, [key_of("budget_due", report, name) for name, _when in lower], at)
    schedule(report, at)
    return slot


def _tell(report, slot, lower_keys, at):
    text = gettext_lazy("Monthly budget report due %(due)s: %(report)s, %(state)s")
    level = "remind"
    if slot == "due":
        text, level = gettext_lazy("Not issued by %(due)s: %(report)s, %(state)s"), "breach"
    label = words(text, due=report.due_at, report=report, state=State(report.state).label)
    tell("budget_due", report, _people(report, slot, at), label, client=report.client, at=at,
         slot=slot, level=level, due_at=report.due_at, lower_keys=lower_keys)  # fmt: skip


def _people(report, slot, at):
    """Before it is due who has it in hand; afterwards AE, AM and AD (R33)."""
    if slot == "due":
        return posts(report.client, ["ae", "am", "ad"], at)
    return posts(report.client, ["ae"] if report.is_draft else ["ae", "am"], at)


def tell_no_budget(client, month, at):
    """No annual budget, so no report: the AM learns it once a month; the new notices."""
    label = words(
        gettext_lazy("No annual budget in force for %(client)s: no monthly report can be drafted"),
        client=client,
    )
    return tell("no_budget", client, posts(client, ["am"], at), label, client=client, at=at,
         key=no_budget_key(client, month), due_at=due_of(client, month))  # fmt: skip


def no_budget_key(client, month):
    return key_of("no_budget", client, f"{month:%Y-%m}")
