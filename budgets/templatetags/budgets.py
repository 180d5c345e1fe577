"""Small pieces of the pages of budgets."""

from django import template
from django.utils import timezone

from agency.common.wording import sum_text
from budgets.models import AnnualBudget, Opportunity
from budgets.reports.budget import budget_in_force
from budgets.reports.budget_sheet import sheet_of
from budgets.years import client_day, fiscal_year, year_text
from jobs.services.access import may_read_opportunities

OPPORTUNITIES = 10
register = template.Library()


@register.filter
def planned(amount, is_whole):
    """A planned sum; without its cents where no sum of the sheet has any, nothing as a dash."""
    if not amount:
        return "–"
    text = sum_text(amount)
    return text.removesuffix(".00") if is_whole else text


@register.simple_tag(takes_context=True)
def budget_of(context, client):
    """The client's fiscal year today: its budget in force with its sheet, and its draft."""
    now = timezone.now()
    year = fiscal_year(client, client_day(client, now))
    budget = budget_in_force(client, year, now)
    if budget is not None:
        budget.client = client
    rows = AnnualBudget.objects.filter(client=client, state=AnnualBudget.State.DRAFT)
    return {
        "year": year,
        "year_text": year_text(client, year),
        "budget": budget,
        "sheet": budget and sheet_of(budget),
        "drafts": [(row, year_text(client, row.year)) for row in rows.order_by("year")],
    }


@register.simple_tag(takes_context=True)
def opportunities_of(context, client):
    """[(open opportunity of the client, is its next step late)]; None for who reads none."""
    user = context["request"].user
    if not may_read_opportunities(user):
        return None
    today = client_day(client, timezone.now())
    rows = Opportunity.objects.visible_to(user).alive().filter(client=client)
    return [(row, row.is_late(today)) for row in rows.select_related("owner")[:OPPORTUNITIES]]
