"""Client links and codes (C9, C10, 3.10)."""

from datetime import timedelta

import pytest

from accounts.models import ClientLink, LinkToken
from accounts.services import (
    before_send,
    check_code,
    check_open,
    expire_link,
    link_placeholder,
    make_link,
    open_link,
    revoke_links,
    send_code,
    use_link,
)
from agency.common.errors import Refused
from agency.common.models import Notification, OutboxMail
from agency.common.services import VoidMail, queue_mail
from agency.common.verbs import unit
from tests.builders import make_client, make_contact, when

AT = when("2026-11-19 11:37")
SHA = "a" * 64


@pytest.fixture
def contact(ae):
    return make_contact(make_client("LM", team=[ae]), email="he@client.example")


def link_for(contact, purpose="return", **fields):
    values = {"sha256": SHA, "expires_at": AT + timedelta(days=30), "at": AT, **fields}
    return make_link(contact=contact, subject=contact.client, purpose=purpose, **values)


def mail_with(text, contact, number=1):
    return queue_mail(
        key=f"test:{number}",
        to=contact.email,
        subject="LM: paper",
        text=text,
        contact_id=contact.pk,
        at=AT,
    )


def token_of(link, contact):
    text, _html = before_send(mail_with(link_placeholder(link), contact, link.pk), AT)
    return text.removeprefix("http://testserver/c/").rstrip("/")


def code_of(link):
    """The code as the sender fills it into the mail."""
    mail = OutboxMail.objects.filter(key__startswith=f"code:{link.pk}:").latest("pk")
    return before_send(mail, AT)[0].split()[0]


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_no_token_is_stored(contact):
    link = link_for(contact)
    token = token_of(link, contact)
    [row] = LinkToken.objects.all()
    assert len(token) == 43
    assert (token in row.token_hash, len(row.token_hash)) == (False, 64)
    assert OutboxMail.objects.get().text == link_placeholder(link)


def test_each_mail_has_a_token_of_its_own_and_all_lead_to_the_link(contact):
    link = link_for(contact)
    text = link_placeholder(link)
    mails = [before_send(mail_with(text, contact, number), AT)[0] for number in (1, 2)]
    tokens = [text.removeprefix("http://testserver/c/").rstrip("/") for text in mails]
    assert [open_link(token=token, at=AT) for token in tokens] == [link, link]
    assert tokens[0] != tokens[1]


def test_both_bodies_of_a_mail_carry_the_same_address(contact):
    mail = mail_with(link_placeholder(link_for(contact)), contact)
    mail.html = f'<a href="{mail.text}">'
    text, html = before_send(mail, AT)
    assert html == f'<a href="{text}">'


def test_opening_is_noted_as_a_fetch_only(contact):
    link = link_for(contact)
    open_link(token=token_of(link, contact), at=AT)
    link.refresh_from_db()
    assert (link.fetched_at, link.opened_at, link.state) == (AT, None, "open")


def dead_links(contact):
    late = AT + timedelta(days=31)
    yield link_for(contact), AT, "wrong-token"
    link = link_for(contact)
    yield link, late, token_of(link, contact)
    link = link_for(contact)
    token = token_of(link, contact)
    revoke_links(subject=contact.client, reason="replaced by R2", at=AT)
    yield link, AT, token


def test_wrong_expired_and_revoked_are_alike(contact):
    found = [open_link(token=token, at=at) for _link, at, token in dead_links(contact)]
    assert found == [None, None, None]


def test_a_used_link_stays_readable(contact):
    link = link_for(contact)
    token = token_of(link, contact)
    use_link(link=link, at=AT, ip="203.0.113.9", agent="Phone")
    assert open_link(token=token, at=AT + timedelta(days=90)) == link


def test_a_used_link_is_not_used_again(contact):
    link = link_for(contact)
    use_link(link=link, at=AT)
    with pytest.raises(Refused):
        use_link(link=link, at=AT)


def test_the_last_second_counts(contact):
    link = link_for(contact)
    check_open(link, link.expires_at - timedelta(seconds=1))
    with pytest.raises(Refused):
        check_open(link, link.expires_at)


@pytest.mark.rule("R41")
def test_no_link_for_an_inactive_contact(contact):
    contact.is_active = False
    with pytest.raises(Refused):
        link_for(contact)


