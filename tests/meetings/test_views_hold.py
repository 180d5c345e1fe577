"""The page of a meeting that goes on: kept at once, with and without script (R12–R14)."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.models import ContactReport, HoldLine, Meeting
from meetings.services.typed import ItemData, PointData
from tests.meetings import make
from tests.meetings.pages import send, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R13")]
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def now():
    return timezone.now().replace(second=0, microsecond=0)


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad, code="LM")


@pytest.fixture
def desk(client, ae):
    client.force_login(ae)
    return client


@pytest.fixture
def begun(account, ae, now):
    times = [timezone.localtime(now + timedelta(minutes=minutes)) for minutes in (-9, 51)]
    start, end = (f"{one:%Y-%m-%d %H:%M}" for one in times)
    items = [ItemData("Media mix", 5, is_disputed=True, source="client"), ItemData("Box", 10)]
    early = now - timedelta(days=1)
    return make.invited(account[0], ae, account[1], start, end, early, items=items)


def at(meeting, what=""):
    return f"/meetings/{meeting.pk}/hold/{what}"


def line(meeting, typed, **more):
    item = meeting.items.first().pk
    return {"typed": typed, "key": str(uuid.uuid4()), "item": item, "kind": "c", **more}


def kept(meeting):
    return list(meeting.hold_lines.filter(is_removed=False).values_list("kind", "text"))


@pytest.mark.rule("R12")
def test_the_page_shows_what_those_at_the_table_need(desk, begun, account, ae, now):
    data = make.typed(account[1], points=[PointData("decision", "Radio stays below 20 %.")])
    make.issued(*account, ae, data=data, ended_at=now - timedelta(days=3))
    Meeting.objects.filter(pk=begun.pk).update(background="Share fell in spring.")
    words = text_of(desk.get(at(begun)))
    for part in (
        *("Radio stays below 20 %.", "Share fell in spring.", "no whispering", "of 5 min"),
        *("Client topic", "Disputed", "Beyond the agenda", f"Chair {ae.name}"),
    ):
        assert part in words


def test_without_script_a_line_comes_back_to_its_item(desk, begun):
    answer = desk.post(at(begun, "lines/"), line(begun, "d Poster A."))
    assert answer.url == f"{at(begun)}#item-{begun.items.first().pk}"
    assert kept(begun) == [("d", "Poster A.")]
    assert "Poster A." in text_of(desk.get(at(begun)))


def test_the_script_gets_what_stands_there_now(desk, begun, account):
    sent = line(begun, f"a {account[1].name} 12-03 send the packshots")
    first = desk.post(at(begun, "lines/"), sent, **JSON).json()
    again = desk.post(at(begun, "lines/"), sent, **JSON).json()
    assert (first["line"], first["place"]) == (again["line"], again["place"])
    assert first["place"] == str(begun.items.first().pk)
    assert kept(begun) == [("a", "send the packshots")]
    now = desk.get(at(begun, "now/?seen=old")).json()
    assert first["line"].strip() in now["html"]
    assert desk.get(at(begun, f"now/?seen={now['stamp']}")).status_code == 204


def test_a_new_line_is_answered_by_itself_however_much_was_said(desk, begun):
    desk.post(at(begun, "lines/"), line(begun, "d Poster A."), **JSON)
    with CaptureQueriesContext(connection) as few:
        data = desk.post(at(begun, "lines/"), line(begun, "d Poster B."), **JSON).json()
    assert ("Poster A." in data["line"], "Poster B." in data["line"]) == (False, True)
    assert len(few) <= 12
    loose = desk.post(at(begun, "lines/"), line(begun, "c Box.", item=""), **JSON).json()
    assert loose["place"] == "0"


def test_a_line_taken_away_meanwhile_does_not_come_back(desk, begun):
    sent = line(begun, "d Poster A.")
    desk.post(at(begun, "lines/"), sent, **JSON)
    HoldLine.objects.update(is_removed=True)
    data = desk.post(at(begun, "lines/"), sent, **JSON).json()
    assert "line" not in data
    assert "Poster A." not in data["html"]


@pytest.mark.rule("R14")
def test_timers_outcomes_and_attendance_by_press(desk, begun, account):
    item, person = begun.items.first(), begun.attendees.get(contact=account[1])
    desk.post(at(begun, "items/"), {"item": item.pk, "do": "start", "ago": 90})
    desk.post(at(begun, "items/"), {"item": item.pk, "do": "carried"})
    desk.post(at(begun, "people/"), {"attendee": person.pk}, **JSON)
    desk.post(at(begun, "items/"), {"item": item.pk, "do": "stop"})
    item.refresh_from_db()
    person.refresh_from_db()
    assert (item.outcome, person.present) == ("carried", False)
    assert 90 <= item.spent <= 95


def test_overtime_is_said(desk, begun):
    begun.items.update(spent=8 * 60 + 2)
    words = text_of(desk.get(at(begun)))
    assert "8:02 of 5 min 3:02 over" in words
    assert "8:02 of 10 min" in words


def test_a_line_is_changed_and_removed_on_pages_of_its_own(desk, begun):
    desk.post(at(begun, "lines/"), line(begun, "d Poster A."))
    row = HoldLine.objects.get()
    assert send(desk, f"/meetings/lines/{row.pk}/", typed="c Poster B.").status_code == 302
    assert kept(begun) == [("c", "Poster B.")]
    send(desk, f"/meetings/lines/{row.pk}/remove/")
    assert kept(begun) == []


def test_a_stale_change_shows_both(desk, begun):
    desk.post(at(begun, "lines/"), line(begun, "d Poster A."))
    path = f"/meetings/lines/{HoldLine.objects.get().pk}/"
    desk.post(path, {"typed": "d Poster B.", "row_version": 0})
    page = desk.post(path, {"typed": "d Poster C.", "row_version": 0})
    assert page.status_code == 409
    assert "Poster B." in text_of(page)
    assert "Poster C." in text_of(page)
    told = desk.post(path, {"typed": "d Poster C.", "row_version": 0}, **JSON).json()
    assert "Poster B." in told["message"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("typed", ""),
        ("typed", "x" * 2001),
        ("typed", "a " + "x" * 301),
        ("typed", "bell\x07"),
        ("key", ""),
        ("key", "no-key"),
        ("item", "999999"),
        ("item", "abc"),
        ("item", "9" * 5000),
        ("kind", "x"),
        ("owner", "u999999"),
        ("due_on", "1999-12-31"),
    ],
)
def test_bad_lines_are_refused_with_their_words(desk, begun, field, value):
    sent = line(begun, "Kept words") | {field: value}
    page = desk.post(at(begun, "lines/"), sent)
    assert page.status_code == 422
    assert field == "typed" or "Kept words" in page.content.decode()
    assert desk.post(at(begun, "lines/"), sent, **JSON).json()["message"]
    assert kept(begun) == []


@pytest.mark.parametrize(
    ("what", "sent"),
    [
        ("items/", {"item": "999999", "do": "start"}),
        ("items/", {"do": "won"}),
        ("items/", {"do": "start", "ago": "-5"}),
        ("items/", {"do": "start", "ago": "9" * 30}),
        ("people/", {"attendee": "999999"}),
    ],
)
def test_bad_presses_are_refused(desk, begun, what, sent):
    sent = {"item": begun.items.first().pk} | sent
    assert desk.post(at(begun, what), sent, **JSON).status_code == 422


@pytest.mark.rule("R12")
def test_the_chair_and_a_short_background_are_noted(desk, begun, ae):
    path = f"/meetings/{begun.pk}/chair/"
    page = send(desk, path, background="句。" * 16)
    assert "目前" in text_of(page) or "this has 16" in text_of(page)
    assert send(desk, path, chair=ae.pk, background="句。" * 15).url == at(begun)
    begun.refresh_from_db()
    assert (begun.chair, begun.background) == (ae, "句。" * 15)


def test_the_end_by_button_is_now(desk, begun):
    send(desk, at(begun), "end", do="now")
    begun.refresh_from_db()
    assert (begun.state, begun.end_source) == ("held", "button")
    assert timezone.now() - begun.ended_at < timedelta(minutes=1)


def test_after_the_end_lines_go_into_the_draft(desk, begun):
    desk.post(at(begun, "lines/"), line(begun, "d Poster A."))
    report_page = send(desk, at(begun), "end").url
    desk.post(at(begun, "lines/"), line(begun, "d Poster B."))
    assert "Write the report" in text_of(desk.get(at(begun)))
    page = desk.get(report_page).content.decode()
    assert "Poster A." in page
    assert "Poster B." in page


def test_a_waiting_line_comes_too_late_after_the_issue(desk, begun, ae):
    send(desk, at(begun), "end")
    make.send_out(ContactReport.objects.get(), ae, timezone.now())
    answer = desk.post(at(begun, "lines/"), line(begun, "d Poster B."), **JSON)
    assert answer.status_code == 422
    assert "The report has been issued" in answer.json()["message"]
    assert "Add line" not in text_of(desk.get(at(begun)))


def test_strangers_find_no_meeting_and_readers_no_right(client, begun, other_ae):
    client.force_login(other_ae)
    for what in ("", "now/"):
        assert client.get(at(begun, what)).status_code == 404
    assert client.post(at(begun, "lines/"), line(begun, "d x")).status_code == 404
    assert kept(begun) == []


def test_the_page_asks_the_same_however_much_was_said(desk, begun, django_assert_max_num_queries):
    for number in range(30):
        make_line(begun, number)
    with django_assert_max_num_queries(24):
        desk.get(at(begun))
    with django_assert_max_num_queries(12):
        desk.get(at(begun, "now/"))


def make_line(meeting, number):
    item = meeting.items.all()[number % 2]
    fields = {"user": meeting.ae, "kind": "a", "text": f"Line {number}"}
    HoldLine.objects.create(
        meeting=meeting, item=item, key=uuid.uuid4(), created_by=meeting.ae, **fields
    )


@pytest.mark.parametrize("what", ["lines/", "items/", "people/"])
def test_each_press_has_a_page_of_its_own(desk, begun, what):
    assert "Write down" in text_of(desk.get(at(begun, what)))


def test_a_line_is_typed_on_the_page_of_its_own(desk, begun):
    item = begun.items.last()
    answer = send(desk, at(begun, "lines/"), item=item.pk, typed="Blue stays.", kind="d")
    assert answer.url == f"{at(begun)}#item-{item.pk}"
    assert kept(begun) == [("d", "Blue stays.")]
