"""How the clock works: independent steps, each item in its own transaction (C3)."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from agency.common.verbs import unit

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Step:
    """`due(at)` gives the items due and not done; `act(item, at)` does one, and says so in a line."""

    name: str
    due: Callable[[object], Iterable]
    act: Callable[[object, object], str | None]


def run_step(step, at, dry_run=False):
    """Yield one line for each act. A failing item is logged and hinders no other."""
    for item in step.due(at):
        if dry_run:
            yield f"{step.name}: {item}"
            continue
        try:
            with unit():
                line = step.act(item, at)
        except Exception:
            logger.exception("clock step %s failed for %r", step.name, item)
            yield f"{step.name}: FAILED {item}"
        else:
            if line:
                yield f"{step.name}: {line}"
