"""Sit-down meetings ahead: planned, invited, moved, cancelled (3.1, R6, R15)."""

from django.utils.translation import gettext as _

from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.services.record import once, record
from agency.common.texts import check_reason
from agency.common.verbs import save, verb
from meetings.lead import Lead, is_urgent, lead_verdict
from meetings.models import Attendee, Meeting
from meetings.services import agenda, ahead, invitations
from meetings.services.ends import RUN, lock_meeting
from meetings.services.plan_rows import carried_items, drop_people, write_items, write_people

State = Meeting.State
SIT_DOWN = (Meeting.Kind.FACE, Meeting.Kind.VIDEO)
WORDS = ("kind", "title", "objective", "purpose", "place", "address", "chair")


@verb
def plan_meeting(*, client, data, by, at, ae=None, form_key=None, series=None):
    """A draft that nobody has been told of. Items not given: what was carried over last (R14)."""
    behalf = require(by, RUN, client, at)
    _check_plan(client, data)
    if data.starts_at <= at:
        raise Refused(_("The start lies in the past."), "starts_at")
    meeting = Meeting(
        client=client,
        ae=ae or by,
        starts_at=data.starts_at,
        planned_end=data.planned_end,
        base_end=data.planned_end,
        series=series,
        created_by=by,
        form_key=form_key,
        **{name: getattr(data, name) for name in WORDS},
    )
    set_urgency(meeting, data.urgent_by, at)
    meeting, is_new = once(meeting)
    if not is_new:
        return meeting
    write_people(meeting, data.people, by, at)
    items = carried_items(client) if data.items is None else data.items
    write_items(meeting, items, data.is_arranged, at)
    ahead.begin(meeting, by, at)
    record(meeting, "plan_meeting", by=by, at=at, client=client, behalf_of=behalf)
    return meeting


def _check_plan(client, data):
    if data.kind not in SIT_DOWN:
        raise Refused(_("Only sit-down and video meetings are planned."), "kind")
    if data.planned_end <= data.starts_at:
        raise Refused(_("The end lies before the start."), "planned_end")
    if any(row.contact and row.contact.client_id != client.pk for row in data.people):
        raise Refused(_("This contact belongs to another client."), "people")
    if any(item.minutes < 1 for item in data.items or []):
        raise Refused(_("Every item takes at least one minute."), "items")
    if any(item.job and item.job.client_id != client.pk for item in data.items or []):
        raise Refused(_("This job belongs to another client."), "items")


def set_urgency(meeting, urgent_by, at):
    """Less than two hours before its start it is urgent, and somebody has asked for it (R6)."""
    meeting.is_urgent = is_urgent(meeting.starts_at, at)
    meeting.urgent_by = urgent_by.strip() if meeting.is_urgent else ""
    if meeting.is_urgent and not meeting.urgent_by:
        words = _("It begins in less than two hours: write who asked for it.")
        raise Refused(words, "urgent_by")


@verb
def change_plan(*, meeting, data, row_version, by, at):
    """Change what is planned. Once people are invited, times change by moving only."""
    meeting, behalf = lock_meeting(meeting, RUN, row_version, by, at, *Meeting.AHEAD)
    _check_plan(meeting.client, data)
    if at >= meeting.starts_at and meeting.state != State.DRAFT:
        raise Refused(_("The meeting has begun."))
    is_new_time = _change_times(meeting, data, at)
    for name in WORDS:
        setattr(meeting, name, getattr(data, name))
    ahead.change(meeting, by, at, is_new_time)
    new, gone = write_people(meeting, data.people, by, at)
    write_items(meeting, data.items or [], data.is_arranged, at)
    save(meeting)
    if meeting.state == State.DRAFT:
        drop_people(meeting, gone)
    else:
        _tell_changes(meeting, new, gone, by, at)
    record(meeting, "change_plan", by=by, at=at, client=meeting.client, behalf_of=behalf)
    return meeting


def _tell_changes(meeting, new, gone, by, at):
    """Who is new is invited, who is taken away is told: the others know already."""
    invitations.uninvite(meeting, gone, by, at)
    drop_people(meeting, gone)
    _check_people(meeting)
    invitations.invite([meeting], new, by, at)


def _change_times(meeting, data, at):
    if (data.starts_at, data.planned_end) == (meeting.starts_at, meeting.planned_end):
        return False
    if meeting.state != State.DRAFT:
        raise Refused(_("People are invited: move the meeting instead."), "starts_at")
    move_draft(meeting, data.starts_at, data.planned_end, data.urgent_by, at)
    return True


