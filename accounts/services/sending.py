"""What the sender asks of each mail just before it goes: settings.MAIL_HOOK."""

import re
import secrets

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts.models import Client, ClientLink, Contact, LinkToken
from accounts.services.codes import mint_code
from accounts.services.links import hash_of, is_readable
from agency.common.services import VoidMail
from agency.common.verbs import verb

# How the keys of weekly reports' mails begin (C1).
WEEKLY = "status:"
PLACEHOLDER = re.compile(r"\{\{(link|code|papers):(\d+)\}\}")


@verb
def before_send(mail, at):
    """(text, html) with fresh tokens for the links in them; VoidMail when it must not go (R41)."""
    _check_contact(mail)
    _check_client(mail)
    minted = {}

    def fill(match):
        if match[0] not in minted:
            minted[match[0]] = _mint(match[1], int(match[2]), at)
        return minted[match[0]]

    return PLACEHOLDER.sub(fill, mail.text), PLACEHOLDER.sub(fill, mail.html)


def _check_contact(mail):
    if mail.contact_id is None:
        return
    if not Contact.objects.active().filter(pk=mail.contact_id).exists():
        raise VoidMail(_("contact inactive"))


def _check_client(mail):
    """A weekly report goes to a client that is served; one that rests gets none (3.4)."""
    if not mail.key.startswith(WEEKLY):
        return
    if not Client.objects.filter(code=mail.client_code, status=Client.Status.ACTIVE).exists():
        raise VoidMail(_("the client is not active"))


def _mint(what, pk, at):
    link = ClientLink.objects.select_related("contact").get(pk=pk)
    if not is_readable(link, at):
        raise VoidMail(_("the link in it is no longer valid"))
    return _mint_address(link, at) if what == "link" else mint_code(link, at, what)


def _mint_address(link, at):
    """One mail, one token: reminders and repeats work, and a copy of the database opens nothing."""
    token = secrets.token_urlsafe(32)
    LinkToken.objects.create(link=link, token_hash=hash_of(token), minted_at=at)
    return f"{settings.SITE_URL}/c/{token}/"
