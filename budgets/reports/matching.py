"""Which invoices a row of the bank's statement pays: by number, by client and amount, by amount.

One transfer may pay several: those that its text numbers, all that the client owes, or the only
choice of a few that gives the sum to the cent. Where two choices fit, nobody guesses.
"""

import re
from dataclasses import dataclass
from itertools import combinations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from budgets.models import Invoice, Payment

LEAST_NAME = 4
# Of so many open invoices of a client so many at a time are tried for a sum.
TRIED, TOGETHER = 10, 4
FAPIAO = re.compile(r"\d{8,20}")
NUMBERS = re.compile(r"[A-Z0-9]{2,10}[/\-](?:PI|MI|CI|FI)[/\-]\d{4}[/\-]\d{3,}")
WAYS = {
    "number": (_("number"), "green"),
    "numbers": (_("numbers"), "green"),
    "client": (_("client and amount"), "green"),
    "sum": (_("client and sum"), "amber"),
    "amount": (_("amount only"), "amber"),
}


@dataclass
class Matched:
    """A row with the parts, (invoice, amount), that it seems to pay; `problem` where it cannot be
    booked."""

    row: object
    parts: tuple = ()
    how: str = ""
    problem: str | Promise = ""

    @property
    def invoice(self):
        return self.parts[0][0] if self.parts else None

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
        found = [choice for choice in find(row, invoices, left) if all(left[i.pk] for i in choice)]
        if len(found) == 1:
            return _taken(row, found[0], how, left)
    return Matched(row)


def _taken(row, choice, how, left):
    if len(choice) > 1:
        parts = tuple((invoice, left[invoice.pk]) for invoice in choice)
    else:
        parts = ((choice[0], row.amount),)
    if row.amount > sum(left[invoice.pk] for invoice in choice):
        return Matched(row, parts, how, _("More than is open on this invoice."))
    for invoice, amount in parts:
        left[invoice.pk] -= amount
    return Matched(row, parts, how)


# --- ways to find: each gives the choices of invoices that fit --------------------------------


def _numbered(row, invoices):
    """Those whose number or fapiao's number stands in the reference."""
    text = f"{row.reference} {row.payer}".upper().replace(" ", "")
    numbers = {found.replace("-", "/") for found in NUMBERS.findall(text)}
    taxes = set(FAPIAO.findall(text))
    return [
        one for one in invoices
        if one.number in numbers or (one.fapiao_number and one.fapiao_number in taxes)
    ]  # fmt: skip


def _by_number(row, invoices, _left):
    return [(one,) for one in _numbered(row, invoices)]


def _by_numbers(row, invoices, left):
    """Several are numbered, and together exactly so much is open."""
    found = tuple(_numbered(row, invoices))
    return [found] if len(found) > 1 and _sum(found, left) == row.amount else []


def _by_client(row, invoices, left):
    """The payer is the client, and exactly so much is open."""
    return [(one,) for one in _of_payer(row, invoices, left) if left[one.pk] == row.amount]


def _by_sum(row, invoices, left):
    """The payer is the client: all that is open, or the only few of it that give the sum."""
    found = {}
    for one in _of_payer(row, invoices, left):
        found.setdefault(one.client_id, []).append(one)
    choices = []
    for rows in found.values():
        if len(rows) > 1 and _sum(rows, left) == row.amount:
            return [tuple(rows)]
        choices += _few(rows[:TRIED], row.amount, left)
    return choices


def _few(invoices, amount, left):
    for size in range(2, TOGETHER + 1):
        for choice in combinations(invoices, size):
            if _sum(choice, left) == amount:
                yield choice


def _of_payer(row, invoices, left):
    return [one for one in invoices if left[one.pk] and is_same(row.payer, one.client)]


def _sum(invoices, left):
    return sum(left[one.pk] for one in invoices)


def is_same(payer, client):
    payer = payer.casefold().strip()
    names = [name.casefold() for name in (client.name, client.name_en) if len(name) >= LEAST_NAME]
    is_long = len(payer) >= LEAST_NAME
    return is_long and any(payer in name or name in payer for name in names)


def _by_amount(row, invoices, left):
    return [(one,) for one in invoices if left[one.pk] == row.amount]


FINDERS = {
    "number": _by_number,
    "numbers": _by_numbers,
    "client": _by_client,
    "sum": _by_sum,
    "amount": _by_amount,
}
