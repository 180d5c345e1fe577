"""Calendar files that real calendars understand: who is asked, by whom, what replaces what."""

from email import message_from_bytes

import pytest
from icalendar import Calendar

from accounts.models import AgencySettings
from agency.common.models import OutboxMail
from agency.common.sender import build
from archives.storage import read_file
from meetings import services
from meetings.models import Meeting
from meetings.services.typed import PersonData
from tests.builders import make_contact, when
from tests.meetings.make import make_account, plan
from tests.meetings.test_meeting import typed

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R15")]
NOW = when("2026-11-18 14:00")
START, END = "2026-11-19 10:00", "2026-11-19 11:00"


@pytest.fixture
def meeting(ae):
    client, contact = make_account(ae)
    row = plan(client, ae, START, END, [ae, contact], chair=ae)
    return services.invite(meeting=row, row_version=None, by=ae, at=NOW)


def file_of(mail):
    return read_file(mail.attachments[-1]["sha256"])


def event_of(mail):
    return Calendar.from_ical(file_of(mail)).walk("VEVENT")[0]


def newest(key):
    return OutboxMail.objects.filter(key__contains=key).order_by("-pk").first()


def test_the_house_invites(meeting):
    house = AgencySettings.load()
    house.group_mail = "hello@greenisle.example"
    house.save()
    data = typed(meeting)
    other = make_contact(meeting.client, "叶知秋")
    data.people.append(PersonData(contact=other))
    services.change_plan(meeting=meeting, data=data, row_version=None, by=meeting.ae, at=NOW)
    assert str(event_of(newest(":invite:"))["organizer"]) == "mailto:hello@greenisle.example"


def test_everybody_is_asked_to_answer(meeting):
    asked = event_of(newest(":invite:"))["attendee"]
    contact = meeting.attendees.exclude(contact=None).get().contact
    assert {str(one) for one in asked} == {f"mailto:{meeting.ae.email}", f"mailto:{contact.email}"}
    assert {one.params["RSVP"] for one in asked} == {"TRUE"}
    assert {one.params["PARTSTAT"] for one in asked} == {"NEEDS-ACTION"}
    assert {one.params["ROLE"] for one in asked} == {"CHAIR", "REQ-PARTICIPANT"}


def test_the_answers_known_stand_in_it(meeting):
    services.reply_own(meeting=meeting, reply="yes", by=meeting.ae, at=NOW)
    data = typed(meeting)
    data.people.append(PersonData(contact=make_contact(meeting.client, "叶知秋")))
    services.change_plan(meeting=meeting, data=data, row_version=None, by=meeting.ae, at=NOW)
    said = {str(one): one.params["PARTSTAT"] for one in event_of(newest(":invite:"))["attendee"]}
    assert said[f"mailto:{meeting.ae.email}"] == "ACCEPTED"


def test_a_move_replaces_the_same_event(meeting):
    before = event_of(newest(":invite:"))
    services.move_meeting(
        meeting=meeting, starts_at=when("2026-11-20 10:00"), planned_end=when("2026-11-20 11:00"),
        reason="The client travels.", row_version=None, by=meeting.ae, at=NOW,
    )  # fmt: skip
    after = event_of(newest(":move:"))
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["dtstart"].dt == when("2026-11-20 10:00")


def test_who_is_taken_off_has_the_hour_free_again(meeting):
    other = make_contact(meeting.client, "叶知秋")
    people = typed(meeting).people
    who = {"row_version": None, "by": meeting.ae, "at": NOW}
    joined = typed(meeting, people=[*people, PersonData(contact=other)])
    services.change_plan(meeting=meeting, data=joined, **who)
    services.change_plan(meeting=meeting, data=typed(meeting, people=people), **who)
    mail = newest(":uninvite:")
    assert mail.to == other.email
    assert b"METHOD:CANCEL" in file_of(mail)
    assert OutboxMail.objects.filter(key__contains=":uninvite:").count() == 1
    assert Meeting.objects.get(pk=meeting.pk).state == "planned"


def test_mail_programs_are_told_the_method(meeting):
    mail = newest(":invite:")
    sent = message_from_bytes(build(mail, mail.text, "", [("meeting.ics", file_of(mail))], NOW))
    part = next(one for one in sent.walk() if one.get_filename() == "meeting.ics")
    assert part.get_content_type() == "text/calendar"
    assert part.get_param("method") == "REQUEST"
