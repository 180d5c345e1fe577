"""The signer's page: the estimate itself, signed or refused with name and code (3.10, C9–C11)."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.utils import timezone

from accounts.models import ClientLink, LinkToken
from accounts.services.codes import code_hash
from accounts.services.links import hash_of
from agency.common.models import OutboxMail
from archives.models import ClientAnswer
from jobs.models import Estimate
from jobs.services.chain import withdraw_estimate
from tests.builders import from_kept, make_contact
from tests.jobs.way import Team
from tests.meetings.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R57")]
REASON = "The printing is dearer than last year."
CODE = "123456"
NAME = "何嘉宁"


def make_kept():
    """An estimate sent a minute ago, and the link in the signer's mail with a code under way."""
    team = Team(code="LM")
    team.signer.language = "en"
    team.signer.save()
    sent = team.sent(at=timezone.now() - timedelta(minutes=1))
    link = ClientLink.objects.get(purpose="sign")
    put_code(link)
    return {"team": team, "sent": sent, "link": link}


team, sent, link = from_kept("team", "sent", "link")


@pytest.fixture
def browser(link):
    return enter(link)


def put_code(link, sent_at=None):
    link.code_hash, link.code_sent_at = code_hash(link, CODE), sent_at or timezone.now()
    link.save()


def enter(link, number=1):
    """A browser that came through the mailed address."""
    token = f"{number:x>43}"
    LinkToken.objects.create(link=link, token_hash=hash_of(token), minted_at=timezone.now())
    browser = Browser()
    browser.path = browser.get(f"/c/{token}/").url
    return browser


def sign(browser, link, code=CODE, **more):
    typed = {"act": "sign", "sign-typed_name": NAME, "sign-sha256": link.sha256, "sign-code": code}
    return browser.post(browser.path, typed | more)


def refuse(browser, link, reason=REASON, code=CODE, **more):
    typed = {
        "act": "refuse",
        "refuse-typed_name": NAME,
        "refuse-sha256": link.sha256,
        "refuse-reason": reason,
        "refuse-code": code,
    }
    return browser.post(browser.path, typed | more)


def is_open(link):
    """Nothing has been answered, nothing closed."""
    link.refresh_from_db()
    state = Estimate.objects.get().state
    return (link.state, state, ClientAnswer.objects.count()) == ("open", "sent", 0)


# --- the page -----------------------------------------------------------------------------------


def test_the_page_is_the_clients_face(browser, link, sent):
    words = text_of(browser.get(browser.path))
    assert "Please sign the estimate" in words
    assert "CNY 55,947.16" in words
    assert "29,412.50" in words
    for inside in ("40,837.31", "8,972.39", "25,000.00", "17.65"):
        assert inside not in words
    assert is_open(link)


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_opening_signs_nothing(browser, link, method):
    getattr(browser, method)(browser.path)
    assert is_open(link)
    assert link.opened_at is None


def test_the_paper_comes_as_a_download(browser):
    answer = browser.get(f"{browser.path}pdf/")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    assert browser.post(f"{browser.path}pdf/").status_code == 405


# --- signing ------------------------------------------------------------------------------------


def test_signed_with_name_and_code(browser, link, team):
    browser.defaults["HTTP_USER_AGENT"] = "Phone 1"
    answer = sign(browser, link)
    assert (answer.status_code, answer.url) == (302, browser.path)
    kept = ClientAnswer.objects.get()
    assert (kept.contact, kept.typed_name, kept.answer) == (team.signer, NAME, "signed")
    assert (kept.user_agent, kept.code_at is not None) == ("Phone 1", True)
    assert Estimate.objects.get().state == "signed"
    words = text_of(browser.get(browser.path))
    assert "Signed, thank you" in words
    assert "Sign the estimate" not in words


def test_the_code_is_mailed_once_the_name_is_typed(browser, link):
    before = OutboxMail.objects.count()
    answer = sign(browser, link, code="")
    assert answer.status_code == 200
    assert "A code is on its way to c•••@client.example." in text_of(answer)
    assert f'value="{NAME}"' in answer.content.decode()
    assert OutboxMail.objects.count() == before + 1
    assert OutboxMail.objects.latest("pk").to == link.contact.email
    assert is_open(link)


@pytest.mark.parametrize("name", ["", " ", "x", "n" * 61, "a\r\nBcc: b@c.example", "\u2028\u2028"])
def test_no_name_no_signature(browser, link, name):
    answer = sign(browser, link, **{"sign-typed_name": name})
    assert answer.status_code == 422
    assert answer.context["forms"]["sign"].errors["typed_name"]
    assert is_open(link)


@pytest.mark.parametrize("code", ["000000", "12345", "1234567", "１２３４５", "abcdef", "' or 1=1"])
def test_a_wrong_code_signs_nothing(browser, link, code):
    answer = sign(browser, link, code=code)
    assert (answer.status_code, is_open(link)) == (422, True)
    assert answer.context["forms"]["sign"].errors["code"]
    assert f'value="{NAME}"' in answer.content.decode()


@pytest.mark.parametrize(("seconds", "status"), [(590, 302), (605, 422)])
def test_a_code_is_good_for_ten_minutes(browser, link, seconds, status):
    put_code(link, timezone.now() - timedelta(seconds=seconds))
    assert sign(browser, link).status_code == status


