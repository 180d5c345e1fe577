"""Money owed and earned, in plain rows: invoices of a day, payments, expenses, staff cost."""

from datetime import date
from decimal import Decimal as D

from budgets.models import AccountCost, ExpenseRequest, Invoice, Opportunity, Payment
from tests.archives.papers import make_document
from tests.budgets import make
from tests.builders import make_user
from tests.jobs.make import NOW


def bill(job, total, issued, due=None, **fields):
    """An issued invoice of `total` with VAT at 0, due the same day where nothing is said."""
    issued = date.fromisoformat(issued)
    due = date.fromisoformat(due) if due else issued
    return make.make_invoice(
        job,
        total,
        state=fields.pop("state", "issued"),
        vat_rate="0",
        issued_on=issued,
        due_on=due,
        **fields,
    )


def credit(invoice, total, issued, **fields):
    """A credit note of `total`, taken off its invoice."""
    note = bill(invoice.job, f"-{total}", issued, kind="credit", credits=invoice, **fields)
    Invoice.objects.filter(pk=invoice.pk).update(credited=invoice.credited - D(total))
    return note


def pay(invoice, amount, on, by=None, **fields):
    """Money that came in; the state of the invoice is left to who asks for it."""
    return Payment.objects.create(
        invoice=invoice, on=date.fromisoformat(on), at=NOW, amount=D(amount),
        entered_by=by or invoice.author, **fields,
    )  # fmt: skip


def spend(client, amount, on, state="booked", **fields):
    """An expense of the department for the client."""
    receipt = make_document(client, kind="expense_receipt", face="internal")
    given = {"author": make_user(), "spent": D(amount), "amount": D(amount), "receipt": receipt}
    return ExpenseRequest.objects.create(
        kind="transport", client=client, on=date.fromisoformat(on), purpose="Taxi", state=state,
        **given, **fields,
    )  # fmt: skip


def cost(client, amount, month, kind="staff"):
    """Finance's figure of a month."""
    return AccountCost.objects.create(
        client=client, month=date.fromisoformat(month), kind=kind, amount=D(amount),
        entered_by=make_user(role="finance"),
    )  # fmt: skip


def chance(client, income, probability, month, **fields):
    given = {"title": "Spring launch", "owner": make_user(), **fields}
    return Opportunity.objects.create(
        client=client, income=D(income), probability=D(probability),
        month=date.fromisoformat(month), **given,
    )  # fmt: skip
