"""Notices to our own people: one row and one mail for each key and person (domain.md 5.5)."""

from contextlib import contextmanager
from contextvars import ContextVar
from datetime import time, timedelta
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import OuterRef, Q
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from agency.common.dates import local_instant
from agency.common.models import Notification, OutboxMail
from agency.common.services.outbox import mail_draft, one_line, queue_mail, void_mails
from agency.common.services.rows import insert_new, insert_paired

QUIET = (time(22, 0), time(7, 30))
LANGUAGES = {"zh": "zh-hans", "en": "en"}
SUCCESSORS = 5
Level = Notification.Level
_digest = ContextVar("digest", default=False)


def notify(
    *,
    key,
    recipients,
    kind,
    subject,
    label,
    at,
    path="",
    level=Level.INFO,
    client_code="",
    due_at=None,
    mail=True,
    detail="",
    lower_keys=(),
    valid_until=None,
    quiet=QUIET,
    zone=None,
):
    """Tell people once. Returns the notices that are really new.

    key: `kind:model:id:slot[:start or version]`; the person is added to it here.
    recipients: users; who has left is replaced by the successor, and nobody is told twice.
    label, detail: lazy texts are put into each person's language. path: where the button leads.
    lower_keys: lower slots of the same ladder; written as dropped, so that they never come later.
    quiet, zone: hours of the night in which the mail of a reminder waits, and where (5.2).
    """
    people = reachable(recipients)
    facts = {
        "kind": kind,
        "subject_type": subject._meta.label_lower if subject is not None else "",
        "subject_id": subject.pk if subject is not None else None,
        "client_code": client_code,
        "path": path,
        "due_at": due_at,
        "level": level,
        "created_at": at,
    }
    for lower in lower_keys:
        insert_new([draft(lower, user, label, facts, is_dropped=True) for user in people])
    if not mail or _digest.get():
        facts["awaits_digest"] = mail
        return insert_new([draft(key, user, label, facts) for user in people])
    waits = quiet_until(at, quiet, zone) if level == Level.REMIND else None
    notices = [draft(key, user, label, facts) for user in people]
    return _insert_mailed(
        notices, [notice_mail(notice, detail, at, valid_until, waits) for notice in notices]
    )


def drop(*, slots, kind, subject, at, client_code=""):
    """Write slots as dropped: their time has passed and they shall not come later (5.5).

    slots: [(key, recipients, label)], as `notify` takes them.
    """
    facts = {
        "kind": kind,
        "subject_type": subject._meta.label_lower,
        "subject_id": subject.pk,
        "client_code": client_code,
        "created_at": at,
    }
    return insert_new(
        [
            draft(key, user, label, facts, is_dropped=True)
            for key, recipients, label in slots
            for user in reachable(recipients)
        ]
    )


def reachable(recipients):
    """Each person once; in the place of one who has left the successor, if there is one."""
    found = {}
    for user in recipients:
        for _step in range(SUCCESSORS):
            if user is None or user.is_active:
                break
            user = user.successor
        if user is not None and user.is_active:
            found[user.pk] = user
    return list(found.values())


def draft(key, user, label, facts, is_dropped=False):
    with override(LANGUAGES.get(user.language, user.language)):
        words = one_line(label)[:200]
    return Notification(
        key=f"{key}:{user.pk}", recipient=user, label=words, is_dropped=is_dropped, **facts
    )


def _insert_mailed(notices, mails):
    """The notices that are new, each with its mail; one that was queued before is not made anew."""
    fresh, lone = insert_paired(notices, mails, "mail")
    if lone:
        same_key = OutboxMail.objects.filter(key=OuterRef("key")).values("pk")
        Notification.objects.filter(pk__in=[row.pk for row in lone]).update(mail=same_key)
    return fresh


def notice_mail(notice, detail, at, valid_until, waits):
    with override(LANGUAGES.get(notice.recipient.language, "en")):
        text = render_to_string("mail/notice.txt", context([notice], str(detail)))
    return mail_draft(
        key=notice.key,
        to=notice.recipient.email,
        subject=notice.label,
        text=text,
        client_code=notice.client_code,
        valid_until=valid_until,
        next_try_at=waits,
        at=at,
    )


def context(notices, detail=""):
    rows = [{"notice": row, "url": address(row.path)} for row in notices]
    return {"rows": rows, "detail": detail, "recipient": notices[0].recipient}


def address(path):
    return urljoin(f"{settings.SITE_URL}/", path.lstrip("/")) if path else ""


def quiet_until(at, quiet, zone=None):
    """The instant the night ends when `at` lies in it, else None."""
    start, end = quiet
    zone = ZoneInfo(zone) if isinstance(zone, str) else zone or timezone.get_default_timezone()
    local = at.astimezone(zone)
    clock = local.time()
    over_midnight = start > end
    is_evening = over_midnight and clock >= start
    is_quiet = is_evening or clock < end if over_midnight else start <= clock < end
    if not is_quiet:
        return None
    return local_instant(local.date() + timedelta(days=1 if is_evening else 0), end, zone)


def void_waiting(*, key_prefix, reason, at):
    """A ladder has stopped: its mails that still wait are not needed any more (5.2)."""
    Notification.objects.filter(key__startswith=key_prefix).undigested().update(awaits_digest=False)
    return void_mails(where=Q(key__startswith=key_prefix), reason=reason)


@contextmanager
def digesting(is_on):
    """While on, notices get no mail of their own: `send_digest` makes one a person (5.5)."""
    token = _digest.set(is_on)
    try:
        yield
    finally:
        _digest.reset(token)


def send_digest(recipient, at):
    """One mail with all that the person was told during the first tick after a standstill."""
    found = Notification.objects.undigested().filter(recipient=recipient)
    notices = list(found.select_for_update(of=("self",)).order_by("pk"))
    if not notices:
        return None
    with override(LANGUAGES.get(recipient.language, "en")):
        count = len(notices)
        subject = ngettext("%(count)d notice", "%(count)d notices", count) % {"count": count}
        text = render_to_string(
            "mail/notice.txt",
            context(notices, _("The system had stood still. This is what came due meanwhile.")),
        )
    calm = all(notice.level in (Level.INFO, Level.REMIND) for notice in notices)
    mail = queue_mail(
        key=f"digest:{notices[-1].pk}:{recipient.pk}",
        to=recipient.email,
        subject=subject,
        text=text,
        next_try_at=quiet_until(at, QUIET) if calm else None,
        at=at,
    )
    Notification.objects.filter(pk__in=[notice.pk for notice in notices]).update(mail=mail)
    return mail
