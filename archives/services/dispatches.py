"""Papers on their way: one row, one mail, one link for each person, once for its key (C1)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.template import Context
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import link_placeholder, make_link
from agency.common.errors import Refused
from agency.common.models import OutboxMail
from agency.common.services import queue_mail
from agency.common.texts import closed_up
from agency.common.verbs import check_state, verb
from archives.models import Dispatch, Document
from archives.services.documents import record

SUBJECT_LENGTH = 200
LANGUAGES = {"zh": "zh-hans", "en": "en"}
ADDRESSES = {"mail": "email", "fax": "fax", "messenger": "messenger"}


@dataclass(frozen=True)
class Sending:
    """What is the same for every recipient of one dispatch."""

    document: Document
    key: str
    at: datetime
    channel: str
    purpose: str
    link_purpose: str
    expires_at: datetime | None
    needs_code: bool | None
    template: str
    context: dict
    beside: tuple
    timing: dict


@verb
def dispatch(
    *,
    document,
    key,
    at,
    contacts=(),
    users=(),
    channel=Dispatch.Channel.MAIL,
    purpose=Dispatch.Purpose.FIRST,
    link_purpose="",
    expires_at=None,
    needs_code=None,
    template="",
    context=None,
    beside=(),
    by=None,
    **timing,
):
    """Send an issued paper to contacts and people of ours; return the Dispatch rows really new.

    key: what may be sent once, without the recipient. template: a text template, its first line
    the subject without the client's code; rendered in each recipient's language with `context`
    and document, client, recipient, contact, user, link_url. With link_purpose each contact gets
    a link of that purpose, bound to the paper and its hash. By mail the row has a mail of the
    outbox; by fax, hand or messenger it counts as handed over at once.
    beside: what the mail encloses beside the paper, as {"name", "sha256"}.
    timing: valid_until, next_try_at of the mail.
    """
    _check(document, contacts, channel)
    sending = Sending(
        document=document,
        key=key,
        at=at,
        channel=channel,
        purpose=purpose,
        link_purpose=link_purpose,
        expires_at=expires_at,
        needs_code=needs_code,
        template=template,
        context=context or {},
        beside=tuple(beside),
        timing=timing,
    )
    rows = [_send(sending, person) for person in [*contacts, *users]]
    rows = [row for row in rows if row]
    if rows:
        changes = {"to": [row.address for row in rows], "channel": channel, "purpose": purpose}
        record("dispatch", document, by=by, at=at, changes=changes)
    return rows


def _check(document, contacts, channel):
    """Only what is in force leaves, to its own client, to somebody who can be reached."""
    check_state(document, Document.State.ISSUED)
    if contacts and document.face != Document.Face.CLIENT:
        raise Refused(_("An internal face never goes to a client."))
    for contact in contacts:
        if contact.client_id != document.client_id:
            raise Refused(_("%(name)s is not a contact of this client.") % {"name": contact})
        if not contact.is_active or (channel == Dispatch.Channel.MAIL and not contact.email):
            words = _("%(name)s cannot be written to: inactive, or without an e-mail address.")
            raise Refused(words % {"name": contact}, "contacts")


def _send(sending, person):
    """The Dispatch of one person, with link and mail; None when the key was used before."""
    row = _insert(sending, person)
    if row is None or sending.channel != Dispatch.Channel.MAIL:
        return row
    if row.contact and sending.link_purpose:
        row.link = make_link(
            contact=row.contact,
            subject=sending.document,
            purpose=sending.link_purpose,
            sha256=sending.document.sha256,
            expires_at=sending.expires_at,
            at=sending.at,
            needs_code=sending.needs_code,
        )
    row.mail = _queue(sending, row)
    row.save(update_fields=["link", "mail"])
    return row


def _insert(sending, person):
    is_user = isinstance(person, User)
    row = Dispatch(
        document=sending.document,
        contact=None if is_user else person,
        user=person if is_user else None,
        channel=sending.channel,
        address=getattr(person, ADDRESSES.get(sending.channel, ""), ""),
        purpose=sending.purpose,
        key=f"{sending.key}:{'u' if is_user else 'c'}{person.pk}",
        queued_at=sending.at,
        handed_at=None if sending.channel == Dispatch.Channel.MAIL else sending.at,
        created_at=sending.at,
    )
    if Dispatch.objects.filter(key=row.key).exists():
        return None
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        if Dispatch.objects.filter(key=row.key).exists():
            return None
        raise
    return row


def _queue(sending, row):
    subject, text = write_letter(sending.template, row, sending.context)
    paper = sending.document
    return queue_mail(
        key=row.key,
        to=row.address,
        subject=subject,
        text=text,
        client_code=paper.client_code,
        contact_id=row.contact_id,
        kind=OutboxMail.Kind.CLIENT_PAPER if row.contact else OutboxMail.Kind.INTERNAL,
        attachments=[{"name": paper.name, "sha256": paper.sha256}, *sending.beside],
        at=sending.at,
        **sending.timing,
    )


def write_letter(template, row, context):
    """(subject, text) in the recipient's language; the subject starts with the client's code."""
    person = row.contact or row.user
    words = {
        **context,
        "document": row.document,
        "client": row.document.client,
        "recipient": person,
        "contact": row.contact,
        "user": row.user,
        "link_url": link_placeholder(row.link) if row.link else "",
    }
    with translation.override(LANGUAGES.get(person.language, "en")):
        letter = get_template(template).template.render(Context(words, autoescape=False))
    subject, _line, text = letter.strip().partition("\n")
    code = row.document.client_code
    subject = f"{code}: {subject.strip()}" if code else subject.strip()
    return subject[:SUBJECT_LENGTH], closed_up(text.strip()) + "\n"
