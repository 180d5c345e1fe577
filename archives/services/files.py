"""What the clock finds in stored files: their text, and rot."""

from hashlib import blake2s

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import people
from agency.common.services import notify
from agency.common.verbs import lock, verb
from archives.search import index

SHOWN = 5
_LOSS = _("The store of papers has lost files: run verify_archive ({found})")
_STRAY = _("Files in the store belong to no paper; nothing is lost ({found})")


@verb
def keep_text(*, paper, reading, at):
    """Keep what could be read; nothing read is noted too, so that it is not tried for ever."""
    row = lock(paper)
    row.text, row.text_at, row.words_at = reading.text, at, at
    row.pages = row.pages or reading.pages
    row.save(update_fields=["text", "text_at", "words_at", "pages"])
    index.put(row, at=at)
    return row


@verb
def keep_words(*, paper, at):
    """Put a paper's words into the index anew: filed before it, or its client has a new name."""
    row = lock(paper)
    row.words_at = at
    row.save(update_fields=["words_at"])
    index.put(row, at=at)
    return row


@verb
def tell_rot(*, paper, fault, at):
    """A file is missing or changed: administrators, AE and AM hear of it once (B5)."""
    told = list(User.objects.active().filter(role=User.Role.ADMIN))
    if paper.client:
        told += people(client=paper.client, role="ae", at=at)
        told += people(client=paper.client, role="am", at=at)
    notify(
        key=f"rot:document:{paper.pk}:{fault}",
        recipients=told,
        kind="rot",
        subject=paper,
        client_code=paper.client_code,
        label=format_lazy(
            _("A filed paper is {fault}: restore it from the backup ({hash})"),
            fault=_("missing") if fault == "missing" else _("changed"),
            hash=paper.sha256[:12],
        ),
        path=reverse("archives:document_list"),
        level="breach",
        at=at,
    )


@verb
def tell_findings(*, shelf, findings, at):
    """What the weekly look at a shelf of the store found besides papers: administrators, once."""
    found = sorted(f"{finding.fault} {finding.sha256[:12]}" for finding in findings)
    is_loss = any(finding.is_loss for finding in findings)
    notify(
        key=f"shelf:{shelf}:{blake2s(' '.join(found).encode(), digest_size=12).hexdigest()}",
        recipients=list(User.objects.active().filter(role=User.Role.ADMIN)),
        kind="rot",
        subject=None,
        label=format_lazy(_LOSS if is_loss else _STRAY, found=", ".join(found[:SHOWN])),
        level="breach" if is_loss else "info",
        at=at,
    )
