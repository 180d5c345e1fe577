"""What of the monthly report only our side reads: margin and receivables (7)."""

from collections import defaultdict

from budgets.models import Invoice, MediaPlan
from budgets.models.budget import ZERO, Category
from budgets.reports.forecast import forecast
from budgets.years import client_day, fiscal_year
from jobs.models import Estimate


def inside(report, at):
    """Plain data for the internal face: margin signed by the cut-off, income, what is owed."""
    return {
        "margins": _margins(report),
        "forecast": _forecast(report),
        "receivables": _receivables(report.client, at),
    }


def _forecast(report):
    """[{month, amount}] of the income expected from the cut-off to the year's end (R35, 6.5)."""
    found = forecast(report.client, report.budget.year, report.cutoff_at)
    return [
        {"month": month.isoformat(), "amount": str(found.of_month(month))}
        for month in found.months
        if month > report.month
    ]


def _margins(report):
    """[{category, signed, margin}] of the fiscal year, by what was signed at the cut-off."""
    sums = defaultdict(lambda: [ZERO, ZERO])
    client, year = report.client, report.budget.year
    estimates = Estimate.objects.filter(job__client=client, job__budget_year=year)
    for row in estimates.in_force_at(report.cutoff_at):
        _add(sums[Category.PRODUCTION], row.net, row.subtotal - row.cost)
    plans = MediaPlan.objects.in_force_at(report.cutoff_at).filter(job__client=client)
    for plan in plans.prefetch_related("lines"):
        for line in plan.lines.all():
            if fiscal_year(client, line.month) == year:
                _add(sums[Category.MEDIA], line.media_price, line.commission + line.service_fee)
    return [
        {"category": str(category), "signed": str(signed), "margin": str(margin)}
        for category, (signed, margin) in sums.items()
    ]


def _add(pair, signed, margin):
    pair[0] += signed
    pair[1] += margin


def _receivables(client, at):
    """Open amounts with VAT, and those past their day, by what is known at the instant (6.6)."""
    today = client_day(client, at)
    rows = list(Invoice.objects.receivable().filter(client=client).order_by("due_on", "pk"))
    late = [row for row in rows if row.is_overdue(today)]
    return {
        "open": str(sum((row.open_amount for row in rows), ZERO)),
        "overdue": str(sum((row.open_amount for row in late), ZERO)),
        "rows": [
            {"number": row.number, "due_on": row.due_on.isoformat(), "open": str(row.open_amount)}
            for row in late
        ],
    }
