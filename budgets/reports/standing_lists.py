"""The papers behind each figure of a client's year: their amounts sum to the figure (R36)."""

from dataclasses import dataclass, replace
from decimal import Decimal

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from budgets.models import MonthlyReport
from budgets.models.budget import ZERO, Category
from budgets.reports.standing_rows import read_years
from budgets.years import client_day, cutoff, fiscal_year
from jobs.models import Job

VIEWS = {"estimate": "jobs:estimate_detail", "plan": "budgets:plan_detail"}


@dataclass(frozen=True)
class Entry:
    """A row of a list: what it is, whose job, of which day, how much, and where it leads."""

    label: str
    amount: Decimal
    category: str = ""
    job: Job | None = None
    day: object = None
    url: str = ""
    note: str = ""
    # Named where a list is about more than one.
    client: object = None

    @property
    def category_label(self):
        return Category(self.category).label if self.category else ""


def entries(book, column, at, category=None, since=None, **only):
    """[Entry] of a column at the cut-off; since: only what came after that earlier cut-off.

    only: the month and medium of what is signed, the month of what is planned.
    """
    if column == "signed":
        return _signed(book, at, category, **only)
    if column == "planned" and only.get("month"):
        return _planned_for(book, at, category, only["month"])
    rows = LISTS[column](book, at, category)
    if since is None:
        return rows
    return _less(rows, LISTS[column](book, since, category))


def listed(book, column, at, category=None, report=None):
    """The papers of today; as the month's report was issued where others have come since."""
    found = entries(book, column, at, category)
    if report is None:
        return found
    kept = as_issued(report, column, category)
    return found if total_of(found) == total_of(kept) else kept


def listed_of_all(clients, column, month, at, category=None):
    """[Entry] of all the clients, each with its name: the list behind a sum of their figures."""
    books = read_years({client: fiscal_year(client, month) for client in clients})
    reports = MonthlyReport.objects.issued().filter(client__in=clients, month=month)
    kept = {report.client_id: report for report in reports.select_related("budget")}
    return [
        replace(row, client=client)
        for client in clients
        for row in listed(
            books[client.pk], column, min(cutoff(client, month), at), category,
            kept.get(client.pk),
        )
    ]  # fmt: skip


def total_of(rows):
    return sum((row.amount for row in rows), ZERO)


def as_issued(report, column, category=None):
    """[Entry] a job, then the adjustments: the list behind a figure of an issued report (R36)."""
    kept, signs = report.rows, {column: 1}
    if column == "unexecuted":
        signs = {"budget": 1, "billed": -1, "in_execution": -1}
    rows = [
        entry for name, sign in signs.items()
        for entry in (*_kept_budget(report, name), *_kept_jobs(kept, name, sign),
                      *_kept_changes(report, name, sign))
    ]  # fmt: skip
    return [row for row in rows if row.amount and category in (None, row.category)]


def _kept_budget(report, column):
    """The annual budget as the report had it; its adjustments are rows of their own."""
    if column not in ("budget", "planned"):
        return
    for category, figures in report.rows["categories"].items():
        changed = sum((row.amount for row in _kept_changes(report, column)
                       if row.category == category), ZERO)  # fmt: skip
        yield Entry(
            str(report.budget), Decimal(figures[column]) - changed, category,
            url=report.budget.get_absolute_url(),
        )  # fmt: skip


def _kept_jobs(kept, column, sign):
    for row in kept["jobs"]:
        if column in row:
            yield Entry(
                row["number"], sign * Decimal(row[column]), row["category"],
                url=page("jobs:job_detail", row["pk"]), note=row["title"],
            )  # fmt: skip


def _kept_changes(report, column, sign=1):
    for row in report.rows["adjustments"]:
        if row["column"] == column:
            yield Entry(
                _("Adjustment"), sign * Decimal(row["amount"]), row["category"],
                url=report.get_absolute_url(), note=row["reason"],
            )  # fmt: skip


def _less(rows, earlier):
    """What is new or other since the earlier list."""
    known = list(earlier)
    fresh = []
    for row in rows:
        if row in known:
            known.remove(row)
        else:
            fresh.append(row)
    return [*fresh, *(_turned(row) for row in known)]


def _turned(row, note=None):
    return replace(row, amount=-row.amount, note=row.note if note is None else note)


def _budget(book, at, category):
    return [*_pots(book, at, category, lambda pot: pot.amount), *_changed(book, at, category)]


