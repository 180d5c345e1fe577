"""The last look before the agenda goes out; one's own part; topics of the client's (R1–R5)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import ClientLink
from meetings import services
from meetings.models import Meeting
from meetings.services.typed import ItemData
from tests.builders import from_kept, make_user
from tests.meetings import make
from tests.meetings.pages import send, text_of

HOUR = timedelta(hours=1)
REASON = "The client sent his figures late."


def spoken(instant):
    return f"{timezone.localtime(instant):%Y-%m-%d %H:%M:%S}"


def make_kept():
    """A meeting in five hours, invited nine days ago, with a creative of no job of the client."""
    ae, am, creative = make_user("ae"), make_user("am", "am"), make_user("art", "department")
    now = timezone.now()
    client, contact = make.make_account(ae, am, code="LM")
    start, early = now + 5 * HOUR, now - timedelta(days=9)
    items = [ItemData("Poster", 20, ae)]
    plan = make.plan(
        client, ae, spoken(start), spoken(start + HOUR), [ae, creative, contact], early,
        objective="Take the poster", items=items,
    )  # fmt: skip
    meeting = services.invite(meeting=plan, row_version=None, by=ae, at=early)
    return {"now": now, "ae": ae, "am": am, "creative": creative, "client": client,
            "contact": contact, "meeting": meeting}  # fmt: skip


now, ae, am, creative, contact, meeting = from_kept(
    "now", "ae", "am", "creative", "contact", "meeting"
)


@pytest.fixture
def desk(client, ae):
    client.force_login(ae)
    return client


@pytest.fixture
def theirs(client, creative):
    client.force_login(creative)
    return client


def page(meeting, what="agenda/send"):
    return f"/meetings/{meeting.pk}/{what}/"


def shift(meeting, **left):
    """The meeting begins so long from now."""
    start = timezone.now() + timedelta(**left)
    times = {"starts_at": start, "planned_end": start + HOUR}
    Meeting.objects.filter(pk=meeting.pk).update(**times)


def again(meeting):
    return Meeting.objects.get(pk=meeting.pk)


@pytest.mark.rule("R5")
@pytest.mark.parametrize(
    ("left", "words"),
    [
        ({"hours": 4}, "two hours or more"),
        ({"hours": 1, "minutes": 30}, "short notice"),
        ({"minutes": 30}, "counts as late"),
    ],
)
def test_the_page_says_how_long_before_the_start_it_is(desk, meeting, left, words):
    shift(meeting, **left, seconds=20)
    text = text_of(desk.get(page(meeting)))
    assert words in text
    assert "before the start" in text


@pytest.mark.rule("R5")
def test_it_is_sent_from_the_page(desk, meeting):
    answer = send(desk, page(meeting))
    assert answer.status_code == 302
    sent = again(meeting)
    assert (sent.state, sent.agenda_revision) == ("agenda_sent", 1)
    send(desk, page(meeting))
    assert again(meeting).agenda_revision == 2


@pytest.mark.rule("R5")
def test_late_sending_asks_why(desk, meeting):
    shift(meeting, minutes=30)
    assert send(desk, page(meeting)).status_code == 422
    assert send(desk, page(meeting), late_reason=REASON).status_code == 302
    assert again(meeting).agenda_late_reason == REASON


@pytest.mark.rule("R5")
def test_after_the_start_there_is_no_button(desk, meeting):
    shift(meeting, minutes=-5)
    answer = desk.get(page(meeting))
    assert "After the start no agenda is sent any more." in text_of(answer)
    assert "Not yet" not in text_of(answer)


@pytest.mark.rule("R2")
def test_what_is_beyond_the_slot_is_said_and_ticked(desk, meeting):
    meeting.items.update(minutes=75)
    assert "15 minutes longer than the meeting" in text_of(desk.get(page(meeting)))
    assert send(desk, page(meeting)).status_code == 422
    assert send(desk, page(meeting), is_over_known="on").status_code == 302


@pytest.mark.rule("R1")
def test_what_lacks_is_listed_with_names(desk, meeting, creative):
    meeting.attendees.filter(user=creative).update(task="")
    text = text_of(desk.get(page(meeting)))
    assert "Only people with a task attend: art" in text
    assert send(desk, page(meeting)).status_code == 422


@pytest.mark.rule("R3")
def test_unconfirmed_names_are_on_the_page_and_do_not_bar(desk, meeting):
    assert "Not confirmed yet: art" in text_of(desk.get(page(meeting)))
    assert send(desk, page(meeting)).status_code == 302


def test_a_topic_that_came_meanwhile_is_looked_at_first(desk, meeting, now):
    link = ClientLink.objects.of(meeting).get()
    form = {"row_version": meeting.row_version, "last_item": meeting.items.get().pk}
    services.add_topic(link=link, title="Prices", typed_name="He Jianing", at=now)
    assert desk.post(page(meeting), form).status_code == 409
    assert again(meeting).state == "planned"


@pytest.mark.parametrize("face", ["client", "internal"])
def test_both_faces_are_shown_as_pictures(desk, meeting, face, settings):
    settings.FAULT = ""  # the pages are really printed
    answer = desk.get(page(meeting, f"agenda/preview/{face}"), headers={"HX-Request": "true"})
    assert answer.content.count(b"data:image/png;base64,") >= 1


def test_a_third_face_there_is_not(desk, meeting):
    assert desk.get(page(meeting, "agenda/preview/other")).status_code == 404


@pytest.mark.rule("R4")
def test_asked_by_phone_is_noted(desk, meeting):
    Meeting.objects.update(topics_asked_at=None)
    send(desk, page(meeting, "topics/asked"), note="asked by phone at 10:15")
    assert "asked by phone at 10:15" in text_of(desk.get(f"/meetings/{meeting.pk}/"))


@pytest.fixture
def item(meeting, now):
    link = ClientLink.objects.of(meeting).get()
    return services.add_topic(link=link, title="Prices", typed_name="He Jianing", at=now)


@pytest.mark.rule("R4")
def test_a_topic_is_postponed_and_taken_up_again(desk, meeting, item):
    assert "Client topic" in text_of(desk.get(f"/meetings/{meeting.pk}/"))
    path = f"/meetings/topics/{item.pk}"
    assert send(desk, f"{path}/postpone/", reason="later").status_code == 422
    assert send(desk, f"{path}/postpone/", reason=REASON).status_code == 302
    assert REASON in text_of(desk.get(f"/meetings/{meeting.pk}/"))
    assert send(desk, f"{path}/take-up/").status_code == 302
    assert meeting.items.on_agenda().count() == 2


@pytest.mark.rule("R5")
def test_a_change_after_sending_is_said(desk, meeting, ae, now):
    services.send_agenda(meeting=meeting, row_version=None, by=ae, at=now)
    path = f"/meetings/{meeting.pk}/"
    assert "Changed since it was sent." not in text_of(desk.get(path))
    meeting.items.update(minutes=25)
    assert "Changed since it was sent." in text_of(desk.get(path))


@pytest.mark.rule("R3")
def test_a_creative_confirms_on_his_own_page(theirs, meeting, creative):
    path = page(meeting, "part")
    assert "takes notes" in text_of(theirs.get(path))
    assert theirs.post(path, {"act": "confirm"}).status_code == 302
    assert theirs.post(path, {"act": "reply", "reply-reply": "maybe"}).status_code == 302
    row = meeting.attendees.get(user=creative)
    assert row.agreed_at is not None
    assert row.reply == "maybe"


@pytest.mark.rule("R3")
def test_his_own_page_is_all_he_sees_of_the_client(theirs, meeting):
    assert theirs.get(page(meeting)).status_code in (403, 404)
    assert theirs.get(f"/meetings/{meeting.pk}/").status_code == 404


def test_an_answer_that_is_none_is_refused(theirs, meeting):
    assert theirs.post(page(meeting, "part"), {"act": "reply"}).status_code == 422
    Meeting.objects.update(starts_at=timezone.now(), planned_end=timezone.now() + HOUR)
    answer = theirs.post(page(meeting, "part"), {"act": "confirm"})
    assert answer.status_code == 422


def test_who_is_not_invited_has_no_part(client, am, meeting):
    client.force_login(am)
    assert client.get(page(meeting, "part")).status_code == 404
