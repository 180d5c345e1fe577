"""Money that comes in: booked on an invoice, reversed with a reason (3.9)."""

from django.utils.translation import gettext as _

from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, lock, save, verb
from agency.common.wording import sum_text
from budgets.models import Invoice, Payment
from budgets.services.invoice import ISSUE, record_on
from budgets.services.invoice_credit import state_of
from budgets.services.invoice_issue import check_day
from budgets.services.months import open_month
from budgets.years import client_day

State = Invoice.State


@verb
def pay_invoice(
    *, invoice, on, amount, by, at, reference="", row_version=None, form_key=None
):  # fmt: skip
    """Book a payment, at most what is open; the same form twice books once."""
    row = lock(invoice)
    behalf = require(by, ISSUE, row.client, at)
    if form_key and (twin := Payment.objects.filter(form_key=form_key).first()):
        return twin
    check_version(row, row_version)
    payment = book(row, on, amount, by, at, reference=reference, form_key=form_key)
    record_on(row, "pay_invoice", by, at, behalf, amount=amount, on=f"{on}")
    return payment


def book(row, on, amount, by, at, **more):
    """The payment of a locked invoice, and the state that follows."""
    if row.issuer != Invoice.Issuer.AGENCY or row.kind == Invoice.Kind.CREDIT:
        raise Refused(_("Payments are booked on our own invoices."))
    check_state(row, *Invoice.OWED)
    if amount <= 0:
        raise Refused(_("A payment is an amount above 0."), "amount")
    if amount > row.open_amount:
        raise Refused(
            _("Only %(open)s is open on this invoice.") % {"open": sum_text(row.open_amount)},
            "amount",
        )
    check_day(on, row.client, at, "on")
    open_month(on, "on")
    payment = Payment.objects.create(
        invoice=row, on=on, at=at, amount=amount, entered_by=by, created_by=by, created_at=at,
        **more,
    )  # fmt: skip
    _settle(row, amount)
    return payment


def _settle(row, amount):
    row.paid += amount
    row.state = state_of(row)
    save(row, "paid", "state")


@verb
def reverse_transfer(*, payment, reason, by, at, on=None):
    """Take back every part of the transfer that is not taken back yet. The reversals."""
    return [
        reverse_payment(payment=part, reason=reason, by=by, at=at, on=on)
        for part in payment.parts()
        if part.amount > 0 and not Payment.objects.filter(reverses=part).exists()
    ]


@verb
def reverse_payment(*, payment, reason, by, at, on=None):
    """Take a payment back that was booked wrongly; nothing is deleted."""
    row = lock(Invoice, payment.invoice_id)
    behalf = require(by, ISSUE, row.client, at)
    payment = lock(payment)
    if payment.amount < 0:
        raise Refused(_("A reversal is not reversed: please book the payment again."))
    if Payment.objects.filter(reverses=payment).exists():
        raise Refused(_("This payment is reversed already."))
    reason = check_reason(reason)
    day = check_day(on or client_day(row.client, at), row.client, at, "on")
    open_month(day, "on")
    reversal = Payment.objects.create(
        invoice=row, on=day, at=at, amount=-payment.amount, reference=payment.reference,
        reverses=payment, reason=reason, entered_by=by, created_by=by, created_at=at,
    )  # fmt: skip
    _settle(row, -payment.amount)
    record_on(
        row, "reverse_payment", by, at, behalf, amount=-payment.amount, reason=reason
    )  # fmt: skip
    return reversal
