from datetime import timedelta

import pytest

from accounts.models import Client
from meetings import deadline
from meetings.models import Meeting
from tests.builders import make_client, when

pytestmark = pytest.mark.django_db
FRIDAY = when("2026-11-20 16:30")


@pytest.mark.rule("R17")
def test_elapsed_clock_runs_over_the_weekend():
    assert deadline.after(make_client(), FRIDAY, 24) == when("2026-11-21 16:30")


@pytest.mark.rule("R17")
def test_working_clock_waits_for_monday():
    client = make_client(report_clock=Client.ReportClock.WORKING)
    assert deadline.after(client, FRIDAY, 24) == when("2026-11-23 16:30")


@pytest.mark.rule("R17")
@pytest.mark.parametrize(("hours", "working"), [(-1, False), (0, True), (1, True)])
def test_switch_counts_for_what_ends_from_then_on(hours, working):
    client = make_client(report_clock=Client.ReportClock.WORKING, report_clock_since=FRIDAY)
    assert deadline.is_working(client, FRIDAY + timedelta(hours=hours)) is working


def test_day_is_the_clients():
    client = make_client(timezone="Europe/Berlin")
    assert deadline.local_day(client, when("2026-11-20 05:00")).day == 19


def test_entered_end_counts_before_the_planned_one():
    planned = Meeting(planned_end=FRIDAY)
    assert deadline.counted_end(planned) == FRIDAY
    planned.ended_at = FRIDAY + timedelta(hours=1)
    assert deadline.counted_end(planned) == FRIDAY + timedelta(hours=1)


def test_working_hours_follow_the_clients_midnight():
    client = make_client(timezone="Europe/Berlin", report_clock=Client.ReportClock.WORKING)
    ended = when("2026-11-21 05:00")  # Friday 22:00 in Berlin
    due = deadline.after(client, ended, 24)
    assert due.astimezone(deadline.zone_of(client)).strftime("%a %H:%M") == "Mon 22:00"
