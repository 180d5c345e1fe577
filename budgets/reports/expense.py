"""The budget of a month by kind of expense: set, used, left (3.14)."""

from dataclasses import dataclass
from decimal import Decimal

from agency.common.money import NOTHING
from budgets.models import ExpenseBudget, ExpenseKind, ExpenseRequest


@dataclass(frozen=True)
class KindOfMonth:
    """amount: None while nobody has set it; asked: what still waits for a decision."""

    kind: str
    label: str
    amount: Decimal | None
    used: Decimal
    asked: Decimal
    row_version: int | None
    proposed: Decimal | None = None
    proposed_by: object = None

    @property
    def left(self):
        return (self.amount or NOTHING) - self.used

    @property
    def is_over(self):
        return self.left < NOTHING


def month_of(day):
    """[KindOfMonth] of the month that holds the day, the four kinds in their order."""
    budgets = {
        row.kind: row
        for row in ExpenseBudget.objects.filter(year=day.year, month=day.month).select_related(
            "proposed_by"
        )
    }
    rows = ExpenseRequest.objects.of_month(day.year, day.month)
    used, asked = rows.used(), rows.filter(spent=None).asked().sums()
    return [
        KindOfMonth(
            kind, label, budgets[kind].amount if kind in budgets else None,
            used.get(kind, NOTHING), asked.get(kind, NOTHING),
            *_proposal(budgets.get(kind)),
        )
        for kind, label in ExpenseKind.choices
    ]  # fmt: skip


def _proposal(budget):
    """(version, amount proposed, by whom) of a row, where there is one."""
    return (budget.row_version, budget.proposed, budget.proposed_by) if budget else (None,) * 3


def together(rows):
    """(set, used, asked, left) of all kinds."""
    sums = [
        sum((getattr(row, name) or NOTHING for row in rows), NOTHING)
        for name in ("amount", "used", "asked")
    ]
    return (*sums, sums[0] - sums[1])
