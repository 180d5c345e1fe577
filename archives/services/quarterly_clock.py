"""Who is reminded of a quarterly report, and when (5.4: 1st, 5th, 9th; due the 10th, 18:00)."""

from datetime import timedelta

from django.utils.translation import gettext_lazy

from accounts.services.telling import key_of, posts, tell, words
from archives.models import QuarterlyReport
from archives.quarters import reminders_of

State = QuarterlyReport.State
INSTANT = timedelta(microseconds=1)  # issued at the due time itself is in time


def slots(report):
    """[(slot, instant)] of its ladder, earliest first."""
    reminders = reminders_of(report.client, report.year, report.quarter)
    return [*reminders, ("due", report.due_at + INSTANT)]


def schedule(report, at):
    """When the clock looks at it next; the caller saves. A revision has no ladder."""
    coming = [instant for _slot, instant in slots(report) if instant > at]
    report.next_notice_at = min(coming, default=None) if report.is_first else None


def begin(report):
    """The first slot of its ladder; drafted by the clock past its due time it is overdue at once
    (5.5). The caller saves."""
    schedule(report, _since(report))


def _since(report):
    return report.created_at if report.created_by_id else min(report.created_at, report.due_at)


def remind(report, at):
    """The highest slot that has come since it was drafted; the lower ones never come later (5.5).

    The caller holds the lock and saves.
    """
    came = [(slot, instant) for slot, instant in slots(report) if _since(report) < instant <= at]
    schedule(report, at)
    if not came:
        return None
    *lower, (slot, _instant) = came
    _tell(report, slot, [key_of("quarter_due", report, name) for name, _when in lower], at)
    return slot


def _tell(report, slot, lower_keys, at):
    text = gettext_lazy("Quarterly report due %(due)s: %(report)s, %(state)s")
    level = "remind"
    if slot == "due":
        text, level = gettext_lazy("Not issued by %(due)s: %(report)s, %(state)s"), "breach"
    label = words(text, due=report.due_at, report=report, state=State(report.state).label)
    tell("quarter_due", report, _people(report, slot, at), label, client=report.client, at=at,
         slot=slot, level=level, due_at=report.due_at, lower_keys=lower_keys)  # fmt: skip


def _people(report, slot, at):
    """Before it is due who has it in hand; afterwards AE, AM and AD (R48)."""
    if slot == "due":
        return posts(report.client, ["ae", "am", "ad"], at)
    return posts(report.client, ["am"] if report.state == State.SUBMITTED else ["ae"], at)
