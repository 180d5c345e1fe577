"""The stopwatch of a search: from the first keystroke to the opened paper (R39, 9.3).

What it writes is a measurement, no act: it stands in no audit trail.
"""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction

from archives.models import FindSession
from archives.models.search import GIVEN_UP

IDLE = timedelta(minutes=2)
Ended = FindSession.Ended


@transaction.atomic
def note_search(*, user, query, facets, results, typed_for, at):
    """The person has asked; several questions until a paper is opened are one search.

    typed_for: how long ago the first key was pressed, by the browser's clock.
    """
    started = at - min(max(typed_for, timedelta(0)), GIVEN_UP)
    row = _going_on(user, at)
    if row is None:
        row = FindSession(user=user, created_by=user, started_at=started)
    row.last_at, row.query, row.facets, row.results = at, query, facets, results
    row.save()
    return row


def _going_on(user, at):
    """The search the person is at; one that lay still for two minutes is over."""
    row = FindSession.objects.open().select_for_update().filter(user=user).first()
    if row and row.last_at <= at - IDLE:
        row.ended = Ended.ABANDONED
        row.save(update_fields=["ended"])
        return None
    return row


@transaction.atomic
def note_opened(*, session, user, paper, at):
    """A hit of the search was opened: the time is taken, once."""
    rows = FindSession.objects.open().select_for_update()
    row = rows.filter(pk=session, user=user).first()
    if row is None:
        return None
    row.ended, row.opened, row.opened_at = Ended.OPENED, paper, at
    row.seconds = seconds(at - row.started_at)
    row.save()
    return row


def seconds(span):
    """With one decimal."""
    return (
        Decimal(span // timedelta(milliseconds=1))
        .scaleb(-3)
        .quantize(Decimal("0.1"), ROUND_HALF_UP)
    )


def abandon(*, session, at):
    """Ten minutes and no paper."""
    rows = FindSession.objects.left(at).filter(pk=session.pk)
    return rows.update(ended=Ended.ABANDONED)
