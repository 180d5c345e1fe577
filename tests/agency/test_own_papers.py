"""A contact's own open papers, after a mailed code and nothing without it (4.1, C9, C10)."""

from datetime import timedelta

import pytest
from django.core import signing
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import ClientLink
from accounts.services import before_send, deactivate_contact, make_link, revoke_links
from accounts.services.codes import PAPERS, code_hash
from agency import links, own_papers
from agency.common.models import AuditEntry, OutboxMail
from archives.services import record_answer, supersede
from meetings import services
from tests.archives.papers import make_document
from tests.builders import make_contact
from tests.meetings import make
from tests.meetings.pages import text_of
from tests.test_robot import checksum

pytestmark = [pytest.mark.django_db, pytest.mark.rule("C10")]
NAME, CODE = "何嘉宁", "123456"
HOUR, MONTH = timedelta(hours=1), timedelta(days=30)


@pytest.fixture
def account(ae, am, ad):
    client, contact = make.make_account(ae, am, ad, code="LM")
    contact.language, contact.can_sign = "en", True
    contact.save()
    return client, contact


@pytest.fixture
def contact(account):
    return account[1]


@pytest.fixture
def link(contact):
    """The link that this browser came through."""
    return paper_for(contact, "Report A")


@pytest.fixture
def browser(link):
    browser = Browser()
    browser.cookies[links.COOKIE] = signing.dumps([link.pk], salt=links.SALT)
    return browser


def paper_for(contact, title, purpose="return", to=None, face="client", **fields):
    """A paper of the contact's client, mailed to the contact (or to another one)."""
    body = f"%PDF-1.7 {title} %%EOF".encode()
    values = {"title": f"会晤报告{title}", "title_en": title, "content": body, "face": face}
    paper = make_document(contact.client, **values)
    at = timezone.now()
    return make_link(
        contact=to or contact,
        subject=paper,
        purpose=purpose,
        sha256=paper.sha256,
        **{"expires_at": at + MONTH, "at": at, **fields},
    )


def of(link):
    return reverse("link_papers", args=[link.pk])


def ask(browser, link, **typed):
    return browser.post(of(link), {"typed_name": NAME} | typed)


def mailed_code(link):
    """The code in the mail, as the sender fills it in."""
    mail = OutboxMail.objects.filter(key__startswith=f"code:{link.pk}:").latest("pk")
    return before_send(mail, timezone.now())[0].split()[0]


def pass_code(browser, link):
    link.refresh_from_db()
    link.code_hash, link.code_sent_at = code_hash(link, CODE, PAPERS), timezone.now()
    link.save()
    assert ask(browser, link, code=CODE).status_code == 302


def listed(browser, link):
    """What the list leads to, as ids of links; None without the right."""
    page = browser.get(of(link))
    return page.context["papers"] and [
        int(row["url"].split("/")[-2]) for row in page.context["papers"]
    ]


# --- the code -----------------------------------------------------------------------------------


def test_each_page_of_a_link_leads_there(browser, account, ae):
    report = make.issued(*account, ae, ended_at=timezone.now() - HOUR, at=timezone.now())
    link = make.link_of(report, account[1])
    browser.cookies[links.COOKIE] = signing.dumps([link.pk], salt=links.SALT)
    assert (
        f'href="{of(link)}"' in browser.get(reverse("link_page", args=[link.pk])).content.decode()
    )


def test_the_code_is_mailed_once_a_name_is_typed(browser, link):
    answer = ask(browser, link)
    assert "A code is on its way to" in text_of(answer)
    assert f'value="{NAME}"' in answer.content.decode()
    mail = OutboxMail.objects.get()
    assert (mail.to, mail.subject) == (
        link.contact.email,
        "LM: Your code for the list of your papers",
    )
    done = ask(browser, link, code=mailed_code(link))
    assert (done.status_code, done.url) == (302, of(link))
    assert listed(browser, link) == [link.pk]
    entry = AuditEntry.objects.get(verb="list_papers")
    assert (entry.actor_id, entry.contact_name, entry.client_code) == (None, NAME, "LM")


def test_a_wrong_code_shows_nothing_and_the_fifth_closes_the_link(browser, link):
    ask(browser, link)
    wrong = f"{(int(mailed_code(link)) + 1) % 1_000_000:06d}"
    answers = [ask(browser, link, code=wrong) for _try in range(6)]
    assert [answer.status_code for answer in answers] == [422] * 5 + [404]
    assert "This code is not right" in text_of(answers[0])
    assert links.LISTING not in browser.cookies
    link.refresh_from_db()
    assert (link.state, link.code_tries) == ("revoked", 5)


