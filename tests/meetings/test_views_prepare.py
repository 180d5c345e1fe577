"""Preparing a meeting on its pages: pack, venue list, room, press check, calls (R7-R11)."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from archives.kinds import Kind
from archives.services import void_document
from meetings import packing, services
from meetings.models import PressCheck, Room, RoomBooking
from tests.archives.papers import make_document
from tests.builders import from_kept, make_user
from tests.meetings import make
from tests.meetings.pages import fields_of, send, text_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def spoken(instant):
    return f"{timezone.localtime(instant):%Y-%m-%d %H:%M:%S}"


def make_kept():
    ae, now = make_user("ae"), timezone.now()
    # Whenever this runs, the meeting begins later on the same day of the client's.
    zone = "Asia/Shanghai" if timezone.localtime(now).hour < 22 else "Europe/Berlin"
    client, contact = make.make_account(ae, code="LM", timezone=zone)
    report = make_document(client, title="Media review", at=now)
    span = spoken(now + HOUR), spoken(now + 2 * HOUR)
    meeting = make.invited(client, ae, contact, *span, at=now - timedelta(days=2))
    room = Room.objects.create(name="望海厅", seats=12)
    return {"ae": ae, "customer": client, "meeting": meeting, "paper": report, "room": room}


ae, customer, meeting, paper, room = from_kept("ae", "customer", "meeting", "paper", "room")


@pytest.fixture
def desk(client, ae):
    client.force_login(ae)
    return client


def at(meeting, what=""):
    return f"/meetings/{meeting.pk}/{what}"


def place(meeting, kind):
    return meeting.preparations.get(kind=kind)


def in_place(meeting, kind, what):
    return f"/meetings/pack/{place(meeting, kind).pk}/{what}"


def post_line(desk, path, **data):
    return desk.post(path, data)


@pytest.mark.rule("R7", "R8", "R9", "R10")
def test_the_page_shows_what_lacks(desk, meeting):
    words = text_of(desk.get(at(meeting)))
    lacks = ("4 of 5 open", "Media review", "10 open", "No room is booked.", "not phoned")
    assert [part for part in (*lacks, "To be done on the day") if part not in words] == []


def test_who_only_reads_sees_no_verbs(client, meeting):
    client.force_login(make_user(role="management"))
    words = text_of(client.get(at(meeting)))
    assert "4 of 5 open" in words
    assert "Attach" not in words


@pytest.mark.rule("R7")
def test_a_paper_is_found_by_its_words_and_attached(desk, meeting, customer):
    script = make_document(customer, Kind.OTHER, title="Film script")
    path = in_place(meeting, "work", "attach/")
    assert "Film script" in text_of(desk.get(f"{path}?q=film"))
    assert "Film script" not in text_of(desk.get(f"{path}?q=poster"))
    send(desk, path, documents=[str(script.pk)])
    assert list(place(meeting, "work").documents.all()) == [script]


@pytest.mark.rule("R7")
def test_another_clients_paper_is_no_choice(desk, meeting, ae, other_ae):
    foreign = make_document(make.make_account(other_ae, ae)[0], Kind.OTHER, title="Foreign")
    answer = send(desk, in_place(meeting, "work", "attach/"), documents=[str(foreign.pk)])
    assert answer.status_code == 422
    assert not place(meeting, "work").documents.exists()


@pytest.mark.rule("R7")
def test_not_needed_and_needed_again(desk, meeting):
    path = in_place(meeting, "ads", "not-needed/")
    assert send(desk, path, reason="no").status_code == 422
    send(desk, path, reason="Nothing new is on air.")
    assert "Nothing new is on air." in text_of(desk.get(at(meeting)))
    send(desk, in_place(meeting, "ads", "needed/"))
    assert place(meeting, "ads").not_needed == ""


def test_a_newer_paper_is_offered_beside_the_attached_one(desk, meeting, customer):
    make_document(customer, title="Newer review", dated_on=timezone.localdate())
    page = desk.get(at(meeting))
    assert "Newer: Newer review" in text_of(page)


def test_a_paper_is_taken_out(desk, meeting, paper):
    path = in_place(meeting, "last_report", f"detach/{paper.pk}/")
    send(desk, path)
    assert not place(meeting, "last_report").documents.exists()
    assert desk.get(path).status_code == 404


@pytest.mark.rule("R7")
def test_the_zip_holds_the_list_and_every_paper(desk, meeting, customer):
    item = place(meeting, "work")
    note = make_document(customer, Kind.OTHER, content=b"lines", name="script.txt")
    services.attach(item=item, documents=[note], by=meeting.ae, at=timezone.now())
    answer = desk.get(at(meeting, "pack/zip/"))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        names = archive.namelist()
        assert archive.read(names[2]) == b"lines"
    assert [name.partition("/")[2] for name in names] == ["", "01 paper.pdf", "01 script.txt"]


@pytest.mark.rule("R7")
def test_the_pack_holds_what_the_reader_may_see(meeting, customer, ae):
    plan = make_document(customer, Kind.BUDGET_FORM)
    services.attach(item=place(meeting, "budget"), documents=[plan], by=ae, at=timezone.now())
    media = make_user(role="department", department="media")
    mine = [row.papers for row in packing.places(meeting, ae, timezone.now())]
    theirs = {row.item.kind: row for row in packing.places(meeting, media, timezone.now())}
    assert sum(map(len, mine)) == 2
    assert theirs["budget"].papers == []
    assert not theirs["budget"].is_open


def test_a_void_paper_is_said_to_be_void(desk, meeting, customer, ae, am):
    clipping = make_document(customer, Kind.CLIPPING, title="Old news")
    services.attach(
        item=place(meeting, "references"), documents=[clipping], by=ae, at=timezone.now()
    )
    reason = "It was the wrong one."
    customer.assignments.create(user=am, role="am", starts_on="2020-01-01")
    void_document(document=clipping, reason=reason, by=am, at=timezone.now())
    assert "Old news · 19 Nov Void" in text_of(desk.get(at(meeting)))


@pytest.mark.rule("R9")
def test_lines_are_ticked_with_a_thumb(desk, meeting, ae):
    item = meeting.venue_items.get(kind="catering")
    path = at(meeting, "venue/")
    answer = post_line(desk, path, item=item.pk, is_done="on", note="Tea")
    assert answer.url == f"{path}#item-{item.pk}"
    item.refresh_from_db()
    assert (item.done_by, item.note) == (ae, "Tea")
    assert "Tea" in desk.get(path).content.decode()


@pytest.mark.rule("R9")
def test_a_line_of_another_meeting_is_refused(desk, meeting, customer, ae):
    span, early = (
        (spoken(meeting.starts_at), spoken(meeting.planned_end)),
        timezone.now() - 3 * HOUR,
    )
    other = make.plan(customer, ae, *span, [ae], early)
    item = other.venue_items.first()
    answer = post_line(desk, at(meeting, "venue/"), item=item.pk, is_done="on")
    assert answer.status_code == 422


@pytest.mark.rule("R9")
def test_a_room_is_booked_and_given_up(desk, meeting, room):
    assert "望海厅 · 12 seats" in text_of(desk.get(at(meeting, "room/")))
    send(desk, at(meeting, "room/"), room=str(room.pk))
    assert RoomBooking.objects.get().room == room
    send(desk, at(meeting, "room/free/"))
    assert not RoomBooking.objects.exists()


@pytest.mark.rule("R9")
def test_a_taken_room_is_refused_with_who_and_until_when(desk, meeting, room, other_ae):
    """It stands beside the room before, and in the refusal of who chooses it all the same."""
    other, guest = make.make_account(other_ae, code="YL")
    span = spoken(meeting.starts_at), spoken(meeting.planned_end)
    early = timezone.now() - 3 * HOUR
    row = make.invited(other, other_ae, guest, *span, at=early, objective="Secret pitch")
    services.book_room(meeting=row, room=room, by=other_ae, at=timezone.now())
    assert "12 seats · other_ae has it until" in text_of(desk.get(at(meeting, "room/")))
    answer = send(desk, at(meeting, "room/"), room=str(room.pk))
    assert answer.status_code == 422
    assert re.search(r"other_ae has 望海厅 from .+ until .+\d:\d\d\.", text_of(answer))
    assert "Secret pitch" not in text_of(answer)


@pytest.mark.rule("R9")
def test_the_day_view_shows_others_as_busy_only(desk, client, meeting, room, ae, other_ae):
    services.book_room(meeting=meeting, room=room, by=ae, at=timezone.now())
    path = f"/meetings/rooms/?day={timezone.localdate(meeting.starts_at)}"
    assert "LM · Media review" in text_of(desk.get(path)).replace("Client LM", "LM")
    client.force_login(other_ae)
    words = text_of(client.get(path))
    assert "busy ae" in words
    assert "Media review" not in words


def test_the_admin_enters_and_changes_rooms(client):
    client.force_login(make_user(role="admin"))
    send(client, "/meetings/rooms/new/", name="听雨室", seats="6")
    small = Room.objects.get(name="听雨室")
    answer = send(client, "/meetings/rooms/new/", name="听雨室", seats="6")
    assert answer.status_code == 422
    send(client, f"/meetings/rooms/{small.pk}/edit/", seats="8")
    small.refresh_from_db()
    assert small.seats == 8


@pytest.mark.rule("R8")
def test_the_press_check_is_noted_and_its_finding_filed(desk, meeting):
    send(desk, at(meeting, "press/"), sources="Daily", finding="A rival cuts its prices.")
    check = PressCheck.objects.get()
    assert "A rival cuts its prices." in text_of(desk.get(at(meeting)))
    send(desk, f"/meetings/press/{check.pk}/file/")
    check.refresh_from_db()
    assert check.document.kind == "clipping"
    assert "In the reference file" in text_of(desk.get(at(meeting)))


@pytest.mark.rule("R8")
def test_half_a_press_check_is_refused_at_its_field(desk, meeting):
    answer = send(desk, at(meeting, "press/"), sources="Daily")
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["finding"]


@pytest.mark.rule("R10", "R11")
def test_one_tap_a_person(desk, meeting):
    row = meeting.attendees.get(contact__isnull=False)
    path = at(meeting, "calls/")
    assert post_line(desk, path, attendee=row.pk, do="on_way").url == f"{path}#person-{row.pk}"
    post_line(desk, path, attendee=row.pk, do="arrived")
    row.refresh_from_db()
    assert (row.call, bool(row.called_at), bool(row.arrived_at)) == ("on_way", True, True)
    assert post_line(desk, path, attendee=row.pk, do="dance").status_code == 422


@pytest.mark.rule("R10")
def test_the_call_list_dials(desk, meeting):
    row = meeting.attendees.get(contact__isnull=False)
    type(row.contact).objects.update(mobile="+86 138 0000 0000")
    page = desk.get(at(meeting, "calls/")).content.decode()
    assert 'href="tel:+8613800000000"' in page


@pytest.mark.parametrize("what", ["pack/zip/", "venue/", "room/", "press/", "calls/", "reception/"])
def test_another_clients_meeting_is_not_there(client, meeting, other_ae, what):
    client.force_login(other_ae)
    assert client.get(at(meeting, what)).status_code == 404


def test_a_form_shown_before_somebody_else_changed_the_place(desk, meeting, customer):
    script = make_document(customer, Kind.OTHER)
    path = in_place(meeting, "work", "attach/")
    data = fields_of(desk.get(path)) | {"documents": [str(script.pk)]}
    meeting.preparations.update(row_version=9)
    assert desk.post(path, data).status_code == 409
