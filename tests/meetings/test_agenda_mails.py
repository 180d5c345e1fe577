"""What the mails about a meeting say, to whom, in which language (R3, R4, R5, R15)."""

import pytest

from agency.common.models import OutboxMail
from archives.storage import read_file
from meetings import papers_agenda, services
from meetings.models import Attendee, Meeting, Room, RoomBooking
from meetings.reports.rooms import whereabouts
from meetings.services import invitations
from meetings.services.calendars import calendar_file
from meetings.services.typed import ItemData
from tests.builders import from_kept, make_contact, make_user, when
from tests.meetings import make

pytestmark = pytest.mark.django_db
START, END = "2026-11-19 10:00", "2026-11-19 11:00"
NOW = when("2026-11-18 09:00")
REASON = "The client travels on that day."


def make_kept():
    """Invited: the AE and a creative of ours, a Chinese and an English reader of the client's."""
    ae, am, art = make_user("ae"), make_user("am", "am"), make_user("art", "department")
    client, contact = make.make_account(ae, am, code="LM")
    contact.language, contact.address_as = "zh", "何总"
    contact.save()
    english = make_contact(client, "Eleanor Whitcombe", language="en", email="eleanor@x.example")
    items = [ItemData("Poster", 20, ae), ItemData("Prices", 15, contact)]
    words = {"objective": "Take the poster", "items": items, "address": "Room 3"}
    people = [ae, art, contact, english]
    plan = make.plan(client, ae, START, END, people, **words)
    meeting = services.invite(meeting=plan, row_version=None, by=ae, at=NOW)
    return {"ae": ae, "art": art, "contact": contact, "english": english, "meeting": meeting}


ae, art, contact, english, meeting = from_kept("ae", "art", "contact", "english", "meeting")


def mail(person, letter):
    return OutboxMail.objects.get(to=person.email, key__contains=f":{letter}")


def who(meeting, **more):
    return {"meeting": meeting, "row_version": None, "by": meeting.ae, "at": NOW, **more}


@pytest.mark.rule("R4")
def test_the_client_is_invited_in_his_language_with_his_page(contact, english):
    chinese, other = mail(contact, "invite"), mail(english, "invite")
    assert chinese.subject == "LM: 邀请：Media review"
    assert "请回复是否参加，并告知您想讨论的议题" in chinese.text
    assert other.subject == "LM: Invitation: Media review"
    assert "Please say whether you come" in other.text
    assert chinese.text.count("{{link:") == other.text.count("{{link:") == 1


def test_the_client_reads_neither_tasks_nor_the_draft(contact, english):
    for person in (contact, english):
        text = mail(person, "invite").text
        assert not [word for word in ("takes notes", "Poster", "Take the poster") if word in text]


@pytest.mark.rule("R3")
def test_ours_get_the_draft_their_task_and_a_page_to_confirm(art, meeting):
    text = mail(art, "invite").text
    for words in ("Take the poster", "takes notes", "1. Poster (20 min, ae)", "Room 3"):
        assert words in text
    assert f"/meetings/{meeting.pk}/part/" in text
    assert "{{link:" not in text


@pytest.mark.rule("R5")
def test_the_agenda_comes_with_its_face(contact, art, meeting):
    services.send_agenda(**who(meeting))
    assert "随信附上会议议程。" in mail(contact, "agenda").text
    inside = mail(art, "agenda").text
    assert "the internal face is enclosed" in inside
    assert "takes notes" in inside
    assert mail(contact, "agenda").valid_until == when(START)


@pytest.mark.rule("R5")
def test_a_second_agenda_says_so(english, meeting):
    services.send_agenda(**who(meeting))
    services.resend_agenda(**who(meeting))
    again = OutboxMail.objects.get(to=english.email, key__contains=":agenda:r2")
    assert again.subject == "LM: Agenda, revision 2: Media review"


