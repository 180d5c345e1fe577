"""Quarters of the year: their days, when their report is drafted, reminded of and due (5.4)."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from agency.common.dates import DAY
from agency.common.models import CalendarDay
from archives import quarters
from tests.builders import when

pytestmark = pytest.mark.rule("R48")
SHANGHAI, NEW_YORK = "Asia/Shanghai", "America/New_York"


def client_in(zone=SHANGHAI):
    return SimpleNamespace(timezone=zone)


@pytest.mark.parametrize(
    ("month", "quarter"),
    [
        (1, 1),
        (2, 1),
        (3, 1),
        (4, 2),
        (5, 2),
        (6, 2),
        (7, 3),
        (8, 3),
        (9, 3),
        (10, 4),
        (11, 4),
        (12, 4),
    ],
)
def test_each_month_lies_in_its_quarter(month, quarter):
    assert quarters.quarter_of(date(2026, month, 1)) == (2026, quarter)
    assert quarters.quarter_of(date(2026, month, 28)) == (2026, quarter)


@pytest.mark.parametrize(
    ("year", "quarter", "first", "last"),
    [
        (2026, 1, date(2026, 1, 1), date(2026, 3, 31)),
        (2026, 2, date(2026, 4, 1), date(2026, 6, 30)),
        (2026, 3, date(2026, 7, 1), date(2026, 9, 30)),
        (2026, 4, date(2026, 10, 1), date(2026, 12, 31)),
        (2028, 1, date(2028, 1, 1), date(2028, 3, 31)),
        (1999, 4, date(1999, 10, 1), date(1999, 12, 31)),
    ],
)
def test_a_quarter_has_a_first_and_a_last_day(year, quarter, first, last):
    assert quarters.days_of(year, quarter) == (first, last)
    assert quarters.after(year, quarter) == last + DAY
    assert quarters.quarter_of(first) == quarters.quarter_of(last) == (year, quarter)


@pytest.mark.parametrize(
    ("year", "quarter", "before"),
    [
        (2026, 1, (2025, 4)),
        (2026, 2, (2026, 1)),
        (2026, 3, (2026, 2)),
        (2026, 4, (2026, 3)),
    ],
)
def test_one_quarter_follows_the_other(year, quarter, before):
    assert quarters.before(year, quarter) == before
    assert quarters.quarter_of(quarters.after(*before)) == (year, quarter)


@pytest.mark.parametrize(
    ("zone", "at", "last"),
    [
        (SHANGHAI, "2026-09-30 23:59", (2026, 2)),
        (SHANGHAI, "2026-10-01 00:00", (2026, 3)),
        (NEW_YORK, "2026-10-01 00:00", (2026, 2)),
        (NEW_YORK, "2026-10-01 11:59", (2026, 2)),
        (NEW_YORK, "2026-10-01 12:00", (2026, 3)),
        (SHANGHAI, "2026-01-01 00:00", (2025, 4)),
    ],
)
def test_the_last_quarter_is_the_clients_own(zone, at, last):
    assert quarters.last_quarter(client_in(zone), when(at)) == last


@pytest.mark.parametrize(
    ("year", "quarter", "zone", "drafted"),
    [
        (2026, 3, SHANGHAI, "2026-10-01 06:00"),
        (2026, 4, SHANGHAI, "2027-01-01 06:00"),
        (2026, 3, NEW_YORK, "2026-10-01 18:00"),
        (2026, 4, NEW_YORK, "2027-01-01 19:00"),
    ],
)
def test_it_is_drafted_at_six_of_the_next_day(year, quarter, zone, drafted):
    assert quarters.drafted_from(year, quarter, zone) == when(drafted)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Q3 2026"), ("zh-hans", "2026 年第 3 季度")]
)
def test_a_quarter_in_words(language, words):
    with override(language):
        assert quarters.quarter_text(2026, 3) == words


# --- with the working days of the house ---------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("year", "quarter", "due"),
    [
        (2025, 4, "2026-01-12 18:00"),
        (2026, 1, "2026-04-10 18:00"),
        (2026, 2, "2026-07-10 18:00"),
        (2026, 3, "2026-10-10 18:00"),
        (2026, 4, "2027-01-11 18:00"),
    ],
)
def test_due_is_the_tenth_or_the_next_working_day(year, quarter, due):
    assert quarters.due_of(client_in(), year, quarter) == when(due)


@pytest.mark.django_db
def test_due_is_the_clients_own_evening():
    assert quarters.due_of(client_in(NEW_YORK), 2026, 2) == when("2026-07-11 06:00")


@pytest.mark.django_db
def test_a_day_taken_off_moves_it_on():
    CalendarDay.objects.create(day=date(2026, 7, 10), is_working=False, name="Typhoon")
    assert quarters.due_of(client_in(), 2026, 2) == when("2026-07-13 18:00")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("year", "quarter", "days"),
    [
        (2026, 1, ["04-01", "04-03", "04-09"]),
        (2026, 2, ["07-01", "07-03", "07-09"]),
        (2026, 3, ["10-08", "10-08", "10-09"]),
        (2025, 4, ["01-04", "01-05", "01-09"]),
    ],
)
def test_reminders_on_days_off_come_before_them_but_not_before_the_draft(year, quarter, days):
    found = quarters.reminders_of(client_in(), year, quarter)
    assert [slot for slot, _instant in found] == ["d1", "d5", "d9"]
    assert [
        f"{instant.astimezone(when('2026-01-01').tzinfo):%m-%d}" for _slot, instant in found
    ] == days
    assert all(instant.astimezone(when("2026-01-01").tzinfo).hour == 9 for _slot, instant in found)


@pytest.mark.django_db
@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_every_reminder_lies_between_draft_and_due(quarter):
    client = client_in()
    drafted = quarters.drafted_from(2026, quarter, SHANGHAI)
    instants = [instant for _slot, instant in quarters.reminders_of(client, 2026, quarter)]
    assert drafted < min(instants)
    assert max(instants) < quarters.due_of(client, 2026, quarter)
