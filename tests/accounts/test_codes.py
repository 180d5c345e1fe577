"""Codes for the list of own papers beside those for an answer (C10, 4.1)."""

from datetime import timedelta

import pytest

from accounts.models import ClientLink
from accounts.services import PAPERS, check_code, revoke_links, send_code
from accounts.services.codes import ANSWER
from agency.common.errors import Refused
from agency.common.models import OutboxMail
from agency.common.services import VoidMail
from tests.accounts.test_links import AT, code_of, link_for, wrong
from tests.builders import make_client, make_contact

pytestmark = [pytest.mark.django_db, pytest.mark.rule("C10")]


@pytest.fixture
def contact(ae):
    client = make_client("LM", team=[ae])
    return make_contact(client, email="he@client.example", can_sign=True)


@pytest.fixture
def link(contact):
    return link_for(contact)


def is_right(link, code, at=AT):
    return check_code(link=link, code=code, at=at, what=PAPERS)


@pytest.mark.parametrize(("asked", "other"), [(PAPERS, ANSWER), (ANSWER, PAPERS)])
def test_a_code_opens_only_what_it_was_asked_for_and_once(link, asked, other):
    send_code(link=link, at=AT, what=asked)
    code = code_of(link)
    tries = [check_code(link=link, code=code, at=AT, what=what) for what in (other, asked, asked)]
    link.refresh_from_db()
    assert (tries, link.code_tries) == ([False, True, False], 2)
    assert link.code_passed_at == (AT if asked == ANSWER else None)


def test_the_code_is_nowhere_in_the_database(link):
    send_code(link=link, at=AT, what=PAPERS)
    code = code_of(link)
    link.refresh_from_db()
    mail = OutboxMail.objects.get(key__startswith="code:")
    assert (code in mail.text, code in link.code_hash) == (False, False)
    assert (mail.to, mail.valid_until) == ("he@client.example", AT + timedelta(minutes=10))


@pytest.mark.parametrize(("minutes", "good"), [(10, True), (10.02, False)])
def test_the_code_lives_ten_minutes(link, minutes, good):
    send_code(link=link, at=AT, what=PAPERS)
    assert is_right(link, code_of(link), AT + timedelta(minutes=minutes)) is good


def test_a_newer_code_of_either_kind_kills_the_one_before(link):
    send_code(link=link, at=AT, what=PAPERS)
    code = code_of(link)
    send_code(link=link, at=AT)
    code_of(link)
    assert not is_right(link, code)


def test_the_code_of_another_contact_opens_nothing(link, contact):
    other = link_for(make_contact(contact.client, "叶知秋", email="ye@client.example"))
    for one in (link, other):
        send_code(link=one, at=AT, what=PAPERS)
    code, foreign = code_of(link), code_of(other)
    assert code == foreign or not is_right(link, foreign)


def test_three_codes_an_hour_of_both_kinds_together(link):
    for what in (ANSWER, PAPERS, PAPERS):
        send_code(link=link, at=AT, what=what)
    for what in (ANSWER, PAPERS):
        with pytest.raises(Refused):
            send_code(link=link, at=AT, what=what)
    send_code(link=link, at=AT + timedelta(hours=1), what=PAPERS)
    assert OutboxMail.objects.filter(key__startswith="code:").count() == 4


def test_the_fifth_wrong_code_of_both_kinds_together_revokes(link):
    send_code(link=link, at=AT, what=PAPERS)
    code = code_of(link)
    for what in (ANSWER, PAPERS, ANSWER, PAPERS):
        check_code(link=link, code=wrong(code), at=AT, what=what)
    link.refresh_from_db()
    assert link.state == "open"
    assert not is_right(link, wrong(code))
    link.refresh_from_db()
    assert (link.state, link.code_tries) == ("revoked", 5)
    with pytest.raises(Refused):
        is_right(link, code)


def test_a_revoked_link_takes_no_code_and_its_mail_is_void(link, contact):
    send_code(link=link, at=AT, what=PAPERS)
    revoke_links(subject=contact.client, reason="withdrawn", at=AT)
    link.refresh_from_db()
    with pytest.raises(VoidMail):
        code_of(link)
    with pytest.raises(Refused):
        send_code(link=link, at=AT, what=PAPERS)
    with pytest.raises(Refused):
        is_right(link, "123456")


@pytest.mark.parametrize(("purpose", "state"), [("sign", "used"), ("timeline", "open")])
def test_any_link_that_may_be_read_takes_a_code(contact, purpose, state):
    link = link_for(contact, purpose=purpose)
    ClientLink.objects.update(state=state)
    link.refresh_from_db()
    send_code(link=link, at=AT, what=PAPERS)
    assert is_right(link, code_of(link))


def test_an_expired_link_takes_no_code(link):
    send_code(link=link, at=AT, what=PAPERS)
    with pytest.raises(Refused):
        is_right(link, code_of(link), link.expires_at)
