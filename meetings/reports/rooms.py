"""Who has which meeting room when, seen by one person (R9)."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from agency.common.dates import MIDNIGHT, local_instant
from meetings.models import Meeting, Room, RoomBooking

FIRST, LAST = 8, 20  # the hours that the day view draws
HOURS = [(hour, (hour - FIRST) * 10) for hour in range(FIRST, LAST + 1)]
MINUTES = (LAST - FIRST) * 60
WIDTH = 10 * (LAST - FIRST)


@dataclass(frozen=True)
class Busy:
    """One booking as the person sees it; without a meeting where the client is not his own."""

    booking: RoomBooking
    meeting: Meeting | None
    x: str
    width: str


def of_day(day, user, at):
    """[(Room, [Busy])] of all rooms in use, and of closed ones that are booked that day."""
    start = local_instant(day, MIDNIGHT)
    end = local_instant(day + timedelta(days=1), MIDNIGHT)
    rows = RoomBooking.objects.filter(starts_at__lt=end, ends_at__gt=start)
    bookings = list(rows.select_related("meeting__client", "created_by"))
    mine = Meeting.objects.visible_to(user, at).filter(pk__in=[row.meeting_id for row in bookings])
    own = set(mine.values_list("pk", flat=True))
    taken = {}
    for row in bookings:
        taken.setdefault(row.room_id, []).append(_busy(row, row.meeting_id in own, start, end))
    rooms = Room.objects.all()
    return [(room, taken.get(room.pk, [])) for room in rooms if room.is_active or room.pk in taken]


def whereabouts(meeting):
    """The booked room and the address, as far as they are known; a room in the address once."""
    booking = RoomBooking.objects.filter(meeting=meeting).select_related("room").first()
    room = booking.room.name if booking else ""
    return [words for words in (room if room not in meeting.address else "", meeting.address)
            if words]  # fmt: skip


def _busy(row, is_own, start, end):
    left, right = (
        _place(max(start, min(end, edge)), start) for edge in (row.starts_at, row.ends_at)
    )
    return Busy(row, row.meeting if is_own else None, f"{left:.2f}", f"{max(right - left, 1):.2f}")


def _place(instant, start):
    """Where the instant lies on the line of the day, from 0 to WIDTH."""
    local = timezone.localtime(instant)
    is_next = local.date() > timezone.localdate(start)
    minutes = 24 * 60 if is_next else local.hour * 60 + local.minute
    return min(max(minutes - FIRST * 60, 0), MINUTES) * WIDTH / MINUTES
