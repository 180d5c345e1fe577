"""What a client earns the house and what is left of it (6.7, R88), by month.

Income counts by the day of issue; third-party cost stands on the invoice. Staff cost is the
monthly figure of finance: where it is blank the contribution is shown "without staff cost".
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import CharField, DateField, F, Sum, Value
from django.db.models.functions import Cast, TruncMonth

from accounts.models import Client
from agency.common.dates import first_of
from budgets.constants import LEAST_CONTRIBUTION
from budgets.models import AccountCost, ExpenseRequest, Invoice
from budgets.models.budget import ZERO
from budgets.years import next_month


@dataclass(frozen=True)
class Contribution:
    """Income of a client in a period and what was spent for it; sums of several add up."""

    income: Decimal = ZERO
    expenses: Decimal = ZERO
    staff: Decimal = ZERO
    other: Decimal = ZERO
    # Months of the period, and those for which finance has given the staff cost.
    months: int = 0
    staffed: int = 0
    client: Client | None = None
    month: date | None = None

    @property
    def amount(self):
        return self.income - self.expenses - self.staff - self.other

    @property
    def share(self):
        """Of the income; None without income."""
        return self.amount / self.income if self.income > 0 else None

    @property
    def lacks_staff(self):
        """Shown "without staff cost": some month's figure is blank."""
        return self.staffed < self.months

    @property
    def is_low(self):
        """Below 10 % of income; where nothing came in, any loss is (R88)."""
        return self.amount < LEAST_CONTRIBUTION * self.income

    def __add__(self, more):
        names = ("income", "expenses", "staff", "other", "months", "staffed")
        return replace(self, **{name: getattr(self, name) + getattr(more, name) for name in names})


def contribution(client, start, end):
    """The Contribution of the client from the first to the last day, both inclusive."""
    return whole(monthly([client], start, end)[client.pk], client)


def whole(months, client=None):
    """One Contribution out of those of several months."""
    return sum(months, Contribution(client=client))


def monthly(clients, start, end):
    """{client's key: [Contribution of each month]} from day to day, in two queries."""
    known = {client.pk: client for client in clients}
    facts = defaultdict(lambda: ZERO)
    for pk, month, amount in _income(known, start, end):
        facts[pk, month, "income"] += amount or ZERO
    staffed = _add_costs(facts, known, start, end)
    return {
        pk: [
            _contribution(facts, staffed, client, month)
            for month in months_between(start, end)
        ]
        for pk, client in known.items()
    }  # fmt: skip


def _contribution(facts, staffed, client, month):
    names = ("income", "expenses", "staff", "other")
    sums = {name: facts[client.pk, month, name] for name in names}
    is_staffed = (client.pk, month) in staffed
    return Contribution(**sums, months=1, staffed=int(is_staffed), client=client, month=month)


def months_between(start, end):
    """The firsts of the months that the days from start to end touch."""
    months, month = [], first_of(start)
    while month <= end:
        months.append(month)
        month = next_month(month)
    return months


def income(clients, start, end):
    """{client's key: income} from day to day, both inclusive."""
    sums = defaultdict(lambda: ZERO)
    for pk, _month, amount in _income({client.pk for client in clients}, start, end):
        sums[pk] += amount
    return sums


def _income(clients, start, end):
    """(client, month, net less third-party cost) of what the agency issued; credits below 0."""
    rows = Invoice.objects.out().filter(
        issuer=Invoice.Issuer.AGENCY, client__in=clients, issued_on__range=(start, end)
    )
    rows = rows.order_by().annotate(first=TruncMonth("issued_on")).values_list("client", "first")
    return [(pk, month, net - cost) for pk, month, net, cost in rows.annotate(
        Sum("net"), Sum("cost")
    )]  # fmt: skip


def _add_costs(facts, clients, start, end):
    """What finance has entered and booked; who has a staff figure in which month."""
    staffed = set()
    for pk, month, kind, amount in _costs(clients, start, end).union(
        _expenses(clients, start, end), all=True
    ):
        facts[pk, month, kind] += amount or ZERO
        if kind == AccountCost.Kind.STAFF:
            staffed.add((pk, month))
    return staffed


def _costs(clients, start, end):
    """(client, month, kind, amount): finance's figures of the months that begin in the period."""
    rows = AccountCost.objects.filter(client__in=clients, month__range=(first_of(start), end))
    rows = rows.order_by().annotate(first=F("month"), what=F("kind"), sum=F("amount"))
    return rows.values_list("client", "first", "what", "sum")


def _expenses(clients, start, end):
    """(client, month, "expenses", spent) of what finance has booked, by the day of the expense."""
    rows = ExpenseRequest.objects.filter(
        state=ExpenseRequest.State.BOOKED, client__in=clients, on__range=(start, end)
    )
    rows = rows.order_by().annotate(
        first=Cast(TruncMonth("on"), DateField()), what=Value("expenses", CharField())
    ).values("client", "first", "what")  # fmt: skip
    return rows.annotate(sum=Sum("spent")).values_list("client", "first", "what", "sum")