def test_a_code_is_good_once(browser, link):
    link.refresh_from_db()
    sign(browser, link, **{"sign-sha256": "0" * 64})
    assert sign(browser, link).status_code == 422
    assert is_open(link)


def test_five_wrong_codes_close_the_link(browser, link):
    answers = [sign(browser, link, code="000000").status_code for _time in range(6)]
    assert answers == [422] * 5 + [404]
    link.refresh_from_db()
    assert link.state == "revoked"
    assert sign(browser, link).status_code == 404
    assert Estimate.objects.get().state == "sent"


def test_bytes_other_than_those_shown_are_not_signed(browser, link):
    assert sign(browser, link, **{"sign-sha256": "0" * 64}).status_code == 302
    assert is_open(link)


@pytest.mark.parametrize("typed", [{}, {"act": "sign"}, {"act": "refuse"}, {"act": "agree"}])
def test_a_robot_that_presses_every_button_answers_nothing(browser, link, typed):
    mails = OutboxMail.objects.count()
    assert browser.post(browser.path, typed).status_code == 422
    assert (is_open(link), OutboxMail.objects.count()) == (True, mails)


# --- refusing -----------------------------------------------------------------------------------


@pytest.mark.rule("R61")
def test_refused_in_words(browser, link):
    assert refuse(browser, link).status_code == 302
    kept = ClientAnswer.objects.get()
    assert (kept.answer, kept.reason) == ("refused", REASON)
    row = Estimate.objects.get()
    assert (row.state, row.closed_reason) == ("refused", REASON)
    words = text_of(browser.get(browser.path))
    assert "Your refusal has arrived" in words
    assert REASON in words


@pytest.mark.rule("R61")
@pytest.mark.parametrize("reason", ["", "  ", "no", "aaaaaaaaaaaa", "w" * 4001])
def test_no_refusal_without_words(browser, link, reason):
    answer = refuse(browser, link, reason)
    assert answer.status_code == 422
    assert list(answer.context["forms"]["refuse"].errors) == ["reason"]
    assert "<details open>" in answer.content.decode()
    assert is_open(link)


# --- links that are dead ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        {"state": ClientLink.State.REVOKED},
        {"state": ClientLink.State.EXPIRED},
        {"expires_at": timezone.now() - timedelta(days=1)},
    ],
)
def test_a_closed_link_shows_and_takes_nothing(browser, link, change):
    ClientLink.objects.filter(pk=link.pk).update(**change)
    assert browser.get(browser.path).status_code == 404
    assert sign(browser, link).status_code == 404
    assert refuse(browser, link).status_code == 404
    assert not ClientAnswer.objects.exists()


def test_a_withdrawn_estimate_is_gone(browser, link, sent, team):
    withdraw_estimate(estimate=sent, reason=REASON, by=team.ae, at=timezone.now())
    page = browser.get(browser.path)
    assert "29,412.50" not in text_of(page)
    sign(browser, link)
    assert not ClientAnswer.objects.exists()
    assert Estimate.objects.get().state == "withdrawn"


@pytest.mark.parametrize("change", [{"is_active": False}, {"can_sign": False}])
def test_who_may_not_sign_any_more_signs_nothing(browser, link, team, change):
    type(team.signer).objects.filter(pk=team.signer.pk).update(**change)
    assert sign(browser, link).status_code in (404, 422)
    assert is_open(link)


def test_a_forwarded_address_needs_the_code_from_the_named_mailbox(link, team):
    """Whoever has the mail opens the page; the code goes to the contact it was meant for."""
    make_contact(team.client, name="Somebody else")
    other = enter(link, 2)
    assert "This page is for" in text_of(other.get(other.path))
    sign(other, link, code="")
    assert OutboxMail.objects.latest("pk").to == team.signer.email
    assert sign(other, link, code="999999").status_code == 422
    assert is_open(link)


def test_the_clean_address_alone_opens_nothing(link):
    """Copied from the address bar into another browser."""
    stranger = Browser()
    stranger.path = f"/c/link/{link.pk}/"
    assert stranger.get(stranger.path).status_code == 404
    assert sign(stranger, link).status_code == 404
    assert is_open(link)


# --- after the answer ---------------------------------------------------------------------------


def test_the_same_signature_sent_again_is_one_signature(browser, link):
    sign(browser, link)
    put_code(ClientLink.objects.get(pk=link.pk))
    assert sign(browser, link).status_code in (302, 422)
    assert ClientAnswer.objects.count() == 1
    assert Estimate.objects.get().approvals.filter(step="client").count() == 1


def test_signed_is_not_refused_afterwards(browser, link):
    sign(browser, link)
    put_code(ClientLink.objects.get(pk=link.pk))
    assert refuse(browser, link).status_code in (302, 422)
    assert [row.answer for row in ClientAnswer.objects.all()] == ["signed"]
    assert Estimate.objects.get().state == "signed"


def test_refused_is_not_signed_afterwards(browser, link):
    refuse(browser, link)
    put_code(ClientLink.objects.get(pk=link.pk))
    assert sign(browser, link).status_code in (302, 404, 422)
    assert [row.answer for row in ClientAnswer.objects.all()] == ["refused"]
    assert Estimate.objects.get().state == "refused"
