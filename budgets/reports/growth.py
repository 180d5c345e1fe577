"""Organic growth: income of current clients against the same months of last year (6.7, R89)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Min

from accounts.models import Client, Contract
from budgets.models.budget import ZERO
from budgets.reports.profit import income

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Grown:
    """Income now and in the same months of last year, of one client or of many."""

    currency: str
    now: Decimal
    before: Decimal
    client: Client | None = None
    is_current: bool = True

    @property
    def is_new(self):
        """Nothing to compare with: said as "new"."""
        return self.before == 0

    @property
    def rate(self):
        """Growth as a share; None where last year was 0 or below."""
        return (self.now - self.before) / self.before if self.before > 0 else None

    @property
    def percent(self):
        """The rate in percent, to a tenth."""
        return None if self.rate is None else (self.rate * 100).quantize(TENTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Span:
    """The months of a year, January to `until`, and the same months of the year before."""

    year: int
    until: int

    @property
    def now(self):
        return _days(self.year, self.until)

    @property
    def before(self):
        return _days(self.year - 1, self.until)


def _days(year, until):
    return date(year, 1, 1), date(year, until, monthrange(year, until)[1])


def growth(clients, span):
    """[Grown] a client with income in either span: current clients first, then new business.

    Current is whose first contract started before the first day compared with; a client begun
    during last year is new business all through this one, for like is compared with like.
    """
    clients = list(clients)
    now, before = income(clients, *span.now), income(clients, *span.before)
    current = set(_begun_before(clients, span.before[0]))
    rows = [
        Grown(client.currency, now[client.pk], before[client.pk], client, client.pk in current)
        for client in clients
        if now[client.pk] or before[client.pk]
    ]
    return sorted(rows, key=lambda row: (not row.is_current, row.client.code))


def _begun_before(clients, day):
    """Keys of the clients whose first contract, archived or not, started before the day."""
    firsts = Contract.objects.filter(client__in=clients).order_by().values("client")
    firsts = firsts.annotate(first=Min("starts_on")).filter(first__lt=day)
    return firsts.values_list("client", flat=True)


def by_currency(rows):
    """[(currency, organic, new business)]: sums as Grown, never over two currencies."""
    currencies = sorted({row.currency for row in rows})
    return [(currency, _sum(rows, currency, True), _sum(rows, currency, False))
            for currency in currencies]  # fmt: skip


def _sum(rows, currency, is_current):
    chosen = [row for row in rows if (row.currency, row.is_current) == (currency, is_current)]
    now = sum((row.now for row in chosen), ZERO)
    before = sum((row.before for row in chosen), ZERO)
    return Grown(currency, now, before, is_current=is_current)
