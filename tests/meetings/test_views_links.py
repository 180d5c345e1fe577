"""The contact's return page: the paper, an answer with a typed name, nothing by opening it."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from accounts.models import ClientLink, LinkToken
from accounts.services.codes import code_hash
from accounts.services.links import hash_of
from agency.common.models import OutboxMail
from archives.models import ClientAnswer
from meetings import services
from meetings.models import ContactReport
from meetings.services.typed import ActionData, PointData
from tests.builders import from_kept, make_user
from tests.meetings import make
from tests.meetings.pages import text_of

REASON = "It was poster B, not A."
HOUR = timedelta(hours=1)


def make_kept():
    """A report with an opinion, issued this minute, and the link in the contact's mail."""
    ae, am, ad = (make_user(role, role) for role in ("ae", "am", "ad"))
    now = timezone.now()
    client, contact = make.make_account(ae, am, ad, code="LM")
    contact.language = "en"
    contact.save()
    points = [
        PointData("decision", "Poster A is taken."),
        PointData("opinion", "The agency was careless."),
    ]
    actions = [ActionData("Twelve boxes", contact=contact, due_on=timezone.localdate())]
    data = make.typed(contact, points=points, actions=actions, remark_internal="secret remark")
    report = make.issued(client, contact, ae, ended_at=now - HOUR, at=now, data=data)
    link = make.link_of(report, contact)
    return {"now": now, "ae": ae, "am": am, "ad": ad, "client": client, "contact": contact,
            "report": report, "link": link}  # fmt: skip


now, ae, am, ad, report, link = from_kept("now", "ae", "am", "ad", "report", "link")


@pytest.fixture
def account(kept):
    return kept.client, kept.contact


def enter(link, number=1):
    """A browser that came through the mailed address."""
    token = f"{number:x>43}"
    LinkToken.objects.create(link=link, token_hash=hash_of(token), minted_at=timezone.now())
    browser = Browser()
    browser.path = browser.get(f"/c/{token}/").url
    return browser


def agree(browser, link, name="何嘉宁", **more):
    typed = {"act": "agree", "agree-typed_name": name, "agree-sha256": link.sha256}
    return browser.post(browser.path, typed | more)


def objection(browser, link, **more):
    typed = {
        "act": "object",
        "object-typed_name": "何嘉宁",
        "object-about": "1",
        "object-reason": REASON,
        "object-sha256": link.sha256,
    }
    return browser.post(browser.path, typed | more)


def test_the_page_is_the_clients_face(link):
    browser = enter(link)
    words = text_of(browser.get(browser.path))
    assert "Poster A is taken." in words
    assert "▲ Client to provide: Twelve boxes" in words
    assert "careless" not in words
    assert "secret remark" not in words


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_opening_changes_nothing_but_the_fetch(link, method):
    browser = enter(link)
    before = ContactReport.objects.values().get()
    getattr(browser, method)(browser.path)
    link.refresh_from_db()
    assert (link.state, link.opened_at, link.answers.count()) == ("open", None, 0)
    assert ContactReport.objects.values().get() == before


@pytest.mark.rule("R21")
def test_agree_with_a_typed_name(link, report, account):
    browser = enter(link)
    answer = agree(browser, link, HTTP_USER_AGENT="Phone 1")
    assert (answer.status_code, answer.url) == (302, browser.path)
    report.refresh_from_db()
    assert report.state == "accepted"
    kept = ClientAnswer.objects.get()
    assert (kept.contact, kept.typed_name, kept.answer) == (account[1], "何嘉宁", "accepted")
    words = text_of(browser.get(browser.path))
    assert "Your answer has arrived" in words
    assert "Agree to this report" not in words


@pytest.mark.parametrize("name", ["", " ", "x", "a\r\nBcc: b@c.example", "n" * 61, "\u2028\u2028"])
def test_no_name_no_answer(link, report, name):
    browser = enter(link)
    answer = agree(browser, link, name)
    assert answer.status_code == 422
    assert "agree-typed_name" in answer.content.decode()
    assert answer.context["forms"]["agree"].errors["typed_name"]
    assert not ClientAnswer.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"act": "agree"}, {"act": "object"}, {"act": "sign"}])
def test_a_robot_that_presses_every_button_answers_nothing(link, report, sent):
    browser = enter(link)
    mails = OutboxMail.objects.count()
    assert browser.post(browser.path, sent).status_code == 422
    assert not ClientAnswer.objects.exists()
    assert OutboxMail.objects.count() == mails


@pytest.mark.rule("R22")
def test_object_with_point_and_words(link, report):
    browser = enter(link)
    objection(browser, link)
    report.refresh_from_db()
    kept = ClientAnswer.objects.get()
    assert report.state == "objected"
    assert (kept.about, kept.reason) == ("1 Poster A is taken.", REASON)
    words = text_of(browser.get(browser.path))
    assert "We send you a revised report within 24 hours." in words
    assert "Send the objection" not in words