@pytest.mark.rule("R15")
def test_a_move_says_old_and_new_time_why_and_asks_again(english, contact, meeting):
    times = {"starts_at": when("2026-11-20 14:00"), "planned_end": when("2026-11-20 15:00")}
    services.move_meeting(**who(meeting), **times, reason=REASON)
    text = mail(english, "move").text
    for words in ("2026-11-19 10:00", "2026-11-20 14:00–15:00", REASON, "at the new time"):
        assert words in text
    assert "agenda with the new time" not in text
    assert "2026-11-20 14:00" in mail(contact, "move").text


@pytest.mark.rule("R15")
def test_a_moved_agenda_is_said_to_be_enclosed(english, meeting):
    services.send_agenda(**who(meeting))
    times = {"starts_at": when("2026-11-20 14:00"), "planned_end": when("2026-11-20 15:00")}
    services.move_meeting(**who(meeting), **times, reason=REASON)
    moved = mail(english, "move")
    assert "The agenda with the new time is enclosed." in moved.text
    assert len(moved.attachments) == 2
    alive = OutboxMail.objects.filter(to=english.email, state="queued")
    assert list(alive) == [moved]


@pytest.mark.rule("R15")
def test_what_is_called_off_has_no_page(english, meeting):
    services.cancel_meeting(**who(meeting), reason=REASON)
    text = mail(english, "cancel").text
    assert REASON in text
    assert "{{link:" not in text
    assert mail(english, "cancel").valid_until is None


@pytest.mark.rule("R41")
def test_who_has_left_the_client_gets_nothing(meeting, english):
    english.is_active = False
    english.save()
    services.send_agenda(**who(meeting))
    assert not OutboxMail.objects.filter(to=english.email, key__contains=":agenda:").exists()


def test_one_mail_each_and_no_more(meeting):
    services.send_agenda(**who(meeting))
    sent = OutboxMail.objects.filter(key__contains=":agenda:")
    assert sorted(sent.values_list("to", flat=True)) == sorted(
        (row.user or row.contact).email for row in Attendee.objects.filter(meeting=meeting)
    )
    assert Meeting.objects.get(pk=meeting.pk).agenda_revision == 1


# --- place and room -----------------------------------------------------------------------------


@pytest.fixture
def booked(meeting):
    """The room stands in no address: only its booking says so."""
    room = Room.objects.create(name="望海厅", seats=12)
    span = {"starts_at": meeting.starts_at, "ends_at": meeting.planned_end}
    RoomBooking.objects.create(room=room, meeting=meeting, created_by=meeting.ae, **span)
    return meeting


@pytest.mark.rule("R9")
@pytest.mark.parametrize("letter", ["agenda", "move", "invite:"])
def test_each_mail_names_the_place_and_the_booked_room(contact, english, booked, letter):
    if letter == "agenda":
        services.send_agenda(**who(booked))
    elif letter == "move":
        times = {"starts_at": when("2026-11-20 14:00"), "planned_end": when("2026-11-20 15:00")}
        services.move_meeting(**who(booked), **times, reason=REASON)
    else:
        OutboxMail.objects.all().delete()
        invitations.invite([booked], booked.attendees.all(), booked.ae, NOW)
    assert "望海厅, Room 3" in mail(english, letter).text
    assert "望海厅、Room 3" in mail(contact, letter).text


@pytest.mark.rule("R9")
def test_the_calendar_and_the_agenda_name_the_room(booked):
    assert papers_agenda.agenda_client(booked, NOW)["meeting"]["place"] == "望海厅 · Room 3"
    file = calendar_file(booked, "REQUEST", NOW)
    assert "LOCATION:望海厅\\, Room 3".encode() in read_file(file["sha256"])


def test_a_room_that_the_address_names_is_named_once(booked):
    Meeting.objects.update(address="3 楼望海厅")
    booked.refresh_from_db()
    assert whereabouts(booked) == ["3 楼望海厅"]
