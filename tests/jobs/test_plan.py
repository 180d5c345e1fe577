"""Dates counted back over working days, and what one version changes against another."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agency.common.models.calendar import Calendar
from jobs.plan import count_back, days_late, final_of, moves

CALENDAR = Calendar()


def back(due, before, long=1):
    return count_back(date.fromisoformat(due), before, long, CALENDAR)


@pytest.mark.parametrize(
    ("due", "before", "long", "first", "last"),
    [
        ("2026-11-27", 0, 1, "2026-11-27", "2026-11-27"),
        ("2026-11-27", 4, 1, "2026-11-23", "2026-11-23"),
        ("2026-11-27", 5, 2, "2026-11-19", "2026-11-20"),
        # a due date on a Saturday counts from the Friday before
        ("2026-11-28", 0, 1, "2026-11-27", "2026-11-27"),
        # National Day 2026: 1–7 Oct off, Sun 20 Sep and Sat 10 Oct are worked (调休)
        ("2026-10-12", 1, 1, "2026-10-10", "2026-10-10"),
        ("2026-10-12", 4, 2, "2026-09-29", "2026-09-30"),
        # Spring Festival 2026: 15–23 Feb off, Sat 14 and Sat 28 Feb are worked (调休)
        ("2026-02-24", 1, 1, "2026-02-14", "2026-02-14"),
        ("2026-03-02", 1, 1, "2026-02-28", "2026-02-28"),
        ("2026-03-02", 5, 3, "2026-02-13", "2026-02-24"),
    ],
)
@pytest.mark.rule("R62")
def test_steps_count_back_over_working_days(due, before, long, first, last):
    assert back(due, before, long) == (date.fromisoformat(first), date.fromisoformat(last))


@given(
    due=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    before=st.integers(0, 80),
    long=st.integers(1, 30),
)
def test_each_step_lies_on_working_days_and_keeps_its_length(due, before, long):
    first, last = count_back(due, before, long, CALENDAR)
    assert first <= last <= due
    assert CALENDAR.is_working(first)
    assert CALENDAR.is_working(last)
    span = range((last - first).days + 1)
    days = [date.fromordinal(first.toordinal() + n) for n in span]
    assert sum(CALENDAR.is_working(day) for day in days) == long


def row(name="Proof", thread=None, **fields):
    facts = {
        "name": name,
        "thread": thread or uuid4(),
        "starts_on": date(2026, 12, 1),
        "due_on": date(2026, 12, 4),
        "owner": "account",
        "person": None,
        "done_on": None,
        "position": 1,
    }
    return SimpleNamespace(**{**facts, **fields})


@pytest.mark.rule("R66")
def test_moves_tell_old_and_new_by_the_thread_not_the_place():
    first, second = row("Photos"), row("Print")
    later = row("Photos of the box", first.thread, due_on=date(2026, 12, 8), position=2)
    found = moves([first, second], [row("Second", second.thread, position=1), later])
    assert [(move.row.name, move.what, move.old, move.new) for move in found] == [
        ("Photos of the box", "due_on", date(2026, 12, 4), date(2026, 12, 8))
    ]
    assert found[0].is_slip


def test_moves_name_added_and_dropped_rows_and_new_owners():
    kept, gone = row("Kept"), row("Gone")
    new = row("New", due_on=date(2026, 12, 9))
    found = moves([kept, gone], [row("Kept", kept.thread, owner="client"), new])
    assert [(move.row.name, move.what, move.old, move.new) for move in found] == [
        ("Kept", "owner", "account", "client"),
        ("New", "added", None, date(2026, 12, 9)),
        ("Gone", "dropped", date(2026, 12, 4), None),
    ]
    assert not any(move.is_slip for move in found)


def test_an_earlier_date_is_no_slip():
    old = row()
    (move,) = moves([old], [row("Proof", old.thread, due_on=date(2026, 12, 3))])
    assert not move.is_slip


def test_the_final_row_is_the_last_due_the_lowest_of_equals():
    early, late = row("Early", position=9), row("Late", due_on=date(2026, 12, 9), position=1)
    same = row("Same", due_on=date(2026, 12, 9), position=2)
    assert final_of([early, late, same]) is same
    assert final_of([]) is None


def test_days_late_of_open_done_and_early_rows():
    today = date(2026, 12, 6)
    assert days_late(row(), today) == 2
    assert days_late(row(done_on=date(2026, 12, 5)), today) == 1
    assert days_late(row(done_on=date(2026, 12, 1)), today) == 0
    assert days_late(row(due_on=today), today) == 0
