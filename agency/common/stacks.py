"""Bars that stand for parts of a budget: billed solid, in execution hatched, the rest empty."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from agency.common.wording import share_text

WIDE, FULL, EDGE = Decimal("240"), Decimal("213.8"), Decimal("0.5")
LEFT, RIGHT, TOP, STEP, HEIGHT, BAR = 92, 12, 22, 56, 180, 30
LABELS = 22


def stack(row):
    """A lying bar of a row with budget, billed, in_execution, unexecuted and planned.

    The frame is the whole budget; what goes beyond it stands behind a red line.
    """
    if row.budget <= 0 and not row.committed:
        return {}
    billed, taken = _reach(row.billed, row.budget), _reach(row.committed, row.budget)
    return {
        "billed": _text(min(billed, FULL)),
        "exec_x": _text(min(billed, FULL)),
        "exec": _text(max(min(taken, FULL) - min(billed, FULL), Decimal(0))),
        "over": _text(taken - FULL) if taken > FULL else "",
        "full": _text(FULL),
        "plan": _text(_reach(row.planned, row.budget)) if row.planned else "",
        "words": stack_words(row),
    }


def _reach(amount, budget):
    if budget <= 0:
        return WIDE if amount > 0 else Decimal(0)
    return min(max(amount / budget * FULL, Decimal(0)), WIDE - EDGE)


def _text(number):
    return f"{number:.1f}"


def stack_words(row):
    """What a bar says to who does not see it."""
    if row.budget <= 0:
        return _("No budget")
    shares = {
        name: share_text(getattr(row, name) / row.budget)
        for name in ("billed", "in_execution", "unexecuted")
    }
    return _("Billed %(billed)s, in execution %(in_execution)s, unexecuted %(unexecuted)s") % shares


@dataclass(frozen=True)
class Pile:
    """A month of a year: what is billed and in execution at its end, and planned by then."""

    label: str
    billed: Decimal | None
    in_execution: Decimal | None
    planned: Decimal
    words: str = ""


def piles(title, rows, budget, budget_text):
    """Upright piles by month under the line of what was planned; everything the template draws."""
    known = [row.billed + row.in_execution for row in rows if row.billed is not None]
    top = max([*known, *(row.planned for row in rows), budget, Decimal(1)])
    floor = TOP + HEIGHT
    places = [_pile(row, number, top, floor) for number, row in enumerate(rows)]
    path = "M" + "L".join(f"{place['middle']} {place['plan_y']}" for place in places)
    return {
        "title": title,
        "piles": places,
        "plan": path if places else "",
        "left": LEFT,
        "width": LEFT + STEP * len(rows) + RIGHT,
        "height": floor + LABELS,
        "floor": floor,
        "label_y": floor + 16,
        "budget_y": f"{floor - budget / top * HEIGHT:.1f}",
        "budget_text": budget_text,
    }


def _pile(row, number, top, floor):
    left = LEFT + STEP * number + (STEP - BAR) // 2
    billed, rest = (
        max(amount or Decimal(0), Decimal(0)) / top * HEIGHT
        for amount in (row.billed, row.in_execution)
    )
    return {
        "row": row,
        "x": left,
        "middle": left + BAR // 2,
        "width": BAR,
        "billed": f"{billed:.1f}",
        "billed_y": f"{floor - billed:.1f}",
        "exec": f"{rest:.1f}",
        "exec_y": f"{floor - billed - rest:.1f}",
        "plan_y": f"{floor - row.planned / top * HEIGHT:.1f}",
    }