def test_three_codes_an_hour(browser, link):
    answers = [ask(browser, link) for _try in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 422]
    assert "Three codes an hour" in text_of(answers[3])
    assert OutboxMail.objects.count() == 3


def test_the_code_of_a_paper_opens_no_list(browser, link):
    link.code_hash, link.code_sent_at = code_hash(link, CODE), timezone.now()
    link.save()
    assert ask(browser, link, code=CODE).status_code == 422
    assert listed(browser, link) is None


# --- the list -----------------------------------------------------------------------------------


def test_the_list_says_what_is_wanted_and_until_when(browser, link, contact):
    midnight = timezone.localtime(timezone.now() + MONTH).replace(hour=0, minute=0, second=0)
    paper_for(contact, "Estimate B", "sign", expires_at=midnight)
    paper_for(contact, "Timeline C", "timeline")
    pass_code(browser, link)
    words = text_of(browser.get(of(link)))
    for title, wanted in (
        ("Report A", "Please agree or object"),
        ("Estimate B", "Please sign or refuse"),
        ("Timeline C", "Please say that you have seen it"),
    ):
        assert title in words
        assert wanted in words
    last_day = (midnight - timedelta(days=1)).strftime("%-d %b %Y")
    assert f"open until {last_day}" in words


def test_the_list_in_chinese(browser, link, contact):
    contact.language = "zh"
    contact.save()
    pass_code(browser, link)
    page = browser.get(of(link))
    words = text_of(page)
    assert ('<html lang="zh-Hans">' in page.content.decode(), "会晤报告Report A" in words) == (
        True,
        True,
    )


def test_nobody_elses_papers_are_listed(browser, link, contact, other_ae):
    colleague = make_contact(contact.client, "叶知秋", email="ye@client.example")
    foreign = make.make_account(other_ae)[1]
    others = [paper_for(contact, "D", to=colleague), paper_for(foreign, "E")]
    pass_code(browser, link)
    assert listed(browser, link) == [link.pk]
    for other in others:
        assert browser.get(reverse("link_page", args=[other.pk])).status_code == 404
        assert browser.get(of(other)).status_code == 404


def test_the_code_of_one_contact_lists_nothing_for_another_in_the_same_browser(
    browser, link, contact
):
    colleague = make_contact(contact.client, "叶知秋", email="ye@client.example")
    other = paper_for(contact, "Report D", to=colleague)
    browser.cookies[links.COOKIE] = signing.dumps([link.pk, other.pk], salt=links.SALT)
    pass_code(browser, link)
    assert (listed(browser, link), listed(browser, other)) == ([link.pk], None)


def revoke(link, _ae):
    revoke_links(subject=own_paper(link), reason="withdrawn", at=timezone.now())


def expire(link, _ae):
    ClientLink.objects.filter(pk=link.pk).update(expires_at=timezone.now())


def use(link, _ae):
    ClientLink.objects.filter(pk=link.pk).update(state=ClientLink.State.USED)


def replace(link, ae):
    supersede(document=own_paper(link), at=timezone.now(), by=ae)


def reply(link, ae):
    """Answered on paper, while the link itself is open still."""
    proof = make_document(link.contact.client, kind="return_proof", content=b"%PDF-1.7 fax %%EOF")
    typed = {"answer": "accepted", "proof": proof, "by": ae, "at": timezone.now()}
    record_answer(document=own_paper(link), contact=link.contact, **typed)


def own_paper(link):
    return links.document_of(link)


@pytest.mark.parametrize("ends", [revoke, expire, use, replace, reply])
def test_what_is_closed_or_answered_is_not_listed(ends, browser, link, contact, ae):
    other = paper_for(contact, "Report B")
    pass_code(browser, link)
    assert sorted(listed(browser, link)) == [link.pk, other.pk]
    ends(other, ae)
    assert listed(browser, link) == [link.pk]
    assert browser.get(reverse("link_page", args=[other.pk])).status_code == 404


def test_no_internal_face_nor_a_purpose_without_a_page_is_listed(browser, link, contact):
    paper_for(contact, "Report B", face="internal")
    paper_for(contact, "Brief", "facts")
    pass_code(browser, link)
    assert listed(browser, link) == [link.pk]


def test_a_paper_sent_twice_is_listed_once(browser, link, contact):
    again = make_link(
        contact=contact, subject=own_paper(link), purpose="return", sha256=link.sha256,
        expires_at=timezone.now() + MONTH, at=timezone.now(),
    )  # fmt: skip
    pass_code(browser, link)
    assert listed(browser, link) == [again.pk]


def test_each_purpose_that_has_a_page_says_what_is_wanted():
    assert own_papers.WANTED.keys() == links.PAGES.keys()


# --- the right ----------------------------------------------------------------------------------