def test_who_may_not_sign_gets_no_link_to_sign(contact):
    with pytest.raises(Refused):
        link_for(contact, "sign")


@pytest.mark.parametrize(("asks", "needs"), [(True, True), (False, False)])
def test_the_client_decides_whether_a_return_needs_a_code(contact, asks, needs):
    contact.client.return_needs_code = asks
    assert link_for(contact).needs_code is needs


@pytest.mark.rule("R41")
def test_mail_to_an_inactive_contact_is_void(contact):
    mail = mail_with("hello", contact)
    contact.is_active = False
    contact.save()
    with pytest.raises(VoidMail):
        before_send(mail, AT)


def test_mail_with_a_revoked_link_is_void(contact):
    link = link_for(contact)
    mail = mail_with(link_placeholder(link), contact)
    revoke_links(subject=contact.client, reason="withdrawn", at=AT)
    with pytest.raises(VoidMail):
        before_send(mail, AT)
    assert LinkToken.objects.count() == 0


def test_the_clock_closes_what_was_not_answered(contact):
    link = link_for(contact)
    assert expire_link(link=link, at=AT) is None
    assert expire_link(link=link, at=link.expires_at).state == "expired"


def test_a_code_is_nowhere_in_the_database(contact):
    link = link_for(contact)
    send_code(link=link, at=AT)
    code = code_of(link)
    link.refresh_from_db()
    mail = OutboxMail.objects.get(key__startswith="code:")
    assert (code in mail.text, code in link.code_hash, mail.to) == (
        False,
        False,
        "he@client.example",
    )


def test_the_right_code_counts_once(contact):
    link = link_for(contact)
    send_code(link=link, at=AT)
    code = code_of(link)
    assert check_code(link=link, code=f" {code} ", at=AT)
    assert not check_code(link=link, code=code, at=AT)


@pytest.mark.parametrize(("minutes", "good"), [(10, True), (10.02, False)])
def test_a_code_lives_ten_minutes(contact, minutes, good):
    link = link_for(contact)
    send_code(link=link, at=AT)
    code = code_of(link)
    assert check_code(link=link, code=code, at=AT + timedelta(minutes=minutes)) is good


def test_a_code_is_dead_once_a_newer_one_is_made(contact):
    link = link_for(contact)
    send_code(link=link, at=AT)
    first = code_of(link)
    send_code(link=link, at=AT)
    second = code_of(link)
    assert first == second or not check_code(link=link, code=first, at=AT)


def test_the_fifth_wrong_code_revokes_and_tells_the_ae(contact, ae):
    link = link_for(contact)
    send_code(link=link, at=AT)
    code = code_of(link)
    tries = [check_code(link=link, code=wrong(code), at=AT) for _try in range(4)]
    send_code(link=link, at=AT)
    code = code_of(link)
    tries.append(check_code(link=link, code=wrong(code), at=AT))
    link.refresh_from_db()
    told = Notification.objects.get(kind="link_revoked")
    assert (tries, link.state, told.recipient) == ([False] * 5, "revoked", ae)
    with pytest.raises(Refused):
        check_code(link=link, code=code, at=AT)


def test_three_codes_an_hour(contact):
    link = link_for(contact)
    for _code in range(3):
        send_code(link=link, at=AT)
    with pytest.raises(Refused):
        send_code(link=link, at=AT)
    send_code(link=link, at=AT + timedelta(hours=1))
    assert OutboxMail.objects.filter(key__startswith="code:").count() == 4


def test_a_wrong_try_stays_counted_when_the_answer_is_refused(contact):
    link = link_for(contact)
    check_code(link=link, code="000000", at=AT)
    with pytest.raises(Refused), unit():
        raise Refused("wrong code", "code")
    assert ClientLink.objects.get().code_tries == 1


@pytest.mark.parametrize(("purpose", "takes"), [("return", True), ("sign", False)])
def test_an_answered_report_still_takes_a_code_for_an_objection(contact, purpose, takes):
    contact.can_sign = True
    contact.save()
    link = link_for(contact, purpose=purpose)
    send_code(link=link, at=AT)
    code = code_of(link)
    with unit():
        use_link(link=link, at=AT)
    if takes:
        assert check_code(link=link, code=code, at=AT)
        return
    with pytest.raises(Refused):
        check_code(link=link, code=code, at=AT)
