"""The due time of a weekly report follows client and calendar; a client at rest gets none (5.4)."""

from datetime import date, time, timedelta

import pytest

from agency.common.models import CalendarDay
from meetings.models import StatusReport
from meetings.services import status_sign
from tests.builders import from_kept, make_client, when
from tests.meetings import weeks
from tests.meetings.status_rows import make_status
from tests.meetings.weeks import DUE, FRIDAY, clock, levels, set_client

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R30")]
make_kept = weeks.make_world
client, contact, ae, am = from_kept("client", "contact", "ae", "am")
SECOND, INSTANT = timedelta(seconds=1), timedelta(microseconds=1)
NAME = "LM 2026-W48"
H24, H5 = when("2026-11-26 17:00"), when("2026-11-27 12:00")


def test_another_hour_of_the_client_moves_it_and_its_reminders(client):
    report = weeks.draft(client)
    set_client(client, status_time=time(10))
    assert f"weekly reports' due times: {NAME}: 2026-11-27T02:00:00+00:00" in clock(FRIDAY - SECOND)
    assert weeks.again(report).due_at == when("2026-11-27 10:00")
    clock(FRIDAY + INSTANT)
    assert ("ad", "breach") in levels()


def test_reminded_of_the_old_time_he_is_reminded_of_the_new(client):
    weeks.draft(client)
    clock(H24)
    set_client(client, status_weekday=5)
    CalendarDay.objects.create(day=date(2026, 11, 28), is_working=True, name="Make-up")
    for at in (H24 + SECOND, H24 + timedelta(days=1)):
        clock(at)
    assert [row for row in levels() if row == ("ae", "remind")] == [("ae", "remind")] * 2


def test_a_new_holiday_brings_it_forward(client, ae, am):
    report = weeks.signed(client, ae, am, when("2026-11-25 10:00"))
    CalendarDay.objects.create(day=date(2026, 11, 27), is_working=False, name="Closed")
    clock(when("2026-11-25 11:00"))
    found = weeks.again(report)
    assert (found.due_at, found.state) == (when("2026-11-26 17:00"), "signed")


def test_nothing_is_made_due_in_the_past(client):
    report = weeks.draft(client)
    set_client(client, status_weekday=0)
    clock(when("2026-11-25 11:00"))
    assert weeks.again(report).due_at == DUE


def test_what_was_due_stays_so(client):
    report = weeks.draft(client)
    set_client(client, status_weekday=5)
    CalendarDay.objects.create(day=date(2026, 11, 28), is_working=True, name="Make-up")
    clock(DUE)
    assert weeks.again(report).due_at == DUE


def test_a_week_closed_altogether_has_none(client):
    weeks.draft(client)
    for day in range(23, 28):
        CalendarDay.objects.create(day=date(2026, 11, day), is_working=False, name="Closed")
    assert f"weekly reports' due times: {NAME}" in clock(when("2026-11-25 11:00"))
    assert not StatusReport.objects.exists()


def test_at_rest_at_the_due_time_there_is_none(client, contact, ae, am):
    report = weeks.signed(client, ae, am)
    set_client(client, status="resting")
    assert clock(DUE - SECOND) == []
    assert weeks.again(report).state == "signed"
    assert clock(DUE) == [f"weekly reports of resting clients: {NAME}"]
    assert (StatusReport.objects.count(), weeks.mails(contact).count(), levels()) == (0, 0, [])


def test_at_rest_only_for_some_days_its_words_are_still_there(client, ae):
    report = weeks.written(client, ae)
    set_client(client, status="resting")
    clock(H5)
    set_client(client, status="active")
    assert weeks.again(report).lines.count() == 4
    assert status_sign.submit_status(report=report, by=ae, at=FRIDAY).state == "submitted"


def test_a_revision_has_no_ladder(client, ae, am):
    make_status(client, "superseded", ae, am)
    make_status(client, "draft", revision=2)
    clock(DUE + SECOND)
    assert levels() == []


# --- how much it asks ---------------------------------------------------------------------------


def test_a_quiet_minute_asks_the_same_for_many(client, ae, am, django_assert_max_num_queries):
    for number in range(5):
        weeks.draft(make_client(f"Q{chr(65 + number)}", team=[ae, am]))
    weeks.draft(client)
    quiet = when("2026-11-23 10:00")
    clock(quiet)
    with django_assert_max_num_queries(12):
        clock(quiet + timedelta(minutes=1))
