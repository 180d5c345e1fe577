"""What goes out at the last moment: tokens and codes, and what must not go any more."""

import re
from datetime import timedelta

import pytest

from accounts import services
from accounts.models import LinkToken
from accounts.services.links import hash_of
from agency.common.models import OutboxMail
from agency.common.services import VoidMail
from tests.builders import make_client, make_contact, when

pytestmark = pytest.mark.django_db
NOW = when("2026-11-19 14:00")


@pytest.fixture
def contact(ae):
    return make_contact(make_client(team=[ae]))


def make_link(contact, **fields):
    defaults = {"purpose": "return", "sha256": "a" * 64, "expires_at": NOW + timedelta(days=30)}
    return services.make_link(
        contact=contact, subject=contact.client, at=NOW, **{**defaults, **fields}
    )


def mail_to(contact, text, html=""):
    return OutboxMail(to=contact.email, contact_id=contact.pk, text=text, html=html)


def test_placeholder_becomes_a_fresh_address(contact):
    link = make_link(contact)
    text, _html = services.before_send(mail_to(contact, f"See {{{{link:{link.pk}}}}}"), NOW)
    token = re.search(r"/c/([\w-]{43})/$", text)[1]
    assert LinkToken.objects.get().token_hash == hash_of(token)


def test_text_and_html_get_the_same_token(contact):
    place = f"{{{{link:{make_link(contact).pk}}}}}"
    text, html = services.before_send(mail_to(contact, place, place), NOW)
    assert text == html
    assert LinkToken.objects.count() == 1


def test_reminder_gets_a_token_of_its_own_and_both_work(contact):
    link = make_link(contact)
    mail = mail_to(contact, f"{{{{link:{link.pk}}}}}")
    first, _html = services.before_send(mail, NOW)
    second, _html = services.before_send(mail, NOW)
    assert first != second
    for address in (first, second):
        assert services.open_link(token=address.split("/")[-2], at=NOW) == link


def test_token_is_nowhere_in_the_database(contact):
    mail = mail_to(contact, f"{{{{link:{make_link(contact).pk}}}}}")
    text, _html = services.before_send(mail, NOW)
    token = text.split("/")[-2]
    assert token not in str(list(LinkToken.objects.values()))


@pytest.mark.rule("R41")
def test_mail_to_a_contact_who_left_is_void(contact):
    services.deactivate_contact(contact=contact, by=None, at=NOW)
    with pytest.raises(VoidMail):
        services.before_send(mail_to(contact, "Hello"), NOW)


def test_mail_with_a_revoked_link_is_void(contact):
    link = make_link(contact)
    services.revoke_links(subject=contact.client, reason="replaced", at=NOW)
    with pytest.raises(VoidMail):
        services.before_send(mail_to(contact, f"{{{{link:{link.pk}}}}}"), NOW)


def test_mail_with_an_expired_link_is_void(contact):
    link = make_link(contact)
    with pytest.raises(VoidMail):
        services.before_send(mail_to(contact, f"{{{{link:{link.pk}}}}}"), NOW + timedelta(days=31))


def test_mail_without_a_contact_goes_as_it_stands():
    assert services.before_send(OutboxMail(to="a@b.example", text="Hi", html=""), NOW) == ("Hi", "")
