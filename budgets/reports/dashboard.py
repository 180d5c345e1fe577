"""The clients' budgets of a month, a row each: live, or as the issued report froze them (6.9)."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F

from accounts.models import Assignment
from accounts.models.scope import local_day
from agency.common.dates import DAY
from budgets.models import MonthlyReport
from budgets.models.budget import ZERO
from budgets.reports.ageing import BUCKETS, billed_lately, bucket_of, dso
from budgets.reports.profit import Contribution, monthly, whole
from budgets.reports.standing import thawed
from budgets.reports.standing_cause import read_causes
from budgets.reports.standing_facts import Standing, together
from budgets.reports.standing_sums import read_sums
from budgets.reports.standing_year import ORDER, ClientYear
from budgets.years import client_day, cutoff, first_day, fiscal_year, month_at, next_month

EVERYTHING = "all"
TEAM = ("ae", "am")


@dataclass(frozen=True)
class ClientRow:
    """A client's figures at the end of a month, or now, with what the page says beside them."""

    client: object
    book: ClientYear
    at: object
    # The month whose end is shown; None for now.
    month: object
    category: str
    rows: list[Standing]
    today: date
    is_frozen: bool = False
    report: MonthlyReport | None = None
    # The leads by role: who writes and who signs the report.
    team: dict = field(default_factory=dict)
    # Of the fiscal year to the month shown; None where the person may not see it.
    contribution: Contribution | None = None

    @property
    def standing(self):
        return self._of(self.rows)

    @property
    def over(self):
        """Categories in which more is signed than budgeted: all of them, whatever is shown."""
        return [row for row in self.rows if row.is_over]

    @property
    def causes(self):
        """[(Standing, by how much, the last paper signed)] of each category over budget (R37)."""
        return [(row, -row.unexecuted, self.book.cause(self.at, row.category)) for row in self.over]

    @property
    def paces(self):
        """Percent of the plan at the end of each month, for the small line."""
        months = self.book.series(self.at)
        return [self._of(rows).pace for _month, rows in months]

    @property
    def debt(self):
        """{bucket: what the client owes as of today, with VAT}, youngest first (6.6)."""
        sums = dict.fromkeys(BUCKETS, ZERO)
        for bill in self.bills:
            sums[bucket_of(self._days(bill))] += bill.net
        return sums

    @property
    def bills(self):
        """Unpaid invoices of the agency."""
        return [bill for bill in self.book.owed if bill.net > 0]

    @property
    def late(self):
        """[(invoice past its day, its days)]."""
        return [(bill, self._days(bill)) for bill in self.book.late(self.today)]

    @property
    def overdue(self):
        return sum((bill.net for bill, _days in self.late), ZERO)

    def _days(self, bill):
        return (self.today - bill.day).days

    def _of(self, rows):
        if self.category == EVERYTHING:
            return together(rows)
        return next(row for row in rows if row.category == self.category)


def overview(clients, month, at, category=EVERYTHING, margins=()):
    """[ClientRow] of those of the clients that have a budget or figures in the month's year.

    margins: the clients whose contribution the person may see.
    """
    clients = list(clients)
    earned = contributions(margins, month)
    ends = {client: min(cutoff(client, month), at) for client in clients}
    years = {client: fiscal_year(client, month) for client in clients}
    books = read_sums(years, ends)
    reports = _reports(clients, month, at)
    teams = _teams(clients, at)
    found = []
    for client in clients:
        report = reports.get(client.pk)
        frozen = _frozen(report, month)
        row = ClientRow(
            client, books[client.pk], ends[client], month if ends[client] < at else None, category,
            frozen or books[client.pk].rows(ends[client]), client_day(client, at), bool(frozen),
            report,
            teams[client.pk], earned.get(client.pk),
        )  # fmt: skip
        if not all(one.is_empty for one in row.rows):
            found.append(row)
    read_causes([row.book for row in found if row.over])
    return found


def contributions(clients, month):
    """{client's key: Contribution of its fiscal year to the end of the month} (6.7)."""
    first = {client.pk: first_day(client, fiscal_year(client, month)) for client in clients}
    if not first:
        return {}
    last = next_month(month) - DAY
    months = monthly(clients, min(first.values()), last)
    return {
        pk: whole([row for row in rows if row.month >= first[pk]]) for pk, rows in months.items()
    }


def _frozen(report, month):
    """The figures of the month's report once it is issued."""
    if report is None or report.month != month or report.state != MonthlyReport.State.ISSUED:
        return []
    kept = {row.category: row for row in thawed(report.categories)}
    return [kept.get(category, Standing(category)) for category in ORDER]


def _reports(clients, month, at):
    """{client's key: the report of the month, or of the month before where it still runs}."""
    wanted = {client.pk: reported(client, month, at) for client in clients}
    rows = MonthlyReport.objects.filter(client__in=wanted, month__in=set(wanted.values()))
    rows = rows.exclude(state=MonthlyReport.State.SUPERSEDED).order_by("revision")
    rows = rows.defer("rows").annotate(categories=F("rows__categories"))
    return {row.client_id: row for row in rows if row.month == wanted[row.client_id]}


def reported(client, month, at):
    """The last month by then that is over: what a report can be about."""
    return month if cutoff(client, month) <= at else next_month(month_at(client, at), -1)


def _teams(clients, at):
    """{client's key: {role: its lead}} of AE and AM."""
    rows = Assignment.objects.on(local_day(at)).leads().filter(client__in=clients, role__in=TEAM)
    found = defaultdict(dict)
    for row in rows.select_related("user").order_by("role", "-pk"):
        found[row.client_id][row.role] = row.user
    return found


def oldest(rows):
    """(ClientRow, the invoice that is longest overdue, its days), None where none is."""
    late = [(row, *found) for row in rows for found in row.late]
    return max(late, key=lambda found: found[2], default=None)


def debts(rows):
    """[(ClientRow, {bucket: amount}, their sum)] of who owes, and [(currency, the same sums)]."""
    found = [(row, row.debt, sum(row.debt.values(), ZERO)) for row in rows if row.bills]
    together = defaultdict(lambda: dict.fromkeys(BUCKETS, ZERO))
    for row, debt, _sum in found:
        for name, amount in debt.items():
            together[row.client.currency][name] += amount
    found.sort(key=lambda owing: -owing[2])
    sums_ = [(name, debt, sum(debt.values(), ZERO)) for name, debt in sorted(together.items())]
    return found, sums_


def days_outstanding(rows, owed):
    """[(currency, days sales are outstanding or None)] of what the rows owe together (6.6).

    owed: [(currency, {bucket: amount}, their sum)].
    """
    days = {row.client: row.today for row in rows}
    billed = defaultdict(lambda: ZERO)
    if owed:
        for (_client, currency), amount in billed_lately(days).items():
            billed[currency] += amount
    return [(currency, dso(sum_, billed[currency])) for currency, _debt, sum_ in owed]


def sums(rows):
    """[(currency, Standing)]: never across currencies."""
    found = defaultdict(list)
    for row in rows:
        found[row.client.currency].append(row.standing)
    return [(currency, together(found[currency])) for currency in sorted(found)]
