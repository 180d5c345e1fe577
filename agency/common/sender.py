"""The sender: takes mails from the outbox one by one and hands them over (C1, C3)."""

import logging
import mimetypes
import re
import time
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.core.mail.message import sanitize_address
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from django.utils.module_loading import import_string

from agency.common import faults
from agency.common.connections import renew
from agency.common.lines import Answer, Doubt, Unreachable, open_line
from agency.common.models import Instance, OutboxMail
from agency.common.services import claims

logger = logging.getLogger(__name__)
POLICY = SMTP.clone(cte_type="7bit")
CALENDAR_METHOD = re.compile(rb"^METHOD:([A-Z]+)", re.MULTILINE)
SENDER_LOCK = 420_120
BUDGET_SECONDS = 20
PROBE_SECONDS = 30
SETTLE_SECONDS = (0, 0.5, 2)
_probe = {"after": 0}


def send_due(now=timezone.now, budget=BUDGET_SECONDS):
    """Send what is due, within the budget of seconds; returns how many mails were taken up.

    Nothing is taken from the outbox before the mail server answers, so a server that is away
    costs no mail a try; it is asked again after 30 seconds.
    """
    claims.recover(now())
    if not Instance.load().may_send or not OutboxMail.objects.due(now()).exists():
        return 0
    if time.monotonic() < _probe["after"]:
        return 0
    try:
        return _send(now, time.monotonic() + budget)
    except Unreachable as error:
        _probe["after"] = time.monotonic() + PROBE_SECONDS
        logger.warning("the mail server cannot be reached: %s", error)
        return 0


def _send(now, end):
    line, count = open_line(), 0
    try:
        while time.monotonic() < end:
            if not line.is_open:
                line = open_line()
            mail = claims.claim(now())
            if mail is None:
                break
            faults.strike("after_claim")
            deliver(line, mail, now)
            count += 1
    finally:
        line.close()
    return count


def deliver(line, mail, now):
    """Take one claimed mail through its phases. Unreachable when the server is gone."""
    try:
        sender, recipient, files = prepare(mail)
    except Exception as error:
        blame(mail, error, now())
        return
    try:
        line.offer(sender, recipient, settings.MAIL_COPY_TO if mail.is_for_client else "")
    except Answer as answer:
        line.reset()
        refused(mail, answer, now())
        return
    except Unreachable as error:
        claims.released(mail, str(error), now())
        line.close()
        raise
    body = enter(mail, files, now())
    if body is None:
        line.reset()
        return
    faults.strike("after_data")
    hand_over(line, mail, body, now)


def enter(mail, files, at):
    """The bytes to send, once it is noted that they go; None when they must not go."""
    try:
        return claims.enter_data(mail, lambda text, html: build(mail, text, html, files, at), at)
    except Exception as error:
        blame(mail, error, at)
        return None


def hand_over(line, mail, body, now):
    try:
        reply = line.send(mail, body)
    except Answer as answer:
        error = answer
        line.reset()
        settle(lambda: refused(mail, error, now()))
    except Doubt as doubt:
        words = str(doubt)
        line.close()
        settle(lambda: claims.doubtful(mail, words, now()))
    else:
        settle(lambda: claims.handed(mail, reply, now()))


def refused(mail, answer, at):
    if answer.is_final:
        return claims.failed(mail, str(answer))
    return claims.postponed(mail, str(answer), at)


def blame(mail, error, at):
    """A row that cannot be put together is the row's fault; a lost database is not."""
    if isinstance(error, OperationalError | InterfaceError):
        raise error
    logger.exception("mail %s could not be put together", mail.pk)
    claims.faulty(mail, error, at)


def settle(note):
    """Write down what the server said, also when the database was cut off meanwhile."""
    for pause in SETTLE_SECONDS:
        time.sleep(pause)
        try:
            return note()
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block:
                raise
            logger.exception("the database was away after a mail had been sent")
            connection.close()
    return note()


# --- the message -------------------------------------------------------------------------------


def prepare(mail):
    """(sender, recipient, attached files) as the server wants them."""
    recipient = sanitize_address(one_line_address(mail.to), "utf-8")
    files = [(item["name"], read_attachment(item["sha256"])) for item in mail.attachments]
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1], recipient, files


def one_line_address(text):
    """The text when it is one line. ValueError for what would forge a header."""
    if not text or any(mark < " " for mark in text):
        raise ValueError("the address is not one line")
    return text


def read_attachment(sha256):
    return import_string(settings.MAIL_ATTACH)(sha256)


def build(mail, text, html, files, at):
    """The bytes of the message, seven bits wide, with the mail's own Message-ID."""
    message = EmailMessage(policy=POLICY)
    message["Subject"] = mail.subject
    message["From"] = settings.DEFAULT_FROM_EMAIL
    message["To"] = sanitize_address(mail.to, "utf-8")
    message["Date"] = format_datetime(at)
    message["Message-ID"] = f"<{mail.message_id}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, content in files:
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        main, _slash, sub = kind.partition("/")
        more = {"params": calendar_params(content)} if sub == "calendar" else {}
        message.add_attachment(content, maintype=main, subtype=sub, filename=name, **more)
    return message.as_bytes()


def calendar_params(content):
    """Mail programs offer an event to its reader only where its method is said in the head."""
    method = CALENDAR_METHOD.search(content)
    return {"charset": "utf-8"} | ({"method": method[1].decode()} if method else {})


# --- many senders ------------------------------------------------------------------------------


@contextmanager
def place():
    """One of MAIL_SENDERS places, so that slow mail leaves a process for the clock (C3)."""
    with connection.cursor() as cursor:
        taken = next((n for n in range(settings.MAIL_SENDERS) if _try_lock(cursor, n)), None)
    try:
        yield taken is not None
    finally:
        if taken is not None:
            # a connection that was cut off has given its place back already
            with suppress(OperationalError, InterfaceError), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [SENDER_LOCK, taken])


def _try_lock(cursor, number):
    cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [SENDER_LOCK, number])
    return cursor.fetchone()[0]


def send_job():
    """One pulse of the sender, with a fresh connection; 0 when all places are taken."""
    renew()
    try:
        with place() as may_send:
            return send_due() if may_send else 0
    finally:
        renew()
