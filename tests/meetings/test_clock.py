"""The worked examples of domain.md 5.2, to the second."""

from zoneinfo import ZoneInfo

import pytest

from agency.common.models import Notification
from meetings import services
from meetings.services.checks import needs_late_reason
from meetings.services.delivery import working_after
from tests.builders import make_client, make_contact, when
from tests.meetings import make

BERLIN = ZoneInfo("Europe/Berlin")
pytestmark = pytest.mark.django_db


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad)


def due_of(account, ae, ended_at, **settings):
    client, contact = account
    for name, value in settings.items():
        setattr(client, name, value)
    client.save()
    return make.log(client, contact, ae, when(ended_at)).due_at


@pytest.mark.rule("R17")
def test_e1_ladder_of_a_thursday_meeting(account, ae):
    report = make.log(*account, ae, when("2026-11-19 11:37"))
    assert report.due_at == when("2026-11-20 11:37")
    make.tick(when("2026-11-19 23:36:59"))
    assert make.told(report) == {("ae", "due")}
    make.tick(when("2026-11-19 23:37"))
    h12 = Notification.objects.about(report).get(key__contains=":h12:")
    assert (h12.recipient, h12.level) == (ae, "remind")
    assert h12.mail.next_try_at == when("2026-11-20 07:30")
    make.tick(when("2026-11-20 07:36:59"))
    assert make.told(report) == {("ae", "due"), ("ae", "h12")}
    make.tick(when("2026-11-20 07:37"))
    assert make.told(report) == {("ae", "due"), ("ae", "h12"), ("ae", "h20"), ("am", "h20")}


@pytest.mark.rule("R17", "R24")
def test_e1_exactly_24_hours_is_on_time_one_second_more_is_late(account, ae):
    report = make.log(*account, ae, when("2026-11-19 11:37"))
    assert not needs_late_reason(report, when("2026-11-20 11:37"))
    assert needs_late_reason(report, when("2026-11-20 11:37:01"))
    make.tick(when("2026-11-20 11:37"))
    assert ("ae", "breach") not in make.told(report)
    make.tick(when("2026-11-20 11:37:01"))
    assert {("ae", "breach"), ("am", "breach"), ("ad", "breach")} <= make.told(report)


@pytest.mark.rule("R17")
def test_e2_weekend_counts_in_elapsed_time(account, ae):
    assert due_of(account, ae, "2026-11-20 16:30") == when("2026-11-21 16:30")


@pytest.mark.rule("R17")
def test_e3_weekend_does_not_count_in_working_mode(account, ae):
    due = due_of(account, ae, "2026-11-20 16:30", report_clock="working")
    assert due == when("2026-11-23 16:30")


@pytest.mark.rule("R17")
def test_e4_holidays_do_not_count_in_working_mode(account, ae):
    due = due_of(account, ae, "2026-09-24 15:00", report_clock="working")
    assert due == when("2026-09-28 15:00")


@pytest.mark.rule("R17")
def test_e5_working_mode_starts_on_monday_midnight(account, ae):
    due = due_of(account, ae, "2026-11-21 14:00", report_clock="working")
    assert due == when("2026-11-24 00:00")


@pytest.mark.rule("R17")
@pytest.mark.parametrize("mode", ["elapsed", "working"])
def test_e6_make_up_workday_counts_in_both_modes(account, ae, mode):
    assert due_of(account, ae, "2026-10-09 18:00", report_clock=mode) == when("2026-10-10 18:00")


@pytest.mark.rule("R17")
def test_e7_logging_late_tells_the_highest_slot_once(account, ae):
    at = when("2026-11-19 13:20")
    report = make.log(
        *account, ae, when("2026-11-18 14:20"), at, starts_at=when("2026-11-18 14:00")
    )
    assert report.due_at == when("2026-11-19 14:20")
    assert make.told(report) == {("ae", "h20"), ("am", "h20")}
    assert make.dropped(report) == {("ae", "h12"), ("ae", "due")}
    make.tick(when("2026-11-19 13:21"))
    assert make.told(report) == {("ae", "h20"), ("am", "h20")}


@pytest.mark.rule("R17", "R24")
def test_e8_logged_after_the_deadline_is_late_from_the_start(account, ae):
    at = when("2026-11-19 15:00")
    report = make.log(*account, ae, when("2026-11-18 14:20"), at)
    assert make.told(report) == {("ae", "breach"), ("am", "breach"), ("ad", "breach")}
    breach = Notification.objects.about(report).get(recipient=ae, is_dropped=False)
    assert (breach.due_at, breach.mail.next_try_at) == (when("2026-11-19 14:20"), at)
    assert needs_late_reason(report, at)


