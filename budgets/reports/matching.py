"""Which invoice a row of the bank's statement pays: by number, by client and amount, by amount."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from budgets.models import Invoice, Payment

LEAST_NAME = 4
FAPIAO = re.compile(r"\d{8,20}")
NUMBERS = re.compile(r"[A-Z0-9]{2,10}[/\-](?:PI|MI|CI|FI)[/\-]\d{4}[/\-]\d{3,}")
WAYS = {
    "number": (_("number"), "green"),
    "client": (_("client and amount"), "green"),
    "amount": (_("amount only"), "amber"),
}


@dataclass
class Matched:
    """A row with the invoice it seems to pay; `problem` where it cannot be booked."""

    row: object
    invoice: Invoice | None = None
    how: str = ""
    problem: str | Promise = ""

    @property
    def name(self):
        return f"pay_{self.row.number}"

    @property
    def words(self):
        return WAYS[self.how][0] if self.how else ""

    @property
    def tone(self):
        return WAYS[self.how][1] if self.how else ""


def owed(user, at=None):
    """Our open invoices, the oldest first."""
    rows = Invoice.objects.visible_to(user, at).receivable()
    return list(rows.select_related("client", "job").order_by("due_on", "pk"))


def match(rows, invoices):
    """[Matched] in the order of the statement; what one row takes is not there for the next."""
    left = {invoice.pk: invoice.open_amount for invoice in invoices}
    booked = set(
        Payment.objects.filter(bank_key__in=[row.key for row in rows]).values_list(
            "bank_key", flat=True
        )
    )
    return [_matched(row, invoices, left, booked) for row in rows]


def _matched(row, invoices, left, booked):
    if row.problem:
        return Matched(row, problem=row.problem)
    if row.key in booked:
        return Matched(row, problem=_("Booked already."))
    for how, find in FINDERS.items():
        found = [invoice for invoice in find(row, invoices, left) if left[invoice.pk]]
        if len(found) == 1:
            return _taken(row, found[0], how, left)
    return Matched(row)


def _taken(row, invoice, how, left):
    if row.amount > left[invoice.pk]:
        return Matched(row, invoice, how, _("More than is open on this invoice."))
    left[invoice.pk] -= row.amount
    return Matched(row, invoice, how)


def _by_number(row, invoices, _left):
    """Its number or the fapiao's stands in the reference."""
    text = f"{row.reference} {row.payer}".upper().replace(" ", "")
    numbers = {found.replace("-", "/") for found in NUMBERS.findall(text)}
    taxes = set(FAPIAO.findall(text))
    return [
        one for one in invoices
        if one.number in numbers or (one.fapiao_number and one.fapiao_number in taxes)
    ]  # fmt: skip


def _by_client(row, invoices, left):
    """The payer is the client, and exactly so much is open."""
    return [
        one for one in invoices if left[one.pk] == row.amount and is_same(row.payer, one.client)
    ]


def is_same(payer, client):
    payer = payer.casefold().strip()
    names = [name.casefold() for name in (client.name, client.name_en) if len(name) >= LEAST_NAME]
    is_long = len(payer) >= LEAST_NAME
    return is_long and any(payer in name or name in payer for name in names)


def _by_amount(row, invoices, left):
    return [one for one in invoices if left[one.pk] == row.amount]


FINDERS = {"number": _by_number, "client": _by_client, "amount": _by_amount}
