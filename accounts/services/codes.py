"""Six digits to the registered address (C10): for an answer, or for the list of one's own papers.

A code opens what it was asked for and nothing else; the tries are counted together.
"""

import secrets
from datetime import timedelta

from django.utils import translation
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from accounts.models import ClientLink
from accounts.services.links import DEAD, check_open, is_readable
from accounts.services.team import people
from accounts.services.trail import record, worded
from agency.common.errors import Refused
from agency.common.services import audit, notify, queue_mail, take
from agency.common.verbs import lock, save, verb

CODE_LIFE = timedelta(minutes=10)
CODE_TRIES = 5
CODES_AN_HOUR = 3
ALLOWANCE = timedelta(hours=1)
# What a code is for, as it stands in the mail until it is sent.
ANSWER, PAPERS = "code", "papers"


def send_code(*, link, at, what=ANSWER):
    """Mail a fresh code to the contact's own address; at most three an hour."""
    _check(link, at, what)
    if not link.contact.email:
        raise Refused(_("There is no e-mail address to send a code to."))
    if not take(key=f"code:{link.pk}", per=ALLOWANCE, amount=CODES_AN_HOUR, at=at):
        raise Refused(_("Three codes an hour are the limit. Please try again later."), "code")
    _queue(link=link, at=at, what=what)


def _check(link, at, what):
    if what == ANSWER:
        _check_answerable(link, at)
    elif not is_readable(link, at):
        raise Refused(DEAD)


def _check_answerable(link, at):
    """An answered report may still be objected to while its link lives (3.2)."""
    is_answered = link.state == ClientLink.State.USED and link.purpose == ClientLink.Purpose.RETURN
    if not (is_answered and link.contact.is_active and at < link.expires_at):
        check_open(link, at)


@verb
def _queue(*, link, at, what):
    """The code itself is made while the mail is sent, so that none is ever stored (C9)."""
    contact = link.contact
    with translation.override("zh-hans" if contact.language == "zh" else "en"):
        subject, text = _words(what)
    queue_mail(
        key=f"code:{link.pk}:{secrets.token_hex(8)}",
        to=contact.email,
        subject=f"{contact.client.code}: {subject}",
        text=text % {"code": f"{{{{{what}:{link.pk}}}}}"},
        client_code=contact.client.code,
        contact_id=contact.pk,
        valid_until=at + CODE_LIFE,
        at=at,
    )


def _words(what):
    if what == ANSWER:
        text = _("%(code)s is your code. It is good for 10 minutes and for this paper only.")
        return _("Your code for this paper"), text
    text = _("%(code)s is your code. It is good for 10 minutes and signs or answers nothing.")
    return _("Your code for the list of your papers"), text


def mint_code(link, at, what=ANSWER):
    """A new code for the link, of which only a keyed hash is kept; the one before is dead."""
    code = f"{secrets.randbelow(1_000_000):06d}"
    row = lock(link)
    row.code_hash, row.code_sent_at = code_hash(row, code, what), at
    save(row, "code_hash", "code_sent_at")
    return code


def code_hash(link, code, what=ANSWER):
    salt = f"accounts.link.{link.pk}" if what == ANSWER else f"accounts.{what}.{link.pk}"
    return salted_hmac(salt, code, algorithm="sha256").hexdigest()


@verb
def check_code(*, link, code, at, what=ANSWER):
    """True for the right code, which is used up by it. The fifth wrong one revokes the link.

    Call it outside the answering verb: a wrong try must stay counted when the answer is refused.
    """
    row = lock(link)
    _check(row, at, what)
    if _is_right(row, code, at, what):
        _pass(row, at, what)
        return True
    row.code_tries += 1
    if row.code_tries >= CODE_TRIES:
        _revoke(row, at)
    save(row)
    return False


def _pass(row, at, what):
    row.code_hash = ""
    if what == ANSWER:
        row.code_passed_at = at
    else:
        audit(
            actor=None,
            contact_name=row.contact.name,
            verb="list_papers",
            subject=row,
            client_code=row.contact.client.code,
            at=at,
        )
    save(row, "code_hash", "code_passed_at")


def _is_right(row, code, at, what):
    if not row.code_hash or at > row.code_sent_at + CODE_LIFE:
        return False
    return constant_time_compare(row.code_hash, code_hash(row, (code or "").strip(), what))


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
