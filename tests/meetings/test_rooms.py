"""Who has which room when, and two people who want the same one at the same instant (R9)."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from agency.common.errors import Refused
from meetings import services
from meetings.models import Room, RoomBooking
from meetings.reports import rooms
from meetings.services import bookings
from tests.builders import when
from tests.meetings import make

pytestmark = pytest.mark.rule("R9")
DAY = date(2026, 11, 19)
AT = when("2026-11-18 09:00")


@pytest.fixture
def account(ae):
    return make.make_account(ae, code="LM")


@pytest.fixture
def room(db):
    return Room.objects.create(name="望海厅", seats=2)


def booked(account, ae, room, start, end, day="2026-11-19"):
    row = make.invited(*account[:1], ae, account[1], f"{day} {start}", f"{day} {end}")
    services.book_room(meeting=row, room=room, by=ae, at=AT)
    return row


def bars(user, day=DAY):
    return [(row.x, row.width) for _room, busy in rooms.of_day(day, user, AT) for row in busy]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("start", "end", "bar"),
    [
        ("08:00", "09:00", ("0.00", "10.00")),
        ("14:30", "16:00", ("65.00", "15.00")),
        ("19:00", "21:00", ("110.00", "10.00")),
        ("06:00", "07:00", ("0.00", "1.00")),
        ("10:00", "10:02", ("20.00", "1.00")),
    ],
)
def test_a_booking_lies_where_its_hours_are(account, ae, room, start, end, bar):
    booked(account, ae, room, start, end)
    assert bars(ae) == [bar]


@pytest.mark.django_db
def test_only_the_day_asked_for_is_shown(account, ae, room):
    booked(account, ae, room, "10:00", "11:00")
    assert bars(ae, DAY + timedelta(days=1)) == []
    assert bars(ae, DAY - timedelta(days=1)) == []


@pytest.mark.django_db
def test_another_clients_meeting_is_nameless(account, ae, other_ae, room):
    booked(account, ae, room, "10:00", "11:00")
    make.make_account(other_ae)
    (_room, (busy,)) = rooms.of_day(DAY, other_ae, AT)[0]
    assert (busy.meeting, busy.booking.created_by) == (None, ae)
    (_room, (own,)) = rooms.of_day(DAY, ae, AT)[0]
    assert own.meeting.client == account[0]


@pytest.mark.django_db
def test_a_closed_room_is_shown_as_long_as_somebody_has_it(account, ae, room):
    booked(account, ae, room, "10:00", "11:00")
    Room.objects.update(is_active=False)
    assert len(rooms.of_day(DAY, ae, AT)) == 1
    assert rooms.of_day(DAY + timedelta(days=1), ae, AT) == []


@pytest.mark.django_db
def test_the_day_asks_as_much_for_many_as_for_one(account, ae, room, django_assert_num_queries):
    for hour in range(8, 14):
        booked(account, ae, room, f"{hour:02d}:00", f"{hour + 1:02d}:00")
    with django_assert_num_queries(3):
        assert len(bars(ae)) == 6


@pytest.mark.django_db
def test_rooms_are_offered_with_seats_and_who_has_them(account, ae, room):
    booked(account, ae, room, "10:00", "11:00")
    small = Room.objects.create(name="听雨室", seats=1)
    row = make.invited(account[0], ae, account[1], "2026-11-19 10:30", "2026-11-19 11:30")
    words = dict(bookings.rooms_for(row))
    assert words[room] == "望海厅 · 2 seats · ae has it until 19 Nov 11:00"
    assert words[small] == "听雨室 · 1 seat · too small for 2 people"


class Pair:
    """Two people who book at the same instant, each over a connection of his own."""

    def __init__(self, rows, room, users):
        self.barrier, self.answers = threading.Barrier(len(rows)), []
        calls = zip(rows, users, strict=True)
        self.threads = [
            threading.Thread(target=self.book, args=[row, room, user]) for row, user in calls
        ]

    def book(self, row, room, user):
        self.barrier.wait()
        try:
            services.book_room(meeting=row, room=room, by=user, at=AT)
            self.answers.append("has it")
        except Refused as refused:
            self.answers.append(str(refused))
        finally:
            connection.close()

    def run(self):
        for thread in self.threads:
            thread.start()
        for thread in self.threads:
            thread.join()
        return sorted(self.answers, key=len)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_has_the_room_and_the_other_hears_who(account, ae, other_ae, room):
    theirs = make.make_account(other_ae, code="YL")
    span = "2026-11-19 10:00", "2026-11-19 11:00"
    rows = [make.invited(account[0], ae, account[1], *span)]
    rows += [make.invited(theirs[0], other_ae, theirs[1], *span)]
    won, lost = Pair(rows, room, [ae, other_ae]).run()
    booking = RoomBooking.objects.get()
    assert won == "has it"
    assert lost == f"{booking.created_by} has 望海厅 from 19 Nov 10:00 until 19 Nov 11:00."


@pytest.mark.django_db
def test_a_booking_over_midnight_stands_on_both_days(account, ae, room):
    row = make.invited(account[0], ae, account[1], "2026-11-19 19:30", "2026-11-20 08:30")
    services.book_room(meeting=row, room=room, by=ae, at=AT)
    assert bars(ae) == [("115.00", "5.00")]
    assert bars(ae, DAY + timedelta(days=1)) == [("0.00", "5.00")]
    assert timezone.localtime(row.starts_at).date() == DAY
