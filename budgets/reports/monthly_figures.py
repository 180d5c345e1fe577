"""The figures of the monthly budget report as plain data: what is frozen at issue (R33-R36)."""

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from budgets.models import MonthlyReport
from budgets.models.budget import ZERO, Category
from budgets.reports.standing import book_of, frozen, thawed
from budgets.reports.standing_facts import together
from budgets.reports.standing_year import INSTANT, ORDER
from budgets.years import month_at

PLANNED = ("signed", "billed", "in_execution", "awaiting", "preparing")


def figures_of(report, book=None):
    """The figures as of the cut-off: drawn anew until it is signed, kept from then on.

    book: as `draw` takes it.
    """
    return report.rows if report.signed_at else draw(report, book)


def draw(report, book=None):
    """{categories, months, jobs, adjustments} at the cut-off, amounts as text.

    The report's own adjustments are counted in already; those of the revision it takes the
    place of no more. book: its `year_of`, where the caller holds it.
    """
    book = book or year_of(report)
    own, former = _own(report), _former(report)
    at, changes = report.cutoff_at, _moves(report, own, former)
    rows = [_changed(row, changes) for row in book.rows(at)]
    return {
        "categories": frozen(rows),
        "months": _months(book, report, changes),
        "jobs": [_job(row) for row in book.job_rows(at) if row.job],
        "adjustments": _adjustments(book, report, own, former),
    }


def year_of(report):
    """All that ever moved the client's year that the report tells of."""
    return book_of(report.client, report.budget.year)


def standings(figures):
    """[Standing] of kept figures, then their sum."""
    rows = sorted(thawed(figures["categories"]), key=lambda row: ORDER.index(row.category))
    return [*rows, together(rows)] if len(rows) > 1 else rows


def is_over(figures):
    """More is signed in a category than the client's budget holds (R37)."""
    return any(row.is_over for row in thawed(figures["categories"]))


def balances(figures):
    """The identity of 6.4: budget = billed + in execution + unexecuted, in each category."""
    return all(
        row.budget == row.billed + row.in_execution + row.unexecuted
        for row in thawed(figures["categories"])
    )


def digest(figures):
    """A short mark of the figures, to know that a page has shown these and no others."""
    text = json.dumps(figures, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _moves(report, own, former):
    """[(category, column, amount)] by which this report will move the figures once issued."""
    mine = [] if report.issued_at else [(row.category, row.column, row.amount) for row in own]
    ends = [
        (row["adjustments__category"], row["adjustments__column"], -row["adjustments__amount"])
        for row in former
        if row["state"] == MonthlyReport.State.ISSUED and row["adjustments__signed_at"]
    ]
    return [*mine, *ends]


def _own(report):
    return list(report.adjustments.all()) if report.pk else []


def _former(report):
    """The other revisions of the month with what they had adjusted: it ends with the new one.

    A first revision is drawn while there is no other.
    """
    if report.is_first:
        return []
    rows = MonthlyReport.objects.filter(client=report.client, month=report.month)
    return list(rows.exclude(pk=report.pk).order_by("pk", "adjustments__pk").values(*FORMER))


FORMER = ("pk", "state", *(f"adjustments__{name}" for name in
          ("category", "column", "amount", "signed_at")))  # fmt: skip


def _changed(row, changes):
    for category, column, amount in changes:
        if category == row.category:
            row = replace(row, **{column: getattr(row, column) + amount})
    return row


def _job(row):
    return {
        "number": row.job.number, "title": row.job.title, "pk": row.job.pk,
        "category": str(row.category), "state": str(row.state), "released": str(row.released),
        **{name: str(getattr(row, name)) for name in PLANNED},
    }  # fmt: skip


def _adjustments(book, report, own, former):
    """Those that count at the cut-off, each a row of its own with its reason (R36)."""
    others = {report.pk, *(row["pk"] for row in former)}
    counted = [
        (month_at(book.client, row.since - INSTANT), row)
        for row in book.corrections_at(report.cutoff_at)
        if row.report not in others
    ]
    return [
        {
            "category": str(row.category), "column": str(row.column), "amount": str(row.amount),
            "reason": row.reason, "month": month.isoformat(),
        }
        for month, row in [*counted, *((report.month, row) for row in own)]
    ]  # fmt: skip


# --- twelve months ------------------------------------------------------------------------------


def _months(book, report, changes):
    """A row a month: planned, and billed in it, or expected of what is in execution."""
    at, billed = report.cutoff_at, dict.fromkeys(ORDER, ZERO)
    found = []
    for month, rows in book.series(at):
        now = {row.category: row.billed for row in rows}
        if month == report.month:
            now = {row.category: _changed(row, changes).billed for row in rows}
        found.append((month, "billed", {name: now[name] - billed[name] for name in ORDER}))
        billed = now
    left = [month for month in book.months if month > report.month]
    expected = _expected(book, at, left)
    found += [(month, "expected", expected[month]) for month in left]
    planned = _planned(book, at)
    return [
        {
            "month": month.isoformat(), "kind": kind, "planned": str(planned[month]),
            "amounts": {str(name): str(amount) for name, amount in amounts.items() if amount},
        }
        for month, kind, amounts in found
    ]  # fmt: skip


def _planned(book, at):
    """{month: what the budget in force at the cut-off had planned for it}."""
    pots = book.pots_at(at)
    return {
        month: sum((pot.months[number] for pot in pots), ZERO)
        for number, month in enumerate(book.months)
    }


def _expected(book, at, left):
    """{month: {category: amount}} of what is in execution, by the month it will be billed in.

    Media and fees by the months of their lines, the last first; production by the job's due date;
    what should have been billed by now stands in the next month.
    """
    found = {month: dict.fromkeys(ORDER, ZERO) for month in left}
    for row in book.job_rows(at):
        if row.job and left:
            for month, amount in _shares(book, at, row, left):
                found[month][row.category] += amount
    return found


def _shares(book, at, row, left):
    rest = row.in_execution
    if row.category == Category.PRODUCTION:
        due = row.job.due_on.replace(day=1)
        return [(min(max(due, left[0]), left[-1]), rest)]
    shares = []
    for month in reversed(left[1:]):
        lines = [paper.net for paper in book.in_force(at) if _is_of(paper, row, month)]
        share = min(rest, max(sum(lines, ZERO), ZERO))
        shares.append((month, share))
        rest -= share
    return [*shares, (left[0], rest)]


def _is_of(paper, row, month):
    return (paper.job, paper.category, paper.month) == (row.job.pk, row.category, month)


@dataclass(frozen=True)
class Month:
    """A month of kept figures: billed in it, or expected to be."""

    month: date
    kind: str
    planned: Decimal
    amounts: dict

    @property
    def total(self):
        return sum(self.amounts.values(), ZERO)

    @property
    def is_billed(self):
        return self.kind == "billed"


def months_of(figures):
    """[Month] of kept figures, in order."""
    return [
        Month(
            date.fromisoformat(row["month"]), row["kind"], Decimal(row["planned"]),
            {name: Decimal(amount) for name, amount in row["amounts"].items()},
        )
        for row in figures["months"]
    ]  # fmt: skip


def names_of(months):
    """Categories with anything in some month, in their order."""
    return [name for name in ORDER if any(name in row.amounts for row in months)]
