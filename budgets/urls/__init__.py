"""Addresses under /budgets/, by noun."""

from budgets.urls import budget, business, dashboard, invoice, money, monthly, plan, plan_chain

app_name = "budgets"
urlpatterns = [
    *dashboard.urlpatterns,
    *budget.urlpatterns,
    *plan.urlpatterns,
    *plan_chain.urlpatterns,
    *invoice.urlpatterns,
    *monthly.urlpatterns,
    *money.urlpatterns,
    *business.urlpatterns,
]
