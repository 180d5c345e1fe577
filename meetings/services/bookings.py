"""A room and the meeting that has it: two that overlap are refused by the database (R9)."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.services.telling import posts, stamp, tell, words
from agency.common.models import Notification
from agency.common.wording import moment_text
from meetings.models import Meeting, Room, RoomBooking, VenueItem

OVERLAP = "booking_of_room_once"


def put(booking):
    """Save it; False where somebody else has the room at that time."""
    try:
        with transaction.atomic():
            booking.save()
    except IntegrityError as error:
        if error.__cause__.diag.constraint_name != OVERLAP:
            raise
        return False
    return True


def of(meeting):
    rows = RoomBooking.objects.filter(meeting=meeting)
    return rows.select_related("room", "created_by").first()


def in_the_way(room, start, end, meeting=None):
    """The first booking of the room that touches that time, but for the meeting's own."""
    rows = RoomBooking.objects.filter(room=room, starts_at__lt=end, ends_at__gt=start)
    return rows.exclude(meeting=meeting).select_related("created_by").order_by("starts_at").first()


def taken_text(room, meeting):
    """Who has the room and until when; nothing of whose meeting it is (Z14)."""
    other = in_the_way(room, meeting.starts_at, meeting.planned_end, meeting)
    if other is None:
        return gettext("Somebody else is booking this room just now. Please try again.")
    words = gettext("%(name)s has %(room)s from %(start)s until %(end)s.")
    start, end = moment_text(other.starts_at), moment_text(other.ends_at)
    return words % {"name": other.created_by, "room": room, "start": start, "end": end}


def rooms_for(meeting):
    """[(room, its words)] of the rooms in use: seats, and who has it at that time."""
    people = meeting.attendees.count()
    start, end = meeting.starts_at, meeting.planned_end
    rows = RoomBooking.objects.filter(starts_at__lt=end, ends_at__gt=start).exclude(meeting=meeting)
    taken = {row.room_id: row for row in rows.select_related("created_by").order_by("-starts_at")}
    return [
        (room, _room_text(room, taken.get(room.pk), people))
        for room in Room.objects.filter(is_active=True)
    ]


def _room_text(room, booking, people):
    seats = ngettext("%(count)d seat", "%(count)d seats", room.seats) % {"count": room.seats}
    parts = [f"{room} · {seats}"]
    if people > room.seats:
        parts.append(gettext("too small for %(count)d people") % {"count": people})
    if booking:
        words = gettext("%(name)s has it until %(end)s")
        parts.append(words % {"name": booking.created_by, "end": moment_text(booking.ends_at)})
    return " · ".join(parts)


def follow(meeting, by, at):
    """It moves with its meeting; where the room is taken then, it is given up and the AE told."""
    booking = of(meeting)
    if booking is None:
        return
    if meeting.place != Meeting.Place.OURS:
        free(meeting)
        return
    booking.starts_at, booking.ends_at = meeting.starts_at, meeting.planned_end
    if not put(booking):
        free(meeting)
        _tell_lost(meeting, booking.room, at)


def free(meeting):
    """Nobody has the room for it any more; the line of the venue list is open again."""
    if RoomBooking.objects.filter(meeting=meeting).delete()[0]:
        rooms = meeting.venue_items.filter(kind=VenueItem.Kind.ROOM)
        rooms.update(done_at=None, done_by=None, note="")


def tick_room(meeting, room, by, at):
    """The line of the venue list that the booking answers."""
    rooms = meeting.venue_items.filter(kind=VenueItem.Kind.ROOM)
    rooms.update(done_at=at, done_by=by, note=room.name)


def _tell_lost(meeting, room, at):
    label = words(
        _("%(room)s is taken at the new time, %(start)s: %(title)s"),
        room=room,
        start=meeting.starts_at,
        title=meeting.title,
    )
    people = posts(meeting.client, ["ae"], at, named=meeting.ae)
    slot = f"move:{stamp(meeting.starts_at)}"
    level = Notification.Level.REMIND
    tell("room_lost", meeting, people, label, client=meeting.client, at=at, slot=slot, level=level)
