"""The weekly status report behind the link in the contact's mail: to read, nothing else (3.10)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.services import make_link
from tests.builders import from_kept, make_client, make_contact, make_user
from tests.jobs.test_views_links import enter
from tests.meetings.pages import text_of
from tests.meetings.status_rows import add_empty, add_line, make_status

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R28")]
report, link = from_kept("report", "link")


def make_kept():
    team = [make_user(role, role) for role in ("ae", "am")]
    client = make_client("LM", team=team)
    contact = make_contact(client, language="en", gets_status=True)
    report = make_status(client, "issued", *team, copy_note="kopier-vermerk")
    inner = make_user(role="department", name="Zeichner Innen")
    add_line(report, "Poster", next_user=inner, unchanged_reason="unveraendert-weil")
    add_line(report, "Brand film", "media", next_contact=contact)
    add_empty(report, "research", "finance")
    now, paper = timezone.now(), report.document
    link = make_link(contact=contact, subject=paper, purpose="view", sha256=paper.sha256,
                     expires_at=now + timedelta(days=1), at=now)  # fmt: skip
    return {"report": report, "link": link}


def test_the_page_says_the_week_and_first_what_the_client_does(link):
    words = text_of((browser := enter(link)).get(browser.path))
    for wanted in ("23 Nov", "LM/WS/2026/001", "Poster: second draft is out", "Nothing was asked"):
        assert wanted in words
    assert words.index("What we ask of you") < words.index("Poster: second draft")
    assert "Brand film: third draft" in words
    assert not [one for one in ("Innen", "-weil", "-vermerk") if one in words]


def test_the_paper_is_the_one_that_was_filed(link):
    browser = enter(link)
    assert browser.get(f"{browser.path}pdf/")["Content-Type"] == "application/pdf"


def test_nothing_can_be_answered(link):
    browser = enter(link)
    assert browser.post(browser.path, {}).status_code == 405
    assert not link.answers.exists()


def test_a_replaced_report_is_shown_no_more(report, link):
    browser = enter(link)
    type(report).objects.filter(pk=report.pk).update(state="superseded")
    words = text_of(browser.get(browser.path))
    assert "has been replaced" in words
    assert "Poster" not in words