@pytest.mark.parametrize(
    ("field", "value"),
    [("reason", ""), ("reason", "no"), ("about", ""), ("about", "99"), ("reason", "w" * 4001)],
)
def test_an_objection_that_lacks_something_loses_nothing(link, field, value):
    browser = enter(link)
    answer = objection(browser, link, **{f"object-{field}": value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert list(answer.context["forms"]["object"].errors) == [field]
    assert "<details open>" in page
    assert 'value="何嘉宁"' in page


def test_object_after_agreeing_is_kept_beside_it(link, report):
    browser = enter(link)
    agree(browser, link)
    objection(browser, link)
    report.refresh_from_db()
    assert report.state == "accepted"
    assert [row.answer for row in ClientAnswer.objects.order_by("at")] == ["accepted", "objected"]


def test_the_same_answer_again_is_one_answer(link):
    browser = enter(link)
    agree(browser, link)
    agree(browser, link)
    assert ClientAnswer.objects.count() == 1


def test_a_paper_other_than_the_one_shown_is_not_agreed_to(link, report):
    browser = enter(link)
    answer = agree(browser, link, **{"agree-sha256": "0" * 64})
    assert answer.status_code == 302
    assert not ClientAnswer.objects.exists()
    assert "not the one in force" in text_of(browser.get(browser.path))


def test_a_replaced_report_says_so(link, report, ae, now):
    browser = enter(link)
    agree(browser, link)
    revision = services.revise_report(report=report, reason="Another poster.", by=ae, at=now)
    make.send_out(revision, ae, now)
    page = browser.get(browser.path)
    assert "Replaced by LM/CR/" in text_of(page)
    assert "Poster A is taken." not in text_of(page)
    assert "Replaced by LM/CR/" in text_of(browser.post(browser.path, {"act": "agree"}))


def test_the_old_mail_of_a_replaced_report_says_so(link, report, ae, now):
    revision = services.revise_report(report=report, reason="Another poster.", by=ae, at=now)
    make.send_out(revision, ae, now)
    browser = enter(link)
    page = browser.get(browser.path)
    assert "Replaced by LM/CR/" in text_of(page)
    assert "Poster A is taken." not in text_of(page)
    assert agree(browser, link).status_code == 200
    assert not ClientAnswer.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"state": ClientLink.State.REVOKED},
        {"state": ClientLink.State.EXPIRED},
        {"expires_at": timezone.now() - timedelta(days=1)},
    ],
)
def test_a_closed_link_shows_and_takes_nothing(link, change):
    browser = enter(link)
    ClientLink.objects.filter(pk=link.pk).update(**change)
    assert browser.get(browser.path).status_code == 404
    assert agree(browser, link).status_code == 404
    assert not ClientAnswer.objects.exists()


def test_a_contact_who_has_left_is_shut_out(link, account):
    browser = enter(link)
    account[1].is_active = False
    account[1].save()
    assert agree(browser, link).status_code == 404


def test_without_the_mailed_address_the_page_is_closed(link):
    assert Browser().get(f"/c/link/{link.pk}/").status_code == 404
    assert Browser().post(f"/c/link/{link.pk}/", {"act": "agree"}).status_code == 404


def test_the_paper_comes_as_a_download(link):
    browser = enter(link)
    answer = browser.get(f"{browser.path}pdf/")
    assert b"".join(answer) == make.PDF
    assert "attachment" in answer.headers["Content-Disposition"]
    assert browser.post(f"{browser.path}pdf/").status_code == 405


def test_the_contacts_language_and_the_switch(link, account):
    browser = enter(link)
    page = browser.get(browser.path).content.decode()
    assert '<html lang="en">' in page
    assert 'action="/language/"' in page
    browser.post("/language/", {"language": "zh", "next": browser.path})
    assert '<html lang="zh-Hans">' in browser.get(browser.path).content.decode()


@pytest.fixture
def coded(link):
    link.needs_code = True
    link.save()
    return link


def test_a_code_is_mailed_after_the_name_is_typed(coded):
    browser = enter(coded)
    before = OutboxMail.objects.count()
    answer = agree(browser, coded)
    assert answer.status_code == 200
    assert OutboxMail.objects.count() == before + 1
    assert "A code is on its way to c•••@client.example." in text_of(answer)
    assert 'value="何嘉宁"' in answer.content.decode()
    assert not ClientAnswer.objects.exists()


def test_the_right_code_counts(coded, report):
    browser = enter(coded)
    coded.code_hash, coded.code_sent_at = code_hash(coded, "123456"), timezone.now()
    coded.save()
    agree(browser, coded, **{"agree-code": "123456"})
    report.refresh_from_db()
    assert report.state == "accepted"


def test_five_wrong_codes_close_the_link(coded):
    browser = enter(coded)
    coded.code_hash, coded.code_sent_at = code_hash(coded, "123456"), timezone.now()
    coded.save()
    answers = [agree(browser, coded, **{"agree-code": "000000"}).status_code for _n in range(6)]
    coded.refresh_from_db()
    assert answers[:4] == [422] * 4
    assert answers[5] == 404
    assert coded.state == ClientLink.State.REVOKED
