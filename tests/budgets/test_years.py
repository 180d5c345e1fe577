"""Fiscal years that begin in any month, and the end of a month in the client's zone."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from budgets.years import cutoff, fiscal_year, month_at, month_number, months_of, next_month


def client(start=1, zone="Asia/Shanghai"):
    return SimpleNamespace(fiscal_start_month=start, timezone=zone)


@pytest.mark.parametrize(
    ("start", "day", "year", "number"),
    [
        (1, date(2026, 1, 1), 2026, 1),
        (1, date(2026, 12, 31), 2026, 12),
        (4, date(2026, 3, 31), 2025, 12),
        (4, date(2026, 4, 1), 2026, 1),
        (4, date(2028, 2, 29), 2027, 11),
    ],
)
def test_day_in_its_year(start, day, year, number):
    assert fiscal_year(client(start), day) == year
    assert month_number(client(start), day) == number


def test_twelve_months_from_april():
    months = months_of(client(4), 2026)
    assert (months[0], months[8], months[-1]) == (
        date(2026, 4, 1), date(2026, 12, 1), date(2027, 3, 1),
    )  # fmt: skip


def test_months_before_and_after():
    assert next_month(date(2026, 12, 1)) == date(2027, 1, 1)
    assert next_month(date(2026, 1, 1), -1) == date(2025, 12, 1)


@pytest.mark.parametrize(
    ("zone", "end"),
    [
        ("Asia/Shanghai", datetime(2026, 10, 31, 16, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 10, 31, 23, tzinfo=UTC)),
    ],
)
def test_month_ends_at_midnight_of_the_client(zone, end):
    theirs = client(zone=zone)
    assert cutoff(theirs, date(2026, 10, 1)) == end
    assert month_at(theirs, end) == date(2026, 11, 1)
