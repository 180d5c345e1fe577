"""The venue list: who made what ready, and when (R9)."""

from django.utils.translation import gettext as _

from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.verbs import save, verb
from meetings.models import Meeting, RoomBooking, VenueItem
from meetings.services import bookings
from meetings.services.ends import RUN, lock_meeting

State = Meeting.State


@verb
def note_venue(*, item, is_done, by, at, note=None, row_version=None):
    """Tick or untick one line; a note beside it. The room ticks itself when it is booked."""
    meeting, behalf = lock_meeting(item.meeting, RUN, None, by, at, *Meeting.AHEAD)
    item = VenueItem.objects.select_for_update().get(pk=item.pk)
    if item.kind == VenueItem.Kind.ROOM and meeting.place == Meeting.Place.OURS:
        raise Refused(_("Book the room: then this line is done."))
    if is_done != (item.done_at is not None):
        item.done_at, item.done_by = (at, by) if is_done else (None, None)
    if note is not None:
        item.note = note.strip()
    save(item)
    record(
        meeting, "note_venue", by=by, at=at, client=meeting.client, behalf_of=behalf,
        kind=item.kind, is_done=is_done, note=item.note,
    )  # fmt: skip
    return item


@verb
def book_room(*, meeting, room, by, at, row_version=None):
    """The room for the time of the meeting, in place of another; Refused says who has it."""
    meeting, behalf = lock_meeting(meeting, RUN, row_version, by, at, *Meeting.AHEAD)
    _check_booking(meeting, room, at)
    booking = bookings.of(meeting) or RoomBooking(meeting=meeting)
    booking.room, booking.created_by, booking.created_at = room, by, at
    booking.starts_at, booking.ends_at = meeting.starts_at, meeting.planned_end
    if not bookings.put(booking):
        raise Refused(bookings.taken_text(room, meeting), "room")
    bookings.tick_room(meeting, room, by, at)
    record(
        meeting, "book_room", by=by, at=at, client=meeting.client, behalf_of=behalf, room=str(room)
    )
    return booking


def _check_booking(meeting, room, at):
    if meeting.place != Meeting.Place.OURS:
        raise Refused(_("This meeting is not at our house."), "room")
    if not room.is_active:
        raise Refused(_("This room is not in use."), "room")
    if at >= meeting.planned_end:
        raise Refused(_("The meeting is over."), "room")


@verb
def free_room(*, meeting, by, at, row_version=None):
    meeting, behalf = lock_meeting(meeting, RUN, row_version, by, at, *Meeting.AHEAD)
    booking = bookings.of(meeting)
    if booking is None:
        raise Refused(_("No room is booked."))
    room = booking.room
    bookings.free(meeting)
    record(
        meeting, "free_room", by=by, at=at, client=meeting.client, behalf_of=behalf, room=str(room)
    )
    return meeting
