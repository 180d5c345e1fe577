"""What waits for a person with opportunities and expenses: the rows of the home page (R69)."""

from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.awaiting import Source
from accounts.models import Assignment, User
from accounts.models.user import RANKS
from budgets.models import ExpenseRequest, Opportunity
from budgets.models.expense import MANAGEMENT

State = ExpenseRequest.State


def steps_due(mine, at):
    """The next step of an opportunity is due."""
    rows = Opportunity.objects.alive().filter(next_on__lte=mine.today)
    return rows.filter(mine.where("owner"))


def _named(rows):
    return rows.annotate(client_name_=Coalesce("client__name", Value("")))


def to_decide(mine, at):
    """By the post at the level of the request; an empty one is skipped upward (3.14)."""
    rows = _named(ExpenseRequest.objects.asked().exclude(author=mine.user))
    if mine.user.role == User.Role.MANAGEMENT:
        return rows.filter(level=MANAGEMENT)
    found = Q(pk__in=[])
    for role, rank in RANKS.items():
        if 1 < rank <= mine.user.rank:
            found |= Q(level=rank) & _in_post(mine, role)
    return rows.filter(found)


def _in_post(mine, role):
    """On the client of the request; without one, on any client that its author serves."""
    served = Assignment.objects.on(mine.today).filter(mine.in_post(role))
    return mine.in_post(role) | Q(client=None, author__in=served.values("user"))


def without_receipt(mine, at):
    rows = ExpenseRequest.objects.waiting_for_receipt(mine.today)
    return _named(rows.filter(author=mine.user))


def to_book(mine, at):
    rows = ExpenseRequest.objects.filter(state=State.SPENT)
    is_finance = mine.user.role == User.Role.FINANCE
    return _named(rows if is_finance else rows.filter(pk__in=[]))


HERE = {"title": "purpose", "client": "client_name_", "number": "number"}
SOURCES = (
    Source(
        "opportunity_step", steps_due, group=_("Next step"), sentence="%(number)s: %(title)s",
        button=pgettext_lazy("verb", "Open"), url="budgets:opportunity_detail", due_on="next_on",
        title="next_step",
        number="title", client="client__name", person="owner",
    ),
    Source(
        "expense_decide", to_decide, group=_("Decide"), sentence=_("Expense request: %(title)s"),
        button=_("Decide"), url="budgets:expense_decide", **HERE,
    ),
    Source(
        "expense_receipt", without_receipt, group=_("Receipt"),
        sentence=_("Receipt missing: %(title)s"), button=_("Enter it"),
        url="budgets:expense_spend", due_on="on", **HERE,
    ),
    Source(
        "expense_book", to_book, group=_("Book"), sentence=_("%(number)s to book: %(title)s"),
        button=_("Book"), url="budgets:expense_book", **HERE,
    ),
)  # fmt: skip
