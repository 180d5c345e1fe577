"""The clock and money: months close in time (3.9)."""

from agency.common.clock import Step
from budgets.services import months


def months_due(at):
    return months.months_to_close(at)


def close(month, at):
    return f"closed {months.close_month(month=month, by=None, at=at)}"


STEPS = [Step("months to close", months_due, close)]
