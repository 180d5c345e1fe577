"""What the clock does for meetings: each step asks what is due and not done (C3, 5.5)."""

from agency.common.clock import Step
from meetings import tasks_status
from meetings.constants import ASK_END_AFTER, OPINION_UNREAD
from meetings.models import ActionPoint, ContactReport, Meeting
from meetings.services import (
    actions,
    delivery,
    ends,
    ladder,
    opinions,
    presentation,
    reminders,
    touch,
)


def provisional(at):
    return Meeting.objects.end_missing(at).filter(report=None)


def open_provisional(meeting, at):
    return _line("clock started", ends.open_provisional(meeting=meeting, at=at))


def end_unknown(at):
    return Meeting.objects.end_missing(at - ASK_END_AFTER).filter(end_asked_at=None)


def ask_end(meeting, at):
    return _line("asked", ends.ask_end(meeting=meeting, at=at))


def lacking(at):
    """Meetings ahead of which the clock has something to say, or that begin (5.3)."""
    return Meeting.objects.filter(next_notice_at__lte=at).order_by("next_notice_at", "pk")


def remind_ahead(meeting, at):
    return _line("ahead", reminders.remind(meeting=meeting, at=at))


def ladders(at):
    """Drafts, and reports objected to, whose next slot has come."""
    running = (ContactReport.State.DRAFT, ContactReport.State.OBJECTED)
    rows = ContactReport.objects.notice_due(at).filter(state__in=running)
    return rows.select_related("author", "client").titled()


def climb(report, at):
    return _line("ladder", ladder.climb(report=report, at=at))


def delivered(at):
    return delivery.handed_over(at)


def note_delivered(report, at):
    return _line("delivered", delivery.note_delivered(report=report, at=at))


def undelivered(at):
    return delivery.not_handed(at)


def come_back(at):
    return delivery.come_back(at)


def note_undelivered(report, at):
    return _line("not delivered", delivery.note_undelivered(report=report, at=at))


def unanswered(at):
    return ContactReport.objects.notice_due(at).awaiting_return()


def remind_or_deem(report, at):
    return _line("return", delivery.remind_or_deem(report=report, at=at))


def opinions_unread(at):
    return opinions.unread(at - OPINION_UNREAD)


def remind_opinion(report, at):
    return _line("opinion", opinions.remind(report=report, at=at))


def actions_due(at):
    return ActionPoint.objects.notice_due(at)


def remind_action(action, at):
    return _line("action", actions.remind(action=action, at=at))


def tell_unspoken(contact, at):
    return _line("not spoken to", touch.tell_unspoken(contact=contact, at=at))


def tell_unrehearsed(meeting, at):
    return _line("rehearsal", presentation.tell_unrehearsed(meeting=meeting, at=at))


def _line(word, result):
    return f"{word}: {result}" if result else None


STEPS = [
    # before the provisional clock: what was not done by the start is on record first
    Step("meetings ahead", lacking, remind_ahead),
    Step("provisional clocks", provisional, open_provisional),
    Step("ends asked for", end_unknown, ask_end),
    Step("deliveries", delivered, note_delivered),
    Step("report ladders", ladders, climb),
    Step("not delivered", undelivered, note_undelivered),
    Step("come back", come_back, note_undelivered),
    Step("returns", unanswered, remind_or_deem),
    Step("opinions", opinions_unread, remind_opinion),
    Step("action points", actions_due, remind_action),
    *tasks_status.STEPS,
    Step("contacts not spoken to", touch.to_tell, tell_unspoken),
    Step("rehearsals", presentation.to_tell, tell_unrehearsed),
]
