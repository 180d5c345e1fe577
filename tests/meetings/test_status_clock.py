"""The clock drafts, reminds, sends and tells; after a stop it says the truth (5.4, 5.5)."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from agency.common.models import AuditEntry, Heartbeat, Notification
from agency.common.models.calendar import Calendar
from meetings.models import StatusReport
from meetings.services import status
from meetings.week import status_due
from tests.builders import SHANGHAI, from_kept, make_client, make_stand_in, make_user, when
from tests.jobs.make import make_job
from tests.meetings import weeks
from tests.meetings.status_rows import make_status
from tests.meetings.weeks import DUE, MONDAY, clock, levels, live, set_client, told

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R30")]
make_kept = weeks.make_world
client, contact, ae, am, ad, job = from_kept("client", "contact", "ae", "am", "ad", "job")
BERLIN, CALENDAR = ZoneInfo("Europe/Berlin"), Calendar()
in_both_zones = pytest.mark.parametrize("zone", [SHANGHAI, BERLIN], ids=["Shanghai", "Berlin"])
SECOND, INSTANT = timedelta(seconds=1), timedelta(microseconds=1)
NAME = "LM 2026-W48"
H24, H5 = when("2026-11-26 17:00"), when("2026-11-27 12:00")
OTHER = {"current": "Client has returned it and wants another face"}


def dropped():
    rows = Notification.objects.filter(is_dropped=True).order_by("pk")
    return [row.key.split(":")[3] for row in rows]


# --- Monday 06:00 -------------------------------------------------------------------------------


@pytest.mark.rule("R28")
def test_drafted_on_monday_at_six_once(client):
    assert clock(MONDAY - SECOND) == []
    assert clock(MONDAY) == [f"weekly reports: {NAME}"]
    assert clock(MONDAY) == clock(MONDAY + SECOND) == []
    assert StatusReport.objects.get().created_by is None


@pytest.mark.rule("R28")
def test_six_is_the_clients_own(client):
    set_client(client, timezone="Europe/Berlin")
    assert clock(when("2026-10-26 05:59:59", BERLIN)) == []
    assert clock(when("2026-10-26 06:00", BERLIN)) == ["weekly reports: LM 2026-W44"]


@pytest.mark.rule("R28")
@pytest.mark.parametrize("state", ["resting", "prospect", "closed"])
def test_none_for_who_is_not_active(client, state):
    set_client(client, status=state)
    assert clock(MONDAY) == []


@pytest.mark.rule("R28")
def test_none_in_a_week_without_working_days(client):
    assert clock(when("2026-02-16 06:00")) == []


@pytest.mark.rule("R28")
def test_active_on_thursday_it_is_drafted_then_and_due_on_friday(client):
    set_client(client, status="prospect")
    assert clock(MONDAY) == []
    set_client(client, status="active")
    assert clock(when("2026-11-26 11:00")) == [f"weekly reports: {NAME}"]


@pytest.mark.rule("R28")
def test_active_after_the_due_time_the_next_week_is_the_first(client):
    beat = {"host": "web", "boot_s": 1, "db_gap_s": 0}
    Heartbeat.objects.create(at=when("2026-11-25 10:00"), **beat)
    assert clock(DUE + SECOND) == []
    Heartbeat.objects.all().delete()  # the clock stood still all week
    assert clock(DUE + SECOND)[0] == f"weekly reports: {NAME}"


def test_drafted_too_late_it_is_overdue_at_once(client):
    clock(DUE + SECOND)
    assert levels() == [("ae", "breach"), ("am", "breach"), ("ad", "breach")]


def test_by_hand_for_a_week_that_is_over_nobody_is_blamed(client, ae):
    status.draft_status(client=client, week=weeks.WEEK, at=DUE + SECOND, by=ae)
    clock(DUE + SECOND)
    assert levels() == []


@pytest.mark.rule("R28")
def test_new_work_comes_in_each_morning(client, ae):
    report = weeks.draft(client)
    make_job(client, ae, "active", title="Flyer")
    assert clock(when("2026-11-24 05:59:59")) == []
    assert clock(when("2026-11-24 06:00")) == [f"weekly reports due: {NAME}: refreshed"]
    assert report.lines.count() == 2


@pytest.mark.rule("R29")
def test_what_is_signed_is_left_alone(client, ae, am):
    report = weeks.signed(client, ae, am, when("2026-11-25 10:00"))
    make_job(client, ae, "active", title="Flyer")
    assert clock(when("2026-11-26 06:00")) == []
    assert (weeks.again(report).state, report.lines.count()) == ("signed", 4)


# --- reminders ----------------------------------------------------------------------------------


def test_a_day_before_the_ae(client):
    weeks.draft(client)
    clock(H24 - SECOND)
    assert levels() == []
    clock(H24)
    assert levels() == [("ae", "remind")]


def test_five_hours_before_ae_and_am(client):
    weeks.draft(client)
    clock(H24)
    clock(H5 - SECOND)
    assert len(levels()) == 1
    clock(H5)
    assert levels()[1:] == [("ae", "remind"), ("am", "remind")]


def test_at_the_due_time_itself_nobody_is_late(client):
    weeks.draft(client)
    clock(DUE)
    assert ("ad", "breach") not in levels()
    clock(DUE + INSTANT)
    assert levels()[-3:] == [("ae", "breach"), ("am", "breach"), ("ad", "breach")]


def test_each_slot_is_told_once_and_then_no_more(client):
    weeks.draft(client)
    for at in (H24, H24, H5, H5 + SECOND, DUE + SECOND, DUE + SECOND, when("2026-12-03 12:00")):
        clock(at)
    assert len(levels()) == 1 + 2 + 3


def test_the_breach_names_the_due_time_and_the_state(client, ae):
    weeks.submitted(client, ae)
    clock(DUE + SECOND)
    words = f"Weekly report not signed by 27 Nov 17:00: {NAME}, With the account manager"
    assert told("status_due", ae)[-1] == words


def test_signed_by_both_nobody_is_reminded(client, ae, am):
    weeks.signed(client, ae, am, when("2026-11-26 10:00"))
    for at in (H24, H5, when("2026-11-27 09:00")):
        clock(at)
    assert levels() == []


def test_edited_after_signing_the_breach_comes(client, ae, am):
    report = weeks.signed(client, ae, am, when("2026-11-26 10:00"))
    weeks.write(weeks.line_of(report), ae, DUE - SECOND, **OTHER)
    clock(DUE + INSTANT)
    assert levels() == [("ae", "breach"), ("am", "breach"), ("ad", "breach")]


def test_a_stand_in_is_told_too(client, am):
    deputy = make_user("deputy", "am")
    make_stand_in(am, deputy, date(2026, 11, 1), date(2026, 12, 31), client=client)
    weeks.draft(client)
    clock(H5)
    assert ("deputy", "remind") in levels()


def test_after_a_stop_only_the_highest_slot_comes(client):
    weeks.draft(client)
    clock(H5 + timedelta(hours=1))
    assert [who for who, _level in levels()] == ["ae", "am"]
    assert set(dropped()) == {"h24"}


@pytest.mark.parametrize(
    ("monday", "h24", "due"),
    [
        ("2026-09-21 06:00", "2026-09-23 17:00", "2026-09-24 17:00"),
        ("2026-09-28 06:00", "2026-09-29 17:00", "2026-09-30 17:00"),
        ("2026-10-05 06:00", "2026-10-08 17:00", "2026-10-09 17:00"),
    ],
)
@in_both_zones
def test_holidays_bring_it_forward(client, zone, monday, h24, due):
    set_client(client, timezone=zone.key)
    assert clock(when(monday, zone) - SECOND) == []
    clock(when(monday, zone))
    h24, due = when(h24, zone), when(due, zone)
    assert StatusReport.objects.get().due_at == due
    ladder = [("ae", "remind"), ("ae", "remind"), ("am", "remind")]
    breach = [(who, "breach") for who in ("ae", "am", "ad")]
    for at, count in ((h24, 1), (due - timedelta(hours=5), 3), (due + INSTANT, 6)):
        before = levels()
        clock(at - (INSTANT if count == 6 else SECOND))
        assert levels() == before
        clock(at)
        assert levels() == [*ladder, *breach][:count]


@in_both_zones
def test_a_make_up_workday_counts(client, zone):
    set_client(client, status_weekday=5, status_time=time(12), timezone=zone.key)
    clock(when("2026-10-05 06:00", zone))
    assert StatusReport.objects.get().due_at == when("2026-10-10 12:00", zone)
    clock(when("2026-10-10 07:00", zone) - SECOND)
    assert [who for who, _level in levels()] == ["ae"]
    clock(when("2026-10-10 07:00", zone))
    assert [who for who, _level in levels()] == ["ae", "ae", "am"]


# --- sent ---------------------------------------------------------------------------------------


@in_both_zones
@pytest.mark.parametrize(
    ("week", "day"),
    [
        (date(2026, 11, 23), date(2026, 11, 27)),
        (date(2026, 9, 21), date(2026, 9, 24)),
        (date(2026, 9, 28), date(2026, 9, 30)),
        (date(2026, 10, 5), date(2026, 10, 9)),
    ],
)
def test_signed_it_waits_for_five_of_the_last_working_day(client, ae, am, zone, week, day):
    set_client(client, timezone=zone.key)
    due = datetime.combine(day, time(17), zone)
    report = make_status(client, "signed", ae, am, week, due_at=status_due(client, week, CALENDAR))
    found = StatusReport.objects
    assert (list(found.to_send(due - SECOND)), list(found.to_send(due))) == ([], [report])


@in_both_zones
def test_sent_at_the_second_in_a_week_of_holidays(client, contact, ae, am, zone):
    set_client(client, timezone=zone.key)
    due = when("2026-09-30 17:00", zone)
    weeks.signed(client, ae, am, due - timedelta(hours=8), week=date(2026, 9, 28))
    assert clock(due - SECOND) == []
    assert clock(due) == ["weekly reports sent: LM/WS/2026/001"]
    assert weeks.mails(contact).count() == 1


def test_sent_at_the_second(client, contact, ae, am):
    weeks.signed(client, ae, am)
    assert clock(DUE - SECOND) == []
    assert clock(DUE) == ["weekly reports sent: LM/WS/2026/001"]
    assert clock(DUE) == clock(DUE + SECOND) == []
    assert weeks.mails(contact).count() == 1


def test_after_the_winter_time_began_it_is_five_there(client, ae, am):
    set_client(client, timezone="Europe/Berlin")
    report = weeks.signed(client, ae, am, when("2026-10-30 10:00", BERLIN), week=date(2026, 10, 26))
    assert report.due_at == when("2026-10-31 00:00")
    assert clock(when("2026-10-30 23:59:59")) == []
    assert clock(when("2026-10-31 00:00")) == ["weekly reports sent: LM/WS/2026/001"]


def test_the_clock_set_back_sends_nothing_twice(client, contact, ae, am):
    weeks.signed(client, ae, am)
    clock(DUE)
    for at in (DUE - timedelta(hours=2), DUE - SECOND, DUE, DUE + SECOND):
        clock(at)
    assert weeks.mails(contact).count() == 1
    assert StatusReport.objects.count() == 1


def test_one_that_cannot_be_printed_hinders_no_other(client, ae, am, contact):
    broken = make_client("BR", team=[ae, am])
    make_status(broken, "signed", ae, am)  # its words bear no digest
    weeks.signed(client, ae, am)
    assert "weekly reports sent: LM/WS/2026/001" in clock(DUE)
    assert StatusReport.objects.get(client=broken).state == "draft"


# --- asleep from Thursday 15:00 to Monday 09:00 (5.5) -------------------------------------------

AWAKE = when("2026-11-30 09:00")


@pytest.fixture
def asleep(client, ae, am):
    """Signed by both on Friday while the clock stood still."""
    clock(when("2026-11-26 15:00"))
    return weeks.signed(client, ae, am)


def test_signed_in_time_it_is_sent_late_and_counts_as_in_time(client, contact, asleep):
    assert "weekly reports sent: LM/WS/2026/001" in clock(AWAKE)
    report = weeks.again(asleep)
    assert (report.issued_at, report.is_late(AWAKE)) == (AWAKE, False)
    changes = AuditEntry.objects.get(verb="issue_status").changes
    assert changes["reason"] == "sent late for technical reasons"
    assert (levels(), weeks.mails(contact).count()) == ([], 1)


def test_and_this_weeks_is_drafted(client, asleep):
    assert clock(AWAKE)[0] == "weekly reports: LM 2026-W49"
    assert StatusReport.objects.get(week=date(2026, 11, 30)).created_at == AWAKE


def test_unsigned_the_breach_comes_once_with_its_true_time(client, ae):
    clock(when("2026-11-26 15:00"))
    clock(AWAKE)
    clock(AWAKE + timedelta(minutes=1))
    assert levels() == [("ae", "breach"), ("am", "breach"), ("ad", "breach")]
    rows = Notification.objects.filter(kind="status_due", is_dropped=False)
    assert {row.due_at for row in rows} == {DUE}
    assert set(dropped()) == {"h24", "h5"}


@pytest.mark.rule("R31")
@pytest.mark.parametrize("minutes", [0, 60])
def test_lines_stale_on_past_days_are_not_told_later(client, minutes):
    live(when("2026-11-23 15:00"))
    clock(AWAKE + timedelta(minutes=minutes))
    assert levels("status_stale") == []
