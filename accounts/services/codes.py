"""The second factor of an answer: six digits to the registered address (C10)."""

import secrets
from datetime import timedelta

from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from accounts.models import ClientLink
from accounts.services.links import check_open
from accounts.services.team import people
from accounts.services.trail import record, worded
from agency.common.errors import Refused
from agency.common.services import notify, queue_mail, take
from agency.common.verbs import lock, save, verb

CODE_LIFE = timedelta(minutes=10)
CODE_TRIES = 5
CODES_AN_HOUR = 3
ALLOWANCE = timedelta(hours=1)


def send_code(*, link, at):
    """Mail a fresh code to the contact's own address; at most three an hour."""
    _check_answerable(link, at)
    if not link.contact.email:
        raise Refused(_("There is no e-mail address to send a code to."))
    if not take(key=f"code:{link.pk}", per=ALLOWANCE, amount=CODES_AN_HOUR, at=at):
        raise Refused(_("Three codes an hour are the limit. Please try again later."), "code")
    _queue(link=link, at=at)


def _check_answerable(link, at):
    """An answered report may still be objected to while its link lives (3.2)."""
    is_answered = link.state == ClientLink.State.USED and link.purpose == ClientLink.Purpose.RETURN
    if not (is_answered and link.contact.is_active and at < link.expires_at):
        check_open(link, at)


@verb
def _queue(*, link, at):
    """The code itself is made while the mail is sent, so that none is ever stored (C9)."""
    contact = link.contact
    with translation.override("zh-hans" if contact.language == "zh" else "en"):
        subject = _("Your code for this paper")
        text = _("%(code)s is your code. It is good for 10 minutes and for this paper only.")
    queue_mail(
        key=f"code:{link.pk}:{secrets.token_hex(8)}",
        to=contact.email,
        subject=f"{contact.client.code}: {subject}",
        text=text % {"code": f"{{{{code:{link.pk}}}}}"},
        client_code=contact.client.code,
        contact_id=contact.pk,
        valid_until=at + CODE_LIFE,
        at=at,
    )


def mint_code(link, at):
    """A new code for the link, of which only a keyed hash is kept; the one before is dead."""
    code = f"{secrets.randbelow(1_000_000):06d}"
    row = lock(link)
    row.code_hash, row.code_sent_at = code_hash(row, code), at
    save(row, "code_hash", "code_sent_at")
    return code


def code_hash(link, code):
    return salted_hmac(f"accounts.link.{link.pk}", code, algorithm="sha256").hexdigest()


@verb
def check_code(*, link, code, at):
    """True for the right code, which is used up by it. The fifth wrong one revokes the link.

    Call it outside the answering verb: a wrong try must stay counted when the answer is refused.
    """
    row = lock(link)
    _check_answerable(row, at)
    if _is_right(row, code, at):
        row.code_hash, row.code_passed_at = "", at
        save(row, "code_hash", "code_passed_at")
        return True
    row.code_tries += 1
    if row.code_tries >= CODE_TRIES:
        _revoke(row, at)
    save(row)
    return False


def _is_right(row, code, at):
    if not row.code_hash or at > row.code_sent_at + CODE_LIFE:
        return False
    return constant_time_compare(row.code_hash, code_hash(row, (code or "").strip()))


def _revoke(row, at):
    """Five wrong codes: the link is dead, and the AE is told (3.10)."""
    client = row.contact.client
    row.state, row.closed_reason = ClientLink.State.REVOKED, _("five wrong codes")
    record("revoke_link", row, by=None, at=at, client=client)
    notify(
        key=f"link_revoked:clientlink:{row.pk}",
        recipients=people(client=client, role="ae", at=at),
        kind="link_revoked",
        subject=row,
        label=worded(lambda: _revoked_text(row)),
        path=client.get_absolute_url(),
        client_code=client.code,
        at=at,
    )


def _revoked_text(row):
    return _("Five wrong codes: the link of %(name)s is closed.") % {"name": row.contact}
