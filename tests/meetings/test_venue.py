"""The venue list by place, and rooms that two meetings cannot have at once (R9)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from agency.common.errors import Refused
from agency.common.models import Notification
from meetings import services
from meetings.models import Meeting, Room, RoomBooking
from meetings.services import bookings
from tests.builders import from_kept, make_user, when
from tests.meetings import make
from tests.meetings.test_meeting import typed

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R9")]
AT = when("2026-11-18 09:00")
START, END = "2026-11-19 10:00", "2026-11-19 11:00"
ALL = [
    "room",
    "av",
    "reception",
    "met",
    "catering",
    "lights",
    "clear",
    "agendas",
    "seats",
    "papers",
]
REASON = "The client is ill today."


def make_kept():
    ae = make_user("ae")
    client, contact = make.make_account(ae)
    meeting = make.invited(client, ae, contact, START, END)
    room = Room.objects.create(name="望海厅", seats=12)
    return {"ae": ae, "customer": client, "contact": contact, "meeting": meeting, "room": room}


ae, customer, contact, meeting, room = from_kept("ae", "customer", "contact", "meeting", "room")


def kinds(meeting):
    return list(meeting.venue_items.values_list("kind", flat=True))


def book(meeting, room, by, at=AT):
    return services.book_room(meeting=meeting, room=room, by=by, at=at)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("ours", ALL),
        ("client", ["av", "agendas", "papers"]),
        ("elsewhere", ["room", "av", "met", "catering", "lights", "agendas", "seats", "papers"]),
        ("online", ["av", "papers"]),
    ],
)
def test_the_list_hangs_on_the_place(customer, contact, ae, place, expected):
    row = make.plan(customer, ae, START, END, [ae, contact], place=place)
    assert kinds(row) == expected


def test_another_place_fits_the_list_and_keeps_what_is_done(meeting, ae):
    services.note_venue(item=meeting.venue_items.get(kind="av"), is_done=True, by=ae, at=AT)
    data = typed(meeting, place="client")
    services.change_plan(meeting=meeting, data=data, row_version=None, by=ae, at=AT)
    assert kinds(meeting) == ["av", "agendas", "papers"]
    assert meeting.venue_items.get(kind="av").done_by == ae


def test_a_line_says_who_and_when_and_is_taken_back(meeting, ae):
    item = meeting.venue_items.get(kind="catering")
    item = services.note_venue(item=item, is_done=True, note=" Tea for six ", by=ae, at=AT)
    assert (item.done_at, item.done_by, item.note) == (AT, ae, "Tea for six")
    again = services.note_venue(item=item, is_done=True, by=ae, at=AT + timedelta(hours=1))
    assert again.done_at == AT
    item = services.note_venue(item=item, is_done=False, by=ae, at=AT)
    assert (item.done_at, item.done_by, item.note) == (None, None, "Tea for six")


def test_the_client_met_at_reception_is_no_open_line_before(meeting):
    assert "met" not in meeting.venue_items.lacking().values_list("kind", flat=True)


def test_a_booked_room_ticks_its_own_line(meeting, room, ae):
    item = meeting.venue_items.get(kind="room")
    with pytest.raises(Refused, match="Book the room"):
        services.note_venue(item=item, is_done=True, by=ae, at=AT)
    book(meeting, room, ae)
    item.refresh_from_db()
    assert (item.done_by, item.note) == (ae, "望海厅")
    services.free_room(meeting=meeting, by=ae, at=AT)
    item.refresh_from_db()
    assert (item.done_at, item.note) == (None, "")


def other_meeting(customer, contact, ae, start="2026-11-19 10:30", end="2026-11-19 12:00"):
    return make.invited(customer, ae, contact, start, end)


def test_who_has_the_room_and_until_when_is_said(meeting, room, customer, contact, ae):
    book(meeting, room, ae)
    words = "ae has 望海厅 from 19 Nov 10:00 until 19 Nov 11:00."
    with pytest.raises(Refused, match=words):
        book(other_meeting(customer, contact, ae), room, ae)


def test_one_after_the_other_has_room(meeting, room, customer, contact, ae):
    book(meeting, room, ae)
    book(other_meeting(customer, contact, ae, "2026-11-19 11:00", "2026-11-19 12:00"), room, ae)
    assert room.bookings.count() == 2


def test_the_database_refuses_what_overlaps(meeting, room, customer, contact, ae):
    first = book(meeting, room, ae)
    row = other_meeting(customer, contact, ae)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoomBooking.objects.create(
            room=room, meeting=row, starts_at=first.starts_at, ends_at=first.ends_at
        )


def test_another_room_takes_the_place_of_the_first(meeting, room, ae):
    book(meeting, room, ae)
    small = Room.objects.create(name="听雨室", seats=6)
    book(meeting, small, ae)
    assert [row.room for row in RoomBooking.objects.all()] == [small]


def move(meeting, ae, start="2026-11-19 11:30"):
    return services.move_meeting(
        meeting=meeting, starts_at=when(start), planned_end=when(start) + timedelta(hours=1),
        reason=REASON, row_version=None, by=ae, at=AT,
    )  # fmt: skip


def test_a_move_takes_the_room_along(meeting, room, ae):
    book(meeting, room, ae)
    move(meeting, ae)
    booking = bookings.of(meeting)
    assert (booking.starts_at, booking.ends_at) == (
        when("2026-11-19 11:30"),
        when("2026-11-19 12:30"),
    )


def test_a_move_into_anothers_time_gives_the_room_up_and_says_so(
    meeting, room, customer, contact, ae
):
    book(meeting, room, ae)
    other = other_meeting(customer, contact, ae, "2026-11-19 12:00", "2026-11-19 13:00")
    book(other, room, ae)
    move(meeting, ae)
    assert [row.meeting for row in room.bookings.all()] == [other]
    assert Notification.objects.about(meeting).filter(kind="room_lost", recipient=ae).exists()
    assert meeting.venue_items.lacking().filter(kind="room").exists()


@pytest.mark.rule("R15")
@pytest.mark.parametrize("verb", [services.cancel_meeting, services.not_held])
def test_cancelled_or_not_held_frees_the_room(meeting, room, ae, verb):
    book(meeting, room, ae)
    at = when("2026-11-19 10:10") if verb is services.not_held else AT
    verb(meeting=meeting, reason=REASON, row_version=None, by=ae, at=at)
    assert not room.bookings.exists()


def test_elsewhere_and_in_a_closed_room_nothing_is_booked(meeting, room, ae):
    room.is_active = False
    room.save()
    with pytest.raises(Refused, match="not in use"):
        book(meeting, room, ae)
    Meeting.objects.filter(pk=meeting.pk).update(place="client")
    with pytest.raises(Refused, match="not at our house"):
        book(meeting, room, ae)


def test_the_ae_of_another_client_books_nothing(meeting, room, other_ae):
    with pytest.raises(PermissionDenied):
        book(meeting, room, other_ae)


def test_rooms_are_the_admins(ae):
    admin = make_user(role="admin")
    small = services.create_room(name="听雨室", seats=6, by=admin, at=AT)
    with pytest.raises(Refused, match="of this name"):
        services.create_room(name="听雨室", seats=8, by=admin, at=AT)
    with pytest.raises(PermissionDenied):
        services.change_room(
            room=small, name="X", seats=1, equipment="", is_active=True, by=ae, at=AT
        )