@pytest.fixture
def report(account, ae):
    """Another paper of the contact, which this browser did not come through."""
    return make.issued(*account, ae, ended_at=timezone.now() - HOUR, at=timezone.now())


def test_a_listed_paper_opens_and_is_answered_there(browser, link, report, contact):
    other = make.link_of(report, contact)
    where = reverse("link_page", args=[other.pk])
    assert browser.get(where).status_code == 404
    pass_code(browser, link)
    assert str(report) in text_of(browser.get(where))
    typed = {"act": "agree", "agree-typed_name": NAME, "agree-sha256": other.sha256}
    assert browser.post(where, typed).status_code == 302
    assert "Your answer has arrived" in text_of(browser.get(where))
    assert listed(browser, other) == [link.pk]


def test_a_listed_paper_still_wants_its_own_code(browser, link, report, contact):
    other = make.link_of(report, contact)
    ClientLink.objects.filter(pk=other.pk).update(needs_code=True)
    pass_code(browser, link)
    typed = {"act": "agree", "agree-typed_name": NAME, "agree-sha256": other.sha256}
    where = reverse("link_page", args=[other.pk])
    assert "A code is on its way to" in text_of(browser.post(where, typed))
    assert browser.post(where, typed | {"agree-code": CODE}).status_code == 422
    report.refresh_from_db()
    assert report.state == "issued"


def test_another_browser_has_no_list(browser, link):
    pass_code(browser, link)
    stranger = Browser()
    assert stranger.get(of(link)).status_code == 404
    stranger.cookies[links.COOKIE] = signing.dumps([link.pk], salt=links.SALT)
    assert listed(stranger, link) is None


@pytest.mark.parametrize(
    "forged",
    ["1", signing.dumps(1, salt=links.SALT), ""],
    ids=["plain", "of another salt", "empty"],
)
def test_a_cookie_that_is_not_ours_gives_no_list(forged, browser, link):
    browser.cookies[links.LISTING] = forged
    assert listed(browser, link) is None


@pytest.mark.parametrize(("minutes", "shows"), [(29, True), (31, False)])
def test_the_right_lasts_half_an_hour_and_no_page_prolongs_it(
    minutes, shows, browser, link, monkeypatch
):
    pass_code(browser, link)
    given = signing.time.time() + minutes * 60
    browser.get(of(link))
    monkeypatch.setattr(signing.time, "time", lambda: given)
    browser.cookies[links.COOKIE] = signing.dumps([link.pk], salt=links.SALT)
    assert (listed(browser, link) is not None) is shows


def leave(link, ae):
    deactivate_contact(contact=link.contact, by=ae, at=timezone.now())


@pytest.mark.parametrize("ends", [revoke, expire, leave])
def test_the_right_ends_with_the_link_it_came_by(ends, browser, link, contact, ae):
    other = paper_for(contact, "Report B")
    pass_code(browser, link)
    ends(link, ae)
    assert browser.get(of(link)).status_code == 404
    assert browser.get(of(other)).status_code == 404


def test_an_answered_link_still_leads_to_the_list(browser, link, contact, ae):
    other = paper_for(contact, "Report B")
    use(link, ae)
    pass_code(browser, link)
    assert listed(browser, link) == [other.pk]


def test_a_replaced_paper_leads_to_no_list(browser, account, report, contact, ae):
    old, at = make.link_of(report, contact), timezone.now()
    browser.cookies[links.COOKIE] = signing.dumps([old.pk], salt=links.SALT)
    revised = services.revise_report(report=report, reason="Another poster.", by=ae, at=at)
    make.send_out(revised, ae, at)
    assert browser.get(reverse("link_page", args=[old.pk])).status_code == 200
    assert browser.get(of(old)).status_code == 404
    assert ask(browser, old).status_code == 404


# --- robots and numbers -------------------------------------------------------------------------


def test_a_robot_changes_nothing(browser, link):
    before = checksum()
    for method in (browser.get, browser.head, browser.options):
        assert method(of(link)).status_code in (200, 405)
    for typed in ({}, {"typed_name": "", "code": ""}, {"code": CODE}, {"typed_name": " "}):
        assert browser.post(of(link), typed).status_code == 422
    assert browser.put(of(link)).status_code == 405
    assert checksum() == before


def test_the_list_asks_as_often_for_fifty_papers_as_for_one(browser, link, contact):
    pass_code(browser, link)
    listed(browser, link)  # what every page keeps for a minute is known from here
    counts = []
    for number in range(50):
        if number in (0, 2, 49):
            with CaptureQueriesContext(connection) as found:
                assert len(listed(browser, link)) == number + 1
            counts.append(len(found))
        paper_for(contact, f"Report {number}")
    assert (len(set(counts)), counts[0] <= 15) == (1, True)
