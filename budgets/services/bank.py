"""Book rows of a bank's statement: all that were chosen, or none (3.9)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.verbs import lock, verb
from budgets.models import Invoice, Payment
from budgets.services.invoice import ISSUE, record_on
from budgets.services.payment import book

REFERENCE_MOST = 60


@dataclass(frozen=True)
class Chosen:
    """A row of the statement and the invoice it pays; key: the row's own mark."""

    number: int
    key: str
    on: date
    amount: Decimal
    reference: str
    invoice: Invoice


@verb
def book_rows(*, rows, by, at):
    """Book each chosen row once; a row that cannot be booked refuses them all. [Payment]."""
    require(by, ISSUE, None, at)
    if not rows:
        raise Refused(_("Please choose the rows to book."))
    return [_book(row, by, at) for row in sorted(rows, key=lambda one: one.invoice.pk)]


def _book(row, by, at):
    invoice = lock(Invoice, row.invoice.pk)
    behalf = require(by, ISSUE, invoice.client, at)
    words = {"row": row.number}
    if Payment.objects.filter(bank_key=row.key).exists():
        raise Refused(_("Row %(row)s is booked already.") % words)
    try:
        payment = book(
            invoice, row.on, row.amount, by, at, bank_key=row.key,
            reference=row.reference[:REFERENCE_MOST],
        )  # fmt: skip
    except Refused as error:
        words["why"] = error.message
        raise Refused(_("Row %(row)s: %(why)s") % words) from error
    record_on(invoice, "pay_invoice", by, at, behalf, amount=row.amount, on=f"{row.on}")
    return payment
