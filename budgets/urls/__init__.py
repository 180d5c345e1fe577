"""Addresses under /budgets/, by noun."""

from budgets.urls import budget, business, dashboard, invoice, money, monthly, plan

app_name = "budgets"
urlpatterns = [
    *dashboard.urlpatterns,
    *budget.urlpatterns,
    *plan.urlpatterns,
    *invoice.urlpatterns,
    *monthly.urlpatterns,
    *money.urlpatterns,
    *business.urlpatterns,
]
