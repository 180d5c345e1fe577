"""When the weekly report is drafted and due (5.4): holidays, make-up workdays, other zones."""

from datetime import date, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from accounts.models import Client
from agency.common.models.calendar import Calendar
from meetings import week
from tests.builders import SHANGHAI, when

BERLIN = ZoneInfo("Europe/Berlin")
CALENDAR = Calendar()
SHANGHAI_FRIDAY = Client(status_time=time(17))
BERLIN_FRIDAY = Client(timezone="Europe/Berlin", status_time=time(17))


def due(day, client=SHANGHAI_FRIDAY, **fields):
    for name, value in fields.items():
        setattr(client, name, value)
    return week.status_due(client, date.fromisoformat(day), CALENDAR)


@pytest.fixture(params=[SHANGHAI, BERLIN], ids=["Shanghai", "Berlin"])
def zone(request):
    return request.param


@pytest.fixture
def client(zone):
    """Of that zone, with its report on Friday at 17:00."""
    return client_of(timezone=zone.key)


def client_of(**fields):
    return Client(**{"status_time": time(17), **fields})


@pytest.mark.rule("R30")
@pytest.mark.parametrize(
    ("monday", "at"),
    [
        ("2026-11-23", "2026-11-27 17:00"),
        ("2026-09-21", "2026-09-24 17:00"),
        ("2026-09-28", "2026-09-30 17:00"),
        ("2026-09-14", "2026-09-18 17:00"),
        ("2026-10-05", "2026-10-09 17:00"),
    ],
)
def test_friday_or_the_last_working_day_before(client, zone, monday, at):
    assert due(monday, client) == when(at, zone)


@pytest.mark.rule("R30")
@pytest.mark.parametrize(
    ("monday", "at"),
    [
        ("2026-10-19", "2026-10-23 17:00"),
        ("2026-10-26", "2026-10-30 17:00"),
        ("2026-03-23", "2026-03-27 17:00"),
        ("2026-03-30", "2026-04-03 17:00"),
        ("2026-09-21", "2026-09-24 17:00"),
    ],
)
def test_five_oclock_is_the_clients_own(monday, at):
    assert due(monday, BERLIN_FRIDAY) == when(at, BERLIN)


@pytest.mark.rule("R30")
def test_a_week_of_holidays_has_none(client):
    assert due("2026-02-16", client) is None


@pytest.mark.rule("R30")
@pytest.mark.parametrize(
    ("weekday", "monday", "at"),
    [
        (Client.Weekday.MONDAY, "2026-11-23", "2026-11-23 17:00"),
        (Client.Weekday.WEDNESDAY, "2026-11-23", "2026-11-25 17:00"),
        (Client.Weekday.SATURDAY, "2026-11-23", "2026-11-27 17:00"),
        (Client.Weekday.SATURDAY, "2026-10-05", "2026-10-10 17:00"),
        (Client.Weekday.SUNDAY, "2026-09-14", "2026-09-20 17:00"),
        (Client.Weekday.MONDAY, "2026-10-05", "2026-10-10 17:00"),
    ],
)
def test_each_client_has_a_day_of_its_own(client, zone, weekday, monday, at):
    assert due(monday, client, status_weekday=weekday) == when(at, zone)


def test_each_client_has_an_hour_of_its_own():
    client = client_of(status_time=time(9, 30))
    assert due("2026-11-23", client) == when("2026-11-27 09:30")


def test_a_day_that_the_agency_itself_closes():
    calendar = Calendar({date(2026, 11, 27): False, date(2026, 11, 26): False})
    found = week.status_due(SHANGHAI_FRIDAY, date(2026, 11, 23), calendar)
    assert found == when("2026-11-25 17:00")


@pytest.mark.parametrize(
    ("zone", "at", "monday"),
    [
        ("Asia/Shanghai", "2026-11-23 00:00:00", "2026-11-23"),
        ("Asia/Shanghai", "2026-11-22 23:59:59", "2026-11-16"),
        ("Europe/Berlin", "2026-11-23 06:59:59", "2026-11-16"),
        ("Europe/Berlin", "2026-11-23 07:00:00", "2026-11-23"),
    ],
)
def test_the_week_begins_at_the_clients_midnight(zone, at, monday):
    assert week.week_of(Client(timezone=zone), when(at)) == date.fromisoformat(monday)


