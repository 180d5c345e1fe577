"""Who may send a mail, and how it ends: every step is fenced by the lease (C1).

queued → claimed → data → handed / failed / held / void. `data` is committed after the server took
the recipient and before the body goes out: whoever dies between has perhaps sent it.
"""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop

from agency.common import faults
from agency.common.models import OutboxMail
from agency.common.services.outbox import VoidMail

State, Kind = OutboxMail.State, OutboxMail.Kind
# After an answer that says "later"; then client papers every four hours, for 48 hours in all.
RETRY_MINUTES = (1, 5, 15, 60, 240)
CLIENT_RETRY_MINUTES = RETRY_MINUTES + (240,) * 10
SOON = timedelta(minutes=1)
PROBE = timedelta(seconds=30)
MAX_FAULTS = 2
OUT_OF_DATE = gettext_noop("out of date before it could be sent")
NO_ANSWER = gettext_noop("the sender ended before the mail server's answer")


def lease_end():
    """By the clock of the database, the only one that all senders share."""
    return Now() + timedelta(seconds=settings.MAIL_LEASE_SECONDS)


def recover(at):
    """Take back what dead or paused senders hold, and what is worth nothing any more."""
    expired = OutboxMail.objects.filter(lease_until__lt=Now())
    expired.filter(state=State.CLAIMED).update(state=State.QUEUED, lease_owner=None)
    doubt = expired.filter(state=State.DATA)
    reply = NO_ANSWER
    doubt.filter(kind=Kind.CLIENT_PAPER).update(
        state=State.HELD, lease_owner=None, server_reply=reply
    )
    doubt.update(state=State.QUEUED, lease_owner=None, next_try_at=at, server_reply=reply)
    OutboxMail.objects.due(at).filter(valid_until__lt=at).update(
        state=State.VOID, server_reply=OUT_OF_DATE
    )


@transaction.atomic
def claim(at):
    """The mail longest due, ours until the lease ends; None when there is nothing to do."""
    due = OutboxMail.objects.due(at).exclude(valid_until__lt=at)
    if faults.happens("skip_lock"):
        return due.first()
    mail = due.select_for_update(skip_locked=True, of=("self",)).first()
    if mail is None:
        return None
    mail.lease_owner = uuid.uuid4()
    change(mail, State.QUEUED, state=State.CLAIMED, lease_until=lease_end())
    faults.strike("in_claim")
    return mail


def change(mail, *states, **values):
    """Change the row only if it is still ours and still in one of the states; False when not."""
    rows = OutboxMail.objects.filter(pk=mail.pk)
    if not faults.happens("skip_lock"):
        rows = rows.filter(state__in=states)
        if State.QUEUED not in states:
            rows = rows.filter(lease_owner=mail.lease_owner)
    elif values.get("state") == State.DATA:
        return True
    return bool(rows.update(lease_owner=mail.lease_owner, **values))


def enter_data(mail, build, at):
    """Commit that the body goes out now; returns its bytes, or None when it must not go.

    The hook mints tokens for client links in the same transaction, so no token is stored that was
    not sent. `build(text, html)` puts the message together; whatever it raises is a fault.
    """
    try:
        with transaction.atomic():
            if not change(mail, State.CLAIMED, state=State.DATA, lease_until=lease_end()):
                return None
            return build(*bodies(mail, at))
    except VoidMail as error:
        change(mail, State.CLAIMED, state=State.VOID, server_reply=error.reason)
        return None


def bodies(mail, at):
    """(text, html) with the client links filled in, by the hook of a higher app."""
    if not settings.MAIL_HOOK:
        return mail.text, mail.html
    return import_string(settings.MAIL_HOOK)(mail, at)


def handed(mail, reply, at):
    """The server has taken it."""
    with transaction.atomic():
        done = change(mail, State.DATA, state=State.HANDED, handed_at=at, server_reply=reply)
        faults.strike("before_handed")
    return done


def postponed(mail, reply, at):
    """The server said "later": try again by the schedule, in the end give up."""
    delays = CLIENT_RETRY_MINUTES if mail.is_for_client else RETRY_MINUTES
    if mail.tries >= len(delays):
        return failed(mail, reply)
    wait = timedelta(minutes=delays[mail.tries])
    return change(
        mail,
        State.CLAIMED,
        State.DATA,
        state=State.QUEUED,
        tries=F("tries") + 1,
        next_try_at=at + wait,
        server_reply=reply,
    )


def failed(mail, reply):
    """The server said "never", or we gave up: a person is told by the app that owns the paper."""
    return change(mail, State.CLAIMED, State.DATA, state=State.FAILED, server_reply=reply)


def doubtful(mail, reply, at):
    """The body went out and no answer came: hold a client's paper, repeat an internal mail (C2)."""
    if mail.is_for_client:
        return change(mail, State.DATA, state=State.HELD, server_reply=reply)
    return postponed(mail, reply, at)


def released(mail, reply, at):
    """The server is not there: no fault of the row, so no try is counted."""
    return change(
        mail, State.CLAIMED, state=State.QUEUED, next_try_at=at + PROBE, server_reply=reply
    )


def faulty(mail, error, at):
    """It could not be put together: once may be chance, twice is a poison row."""
    words = f"{type(error).__name__}: {error}"
    if mail.faults + 1 >= MAX_FAULTS:
        return change(mail, State.CLAIMED, state=State.FAILED, server_reply=words)
    return change(
        mail,
        State.CLAIMED,
        state=State.QUEUED,
        faults=F("faults") + 1,
        next_try_at=at + SOON,
        server_reply=words,
    )
