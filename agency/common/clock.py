"""How the clock works: independent steps, each item in its own transaction (C3)."""

import logging
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from django.db import connection

from agency.common.connections import renew
from agency.common.context import forget
from agency.common.verbs import unit

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Step:
    """`due(at)` gives the items due and undone; `act(item, at)` does one and says so in a line."""

    name: str
    due: Callable[[object], Iterable]
    act: Callable[[object, object], str | None]


def run_step(step, at, dry_run=False, until=None):
    """Yield one line for each act. A failing item is logged and hinders no other.

    until: time.monotonic() after which no further item is begun; the next tick finds the rest.
    """
    try:
        with ExitStack() as after:
            for place, item in enumerate(step.due(at)):
                if until is not None and time.monotonic() > until:
                    yield f"{step.name}: to be continued"
                    return
                if not place and not dry_run:
                    after.enter_context(commits_soon())
                if line := f"{item}" if dry_run else run_item(step, item, at):
                    yield f"{step.name}: {line}"
    except Exception:
        logger.exception("clock step %s failed", step.name)
        renew()
        yield f"{step.name}: FAILED"


def run_item(step, item, at):
    """Do one item in a transaction of its own; what went wrong stays with it."""
    try:
        with unit():
            return step.act(item, at)
    except Exception:
        logger.exception("clock step %s failed for %r", step.name, item)
        forget()
        renew()
        return f"FAILED {item}"


@contextmanager
def commits_soon():
    """Do not wait for the disk: what a crash of the database takes back is due again next tick.

    A mail leaves only after a later commit that does wait, and that one carries the row along.
    A connection made anew on the way waits again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SHOW synchronous_commit")
        former = cursor.fetchone()[0]
    _commit("off")
    try:
        yield
    finally:
        _commit(former)


def _commit(how):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('synchronous_commit', %s, false)", [how])
