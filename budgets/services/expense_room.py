"""The month's budget of a kind of expense: what it allows, what is used, what is left (3.14)."""

from agency.common.money import NOTHING
from budgets.models import ExpenseBudget, ExpenseRequest

State = ExpenseRequest.State
LIVE = (State.REQUESTED, State.APPROVED, State.SPENT)


def lock_month(row):
    """One decision a month and kind at a time: two may not both find the last room."""
    rows = ExpenseRequest.objects.of_month(row.on.year, row.on.month)
    rows = rows.filter(kind=row.kind, state__in=LIVE).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk"))


def allowed_in(kind, day):
    """The amount set for the month; None while nobody has set one."""
    rows = ExpenseBudget.objects.filter(year=day.year, month=day.month, kind=kind)
    return rows.values_list("amount", flat=True).first()


def over_by(row):
    """By how much the request would go over its month; a month without a budget allows nothing."""
    others = ExpenseRequest.objects.of_month(row.on.year, row.on.month).exclude(pk=row.pk)
    used = others.used().get(row.kind, NOTHING)
    allowed = allowed_in(row.kind, row.on) or NOTHING
    return max(used + row.counts - allowed, NOTHING)
