"""A year's amount over its twelve months, to the cent (domain.md 2, BudgetLine)."""

from decimal import Decimal

from budgets.years import MONTHS

CENT = Decimal("0.01")
EVEN = [Decimal(1)] * MONTHS


def spread_evenly(amount):
    """Twelve equal months; the rest of the division stands in the last one."""
    return spread_like(amount, EVEN)


def spread_like(amount, shape):
    """By the shares of twelve sums; the rest stands in the last month that has a share.

    A month below 0, such as one of credit notes, has no share; None where no month has one.
    """
    shares = [max(int(share / CENT), 0) for share in shape]
    whole = sum(shares)
    if not whole:
        return None
    total = int(amount / CENT)
    months = [total * share // whole for share in shares]
    last = max(number for number, share in enumerate(shares) if share)
    months[last] += total - sum(months)
    return [month * CENT for month in months]
