"""What the clock says of money overdue: who is told after how many days, each once (R87, 5.4).

1 day: AE; 15: AM; 30: AD; 60 and every 30 after: GAD, at 09:00 of a working day. A promise that
was not kept: AE and AM. After a stop only the highest step is told (5.5).
"""

from datetime import timedelta
from itertools import count, takewhile

from django.utils.translation import gettext_lazy

from accounts.services.notices import next_morning
from accounts.services.telling import key_of, posts, tell, words
from agency.common.services.notify import drop
from agency.common.verbs import lock, verb
from agency.common.wording import money_text
from budgets.constants import DUNNING_AGAIN, DUNNING_STEPS
from budgets.models import Invoice

KIND = "receivable"
ROLES = dict(zip(DUNNING_STEPS, ("ae", "am", "ad", "gad"), strict=True))
HIGHEST = "gad"
OVERDUE = gettext_lazy("Overdue since %(day)s: %(invoice)s, %(amount)s")
BROKEN = gettext_lazy("Promised for %(day)s, not paid: %(invoice)s, %(amount)s")


def ladder():
    """1, 15, 30, 60, 90, 120, … days overdue."""
    yield from DUNNING_STEPS
    yield from count(DUNNING_STEPS[-1] + DUNNING_AGAIN, DUNNING_AGAIN)


def instant_of(invoice, days):
    """09:00 of the day on which it is so many days overdue, on a day off of the next one."""
    return next_morning(invoice.client, invoice.due_on + timedelta(days=days - 1))


def came_due(invoice, at):
    """The steps whose time has come, lowest first."""
    return list(takewhile(lambda days: instant_of(invoice, days) <= at, ladder()))


def promise_of(invoice):
    """The newest word with a promise, or None."""
    return invoice.dunnings.filter(promise_on__isnull=False).order_by("-pk").first()


def schedule(invoice, at):
    """When the clock looks at it next: at the next step or the morning after a promise."""
    steps = (instant_of(invoice, days) for days in ladder())
    moments = [next(moment for moment in steps if moment > at)]
    if promise := promise_of(invoice):
        moments.append(next_morning(invoice.client, promise.promise_on))
    invoice.next_notice_at = min(moment for moment in moments if moment > at)
    invoice.save(update_fields=["next_notice_at"])


@verb
def remind_receivable(*, invoice, at):
    """Tell who is to act; returns the step, or None where nothing is due."""
    row = lock(Invoice, invoice.pk)
    if row.state not in Invoice.OWED or row.open_amount <= 0:
        return None
    steps = came_due(row, at)
    if steps:
        _tell_step(row, steps, at)
    _tell_promise(row, at)
    schedule(row, at)
    return steps[-1] if steps else None


def _tell_step(row, steps, at):
    *lower, highest = steps
    missed = [(_key(row, days), _people(row, days, at), _label(row)) for days in lower]
    drop(slots=missed, kind=KIND, subject=row, at=at, client_code=row.client.code)
    tell(
        KIND, row, _people(row, highest, at), _label(row), client=row.client, at=at,
        key=_key(row, highest), level="breach" if highest == DUNNING_STEPS[0] else "escalation",
    )  # fmt: skip


def _key(row, days):
    return key_of(KIND, row, f"d{days}")


def _people(row, days, at):
    return posts(row.client, [ROLES.get(days, HIGHEST)], at, named=row.job.ae)


def _label(row):
    return words(OVERDUE, day=row.due_on, invoice=row, amount=_open(row))


def _open(row):
    return money_text(row.open_amount, row.currency)


def _tell_promise(row, at):
    """Broken from the morning after; only the newest promise counts."""
    promise = promise_of(row)
    if promise is None or next_morning(row.client, promise.promise_on) > at:
        return
    label = words(BROKEN, day=promise.promise_on, invoice=row, amount=_open(row))
    people = posts(row.client, ["ae", "am"], at, named=row.job.ae)
    tell(
        KIND, row, people, label, client=row.client, at=at, level="breach",
        key=key_of(KIND, promise, "promise"),
    )  # fmt: skip
