"""What the clock does for files that wait to be filed: their text, so that it can be guessed by."""

from contextlib import suppress
from itertools import islice

from agency.common.clock import Step
from archives import services
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


STEPS = [Step("files to be filed", unread, keep_reading)]
