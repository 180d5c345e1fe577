"""What the clock does about over-commitment: told once a paper, within minutes (R37)."""

from agency.common.clock import Step
from budgets.reports.over import newly_over
from budgets.services.over import tell_over


def tell(over, at):
    return f"{over}" if tell_over(over=over, at=at) else None


STEPS = [Step("over-commitment", newly_over, tell)]
