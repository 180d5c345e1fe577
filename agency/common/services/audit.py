"""The audit trail: collected while a verb runs, appended as its last statement (C12)."""

import hashlib
import json
from datetime import UTC, date, datetime
from ipaddress import ip_address

from django.db import connection, models
from django.utils import timezone, translation

from agency.common import faults
from agency.common.context import request_ip
from agency.common.models import AuditEntry
from agency.common.verbs import collect, on_close

CHAIN_LOCK = 4_201_200_012
LABEL_LENGTH = 200
HASHED = (
    *["at", "actor_id", "behalf_of_id", "contact_name", "client_code", "verb"],
    *["subject_type", "subject_id", "label", "changes", "ip"],
)


def audit(
    *,
    actor,
    verb,
    subject,
    client_code="",
    changes=None,
    behalf_of=None,
    ip=None,
    contact_name="",
    label="",
    at=None,
):
    """Remember who did what to `subject` (a row or None); it is written when the verb ends.

    actor: the user, None for the system or a client's contact (`contact_name`).
    changes: {name: value} or {name: [old, new]}; anything JSON knows, dates, Decimals and rows.
    label: how the subject is called, by default its text; kept in English, whoever writes, and
    said in the reader's language by accounts/trail_values.py. at: by default now.
    RuntimeError outside a verb.
    """
    address = ip or request_ip.get()
    with translation.override(None):
        named = str(label or subject or verb)[:LABEL_LENGTH]
    entry = AuditEntry(
        at=(at or timezone.now()).astimezone(UTC),
        actor_id=getattr(actor, "pk", None),
        behalf_of_id=getattr(behalf_of, "pk", None),
        contact_name=contact_name[:60],
        client_code=client_code,
        verb=verb,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        label=named,
        changes={str(name): plain(value) for name, value in (changes or {}).items()},
        ip=str(ip_address(address)) if address else None,
    )
    collect(entry)


def plain(value):
    """The value as JSON can keep it and give it back unchanged."""
    if value is None or isinstance(value, bool | int | str):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset | models.QuerySet):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def canonical(entry):
    """The one spelling of an entry that is hashed."""
    facts = {name: getattr(entry, name) for name in HASHED}
    facts["at"] = entry.at.astimezone(UTC).isoformat()
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def link_hash(prev_hash, entry):
    return hashlib.sha256((prev_hash + canonical(entry)).encode()).hexdigest()


@on_close
def append(entries):
    """Chain the entries to the trail. The lock is held from here to the commit only."""
    if not entries:
        return
    prev = locked_head()
    for entry in entries:
        entry.prev_hash, entry.hash = prev, link_hash(prev, entry)
        prev = entry.hash
    AuditEntry.objects.bulk_create(entries)
    faults.strike("before_commit")


def locked_head():
    """head() once nobody else appends: two statements, so that the second sees what the lock
    waited for, sent together."""
    table = AuditEntry._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT pg_advisory_xact_lock({CHAIN_LOCK});"  # noqa: S608 our own number and name
            f" SELECT hash FROM {table} ORDER BY id DESC LIMIT 1"
        )
        cursor.nextset()
        found = cursor.fetchone()
    return found[0] if found else ""


def head():
    """The hash of the newest entry; empty for an empty trail."""
    return AuditEntry.objects.order_by("-pk").values_list("hash", flat=True).first() or ""


def breaks(known_head=""):
    """Yield a sentence for each place where the trail was changed, swapped or cut.

    known_head: a hash noted earlier (the daily mail to the AD): without it a cut tail is not seen.
    """
    prev, seen = "", False
    for entry in AuditEntry.objects.order_by("pk").iterator(chunk_size=2000):
        if entry.prev_hash != prev:
            yield f"entry {entry.pk}: what stood before it is missing, moved or changed"
        if link_hash(entry.prev_hash, entry) != entry.hash:
            yield f"entry {entry.pk}: it was changed"
        prev = entry.hash
        seen = seen or entry.hash == known_head
    if known_head and not seen:
        yield f"the entry with hash {known_head} is missing: the end of the trail was cut off"