def _planned(book, at, category):
    count = sum(month <= book.day(at) for month in book.months)
    return _pots(book, at, category, lambda pot: sum(pot.months[:count], ZERO))


def _planned_for(book, at, category, month):
    place = book.months.index(month)
    return _pots(book, at, category, lambda pot: pot.months[place])


def _pots(book, at, category, amount):
    return [
        Entry(
            str(pot.brand or _("All brands")), amount(pot), pot.category,
            day=pot.budget.authorised_on, url=page("budgets:budget_detail", pot.budget.pk),
            note=_("Version %(number)s") % {"number": pot.budget.version},
        )
        for pot in book.pots_at(at, category)
    ]  # fmt: skip


def _changed(book, at, category, column="budget"):
    return [
        Entry(
            _("Adjustment"), row.amount, row.category, day=client_day(book.client, row.since),
            url=page("budgets:monthly_detail", row.report), note=row.reason,
        )
        for row in book.corrections_at(at, category, column)
    ]  # fmt: skip


def _billed(book, at, category):
    bills = [_bill(book, row) for row in book.bills_at(at, category)]
    return [*bills, *_changed(book, at, category, "billed")]


def _bill(book, row):
    url = page("budgets:invoice_detail", row.pk)
    return Entry(row.label, row.net, row.category, book.jobs[row.job], row.day, url)


def _running(book, at, category):
    """[JobRow] of the jobs that have something in execution."""
    return [row for row in book.job_rows(at, category) if row.job and row.in_execution]


def _in_execution(book, at, category):
    """What is signed of each job that runs, less what is billed of it."""
    keys = {(row.job.pk, row.category) for row in _running(book, at, category)}
    signed = [row for row in book.in_force(at) if (row.job, row.category) in keys]
    bills = [row for row in book.bills_at(at) if (row.job, row.category) in keys]
    rows = [
        *(replace(row, note=_("Signed")) for row in _papers(book, at, signed)),
        *(_turned(_bill(book, row), pgettext("paper", "Billed")) for row in bills),
    ]
    rows.sort(key=lambda row: row.job.number)
    return [*rows, *_changed(book, at, category, "in_execution")]


def _unexecuted(book, at, category):
    """The budget less what is billed and, a row each job, in execution."""
    jobs = [
        Entry(
            row.job.title, row.in_execution, row.category, row.job, url=row.job.get_absolute_url(),
            note=row.sums_text,
        )
        for row in _running(book, at, category)
    ]  # fmt: skip
    taken = [*_billed(book, at, category), *jobs, *_changed(book, at, category, "in_execution")]
    return [*_budget(book, at, category), *map(_turned, taken)]


def _memo(name):
    def listed(book, at, category):
        rows = [row for row in book.papers if row.memo(at) == name]
        return _papers(book, at, [row for row in rows if category in (None, row.category)])

    return listed


def _signed(book, at, category, month=None, medium=None):
    rows = [row for row in book.in_force(at) if category in (None, row.category)]
    rows = [row for row in rows if month in (None, row.month) and medium in (None, row.medium)]
    return _papers(book, at, rows)


def _papers(book, _at, rows):
    """An entry a paper: the months and media of a plan are one."""
    nets, first = {}, {}
    for row in rows:
        key = (row.kind, row.pk, row.job)
        nets[key] = nets.get(key, ZERO) + row.net
        first.setdefault(key, row)
    return [_paper(book, row, nets[key]) for key, row in first.items()]


def _paper(book, row, net):
    job = book.jobs[row.job]
    moment = row.signed_at or row.sent_at or row.begun_at
    url = page(VIEWS[row.kind], row.pk) if row.kind in VIEWS else job.get_absolute_url()
    day = client_day(book.client, moment) if moment else None
    return Entry(row.label, net, row.category, job, day, url)


def page(view, *args):
    """The address of a paper's page, "" where the site has none."""
    try:
        return reverse(view, args=args)
    except NoReverseMatch:
        return ""


def overdue(book, at):
    """[Entry] of receivables past their day at the client's, open amounts with VAT (6.6)."""
    late = book.late(client_day(book.client, at))
    return [_bill(book, row) for row in sorted(late, key=lambda row: row.day)]


LISTS = {
    "budget": _budget,
    "planned": _planned,
    "billed": _billed,
    "in_execution": _in_execution,
    "unexecuted": _unexecuted,
    "awaiting": _memo("awaiting"),
    "preparing": _memo("preparing"),
}
