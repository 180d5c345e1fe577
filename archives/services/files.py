"""What the clock finds in stored files: their text, and rot."""

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services import people
from agency.common.services import notify
from agency.common.verbs import lock, verb
from archives.search import index


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
        label=format_lazy(
            _("A filed paper is {fault}: restore it from the backup ({hash})"),
            fault=_("missing") if fault == "missing" else _("changed"),
            hash=paper.sha256[:12],
        ),
        path=reverse("archives:document_list"),
        level="breach",
        at=at,
    )
