"""What budgets tells the roof: the duties of a person (R69)."""

from accounts.awaiting import gather
from budgets.reports import budget, business, invoice, money, monthly, plan, plan_runs

# Filled from the module of each noun, as jobs.reports does.
SOURCES = (
    *plan.SOURCES,
    *plan_runs.SOURCES,
    *invoice.SOURCES,
    *monthly.SOURCES,
    *budget.SOURCES,
    *business.SOURCES,
    *money.SOURCES,
)


def awaiting(user, at):
    """[Duty] of the person in budgets, in one query."""
    return gather(user, at, SOURCES)