def move_draft(meeting, starts_at, planned_end, urgent_by, at):
    """Another time for what nobody has been told of; the caller saves."""
    if starts_at <= at:
        raise Refused(_("The start lies in the past."), "starts_at")
    meeting.starts_at, meeting.planned_end = starts_at, planned_end
    meeting.base_end = planned_end
    set_urgency(meeting, urgent_by, at)


def _check_people(meeting):
    people = meeting.attendees.all()
    if not any(row.contact_id for row in people):
        raise Refused(_("Invite at least one contact of the client."), "people")
    if not any(row.user_id for row in people):
        raise Refused(_("Invite at least one of ours."), "people")


@verb
def invite(*, meeting, row_version, by, at):
    """Tell everybody: invitations with a calendar file, and the client is asked for topics."""
    meeting, behalf = lock_meeting(meeting, RUN, row_version, by, at, State.DRAFT)
    set_invited(meeting, by, at, behalf)
    invitations.invite([meeting], meeting.attendees.all(), by, at)
    return meeting


def set_invited(meeting, by, at, behalf):
    """From draft to planned; the caller writes to the people."""
    if at >= meeting.starts_at:
        raise Refused(_("The start lies in the past."), "starts_at")
    _check_people(meeting)
    meeting.state = State.PLANNED
    save(meeting)
    record(meeting, "invite", by=by, at=at, client=meeting.client, behalf_of=behalf)


@verb
def move_meeting(*, meeting, starts_at, planned_end, reason, row_version, by, at, urgent_by=""):
    """Another time, before the old start: everybody invited is told at once, with the reason."""
    meeting, behalf = lock_meeting(meeting, RUN, row_version, by, at, *Meeting.INVITED)
    reason = put_elsewhere(meeting, starts_at, planned_end, reason, urgent_by, by, at, behalf)
    invitations.move([meeting], reason, by, at)
    return meeting


def put_elsewhere(meeting, starts_at, planned_end, reason, urgent_by, by, at, behalf):
    """The new time with all that hangs on it; an agenda that was sent is printed with it (R5)."""
    _check_move(meeting, starts_at, planned_end, at)
    reason = check_reason(reason)
    old, meeting.moved_from = meeting.starts_at, meeting.starts_at
    meeting.starts_at, meeting.planned_end = starts_at, planned_end
    meeting.base_end, meeting.end_asked_at = planned_end, None
    ahead.change(meeting, by, at, is_new_time=True)
    set_urgency(meeting, urgent_by, at)
    meeting.attendees.update(reply=Attendee.Reply.NONE, replied_at=None)
    if meeting.state == State.AGENDA_SENT:
        is_late = lead_verdict(starts_at, at) == Lead.LATE
        meeting.agenda_late_reason = reason if is_late else ""
        agenda.put_out(meeting, by, at)
    save(meeting)
    record(
        meeting, "move_meeting", by=by, at=at, client=meeting.client, behalf_of=behalf,
        starts_at=[old, starts_at], reason=reason,
    )  # fmt: skip
    return reason


def _check_move(meeting, starts_at, planned_end, at):
    if at >= meeting.starts_at:
        raise Refused(_("The meeting has begun: it was held or not held."), "starts_at")
    if starts_at <= at:
        raise Refused(_("The new start lies in the past."), "starts_at")
    if planned_end <= starts_at:
        raise Refused(_("The end lies before the start."), "planned_end")
    if (starts_at, planned_end) == (meeting.starts_at, meeting.planned_end):
        raise Refused(_("This is the time it has already."), "starts_at")


@verb
def cancel_meeting(*, meeting, row_version, by, at, reason=""):
    """Called off before its start; a reason where people were invited, and they are told (R15)."""
    meeting, behalf = lock_meeting(meeting, RUN, row_version, by, at, *Meeting.AHEAD)
    if call_off(meeting, reason, by, at, behalf):
        invitations.cancel([meeting], by, at)
    return meeting


def call_off(meeting, reason, by, at, behalf):
    """Cancelled; True where people were invited, whom the caller tells."""
    is_told = meeting.state != State.DRAFT
    if at >= meeting.starts_at and is_told:
        raise Refused(_("After its start a meeting is held or not held, not cancelled."))
    meeting.cancel_reason = check_reason(reason) if is_told else reason.strip()
    meeting.state = State.CANCELLED
    ahead.drop(meeting, at)
    save(meeting)
    record(
        meeting, "cancel_meeting", by=by, at=at, client=meeting.client, behalf_of=behalf,
        reason=meeting.cancel_reason,
    )  # fmt: skip
    return is_told
