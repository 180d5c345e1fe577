"""What the clock does for filed papers (C3)."""

import time
from contextlib import suppress
from datetime import timedelta
from itertools import islice

from agency.common.clock import Step
from archives import services, storage
from archives.models import ClientAnswer, Dispatch, Document, FindSession, TapeLoan
from archives.reading import read_text
from archives.storage import StoreError

READ_SECONDS = 20
READ_AT_MOST = 50
WORDED_AT_ONCE = 1000
TRAIL_AFTER = timedelta(minutes=1)


def delivered(at):
    return Dispatch.objects.delivered().select_related("mail")


def note_delivery(dispatch, at):
    return f"handed over: {services.note_delivery(dispatch=dispatch, at=at)}"


def stuck(at):
    return Dispatch.objects.stuck().select_related("mail")


def note_trouble(dispatch, at):
    return f"not delivered: {services.note_trouble(dispatch=dispatch, at=at)}"


def unread(at):
    """Papers with their text, read by a child process before the transaction begins."""
    end = time.monotonic() + READ_SECONDS
    for paper in islice(Document.objects.unread().order_by("pk"), READ_AT_MOST):
        # a file that is missing now may be back from the backup later
        with suppress(StoreError):
            yield paper, read_text(paper.sha256, paper.mime)
        if time.monotonic() > end:
            return


def keep_text(item, at):
    paper, reading = item
    services.keep_text(paper=paper, reading=reading, at=at)
    return f"read {paper}"


def without_words(at):
    return Document.objects.without_words().order_by("pk")[:WORDED_AT_ONCE]


def keep_words(paper, at):
    services.keep_words(paper=paper, at=at)
    return f"words of {paper}"


def searches_left(at):
    return FindSession.objects.left(at)


def abandon(session, at):
    """Nobody did anything: no line of the clock's page is worth it."""
    services.abandon(session=session, at=at)


def without_trail(at):
    return ClientAnswer.objects.without_trail().filter(at__lte=at - TRAIL_AFTER)


def file_trail(answer, at):
    return f"filed {services.file_trail(answer=answer, at=at)}"


def left_over(at):
    return storage.left_over(at)


def remove(path, at):
    path.unlink(missing_ok=True)
    return f"removed {path.name}"


def loans_over(at):
    return TapeLoan.objects.notice_due(at).with_tape()


def remind_loan(loan, at):
    slot = services.remind_loan(loan=loan, at=at)
    return f"tape loan {loan.pk}: {slot}" if slot else None


TEXTS = Step("texts", unread, keep_text)
STEPS = [
    Step("deliveries", delivered, note_delivery),
    Step("undelivered", stuck, note_trouble),
    Step("searches", searches_left, abandon),
    Step("evidence", without_trail, file_trail),
    TEXTS,
    Step("words", without_words, keep_words),
    Step("tape loans past their day", loans_over, remind_loan),
    Step("leftovers", left_over, remove),
]
