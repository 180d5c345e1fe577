"""Receivables by age, and how long the client's money takes (6.6, R87).

With VAT, of invoices that the agency issued, a row a client and currency. Everything is as of a
day: what was paid or credited later still counts as open then.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Case, DateField, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.models import Client
from agency.common.fields import MoneyField
from budgets.constants import DSO_DAYS
from budgets.models import Invoice, Payment
from budgets.models.budget import ZERO
from budgets.reports.signed import INSTANT
from budgets.years import client_day

# The last day of each bucket; what is older stands in the last.
BUCKETS = {
    "not_due": (_("Not due"), 0),
    "to_30": (_("0–30 days"), 30),
    "to_60": (_("31–60 days"), 60),
    "to_90": (_("61–90 days"), 90),
    "over_90": (_("90+ days"), None),
}
TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Owed:
    """One invoice that was not wholly paid on the day, with the days since it was due."""

    invoice: Invoice
    amount: Decimal
    days: int

    @property
    def bucket(self):
        return bucket_of(self.days)

    @property
    def bucket_label(self):
        return BUCKETS[self.bucket][0]

    @property
    def is_overdue(self):
        return self.days > 0

    def get_absolute_url(self):
        return self.invoice.get_absolute_url()


@dataclass
class Ageing:
    """What a client owes in one currency by age, and what was billed in the 90 days before."""

    currency: str
    day: date
    client: Client | None = None
    owed: list = field(default_factory=list)
    billed: Decimal = ZERO

    @property
    def buckets(self):
        """{bucket: sum of the open amounts}, youngest first."""
        sums = dict.fromkeys(BUCKETS, ZERO)
        for row in self.owed:
            sums[row.bucket] += row.amount
        return sums

    @property
    def total(self):
        return sum((row.amount for row in self.owed), ZERO)

    @property
    def overdue(self):
        return sum((row.amount for row in self.owed if row.is_overdue), ZERO)

    @property
    def dso(self):
        """Days that sales are outstanding, to a tenth; None where nothing was billed (6.6)."""
        return dso(self.total, self.billed)


def bucket_of(days):
    """The bucket of so many days since the due day (negative: still to come)."""
    return next(name for name, (_label, last) in BUCKETS.items() if last is None or days <= last)


def owed_url(currency, bucket="", **asked):
    """The page of what is owed in the currency, of one age or all; asked: group, client, day."""
    asked |= {"bucket": bucket, "currency": currency}
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('budgets:receivables')}?{query}#invoices"


def dso(receivables, billed):
    """612,430.00 of 1,837,290.00 billed in 90 days are 30.0 days; None without billing."""
    if billed <= 0:
        return None
    return (receivables * DSO_DAYS / billed).quantize(TENTH, ROUND_HALF_UP)


def ageing(at, clients):
    """[Ageing] of the clients at the instant, each by its own calendar, in two queries.

    At 24:00 of a day it is still that day, as for a month's cut-off.
    """
    return _ageing({client: client_day(client, at - INSTANT) for client in clients})


def ageing_on(day, clients):
    """[Ageing] at the end of a day, whatever the zone of the client."""
    return _ageing(dict.fromkeys(clients, day))


def by_currency(rows):
    """The sums of rows: one Ageing a currency, without a client."""
    sums = {}
    for row in rows:
        whole = sums.setdefault(row.currency, Ageing(row.currency, row.day))
        whole.owed += row.owed
        whole.billed += row.billed
    return [sums[currency] for currency in sorted(sums)]


def _ageing(days):
    """days: {client: its day}. A client who neither owes nor was billed lately has no row."""
    if not days:
        return []
    known = {client.pk: client for client in days}
    rows = {}

    def row_of(client, currency):
        day = days[known[client]]
        return rows.setdefault((client, currency), Ageing(currency, day, known[client]))

    for invoice in open_invoices(days):
        row = row_of(invoice.client_id, invoice.currency)
        row.owed.append(Owed(invoice, invoice.open_then, (row.day - invoice.due_on).days))
    for (client, currency), billed in billed_lately(days).items():
        row_of(client, currency).billed = billed
    return sorted(rows.values(), key=lambda row: (row.client.code, row.currency))


def open_invoices(days):
    """Invoices with something open on the client's day, as `open_then`; the oldest first."""
    rows = _issued(days).exclude(kind=Invoice.Kind.CREDIT).filter(due_on__isnull=False)
    rows = rows.filter(pk__in=_maybe_open(min(days.values())))
    credits = Invoice.objects.out().filter(credits=OuterRef("pk"), issued_on__lte=OuterRef("day"))
    payments = Payment.objects.filter(invoice=OuterRef("pk"), on__lte=OuterRef("day"))
    rows = rows.annotate(
        open_then=F("total") + _sum(credits, "total", "credits") - _sum(payments, "amount")
    ).exclude(open_then=0)
    return rows.select_related("client", "job").order_by("due_on", "pk")


def _maybe_open(day):
    """Keys of what is open now, or was changed after the day: no other was open on it."""
    owed = Invoice.objects.filter(state__in=Invoice.OWED)
    paid = Payment.objects.filter(on__gt=day)
    credited = Invoice.objects.filter(kind=Invoice.Kind.CREDIT, issued_on__gt=day)
    return (
        owed.order_by()
        .values("pk")
        .union(paid.order_by().values("invoice"), credited.order_by().values("credits"))
    )


def _issued(days):
    """What the agency had issued on the client's day, annotated as `day`."""
    pks = defaultdict(list)
    for client, day in days.items():
        pks[day].append(client.pk)
    cases = [When(client__in=keys, then=Value(day)) for day, keys in pks.items()]
    rows = Invoice.objects.out().filter(issuer=Invoice.Issuer.AGENCY, client__in=list(days))
    day = Case(*cases, output_field=DateField())
    return rows.annotate(day=day).filter(issued_on__lte=F("day"))


def _sum(rows, name, owner="invoice"):
    """The sum over rows of one owner, 0.00 for none."""
    money = MoneyField()
    sums = rows.order_by().values(owner).annotate(sum=Sum(name)).values("sum")
    return Coalesce(Subquery(sums, output_field=money), Value(ZERO, money))


def billed_lately(days):
    """{(client's key, currency): with VAT} of the 90 days up to the day, credit notes taken off."""
    since = [
        Q(client=client, issued_on__gt=day - timedelta(days=DSO_DAYS))
        for client, day in days.items()
    ]
    recent = since[0]
    for condition in since[1:]:
        recent |= condition
    rows = _issued(days).filter(recent).order_by().values_list("client", "currency")
    return {(client, currency): sum_ for client, currency, sum_ in rows.annotate(Sum("total"))}
