"""What of the monthly report only our side reads: margin and receivables (7)."""

from django.db.models import CharField, F, Sum, Value

from budgets.models import Invoice, MediaLine, MediaPlan
from budgets.models.budget import ZERO, Category
from budgets.reports.forecast import forecast
from budgets.reports.standing_facts import Bill
from budgets.reports.standing_year import ORDER
from budgets.years import client_day, first_and_last
from jobs.models import Estimate


def inside(report, at, book=None):
    """Plain data for the internal face: margin signed by the cut-off, income, what is owed.

    book: the client's year as it stands at the instant, where the caller holds it.
    """
    return {
        "margins": _margins(report),
        "forecast": _forecast(report),
        "receivables": _receivables(report.client, at, book.owed if book else None),
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
    rows = _of_estimates(report).union(_of_plans(report), all=True)
    return [
        {"category": row["what"], "signed": str(row["signed"]), "margin": str(row["earned"])}
        for row in sorted(rows, key=lambda row: ORDER.index(row["what"]))
        if row["signed"] is not None
    ]


def _of_estimates(report):
    estimates = Estimate.objects.filter(
        job__client=report.client, job__budget_year=report.budget.year
    )
    margin = F("subtotal") - F("cost")
    return _sums(estimates.in_force_at(report.cutoff_at), Category.PRODUCTION, "net", margin)


def _of_plans(report):
    plans = MediaPlan.objects.in_force_at(report.cutoff_at).filter(job__client=report.client)
    months = first_and_last(report.client, report.budget.year)
    lines = MediaLine.objects.filter(plan__in=plans, month__range=months)
    return _sums(lines, Category.MEDIA, "media_price", F("commission") + F("service_fee"))


def _sums(rows, category, signed, margin):
    """The category with what was signed and earned in it, None where there is nothing."""
    rows = rows.order_by().annotate(what=Value(category.value, CharField())).values("what")
    return rows.annotate(signed=Sum(signed), earned=Sum(margin))


def _receivables(client, at, owed):
    """Open amounts with VAT, and those past their day, by what is known at the instant (6.6)."""
    today = client_day(client, at)
    if owed is None:
        owed = [
            Bill(row.job_id, row.category, row.open_amount, row.due_on, row.pk, row.number)
            for row in Invoice.objects.receivable().filter(client=client)
        ]
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
