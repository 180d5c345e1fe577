"""What the clock says of opportunities: the next step is past its day (R90)."""

from agency.common.clock import Step
from budgets.models import Opportunity
from budgets.services.reminding import remind_opportunity


def steps_over(at):
    rows = Opportunity.objects.notice_due(at)
    return rows.select_related("client__group__head", "owner")


def remind(opportunity, at):
    slot = remind_opportunity(opportunity=opportunity, at=at)
    return f"opportunity {opportunity.pk}: {slot}" if slot else None


STEPS = [Step("opportunities past their day", steps_over, remind)]
