"""The date arithmetic of domain.md 5: E1 to E14, 5.4 and the days on which clocks change."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from agency.common.dates import (
    add_working_days,
    elapsed,
    first_of,
    local_instant,
    nth_working_day,
    shift,
    worked,
    working,
)
from agency.common.models import Calendar, CalendarDay
from tests.builders import when

BERLIN = ZoneInfo("Europe/Berlin")
CALENDAR = Calendar()


@pytest.mark.rule("R18", "R19")
@pytest.mark.parametrize(
    ("case", "start", "hours", "end"),
    [
        ("E1", "2026-11-19 11:37:00", 24, "2026-11-20 11:37:00"),
        ("E1 h12", "2026-11-19 11:37:00", 12, "2026-11-19 23:37:00"),
        ("E1 h20", "2026-11-19 11:37:00", 20, "2026-11-20 07:37:00"),
        ("E2", "2026-11-20 16:30", 24, "2026-11-21 16:30"),
        ("E7", "2026-11-18 14:20", 24, "2026-11-19 14:20"),
        ("E9", "2026-11-19 12:45", 24, "2026-11-20 12:45"),
        ("E10", "2026-11-19 09:10", 24, "2026-11-20 09:10"),
        ("E14", "2026-11-23 17:10", 24, "2026-11-24 17:10"),
    ],
)
def test_elapsed(case, start, hours, end):
    assert elapsed(when(start), hours) == when(end)


@pytest.mark.rule("R18", "R19")
@pytest.mark.parametrize(
    ("case", "start", "hours", "end"),
    [
        ("E3", "2026-11-20 16:30", 24, "2026-11-23 16:30"),
        ("E4", "2026-09-24 15:00", 24, "2026-09-28 15:00"),
        ("E5", "2026-11-21 14:00", 24, "2026-11-24 00:00"),
        ("E6", "2026-10-09 18:00", 24, "2026-10-10 18:00"),
        ("E12", "2026-11-20 11:05", 48, "2026-11-24 11:05"),
        ("E12 reminder", "2026-11-20 11:05", 24, "2026-11-23 11:05"),
        ("E13", "2026-11-21 10:00", 48, "2026-11-25 00:00"),
        ("into the make-up Sunday", "2026-09-19 10:00", 24, "2026-09-21 00:00"),
        ("over the October week", "2026-09-30 12:00", 24, "2026-10-08 12:00"),
    ],
)
def test_working(case, start, hours, end):
    assert working(when(start), hours, CALENDAR) == when(end)


@pytest.mark.parametrize(
    ("case", "start", "end", "hours"),
    [
        ("within a working day", "2026-11-19 09:00", "2026-11-19 17:30", 8.5),
        ("nights count", "2026-11-18 09:00", "2026-11-19 10:00", 25),
        ("a weekend does not", "2026-11-20 16:30", "2026-11-23 16:30", 24),
        ("begun on a Saturday", "2026-11-21 10:00", "2026-11-23 06:00", 6),
        ("ended on a Sunday", "2026-11-20 12:00", "2026-11-22 12:00", 12),
        ("a make-up Sunday does", "2026-09-19 10:00", "2026-09-20 10:00", 10),
        ("over the October week", "2026-09-30 12:00", "2026-10-08 12:00", 24),
        ("nothing at all", "2026-11-19 09:00", "2026-11-19 09:00", 0),
        ("only a weekend", "2026-11-21 00:00", "2026-11-23 00:00", 0),
        ("the wrong way round", "2026-11-19 09:00", "2026-11-18 09:00", 0),
    ],
)
def test_worked(case, start, end, hours):
    assert worked(when(start), when(end), CALENDAR) == timedelta(hours=hours)


@pytest.mark.parametrize("hours", [1, 24, 48, 100])
@pytest.mark.parametrize("start", ["2026-11-19 11:37", "2026-09-30 12:00", "2026-11-20 23:59"])
def test_worked_is_the_reverse_of_working(start, hours):
    end = working(when(start), hours, CALENDAR)
    assert worked(when(start), end, CALENDAR) == timedelta(hours=hours)


def test_worked_counts_days_of_the_client_s_zone():
    start, end = when("2026-11-20 23:00", BERLIN), when("2026-11-23 01:00", BERLIN)
    assert worked(start, end, CALENDAR, BERLIN) == timedelta(hours=2)
    assert worked(start, end, CALENDAR, "Asia/Shanghai") == timedelta(hours=8)


def test_worked_counts_the_hours_that_a_day_really_has():
    days = Calendar({date(2026, 3, 29): True, date(2026, 10, 25): True})
    for day, hours in (("2026-03-29", 23), ("2026-10-25", 25)):
        start = when(f"{day} 00:00", BERLIN)
        end = local_instant(date.fromisoformat(day).replace(day=start.day + 1), time(0), BERLIN)
        assert worked(start, end, days, BERLIN) == timedelta(hours=hours)


def test_worked_leaves_out_the_agency_s_own_holiday(db):
    CalendarDay.objects.create(day=date(2026, 11, 20), is_working=False, name="outing")
    span = when("2026-11-19 12:00"), when("2026-11-23 12:00")
    assert worked(*span, CalendarDay.objects.calendar()) == timedelta(hours=24)


@pytest.mark.rule("R18")
def test_elapsed_over_the_end_of_summer_time():
    """E11: Saturday 16:00 in Berlin, due on Sunday 15:00 local time."""
    end = elapsed(when("2026-10-24 16:00", BERLIN), 24)
    assert end == when("2026-10-25 15:00", BERLIN)


def test_working_counts_days_of_the_client_s_zone():
    start = when("2026-11-20 23:00", BERLIN)  # Saturday morning in Shanghai
    assert working(start, 2, CALENDAR, BERLIN) == when("2026-11-23 01:00", BERLIN)
    assert working(start, 2, CALENDAR, "Asia/Shanghai") == when("2026-11-23 02:00")


def test_working_counts_the_hours_that_a_day_really_has():
    spring = when("2026-03-27 00:00", BERLIN)
    days = Calendar({date(2026, 3, 29): True, date(2026, 3, 28): True})
    # the day of the 29th has 23 hours
    assert working(spring, 71, days, BERLIN) == when("2026-03-30 00:00", BERLIN)
    assert working(spring, 72, days, BERLIN) == when("2026-03-30 01:00", BERLIN)


@pytest.mark.parametrize(
    ("year", "month", "n", "day"),
    [(2026, 11, 5, date(2026, 11, 6)), (2026, 10, 5, date(2026, 10, 13))],
)
def test_fifth_working_day(year, month, n, day):
    assert nth_working_day(year, month, n, CALENDAR) == day


@pytest.mark.parametrize(
    ("day", "back", "result"),
    [
        (date(2026, 9, 25), True, date(2026, 9, 24)),
        (date(2026, 10, 2), True, date(2026, 9, 30)),
        (date(2026, 10, 10), False, date(2026, 10, 10)),
        (date(2026, 1, 10), False, date(2026, 1, 12)),
        (date(2026, 11, 24), False, date(2026, 11, 24)),
    ],
)
def test_shift(day, back, result):
    assert shift(day, CALENDAR, back=back) == result


def test_add_working_days():
    assert add_working_days(date(2026, 11, 19), 2, CALENDAR) == date(2026, 11, 23)
    assert add_working_days(date(2026, 11, 26), -2, CALENDAR) == date(2026, 11, 24)
    assert add_working_days(date(2026, 11, 26), 0, CALENDAR) == date(2026, 11, 26)


def test_local_instant_is_utc():
    assert local_instant(date(2026, 11, 20), time(17, 0)) == datetime(
        2026, 11, 20, 9, 0, tzinfo=UTC
    )
    friday = local_instant(date(2026, 10, 23), time(17, 0), "Europe/Berlin")
    assert friday == datetime(2026, 10, 23, 15, 0, tzinfo=UTC)


def test_local_time_that_does_not_exist_is_the_first_instant_after():
    assert local_instant(date(2026, 3, 29), time(2, 30), BERLIN) == when("2026-03-29 03:00", BERLIN)


def test_local_time_that_occurs_twice_is_the_first():
    assert local_instant(date(2026, 10, 25), time(2, 30), BERLIN) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


# --- the calendar ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "is_working"),
    [
        (date(2026, 9, 20), True),
        (date(2026, 9, 25), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),
        (date(2026, 10, 11), False),
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
    ],
)
def test_make_up_workdays_of_2026(day, is_working):
    assert CALENDAR.is_working(day) is is_working


def test_rows_of_the_agency_come_first(db, django_assert_num_queries):
    CalendarDay.objects.create(day=date(2026, 11, 20), is_working=False, name="outing")
    CalendarDay.objects.create(day=date(2026, 11, 21), is_working=True, name="make-up day")
    with django_assert_num_queries(1):
        calendar = CalendarDay.objects.calendar()
        assert not calendar.is_working(date(2026, 11, 20))
        assert calendar.is_working(date(2026, 11, 21))


def test_a_year_nobody_knows_is_monday_to_friday_with_a_warning(db):
    calendar = CalendarDay.objects.calendar()
    assert calendar.warns(2035)
    assert not calendar.warns(2026)
    assert calendar.is_working(date(2035, 10, 1))
    assert not calendar.is_working(date(2035, 10, 6))
    for day in range(1, 8):
        assert CalendarDay.objects.calendar().warns(2035)
        CalendarDay.objects.create(day=date(2035, 10, day), is_working=False, name="国庆节")
    assert not CalendarDay.objects.calendar().warns(2035)


@pytest.mark.parametrize(
    ("day", "back", "first"),
    [
        (date(2026, 11, 24), 0, date(2026, 11, 1)),
        (date(2026, 11, 24), 5, date(2026, 6, 1)),
        (date(2026, 1, 31), 1, date(2025, 12, 1)),
        (date(2026, 1, 31), 13, date(2024, 12, 1)),
        (date(2026, 12, 31), -1, date(2027, 1, 1)),
    ],
)
def test_first_of_a_month_so_many_months_ago(day, back, first):
    assert first_of(day, back) == first
