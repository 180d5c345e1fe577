"""What the clock does for budgets, by noun; each step asks what is due and not done (C3, 5.5)."""

from budgets.tasks import business, invoice, money, monthly, over, plan

STEPS = [
    *plan.STEPS,
    *invoice.STEPS,
    *monthly.STEPS,
    *business.STEPS,
    *over.STEPS,
    *money.STEPS,
]
