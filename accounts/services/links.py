"""Client links (C9, 3.10): one contact, one paper, one purpose; no token is ever stored."""

import hashlib

from django.utils.translation import gettext as _

from accounts.models import ClientLink, LinkToken
from accounts.services.trail import record
from agency.common.errors import Refused
from agency.common.verbs import lock, save, verb

DEAD = _("This link is no longer valid.")


def hash_of(token):
    return hashlib.sha256(token.encode()).hexdigest()


def link_placeholder(link):
    """What stands in a stored mail where the address shall be; before_send() fills it."""
    return f"{{{{link:{link.pk}}}}}"


@verb
def make_link(*, contact, subject, purpose, expires_at, at, sha256="", needs_code=None, by=None):
    """A door for the contact to the paper. needs_code None: as the client wants it."""
    if not contact.is_active:
        raise Refused(_("This contact is inactive."), "contact")
    if purpose == ClientLink.Purpose.SIGN and not contact.can_sign:
        raise Refused(_("This contact may not sign."), "contact")
    if needs_code is None:
        needs_code = _needs_code(contact.client, purpose)
    return ClientLink.objects.create(
        contact=contact,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        purpose=purpose,
        sha256=sha256,
        expires_at=expires_at,
        needs_code=needs_code,
        created_at=at,
        created_by=by,
    )


def _needs_code(client, purpose):
    needs = {
        ClientLink.Purpose.SIGN: client.sign_needs_code,
        ClientLink.Purpose.RETURN: client.return_needs_code,
    }
    return needs.get(purpose, False)


def open_link(*, token, at):
    """The link of a token if it leads anywhere, else None: wrong, expired and revoked are alike.

    Only the fetch is noted: a mail scanner may have been it, so it is never shown as read.
    """
    row = LinkToken.objects.filter(token_hash=hash_of(token)).select_related("link").first()
    link = readable_link(pk=row.link_id, at=at) if row else None
    if link is not None and link.fetched_at is None:
        ClientLink.objects.filter(pk=link.pk, fetched_at=None).update(fetched_at=at)
    return link


def readable_link(*, pk, at):
    """The link with contact and client while its page may be read: open and in time, or used."""
    link = ClientLink.objects.filter(pk=pk).select_related("contact__client__group").first()
    return link if link is not None and is_readable(link, at) else None


def revoked_link(*, pk=None, token=None):
    """A revoked link of a contact who is still there, for who knows what took its paper's place."""
    rows = ClientLink.objects.filter(state=ClientLink.State.REVOKED, contact__is_active=True)
    own = {"pk": pk} if pk else {"tokens__token_hash": hash_of(token or "")}
    return rows.filter(**own).select_related("contact__client__group").first()


def is_readable(link, at):
    if not link.contact.is_active:
        return False
    is_live = link.state == ClientLink.State.OPEN and at < link.expires_at
    return is_live or link.state == ClientLink.State.USED


def note_opened(*, link, at, ip=None, agent=""):
    """The first act of a person on the page (typing, pressing): now it counts as read."""
    fresh = ClientLink.objects.filter(pk=link.pk, opened_at=None)
    fresh.update(opened_at=at, ip=ip, user_agent=agent[:300])


def check_open(link, at):
    """Refuse unless the link may be answered now. Call it on the locked row (B3)."""
    if link.state != ClientLink.State.OPEN or at >= link.expires_at:
        raise Refused(DEAD)
    if not link.contact.is_active:
        raise Refused(DEAD)
    if link.purpose == ClientLink.Purpose.SIGN and not link.contact.can_sign:
        raise Refused(DEAD)


@verb
def use_link(*, link, at, ip=None, agent=""):
    """The answer is given: the page stays readable, nothing more can be answered."""
    row = lock(link)
    check_open(row, at)
    row.state, row.used_at, row.opened_at = ClientLink.State.USED, at, row.opened_at or at
    row.ip, row.user_agent = ip, agent[:300]
    save(row)
    return row


@verb
def revoke_links(*, subject, reason, at, contact=None):
    """Close every open link to a paper (withdrawn, superseded); returns how many."""
    rows = ClientLink.objects.of(subject).open()
    if contact is not None:
        rows = rows.filter(contact=contact)
    return rows.update(state=ClientLink.State.REVOKED, closed_reason=str(reason)[:200])


def prolong_links(*, subject, expires_at):
    """Open links to something end when it does: it has another time now. Inside a verb."""
    return ClientLink.objects.of(subject).open().update(expires_at=expires_at)


@verb
def expire_link(*, link, at):
    """The clock: what was not answered in time is closed."""
    row = lock(link)
    if row.state != ClientLink.State.OPEN or at < row.expires_at:
        return None
    row.state = ClientLink.State.EXPIRED
    save(row, "state")
    record("expire_link", row, by=None, at=at, client=row.contact.client)
    return row
