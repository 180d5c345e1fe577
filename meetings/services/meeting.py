"""Sit-down meetings ahead: planned, invited, moved, cancelled (3.1, R15)."""

from django.utils.translation import gettext as _

from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.services.record import once, record
from agency.common.texts import check_reason
from agency.common.verbs import save, verb
from meetings.models import AgendaItem, Attendee, Meeting
from meetings.services import ahead, invitations
from meetings.services.ends import RUN, lock_meeting
from meetings.services.typed import ItemData

State = Meeting.State
SIT_DOWN = (Meeting.Kind.FACE, Meeting.Kind.VIDEO)
WORDS = ("kind", "title", "objective", "purpose", "place", "address", "chair")


@verb
def plan_meeting(*, client, data, by, at, ae=None, form_key=None):
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
        created_by=by,
        form_key=form_key,
        **{name: getattr(data, name) for name in WORDS},
    )
    meeting, is_new = once(meeting)
    if not is_new:
        return meeting
    _write_people(meeting, data.people)
    _write_items(meeting, carried_items(client) if data.items is None else data.items)
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


def carried_items(client):
    """Items carried over at earlier meetings of the client and taken up nowhere since."""
    rows = AgendaItem.objects.filter(
        meeting__client=client,
        meeting__state=State.HELD,
        outcome=AgendaItem.Outcome.CARRIED,
    ).exclude(carried_to__meeting__in=Meeting.objects.exclude(state=State.CANCELLED))
    return [
        ItemData(
            title=row.title,
            minutes=row.minutes,
            is_disputed=row.is_disputed,
            source=AgendaItem.Source.CARRIED,
            carried_from=row,
        )
        for row in rows.order_by("meeting__starts_at", "position")
    ]


def _write_people(meeting, typed):
    """Put the list of people into rows; who stays keeps the row. Returns those who are new."""
    kept = {(row.user_id, row.contact_id): row for row in meeting.attendees.all()}
    new = []
    for person in typed:
        key = (person.user and person.user.pk, person.contact and person.contact.pk)
        row = kept.pop(key, None)
        if row is None:
            row = Attendee(meeting=meeting, user=person.user, contact=person.contact)
            new.append(row)
        row.task = person.task
        row.save()
    meeting.attendees.filter(pk__in=[row.pk for row in kept.values()]).delete()
    return new


def _write_items(meeting, typed):
    kept = {row.pk: row for row in meeting.items.all()}
    speakers = {row.user or row.contact: row for row in meeting.attendees.all()}
    # Disputed items come first, unless somebody has put them elsewhere (R2).
    for position, item in enumerate(typed, start=1):
        row = kept.pop(item.pk, None) or AgendaItem(meeting=meeting, source=item.source)
        row.position, row.title, row.minutes = position, item.title, item.minutes
        row.speaker, row.is_disputed = speakers.get(item.speaker), item.is_disputed
        row.carried_from = row.carried_from or item.carried_from
        row.save()
    meeting.items.filter(pk__in=kept).delete()


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
    new = _write_people(meeting, data.people)
    _write_items(meeting, data.items or [])
    if meeting.state != State.DRAFT:
        _check_people(meeting)
        invitations.invite(meeting, new, by, at)
    save(meeting)
    record(meeting, "change_plan", by=by, at=at, client=meeting.client, behalf_of=behalf)
    return meeting


def _change_times(meeting, data, at):
    if (data.starts_at, data.planned_end) == (meeting.starts_at, meeting.planned_end):
        return False
    if meeting.state != State.DRAFT:
        raise Refused(_("People are invited: move the meeting instead."), "starts_at")
    if data.starts_at <= at:
        raise Refused(_("The start lies in the past."), "starts_at")
    meeting.starts_at, meeting.planned_end = data.starts_at, data.planned_end
    meeting.base_end = data.planned_end
    return True


def _check_people(meeting):
    people = meeting.attendees.all()
    if not any(row.contact_id for row in people):
        raise Refused(_("Invite at least one contact of the client."), "people")
    if not any(row.user_id for row in people):
        raise Refused(_("Invite at least one of ours."), "people")


@verb
def invite(*, meeting, row_version, by, at):
    """Tell everybody: invitations with a calendar file."""
    meeting, behalf = lock_meeting(meeting, RUN, row_version, by, at, State.DRAFT)
    if at >= meeting.starts_at:
        raise Refused(_("The start lies in the past."), "starts_at")
    _check_people(meeting)
    meeting.state = State.PLANNED
    save(meeting)
    invitations.invite(meeting, meeting.attendees.all(), by, at)
    record(meeting, "invite", by=by, at=at, client=meeting.client, behalf_of=behalf)
    return meeting


@verb
def move_meeting(*, meeting, starts_at, planned_end, reason, row_version, by, at):
    """Another time, before the old start: everybody invited is told at once, with the reason."""
    meeting, behalf = lock_meeting(meeting, RUN, row_version, by, at, *Meeting.INVITED)
    _check_move(meeting, starts_at, planned_end, at)
    reason = check_reason(reason)
    old, meeting.moved_from = meeting.starts_at, meeting.starts_at
    meeting.starts_at, meeting.planned_end = starts_at, planned_end
    meeting.base_end, meeting.end_asked_at = planned_end, None
    ahead.change(meeting, by, at, is_new_time=True)
    save(meeting)
    invitations.move(meeting, reason, by, at)
    record(
        meeting, "move_meeting", by=by, at=at, client=meeting.client, behalf_of=behalf,
        starts_at=[old, starts_at], reason=reason,
    )  # fmt: skip
    return meeting


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
    was_draft = meeting.state == State.DRAFT
    if at >= meeting.starts_at and not was_draft:
        raise Refused(_("After its start a meeting is held or not held, not cancelled."))
    meeting.cancel_reason = reason.strip() if was_draft else check_reason(reason)
    meeting.state = State.CANCELLED
    ahead.drop(meeting, at)
    save(meeting)
    if not was_draft:
        invitations.cancel(meeting, by, at)
    record(
        meeting, "cancel_meeting", by=by, at=at, client=meeting.client, behalf_of=behalf,
        reason=meeting.cancel_reason,
    )  # fmt: skip
    return meeting