@pytest.mark.rule("R28")
def test_six_on_monday_is_the_clients_own():
    monday = date(2026, 11, 23)
    assert week.drafted_from(SHANGHAI_FRIDAY, monday) == when("2026-11-23 06:00")
    assert week.drafted_from(BERLIN_FRIDAY, monday) == when("2026-11-23 13:00")


def report_of(due_at, is_first=True):
    return SimpleNamespace(due_at=due_at, is_first=is_first)


@pytest.mark.rule("R30")
def test_reminders_are_24_and_5_hours_before_and_the_breach_an_instant_after():
    friday = when("2026-11-27 17:00")
    assert week.reminders(report_of(friday)) == [
        ("h24", when("2026-11-26 17:00")),
        ("h5", when("2026-11-27 12:00")),
        ("due", friday + timedelta(microseconds=1)),
    ]
    assert week.reminders(report_of(friday, is_first=False)) == []


@pytest.mark.rule("R31")
@pytest.mark.parametrize(
    ("at", "since"),
    [
        ("2026-11-27 10:00", "2026-11-26 18:00"),
        ("2026-11-27 19:00", "2026-11-26 18:00"),
        ("2026-11-23 10:00", "2026-11-20 18:00"),
        ("2026-11-28 10:00", "2026-11-27 18:00"),
        ("2026-10-08 10:00", "2026-09-30 18:00"),
        ("2026-09-21 10:00", "2026-09-20 18:00"),
    ],
)
def test_touched_since_the_working_day_before(client, zone, at, since):
    assert week.last_daily(client, when(at, zone), CALENDAR) == when(since, zone)


def line_of(zone, created="2026-11-23 06:00", touched=None):
    return SimpleNamespace(
        created_at=when(created, zone), touched_at=touched and when(touched, zone)
    )


@pytest.mark.rule("R31")
@pytest.mark.parametrize(
    ("touched", "at", "days"),
    [
        (None, "2026-11-23 23:59:59", 0),
        (None, "2026-11-24 00:00:00", 1),
        ("2026-11-23 17:59:59", "2026-11-24 23:59:59", 0),
        ("2026-11-23 17:59:59", "2026-11-25 00:00:00", 1),
        ("2026-11-23 19:00:00", "2026-11-24 09:00:00", 0),
        ("2026-11-23 19:00:00", "2026-11-25 09:00:00", 1),
        ("2026-11-23 17:00:00", "2026-11-27 09:00:00", 3),
        ("2026-11-27 17:00:00", "2026-11-30 09:00:00", 0),
        ("2026-11-26 17:00:00", "2026-11-30 09:00:00", 1),
    ],
)
def test_stale_is_counted_in_working_days(client, zone, touched, at, days):
    line = line_of(zone, touched=touched)
    assert week.stale_days(line, client, when(at, zone), CALENDAR) == days


@pytest.mark.rule("R31")
def test_a_line_that_came_after_six_is_not_asked_for_that_day(client, zone):
    late, early = line_of(zone, "2026-11-23 18:00:00"), line_of(zone, "2026-11-23 17:59:59")
    at = when("2026-11-24 09:00", zone)
    assert week.stale_days(late, client, at, CALENDAR) == 0
    assert week.stale_days(early, client, at, CALENDAR) == 1


@pytest.mark.rule("R31")
def test_holidays_make_nothing_stale(client, zone):
    line = line_of(zone, "2026-09-28 06:00", touched="2026-09-30 17:00")
    assert week.stale_days(line, client, when("2026-10-08 09:00", zone), CALENDAR) == 0
    assert week.stale_days(line, client, when("2026-10-09 09:00", zone), CALENDAR) == 1


@pytest.mark.parametrize(
    ("at", "clock", "following"),
    [
        ("2026-11-23 08:59:59", time(9), "2026-11-23 09:00"),
        ("2026-11-23 09:00:00", time(9), "2026-11-24 09:00"),
        ("2026-11-27 09:00:00", time(9), "2026-11-30 09:00"),
        ("2026-09-18 09:00:00", time(9), "2026-09-20 09:00"),
        ("2026-09-30 09:00:00", time(6), "2026-10-08 06:00"),
    ],
)
def test_mornings_are_of_working_days(at, clock, following):
    assert week.next_working(SHANGHAI_FRIDAY, when(at), CALENDAR, clock) == when(following)
