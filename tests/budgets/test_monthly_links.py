"""The monthly budget report behind the link in the contact's mail: to read, nothing else (3.10)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import ClientLink
from budgets.services.monthly_issue import reissue_monthly
from tests.budgets import months
from tests.budgets.months import LATE, REMARK, WHY
from tests.builders import from_kept
from tests.jobs.test_views_links import enter
from tests.meetings.pages import text_of

pytestmark = pytest.mark.django_db
report, link, am = from_kept("report", "link", "am")


def make_kept():
    team = months.make_team()
    client = months.make_client_of(team)
    months.half_billed(client)
    report = months.issued(client, team["ae"], team["am"])
    link = ClientLink.objects.get(purpose="view")
    link.expires_at = timezone.now() + timedelta(days=1)
    link.save()
    link.contact.language = "en"
    link.contact.save()
    return {"report": report, "link": link, "am": team["am"]}


def test_the_link_goes_with_the_mail_and_opens_the_clients_face(report, link):
    assert (link.subject_id, link.sha256) == (report.document_id, report.document.sha256)
    browser = enter(link)
    words = text_of(browser.get(browser.path))
    for wanted in (report.number, "1,500,000.00", "300,000.00", "188,500.50", REMARK):
        assert wanted in words
    assert browser.get(f"{browser.path}pdf/")["Content-Type"] == "application/pdf"


def test_nothing_can_be_answered(link):
    browser = enter(link)
    assert browser.post(browser.path, {}).status_code == 405
    assert not link.answers.exists()


def test_a_replaced_report_is_shown_no_more(report, link, am):
    browser = enter(link)
    reissued = reissue_monthly(report=report, reason=WHY, by=am, at=LATE)
    type(report).objects.filter(pk=report.pk).update(state="superseded")
    assert reissued.revision == 2
    assert "has been replaced" in text_of(browser.get(browser.path))
