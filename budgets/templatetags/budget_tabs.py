"""`{% load budget_tabs %}{% budget_tabs as tabs %}`: the pages about money one may open."""

from django import template
from django.utils.translation import gettext_lazy as _

from agency.common.nav import MANAGEMENT, MEDIA, Entry, shown

register = template.Library()
TABS = [
    Entry("budgets:dashboard", _("All clients"), permission="budgets.view_money"),
    Entry("budgets:budget_list", _("Annual budgets"), permission="budgets.view_money"),
    Entry("budgets:plan_list", _("Media plans"), permission="budgets.view_money", people=MEDIA),
    Entry("budgets:run_list", _("Media runs"), permission="budgets.view_money", people=MEDIA),
    Entry("budgets:invoice_list", _("Invoices"), permission="budgets.view_money"),
    Entry("budgets:monthly_list", _("Monthly reports"), permission="budgets.view_money"),
    Entry("budgets:receivables", _("Receivables"), permission="budgets.view_receivables"),
    Entry("budgets:forecast", _("Income forecast"), permission="budgets.view_margin"),
    Entry("budgets:profit", _("Profit"), permission="budgets.view_margin"),
    Entry("budgets:growth", _("Growth"), permission="budgets.view_margin"),
    Entry(
        "budgets:opportunity_list",
        _("Opportunities"),
        permission="budgets.edit_opportunity",
        people=MANAGEMENT,
    ),
    Entry(
        "jobs:suggestion_list",
        _("Suggestions"),
        permission="budgets.edit_opportunity",
        people=MANAGEMENT,
    ),
    Entry("budgets:expense_list", _("Expenses"), permission="budgets.view_money"),
    Entry("budgets:account_cost_list", _("Account costs"), permission="budgets.issue_invoice"),
]


@register.simple_tag(takes_context=True)
def budget_tabs(context):
    """[(entry, address)] of the pages that exist and that the person may open."""
    return shown(TABS, context["request"].user)
