from datetime import timedelta

import pytest
from icalendar import Calendar

from agency.common.models import OutboxMail
from archives.storage import read_file
from meetings import services
from tests.builders import make_contact, when
from tests.meetings.make import make_account, plan

pytestmark = pytest.mark.django_db
NOW = when("2026-11-19 14:00")
START, END = "2026-11-23 10:00", "2026-11-23 11:00"


@pytest.fixture
def meeting(ae):
    client, contact = make_account(ae)
    return plan(client, ae, START, END, [ae, contact])


def invite(meeting):
    services.invite(meeting=meeting, row_version=None, by=meeting.ae, at=NOW)


def mails(letter=""):
    return OutboxMail.objects.filter(key__contains=letter).order_by("pk")


def event_of(mail):
    calendar = Calendar.from_ical(read_file(mail.attachments[0]["sha256"]))
    return calendar, calendar.walk("VEVENT")[0]


@pytest.mark.rule("R15")
def test_invitation_goes_to_both_sides_with_a_calendar_file(meeting):
    invite(meeting)
    assert sorted(mail.kind for mail in mails(":invite:")) == ["client_paper", "internal"]
    calendar, event = event_of(mails().first())
    assert calendar["method"] == "REQUEST"
    assert event["dtstart"].dt == when(START)


def test_subject_begins_with_the_clients_code(meeting):
    invite(meeting)
    assert all(mail.subject.startswith(f"{meeting.client.code}: ") for mail in mails())


def test_invitation_is_worth_nothing_after_the_start(meeting):
    invite(meeting)
    assert {mail.valid_until for mail in mails()} == {when(START)}


@pytest.mark.rule("R15")
def test_move_tells_old_and_new_time_and_voids_what_waits(meeting):
    invite(meeting)
    services.move_meeting(
        meeting=meeting,
        starts_at=when(START) + timedelta(days=1),
        planned_end=when(END) + timedelta(days=1),
        reason="The client has another meeting.",
        row_version=None,
        by=meeting.ae,
        at=NOW,
    )
    assert {mail.state for mail in mails(":invite:")} == {"void"}
    moved = mails(":move:")
    assert moved.count() == 2
    assert all("The client has another meeting." in mail.text for mail in moved)
    assert all("10:00" in mail.text for mail in moved)


@pytest.mark.rule("R15")
def test_cancelling_takes_the_event_out_of_the_calendars(meeting):
    invite(meeting)
    services.cancel_meeting(
        meeting=meeting, reason="The client is ill today.", row_version=None, by=meeting.ae, at=NOW
    )
    calendar, event = event_of(mails(":cancel:").first())
    assert calendar["method"] == "CANCEL"
    assert event["status"] == "CANCELLED"


def test_same_event_in_every_mail(meeting):
    invite(meeting)
    services.cancel_meeting(
        meeting=meeting, reason="The client is ill today.", row_version=None, by=meeting.ae, at=NOW
    )
    invited, cancelled = event_of(mails().first())[1], event_of(mails().last())[1]
    assert invited["uid"] == cancelled["uid"]
    assert cancelled["sequence"] > invited["sequence"]


def test_contact_reads_in_his_language_and_zone(ae):
    client, _contact = make_account(ae, timezone="Europe/Berlin")
    german = make_contact(client, "Eleanor Whitcombe", language="en")
    invite(plan(client, ae, START, END, [ae, german]))
    text = mails(":c").get().text
    assert "03:00" in text
    assert "10:00" not in text


def test_contact_without_mail_gets_none(ae):
    client, contact = make_account(ae)
    silent = make_contact(client, "叶知秋", email="")
    invite(plan(client, ae, START, END, [ae, contact, silent]))
    assert mails(":invite:").count() == 2


def test_title_with_a_line_break_forges_nothing(ae):
    client, contact = make_account(ae)
    meeting = plan(client, ae, START, END, [ae, contact])
    type(meeting).objects.update(title="Review\r\nBcc: x@y.example")
    meeting.refresh_from_db()
    invite(meeting)
    assert all("\n" not in mail.subject for mail in mails())
