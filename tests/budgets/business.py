"""Opportunities and expense requests as tests need them, written without the verbs."""

from datetime import date
from decimal import Decimal as D

from budgets.models import ExpenseBudget, ExpenseRequest, Opportunity
from tests.archives.papers import make_document
from tests.builders import make_user
from tests.jobs.make import NOW

TODAY = NOW.date()
DECIDED = ("approved", "refused", "spent", "booked")


def make_opportunity(client, owner, **fields):
    defaults = {
        "title": "Launch of the light line", "income": D("80000.00"), "month": date(2026, 11, 1),
        "probability": D("0.3"), "owner": owner,
    }  # fmt: skip
    return Opportunity.objects.create(client=client, **{**defaults, **fields})


def make_expense(author, state="draft", client=None, **fields):
    """A request; decided ones by somebody, spent ones with a receipt."""
    defaults = {
        "kind": "transport", "on": TODAY, "amount": D("300.00"), "purpose": "Taxi to the printer",
    }  # fmt: skip
    if state == "requested":
        defaults |= {"level": 2, "requested_at": NOW}
    if state in DECIDED:
        defaults |= {
            "level": 2, "requested_at": NOW, "decided_by": make_user(role="am"), "decided_at": NOW,
            "reason": "It is too much for a taxi" if state == "refused" else "",
        }  # fmt: skip
    if state in ("spent", "booked"):
        paper = make_document(client, kind="expense_receipt", face="internal")
        defaults |= {"spent": D("300.00"), "receipt": paper, "document": paper}
    return ExpenseRequest.objects.create(
        author=author, client=client, state=state, **{**defaults, **fields}
    )


def allow(amount, kind="transport", day=TODAY, by=None):
    """The budget of the day's month."""
    return ExpenseBudget.objects.get_or_create(
        year=day.year, month=day.month, kind=kind,
        defaults={"amount": D(amount), "set_by": by or make_user(role="ad")},
    )[0]  # fmt: skip
