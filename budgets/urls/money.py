from django.urls import path

from budgets.views import cost_sheet, forecast, money, money_costs, money_earned

urlpatterns = [
    path("receivables/", money.Receivables.as_view(), name="receivables"),
    path("invoices/<int:pk>/remind/", money.DunningCreate.as_view(), name="dunning_create"),
    path("clients/<int:pk>/statement/", money.StatementIssue.as_view(), name="statement"),
    path("forecast/", forecast.ForecastPage.as_view(), name="forecast"),
    path(
        "clients/<int:pk>/forecast/<int:year>/file/",
        forecast.ForecastFile.as_view(),
        name="forecast_file",
    ),
    path("profit/", money_earned.Profit.as_view(), name="profit"),
    path("growth/", money_earned.Growth.as_view(), name="growth"),
    path("costs/", money_costs.AccountCostList.as_view(), name="account_cost_list"),
    path("costs/sheet/", cost_sheet.AccountCostSheet.as_view(), name="account_cost_sheet"),
    path("costs/new/", money_costs.AccountCostCreate.as_view(), name="account_cost_create"),
    path(
        "costs/<int:pk>/edit/", money_costs.AccountCostUpdate.as_view(), name="account_cost_update"
    ),
]