@pytest.mark.rule("R17")
def test_e9_provisional_end_then_entered(account, ae):
    client, contact = account
    meeting = make.invited(client, ae, contact, "2026-11-19 10:00", "2026-11-19 11:00")
    make.tick(when("2026-11-19 10:59:59"))
    meeting.refresh_from_db()
    assert meeting.report is None
    make.tick(when("2026-11-19 11:00"))
    meeting.refresh_from_db()
    assert meeting.report.due_at == when("2026-11-20 11:00")
    make.tick(when("2026-11-19 11:29:59"))
    assert make.told(meeting) == set()
    make.tick(when("2026-11-19 11:30"))
    assert make.told(meeting) == {("ae", "ask")}
    meeting.refresh_from_db()
    report = services.hold_meeting(
        meeting=meeting,
        ended_at=when("2026-11-19 12:45"),
        row_version=meeting.row_version,
        by=ae,
        at=when("2026-11-19 14:00"),
    )
    assert report == meeting.report
    assert report.due_at == when("2026-11-20 12:45")


@pytest.mark.rule("R17")
def test_e9_more_than_two_hours_later_waits_for_the_am(account, ae, am):
    client, contact = account
    meeting = make.invited(client, ae, contact, "2026-11-19 10:00", "2026-11-19 11:00")
    make.tick(when("2026-11-19 11:00"))
    meeting.refresh_from_db()
    at = when("2026-11-19 14:00")
    report = services.hold_meeting(
        meeting=meeting, ended_at=when("2026-11-19 13:30"), row_version=None, by=ae, at=at
    )
    assert report.due_at == when("2026-11-20 11:00")
    assert ("am", "20261119T053000000000") in make.told(meeting, "end_claimed")
    services.confirm_end(meeting=meeting, row_version=None, by=am, at=at)
    report.refresh_from_db()
    assert report.due_at == when("2026-11-20 13:30")


@pytest.mark.rule("R17")
def test_e10_two_calls_are_due_with_the_earlier(account, ae):
    client, contact = account
    report = make.log(client, contact, ae, when("2026-11-19 16:40"))
    report = services.add_call_to_report(
        report=report,
        kind="call",
        title="Earlier",
        ended_at=when("2026-11-19 09:10"),
        users=[ae],
        contacts=[contact],
        by=ae,
        at=when("2026-11-19 17:00"),
    )
    assert report.due_at == when("2026-11-20 09:10")


@pytest.mark.rule("R17")
def test_e11_24_hours_are_elapsed_hours_when_clocks_change(account, ae):
    client, contact = account
    client.timezone = "Europe/Berlin"
    client.save()
    report = make.log(client, contact, ae, when("2026-10-24 16:00", BERLIN))
    assert report.due_at.astimezone(BERLIN) == when("2026-10-25 15:00", BERLIN)


@pytest.mark.rule("R21")
def test_e12_return_is_due_after_two_working_days(account, ae):
    client, contact = account
    handed = when("2026-11-20 11:05")
    report = make.delivered(client, contact, ae, at=handed, ended_at=when("2026-11-20 10:00"))
    assert report.delivered_at == handed
    assert report.return_due_at == when("2026-11-24 11:05")
    make.tick(when("2026-11-23 11:04:59"))
    assert make.mails(report, contact).count() == 1
    make.tick(when("2026-11-23 11:05"))
    assert make.mails(report, contact).count() == 2


@pytest.mark.rule("R21")
def test_e13_delivered_on_a_saturday(account):
    client, _contact = account
    assert working_after(client, when("2026-11-21 10:00"), 48) == when("2026-11-25 00:00")


@pytest.mark.rule("R22")
def test_e14_objection_makes_a_revision_due(account, ae):
    client, contact = account
    report = make.delivered(client, contact, ae, ended_at=when("2026-11-20 10:00"))
    at = when("2026-11-23 17:10")
    make.object_to(report, contact, at)
    report.refresh_from_db()
    draft = services.revise_report(
        report=report, reason="the client named another size", by=ae, at=when("2026-11-23 18:00")
    )
    assert draft.due_at == when("2026-11-24 17:10")


@pytest.mark.rule("R17")
def test_switch_of_the_clock_counts_for_later_ends_only(ae, am, ad):
    client = make_client(
        team=[ae, am, ad], report_clock="working", report_clock_since=when("2026-11-21 09:00")
    )
    contact = make_contact(client)
    before = make.log(client, contact, ae, when("2026-11-20 16:30"), when("2026-11-21 10:00"))
    after = make.log(client, contact, ae, when("2026-11-21 09:00"), when("2026-11-21 10:00"))
    assert before.due_at == when("2026-11-21 16:30")
    assert after.due_at == when("2026-11-24 00:00")
