"""What waits for a person with invoices: check, issue, see after what is overdue (R69, R71)."""

from decimal import Decimal

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.awaiting import Source
from accounts.models import User
from agency.common.wording import sum_text
from budgets.models import Invoice

State = Invoice.State
CLIENT = "job__client"


def to_check(mine, at):
    """The AE's and the AM's; never of who wrote or changed it (R71)."""
    edited = Invoice.editors.through.objects.filter(invoice=OuterRef("pk"), user=mine.user)
    rows = Invoice.objects.filter(state=State.DRAFT).exclude(author=mine.user)
    fits = mine.where("job__ae", CLIENT) | mine.in_post("am", CLIENT)
    return rows.filter(fits & Q(net__gt=0) & ~Exists(edited))


def to_issue(mine, at):
    """Finance serves all clients."""
    rows = Invoice.objects.filter(state=State.CHECKED)
    return rows if mine.user.role == User.Role.FINANCE else rows.none()


def overdue(mine, at):
    return Invoice.objects.overdue(mine.today).filter(mine.where("job__ae", CLIENT))


def amount_said(text):
    """Two invoices of one job are told apart by their totals."""
    return sum_text(Decimal(text))


SOURCES = (
    Source(
        "invoice_check", to_check, group=pgettext_lazy("invoice", "Check"),
        sentence=_("Invoice over %(number)s, %(title)s"), number="total", said=amount_said,
        button=pgettext_lazy("invoice", "Check"), url="budgets:invoice_check",
    ),
    Source(
        "invoice_issue", to_issue, group=_("Issue"),
        sentence=_("Checked invoice over %(number)s, %(title)s"), number="total",
        said=amount_said, button=_("Issue"), url="budgets:invoice_issue",
    ),
    Source(
        "invoice_overdue", overdue, group=_("Money"),
        sentence=_("Not paid in time: %(number)s, %(title)s"), button=_("Look"),
        url="budgets:invoice_detail", number="number", due_on="due_on", person="job__ae",
    ),
)  # fmt: skip
