"""What the clock does for files to be filed: takes them from the mailbox, reads what they say."""

from contextlib import suppress
from itertools import islice

from agency.common.clock import Step
from archives import mailbox, services
from archives.models import Incoming
from archives.reading import read_text
from archives.storage import StoreError

READ_AT_MOST = 50


def unread(at):
    """Waiting files with their text, read by a child process before the transaction begins."""
    for row in islice(Incoming.objects.unread().order_by("pk"), READ_AT_MOST):
        with suppress(StoreError):
            yield row, read_text(row.sha256, row.mime)


def keep_reading(item, at):
    row, reading = item
    services.keep_reading(incoming=row, reading=reading, at=at)
    return f"read {row}"


def letters(at):
    return mailbox.unread()


def take_letter(letter, at):
    """Marked as read only a tick after its files came: by then they are surely kept."""
    taken = services.take_letter(body=letter.body, at=at) if letter.body else None
    new = [row for row in taken or () if row.created_at == at]
    if new:
        return f"{letter}: {len(new)} to be filed"
    letter.mark(bool(taken))
    return None if taken else f"{letter}: nothing was taken; it is flagged in the mailbox"


STEPS = [
    Step("papers by mail", letters, take_letter),
    Step("files to be filed", unread, keep_reading),
]
