"""The media plan behind the link in the signer's mail: signed or refused with the code (3.10)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import ClientLink
from budgets.models import MediaPlan
from jobs.services.chain import withdraw
from tests.budgets.plan_way import PlanTeam
from tests.builders import from_kept
from tests.jobs.test_views_links import REASON, enter, put_code, refuse, sign
from tests.meetings.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R57")]


def make_kept():
    """A plan sent a minute ago, and the link in the signer's mail with a code under way."""
    team = PlanTeam(code="LM")
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


def test_the_page_is_the_clients_face(browser):
    words = text_of(browser.get(browser.path))
    wanted = ("Please sign the media plan", "CNY 518,522.85", "233,550.00", "Newspaper", "2026-11")
    assert [word for word in wanted if word not in words] == []
    for inside in ("73,375.88", "415,796.62", "29,700.00", "15%"):
        assert inside not in words


def test_the_paper_comes_as_a_download(browser):
    answer = browser.get(f"{browser.path}pdf/")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]


def test_signed_with_the_mailed_code(browser, link, sent):
    assert sign(browser, link).status_code == 302
    sent.refresh_from_db()
    assert (sent.state, sent.signed_by) == ("signed", sent.sent_to)
    assert "We may book now." in text_of(browser.get(browser.path))


def test_a_wrong_code_signs_nothing(browser, link, sent):
    assert sign(browser, link, code="000000").status_code == 422
    sent.refresh_from_db()
    assert sent.state == "sent"


@pytest.mark.rule("R61")
def test_refused_in_words(browser, link, sent):
    assert refuse(browser, link, reason="no").status_code == 422
    put_code(link)
    assert refuse(browser, link).status_code == 302
    sent.refresh_from_db()
    assert (sent.state, sent.closed_reason) == ("refused", REASON)
    assert "revised media plan" in text_of(browser.get(browser.path))


def test_a_withdrawn_plan_is_gone(browser, team, sent):
    withdraw(paper=sent, by=team.ae, at=timezone.now(), reason=REASON)
    words = text_of(browser.get(browser.path))
    assert "518,522.85" not in words
    assert MediaPlan.objects.get().state == "withdrawn"
