"""Every story about money, and the months before the demo's own weeks in which it began."""

from datetime import timedelta

from agency.demo.bills import all_bills
from agency.demo.media import all_plans
from agency.demo.months import all_months
from agency.demo.pace import all_paces
from agency.demo.spending import all_spending
from agency.demo.year import year_of_jobs

BEFORE = timedelta(weeks=28)


def all_money(stage):
    """Every story of a plan, an invoice, an opportunity, an expense, a monthly report."""
    return [
        *all_plans(stage),
        *year_of_jobs(stage),
        *all_paces(stage),
        *all_bills(stage),
        *all_spending(stage),
        *all_months(stage),
    ]
