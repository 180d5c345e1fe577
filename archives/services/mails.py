"""Mails of client papers: what the clock notes of them, what people decide (C2)."""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.permissions import require
from accounts.services import people
from agency.common.errors import Refused
from agency.common.models import OutboxMail
from agency.common.services import mail_again, mail_arrived, mail_bounced, notify
from agency.common.verbs import lock, verb

RIGHT = "meetings.record_return"
NEWS = {
    OutboxMail.State.HELD: _("Nobody knows whether this mail arrived: {what}"),
    OutboxMail.State.FAILED: _("This mail could not be sent: {what}"),
    OutboxMail.State.BOUNCED: _("This mail came back: {what}"),
}


@verb
def it_arrived(*, dispatch, by, at):
    """The contact has it: the mail counts as handed over, and the 48 hours start now."""
    row = _open(dispatch, by, at)
    mail_arrived(mail=row.mail, by=by, at=at)
    row.handed_at, row.error, row.noted_state = at, "", ""
    row.save(update_fields=["handed_at", "error", "noted_state"])
    return row


@verb
def send_again(*, dispatch, by, at):
    """The same mail once more, with the same Message-ID."""
    row = _open(dispatch, by, at)
    mail_again(mail=row.mail, by=by, at=at)
    row.handed_at, row.error, row.noted_state = None, "", ""
    row.save(update_fields=["handed_at", "error", "noted_state"])
    return row


@verb
def came_back(*, dispatch, by, at):
    """It counted as handed over, and somebody knows that it came back."""
    row = _open(dispatch, by, at)
    mail_bounced(mail=row.mail, by=by, at=at)
    note_trouble(dispatch=row, at=at)
    return row


def _open(dispatch, by, at):
    row = lock(dispatch)
    require(by, RIGHT, row.document.client, at)
    if row.mail is None:
        raise Refused(_("This paper did not go by mail."))
    return row


# --- what the clock notes -----------------------------------------------------------------------


@verb
def note_delivery(*, dispatch, at):
    """The mail was handed over: since then the client's time runs."""
    row = lock(dispatch)
    row.handed_at, row.error, row.noted_state = row.mail.handed_at, "", ""
    row.save(update_fields=["handed_at", "error", "noted_state"])
    return row


@verb
def note_trouble(*, dispatch, at):
    """The mail ended otherwise: the reason is copied, of a client's paper AE and AM are told."""
    row = lock(dispatch)
    mail = row.mail
    if row.noted_state == mail.state:
        return row
    row.error, row.noted_state = mail.server_reply, mail.state
    row.save(update_fields=["error", "noted_state"])
    if row.contact and mail.state in NEWS:
        _tell(row, mail, at)
    return row


def _tell(row, mail, at):
    client = row.document.client
    what = f"{row.document.label} → {row.contact}"
    told = [*people(client=client, role="ae", at=at), *people(client=client, role="am", at=at)]
    notify(
        key=f"not_delivered:dispatch:{row.pk}:{mail.state}:{at.isoformat()}",
        recipients=told,
        kind="not_delivered",
        subject=row,
        label=format_lazy(NEWS[mail.state], what=what),
        path=reverse("archives:held_mail_list"),
        level="remind",
        client_code=client.code,
        at=at,
    )
