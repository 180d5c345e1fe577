"""What of the monthly report only our side reads: margin and receivables (7)."""

from budgets.models.budget import ZERO, Category
from budgets.reports.forecast import forecast
from budgets.reports.monthly_figures import year_of
from budgets.years import client_day

MADE = (Category.PRODUCTION, Category.MEDIA)


def inside(report, at, book=None):
    """Plain data for the internal face: margin signed by the cut-off, income, what is owed.

    book: its `year_of` as it stands at the instant, where the caller holds it.
    """
    book = book or year_of(report)
    return {
        "margins": _margins(book.in_force(report.cutoff_at)),
        "forecast": _forecast(report),
        "receivables": _receivables(book, at),
    }


def _forecast(report):
    """[{month, amount}] of the income expected from the cut-off to the year's end (R35, 6.5)."""
    found = forecast(report.client, report.budget.year, report.cutoff_at)
    return [
        {"month": month.isoformat(), "amount": str(found.of_month(month))}
        for month in found.months
        if month > report.month
    ]


def _margins(papers):
    """[{category, signed, margin}] of the fiscal year, by what was signed; fees have none."""
    made = [(name, [row for row in papers if row.category == name]) for name in MADE]
    return [
        {
            "category": str(name),
            "signed": str(sum((row.price for row in rows), ZERO)),
            "margin": str(sum((row.earned for row in rows), ZERO)),
        }
        for name, rows in made
        if rows
    ]


def _receivables(book, at):
    """Open amounts with VAT, and those past their day, by what is known at the instant (6.6)."""
    owed, today = book.owed, client_day(book.client, at)
    late = [row for row in owed if row.day is not None and row.day < today]
    late.sort(key=lambda row: (row.day, row.pk))
    return {
        "open": str(sum((row.net for row in owed), ZERO)),
        "overdue": str(sum((row.net for row in late), ZERO)),
        "rows": [
            {"number": row.label, "due_on": row.day.isoformat(), "open": str(row.net)}
            for row in late
        ],
    }
