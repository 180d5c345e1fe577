"""Book rows of a bank's statement: all that were chosen, or none (3.9)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.verbs import lock, verb
from agency.common.wording import sum_text
from budgets.models import Invoice, Payment
from budgets.services.invoice import ISSUE, record_on
from budgets.services.months import open_month
from budgets.services.payment import book

REFERENCE_MOST = 60
PARTS_MOST = 20


@dataclass(frozen=True)
class Chosen:
    """A row of the statement, or a part of it, and the invoice it pays; key: the row's own mark.

    received: what the whole row brought; its parts are exactly that.
    """

    number: int
    key: str
    on: date
    amount: Decimal
    reference: str
    invoice: Invoice
    part: int = 1
    received: Decimal | None = None


@verb
def book_rows(*, rows, by, at):
    """Book each chosen row once; a row that cannot be booked refuses them all. [Payment]."""
    require(by, ISSUE, None, at)
    if not rows:
        raise Refused(_("Please choose the rows to book."))
    for day in sorted({row.on for row in rows}):
        open_month(day, "on")  # two who read the same statement wait for each other here
    _check_parts(rows)
    return [_book(row, by, at) for row in sorted(rows, key=lambda one: one.invoice.pk)]


def _check_parts(rows):
    """Of a row that is split the parts are other invoices each, and together what came in."""
    by_key = defaultdict(list)
    for row in rows:
        by_key[row.key].append(row)
    for key, parts in by_key.items():
        words = {"row": parts[0].number}
        if Payment.objects.filter(bank_key=key).exists():
            raise Refused(_("Row %(row)s is booked already.") % words)
        if len({row.invoice.pk for row in parts}) < len(parts):
            raise Refused(_("Row %(row)s: the same invoice stands there twice.") % words)
        received = parts[0].received
        booked = sum(row.amount for row in parts)
        if received is not None and booked != received:
            words |= {"booked": sum_text(booked), "received": sum_text(received)}
            raise Refused(
                _("Row %(row)s: its parts are %(booked)s, and %(received)s came in.") % words
            )


def _book(row, by, at):
    invoice = lock(Invoice, row.invoice.pk)
    behalf = require(by, ISSUE, invoice.client, at)
    words = {"row": row.number}
    try:
        payment = book(
            invoice, row.on, row.amount, by, at, bank_key=row.key, bank_part=row.part,
            reference=row.reference[:REFERENCE_MOST],
        )  # fmt: skip
    except Refused as error:
        words["why"] = error.message
        raise Refused(_("Row %(row)s: %(why)s") % words) from error
    record_on(invoice, "pay_invoice", by, at, behalf, amount=row.amount, on=f"{row.on}")
    return payment
