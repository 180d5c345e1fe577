"""Robots and strangers on a client's link: nothing changes by opening or pressing (B3, C9, G6).

The link is a real one: a report printed and issued, its mail sent to a mail server, the address
taken out of the mail.
"""

import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.db import connection
from django.test import Client as Browser
from django.utils import timezone

from accounts.models import ClientLink
from accounts.services import deactivate_contact
from agency.common.models import OutboxMail
from agency.common.sender import send_due
from archives.models import ClientAnswer
from meetings import services
from meetings.models import ContactReport
from tests.meetings import make

pytestmark = [pytest.mark.slow, pytest.mark.rule("R21"), pytest.mark.django_db]
LINK = re.compile(r"/c/[\w-]{43}/")
CODE = re.compile(r"^\s*(\d{6})\b", re.MULTILINE)
GONE = HTTPStatus.NOT_FOUND
# A fetch is noted, and a session may begin: neither says that somebody has read anything.
UNCOUNTED = ("django_session",)
UNCOUNTED_FIELD = "fetched_at"


def checksum():
    """{table: md5 of all its rows}, but for what a mere fetch may write."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return {name: _sum(cursor, name) for name in tables if name not in UNCOUNTED}


def _sum(cursor, name):
    row = f"(to_jsonb(t) - '{UNCOUNTED_FIELD}')::text"
    table = connection.ops.quote_name(name)
    cursor.execute(f"SELECT md5(string_agg({row}, '' ORDER BY {row})) FROM {table} t")  # noqa: S608
    return cursor.fetchone()[0]


@pytest.fixture
def account(ae, am):
    client, contact = make.make_account(ae, am, code="LM")
    contact.language = "en"
    contact.save()
    return client, contact


@pytest.fixture
def mailed(account, ae, smtp):
    """mailed() -> the address in the mail of a report just issued."""

    def mailed():
        client, contact = account
        now = timezone.now()
        report = make.log(client, contact, ae, ended_at=now - timedelta(hours=1), at=now)
        services.issue_report(report=report, row_version=report.row_version, by=ae, at=now)
        send_due()
        return LINK.search(text_of(smtp.to(contact.email)[-1]))[0]

    return mailed


def text_of(mail):
    return mail.message.get_body(("plain",)).get_content()


class Guest:
    """A browser that came through the mailed address."""

    def __init__(self, address):
        self.browser = Browser()
        self.path = self.browser.get(address).url
        self.link = ClientLink.objects.get(pk=self.path.strip("/").split("/")[-1])

    def get(self):
        return self.browser.get(self.path)

    def agree(self, **more):
        typed = {"act": "agree", "agree-typed_name": "何嘉宁", "agree-sha256": self.link.sha256}
        return self.browser.post(self.path, typed | more)


# --- robots ------------------------------------------------------------------------------------

HEADERS = [
    {},
    {"HTTP_PURPOSE": "prefetch"},
    {"HTTP_SEC_PURPOSE": "prefetch"},
    {"HTTP_SEC_PURPOSE": "prefetch;prerender", "HTTP_SEC_FETCH_DEST": "document"},
    {"HTTP_X_MOZ": "prefetch", "HTTP_USER_AGENT": "SafeLinks/1.0 (+https://scanner.example)"},
]


def test_a_robot_that_only_fetches_changes_nothing(mailed):
    address = mailed()
    before = checksum()
    for headers in HEADERS:
        robot = Browser()
        for method in (robot.get, robot.head, robot.options):
            method(address, **headers)
        path = robot.get(address, **headers).url
        answers = [
            method(page, **headers).status_code
            for page in (path, f"{path}pdf/", f"{path}papers/")
            for method in (robot.get, robot.head, robot.options)
        ]
        assert max(answers) < HTTPStatus.INTERNAL_SERVER_ERROR
        assert answers[0] == HTTPStatus.OK
    assert checksum() == before
    link = ClientLink.objects.get()
    assert (link.opened_at, link.fetched_at is None) == (None, False)


BUTTONS = "button, input[type=submit]"


def press_all(context, address):
    """Every button of the page, each on a page freshly opened and with empty fields."""
    page, posts = context.new_page(), []
    page.on("request", lambda request: request.method == "POST" and posts.append(request.url))
    page.goto(address)
    count = page.locator(BUTTONS).count()
    for number in range(count):
        page.goto(address)
        page.evaluate("document.querySelectorAll('form').forEach(form => form.noValidate = true)")
        with page.expect_navigation():
            # as a script does it, whether the button can be seen or not
            page.locator(BUTTONS).nth(number).dispatch_event("click")
    page.close()
    assert len(posts) == count
    return count


@pytest.mark.browser
@pytest.mark.parametrize("needs_code", [False, True])
def test_a_robot_that_presses_every_button_changes_nothing(
    needs_code, browser, live_server, mailed, account
):
    client, _contact = account
    client.return_needs_code = needs_code
    client.save()
    address = f"{live_server.url}{mailed()}"
    before = checksum()
    context = browser.new_context(locale="en")
    pressed = press_all(context, address)
    papers = f"{live_server.url}/c/link/{ClientLink.objects.get().pk}/papers/"
    pressed += press_all(context, papers)
    context.close()
    assert pressed >= 5  # the language, "Agree" and "Object"; the language and the list's own
    assert checksum() == before
    assert ContactReport.objects.get().state == "issued"


# --- strangers ---------------------------------------------------------------------------------


def test_a_forwarded_clean_address_opens_nothing(mailed):
    guest = Guest(mailed())
    before = checksum()
    stranger = Browser()
    assert stranger.get(guest.path).status_code == GONE
    typed = {"act": "agree", "agree-typed_name": "x y", "agree-sha256": guest.link.sha256}
    assert stranger.post(guest.path, typed).status_code == GONE
    assert stranger.get(f"{guest.path}pdf/").status_code == GONE
    assert checksum() == before


@pytest.mark.rule("R41")
def test_who_gets_a_forwarded_mail_still_lacks_the_code(mailed, account, smtp):
    client, contact = account
    client.return_needs_code = True
    client.save()
    stranger = Guest(mailed())
    assert stranger.agree().status_code == HTTPStatus.OK  # "a code is on its way"
    send_due()
    assert CODE.search(text_of(smtp.to(contact.email)[-1]))
    assert not ClientAnswer.objects.exists()


def test_a_replayed_answer_is_the_same_answer(mailed):
    guest, untouched = Guest(mailed()), checksum()
    assert guest.agree().status_code == HTTPStatus.FOUND
    before = checksum()
    assert before != untouched  # the sum does see what an answer writes
    for _again in range(3):
        assert guest.agree().status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    assert checksum() == before
    assert ClientAnswer.objects.count() == 1


def test_a_replayed_answer_on_another_paper_is_refused(mailed):
    first, second = Guest(mailed()), Guest(mailed())
    before = checksum()
    answer = second.agree(**{"agree-sha256": first.link.sha256})
    assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
    assert checksum() == before


def expire(guest, _ae):
    ClientLink.objects.filter(pk=guest.link.pk).update(expires_at=timezone.now())


def revoke(guest, _ae):
    ClientLink.objects.filter(pk=guest.link.pk).update(state=ClientLink.State.REVOKED)


def leave(guest, ae):
    deactivate_contact(contact=guest.link.contact, by=ae, at=timezone.now())


@pytest.mark.parametrize("flip", [expire, revoke, leave])
def test_what_ends_between_looking_and_answering_takes_no_answer(flip, mailed, ae):
    guest = Guest(mailed())
    assert guest.get().status_code == HTTPStatus.OK
    flip(guest, ae)
    before = checksum()
    assert guest.agree().status_code == GONE
    assert checksum() == before
    assert ContactReport.objects.get().state == "issued"


def test_six_wrong_codes(mailed, account, smtp):
    client, contact = account
    client.return_needs_code = True
    client.save()
    guest = Guest(mailed())
    guest.agree()
    send_due()
    right = CODE.search(text_of(smtp.to(contact.email)[-1]))[1]
    wrong = {"agree-code": f"{(int(right) + 1) % 1_000_000:06d}"}
    answers = [guest.agree(**wrong).status_code for _try in range(6)]
    assert answers == [422] * 5 + [404]
    assert guest.agree(**{"agree-code": right}).status_code == GONE
    link = ClientLink.objects.get()
    assert (link.state, link.code_tries) == ("revoked", 5)
    assert not ClientAnswer.objects.exists()
    assert OutboxMail.objects.filter(key__startswith="link_revoked:").exists()
