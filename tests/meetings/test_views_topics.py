"""The contact's page of a meeting: an answer, topics, the agenda; nothing by opening it (C9)."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from accounts.models import ClientLink, LinkToken
from accounts.services.links import hash_of
from meetings import services
from meetings.models import AgendaItem, Attendee, Meeting
from meetings.services.typed import ItemData
from tests.builders import from_kept, make_contact, make_user
from tests.meetings import make
from tests.meetings.pages import text_of

HOUR = timedelta(hours=1)
REASON = "The prices are not known before December."


def spoken(instant):
    return f"{timezone.localtime(instant):%Y-%m-%d %H:%M:%S}"


def make_kept():
    """Invited to a meeting in five hours; a second client has one too."""
    ae, am, other_ae = make_user("ae"), make_user("am", "am"), make_user("other_ae")
    now = timezone.now()
    client, contact = make.make_account(ae, am, code="LM")
    contact.language = "en"
    contact.save()
    times = (spoken(now + 5 * HOUR), spoken(now + 6 * HOUR))
    items = [ItemData("Poster", 20, ae)]
    words = {"objective": "Take the poster", "items": items}
    meeting = make.invited(client, ae, contact, *times, now, **words)
    stranger, their_contact = make.make_account(other_ae)
    theirs = make.invited(stranger, other_ae, their_contact, *times, now, **words)
    return {"now": now, "ae": ae, "client": client, "contact": contact, "meeting": meeting,
            "link": ClientLink.objects.of(meeting).get(), "theirs": theirs}  # fmt: skip


now, ae, contact, meeting, link, theirs = from_kept(
    "now", "ae", "contact", "meeting", "link", "theirs"
)


def enter(link, number=1):
    """A browser that came through the mailed address."""
    token = f"{number:t>43}"
    LinkToken.objects.create(link=link, token_hash=hash_of(token), minted_at=timezone.now())
    browser = Browser()
    browser.path = browser.get(f"/c/{token}/").url
    return browser


def post(browser, act, **typed):
    fields = {f"{act}-{name}": value for name, value in typed.items()}
    return browser.post(browser.path, {"act": act, **fields})


def topic(browser, title="Prices", name="He Jianing", key=None):
    return post(browser, "topic", title=title, typed_name=name, form_key=key or uuid.uuid4())


def test_opening_the_page_changes_nothing(link, meeting):
    browser = enter(link)
    page = browser.get(browser.path)
    assert page.status_code == 200
    assert "Opening this page answers nothing." in text_of(page)
    link.refresh_from_db()
    assert (link.state, link.opened_at) == ("open", None)
    assert set(meeting.attendees.values_list("reply", flat=True)) == {"none"}


@pytest.mark.parametrize("reply", ["yes", "no", "maybe"])
def test_the_contact_answers(link, meeting, contact, reply):
    browser = enter(link)
    assert post(browser, "reply", reply=reply, typed_name="He Jianing").status_code == 302
    assert meeting.attendees.get(contact=contact).reply == reply
    label = str(Attendee.Reply(reply).label)
    assert label in text_of(browser.get(browser.path))


@pytest.mark.parametrize(
    "typed",
    [{}, {"reply": "yes"}, {"typed_name": "He Jianing"}, {"reply": "x", "typed_name": "He"}],
)
def test_an_answer_without_name_or_word_is_none(link, meeting, typed):
    assert post(enter(link), "reply", **typed).status_code == 422
    assert not meeting.attendees.exclude(reply="none").exists()


@pytest.mark.parametrize("act", ["", "agree", "x"])
def test_an_act_that_is_none_changes_nothing(link, act):
    browser = enter(link)
    assert browser.post(browser.path, {"act": act}).status_code == 422


@pytest.mark.rule("R4")
def test_a_topic_arrives_once_and_stands_on_the_page(link, meeting):
    browser, key = enter(link), uuid.uuid4()
    for _round in range(2):
        assert topic(browser, key=key).status_code == 302
    assert meeting.items.get(source="client").title == "Prices"
    assert "Prices noted for the agenda" in text_of(browser.get(browser.path))


@pytest.mark.parametrize(("title", "name"), [("", "He Jianing"), ("Prices", ""), ("x" * 201, "He")])
def test_a_topic_that_says_nothing_is_refused(link, title, name):
    assert topic(enter(link), title, name).status_code == 422
    assert not AgendaItem.objects.filter(source="client").exists()


@pytest.mark.rule("R4")
def test_the_contact_reads_why_his_topic_waits(link, meeting, ae, now):
    browser = enter(link)
    topic(browser)
    item = meeting.items.get(source="client")
    services.postpone_topic(item=item, reason=REASON, row_version=None, by=ae, at=now)
    assert REASON in text_of(browser.get(browser.path))


def test_the_draft_of_an_agenda_is_not_for_the_client(link):
    browser = enter(link)
    assert "Poster" not in text_of(browser.get(browser.path))
    assert browser.get(f"{browser.path}pdf/").status_code == 404


def test_the_agenda_stands_there_as_it_was_sent(link, meeting, ae, now):
    services.send_agenda(meeting=meeting, row_version=None, by=ae, at=now)
    browser = enter(link)
    meeting.items.update(title="Secret change")
    text = text_of(browser.get(browser.path))
    assert "Poster" in text
    assert "Secret change" not in text
    assert browser.get(f"{browser.path}pdf/")["Content-Type"] == "application/pdf"


def test_the_page_of_another_client_does_not_open(link, theirs):
    browser = enter(link)
    other = ClientLink.objects.of(theirs).get()
    for path in (f"/c/link/{other.pk}/", f"/c/link/{other.pk}/pdf/"):
        assert browser.get(path).status_code == 404
        assert browser.post(path, {"act": "reply"}).status_code == 404
    assert not theirs.attendees.exclude(reply="none").exists()


@pytest.mark.parametrize("state", ["cancelled", "not_held"])
def test_the_page_closes_with_the_meeting(link, meeting, state):
    browser = enter(link)
    Meeting.objects.filter(pk=meeting.pk).update(state=state)
    assert browser.get(browser.path).status_code == 404
    assert topic(browser).status_code == 404


def test_at_the_start_the_link_is_dead(link, now):
    browser = enter(link)
    ClientLink.objects.filter(pk=link.pk).update(expires_at=now)
    assert browser.get(browser.path).status_code == 404


def test_who_is_off_the_list_reads_nothing(link, meeting, contact):
    browser = enter(link)
    meeting.attendees.filter(contact=contact).delete()
    assert browser.get(browser.path).status_code == 404


def test_each_contact_sees_his_own_topics(link, meeting, contact, ae, now):
    other = make_contact(contact.client, "叶知秋")
    meeting.items.create(position=5, title="Her topic", source="client", asked_by=other)
    browser = enter(link)
    assert "Her topic" not in text_of(browser.get(browser.path))
