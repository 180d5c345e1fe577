"""The door of a client's contact: cookie, clean address, one page for whatever is dead (C9)."""

from datetime import timedelta

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from accounts.models import ClientLink
from accounts.services import before_send, revoke_links
from archives.models import Document
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.rule("C9")]


@pytest.fixture
def report(ae):
    customer, contact = make.make_account(ae)
    ended = timezone.now() - timedelta(hours=1)
    return make.issued(customer, contact, ae, ended_at=ended, at=timezone.now())


@pytest.fixture
def link(report):
    return make.link_of(report, report.returner)


def address_of(report):
    """The address in the mail, as the sender fills it in."""
    mail = make.mails(report, report.returner).get()
    text, _html = before_send(mail, timezone.now())
    return next(word for word in text.split() if "/c/" in word).removeprefix("http://testserver")


def page_of(link):
    return reverse("link_page", args=[link.pk])


def test_the_mailed_address_leads_to_the_clean_one(client, report, link):
    response = client.get(address_of(report))
    assert (response.status_code, response.headers["Location"]) == (302, page_of(link))
    page = client.get(page_of(link))
    assert (page.status_code, str(report.returner) in page.content.decode()) == (200, True)


def test_the_cookie_is_its_own_and_out_of_scripts_reach(client, report):
    client.get(address_of(report))
    cookie = client.cookies["link"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 1800)
    assert address_of(report).strip("/").rpartition("/")[2] not in cookie.value


def test_the_clean_address_alone_opens_nothing(client, link):
    assert client.get(page_of(link)).status_code == 404


def test_two_links_in_one_browser_do_not_mix(client, ae):
    reports = []
    for _report in range(2):
        customer, contact = make.make_account(ae)
        ended = timezone.now() - timedelta(hours=1)
        reports.append(make.issued(customer, contact, ae, ended_at=ended, at=timezone.now()))
    for report in reports:
        client.get(address_of(report))
    links = [make.link_of(report, report.returner) for report in reports]
    pages = [client.get(page_of(link)).content.decode() for link in links]
    assert [str(report) in page for report, page in zip(reports, pages, strict=True)] == [True] * 2


def test_wrong_revoked_and_expired_get_the_same_page(client, report, link):
    address = address_of(report)
    wrong = client.get("/c/" + "x" * 43 + "/")
    revoke_links(subject=report.document, reason="withdrawn", at=timezone.now())
    revoked = client.get(address)
    past = timezone.now() - timedelta(seconds=1)
    ClientLink.objects.filter(pk=link.pk).update(state="open", expires_at=past)
    expired = client.get(address)
    assert [page.status_code for page in (wrong, revoked, expired)] == [404] * 3
    assert wrong.content == revoked.content == expired.content


def test_revoked_between_get_and_post_nothing_is_answered(client, report, link):
    client.get(address_of(report))
    client.get(page_of(link))
    revoke_links(subject=report.document, reason="withdrawn", at=timezone.now())
    answer = client.post(page_of(link), {"act": "agree", "agree-typed_name": "He"})
    report.refresh_from_db()
    assert (answer.status_code, report.state) == (404, "issued")


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete"])
def test_a_robot_at_the_mailed_address_changes_nothing_but_the_fetch(report, link, method):
    address = address_of(report)
    papers = Document.objects.count()
    getattr(Browser(), method)(address)
    report.refresh_from_db()
    link.refresh_from_db()
    assert (report.state, link.state, link.opened_at) == ("issued", "open", None)
    assert Document.objects.count() == papers


def test_a_robot_pressing_empty_buttons_answers_nothing(client, report, link):
    client.get(address_of(report))
    codes = [
        client.post(page_of(link), {"act": act}).status_code for act in ("", "agree", "object")
    ]
    report.refresh_from_db()
    assert (codes, report.state) == ([422, 422, 422], "issued")


def test_the_paper_comes_with_the_page_only(client, report, link):
    where = reverse("link_part", args=[link.pk, "pdf"])
    assert client.get(where).status_code == 404
    client.get(address_of(report))
    assert client.get(where).headers["Content-Disposition"].startswith("attachment")
    assert client.get(reverse("link_part", args=[link.pk, "other"])).status_code == 404
