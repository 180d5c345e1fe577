"""The outbox: what must be sent, written in the verb's own transaction (C1, C2)."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from agency.common.errors import Refused
from agency.common.models import Instance, OutboxMail
from agency.common.models.mail import new_message_id
from agency.common.services.audit import audit
from agency.common.services.rows import insert_new
from agency.common.verbs import check_state, lock, verb

State = OutboxMail.State
SUBJECT_LENGTH = 200


def source_text(reason):
    """The reason as it stands in the code, so that each reader gets it in his own language."""
    with translation.override(None):
        return str(reason)


class VoidMail(Exception):
    """Raised by settings.MAIL_HOOK: the mail must not go any more; says why."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = source_text(reason)


def queue_mail(**mail):
    """Queue one mail to one recipient, in the caller's transaction. None when the key is used up.

    As `mail_draft` is told.
    """
    return next(iter(queue_mails([mail_draft(**mail)])), None)


def queue_mails(drafts):
    """Queue several at once; returns those whose key was not used up yet."""
    return insert_new(drafts)


def mail_draft(
    *,
    key,
    to,
    subject,
    text,
    at,
    html="",
    kind=OutboxMail.Kind.INTERNAL,
    client_code="",
    contact_id=None,
    attachments=(),
    valid_until=None,
    next_try_at=None,
    by=None,
):
    """A mail to one recipient, not queued yet.

    key: what may be sent once, for ever. attachments: [{"name", "sha256"}].
    next_try_at: not before that instant (quiet hours). valid_until: worth nothing afterwards.
    """
    return OutboxMail(
        key=key,
        message_id=new_message_id(urlsplit(settings.SITE_URL).hostname),
        to=to,
        subject=one_line(subject)[:SUBJECT_LENGTH],
        text=text,
        html=html,
        kind=kind,
        client_code=client_code,
        contact_id=contact_id,
        attachments=list(attachments),
        valid_until=valid_until,
        next_try_at=next_try_at or at,
        created_at=at,
        created_by=by,
    )


def one_line(text):
    """A mail header has one line; names typed elsewhere may hold more."""
    return " ".join(str(text).split())


@verb
def mail_arrived(*, mail, by, at):
    """A person says that a doubtful mail has arrived: it counts as handed over from now (C2)."""
    mail = lock(mail)
    check_state(mail, State.HELD)
    mail.state, mail.handed_at = State.HANDED, at
    mail.save(update_fields=["state", "handed_at"])
    audit_mail("mail_arrived", mail, by, at)
    return mail


@verb
def mail_again(*, mail, by, at):
    """Send again what is doubtful, failed or came back: a fresh try, the same Message-ID (C2)."""
    mail = lock(mail)
    check_state(mail, State.HELD, State.FAILED, State.BOUNCED)
    if mail.valid_until and mail.valid_until < at:
        raise Refused(_("This mail is out of date: it is not sent any more."))
    mail.state, mail.next_try_at = State.QUEUED, at
    mail.tries = mail.faults = 0
    mail.handed_at = None
    mail.save(update_fields=["state", "next_try_at", "tries", "faults", "handed_at"])
    audit_mail("mail_again", mail, by, at)
    return mail


@verb
def mail_bounced(*, mail, by, at, report=""):
    """The mail came back: learned from a delivery report, or told by a person."""
    mail = lock(mail)
    check_state(mail, State.HANDED, State.HELD)
    mail.state = State.BOUNCED
    mail.server_reply = report or mail.server_reply
    mail.save(update_fields=["state", "server_reply"])
    audit_mail("mail_bounced", mail, by, at)
    return mail


def audit_mail(name, mail, by, at):
    audit(
        actor=by,
        verb=name,
        subject=mail,
        client_code=mail.client_code,
        changes={"message_id": mail.message_id, "state": mail.state},
        at=at,
    )


def void_mails(*, where, reason):
    """Take back mails of the Q that nobody has begun to send; returns how many."""
    found = OutboxMail.objects.filter(Q(state=State.QUEUED) & where)
    return found.update(state=State.VOID, server_reply=source_text(reason))


@verb
def resume_mail(*, by, at):
    """Let mails leave again, from this address (B5: after a restore, by a person)."""
    site = lock(Instance.load())
    site.mail_paused, site.site_url = False, settings.SITE_URL
    site.save(update_fields=["mail_paused", "site_url"])
    audit(actor=by, verb="resume_mail", subject=site, at=at)
    return site
