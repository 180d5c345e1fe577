"""What the clock does for money owed and earned: overdue invoices, clients that earn too little."""

from django.db.models import Q

from agency.common.clock import Step
from budgets.models import Invoice
from budgets.services import dunclock, lowprofit


def receivables_due(at):
    """Overdue ones at which the clock has not looked yet, or is to look again."""
    rows = Invoice.objects.receivable().exclude(kind=Invoice.Kind.CREDIT)
    rows = rows.filter(due_on__lte=at.date())
    rows = rows.filter(Q(next_notice_at__isnull=True) | Q(next_notice_at__lte=at))
    return rows.order_by("due_on", "pk")


def remind_receivable(invoice, at):
    step = dunclock.remind_receivable(invoice=invoice, at=at)
    return f"{invoice}: {step}" if step else None


def tell_low(item, at):
    client, found = item
    return lowprofit.tell_low(client=client, found=found, at=at)


STEPS = [
    Step("receivables", receivables_due, remind_receivable),
    Step("low contribution", lowprofit.low_clients, tell_low),
]
