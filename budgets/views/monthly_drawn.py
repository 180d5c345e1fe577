"""The kept figures of a monthly report as its page draws them."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from agency.common.stacks import Pile
from agency.common.wording import sum_text
from budgets.models import Adjustment, Category, MonthlyReport
from budgets.models.budget import ZERO
from budgets.reports.monthly_figures import months_of, names_of, standings
from budgets.wording import month_text


def drawn_months(figures, report):
    """Rows, heads and piles of the twelve months."""
    months = months_of(figures)
    names = names_of(months)
    rows, done = [], ZERO
    for row in months:
        done += row.total
        amounts = [row.amounts.get(name) for name in names]
        rows.append({"row": row, "label": month_text(row.month), "amounts": amounts, "done": done})
    budget = standings(figures)[-1].budget if figures["categories"] else ZERO
    return {
        "names": [Category(name).label for name in names],
        "rows": rows,
        "piles": _piles(months),
        "budget": budget,
        "budget_text": _("Budget"),
    }


def _piles(months):
    """Billed and expected, each up to the month, under the line of the plan."""
    billed = expected = planned = ZERO
    found = []
    for row in months:
        planned += row.planned
        billed += row.total if row.is_billed else ZERO
        expected += ZERO if row.is_billed else row.total
        words = _words(row.month, billed, expected, planned)
        found.append(Pile(date_format(row.month, "M"), billed, expected, planned, words))
    return found


def _words(month, billed, expected, planned):
    text = _("%(month)s: billed %(billed)s, in execution %(expected)s, planned %(planned)s")
    sums = {"billed": billed, "expected": expected, "planned": planned}
    amounts = {name: sum_text(amount) for name, amount in sums.items()}
    return text % {"month": month_text(month), **amounts}


def drawn_adjustments(figures):
    """Those that count at the cut-off, in words."""
    return [
        {
            "month": month_text(date.fromisoformat(row["month"])),
            "category": Category(row["category"]).label,
            "column": Adjustment.Column(row["column"]).label,
            "amount": row["amount"],
            "reason": row["reason"],
        }
        for row in figures["adjustments"]
    ]


def drawn_corrections(report):
    """[(which text, old, new, by)] of what the AM changed after the AE's signature."""
    field = MonthlyReport._meta.get_field
    return [
        (field(row["field"]).verbose_name, row["old"], row["new"], row["by"])
        for row in report.corrections
    ]


def drawn_forecast(within):
    """[(month, income expected in it)] to the end of the year."""
    rows = within["forecast"]
    return [(month_text(date.fromisoformat(row["month"])), row["amount"]) for row in rows]
