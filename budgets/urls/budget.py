from django.urls import path

from budgets.views import budget, budget_compare, budget_import, budget_sheet

urlpatterns = [
    path("annual/", budget.BudgetList.as_view(), name="budget_list"),
    path("clients/<int:pk>/annual/new/", budget.BudgetCreate.as_view(), name="budget_create"),
    path("annual/<int:pk>/", budget.BudgetDetail.as_view(), name="budget_detail"),
    path("annual/<int:pk>/sheet/", budget_sheet.BudgetSheet.as_view(), name="budget_sheet"),
    path("annual/<int:pk>/import/", budget_import.BudgetImport.as_view(), name="budget_import"),
    path("annual/<int:pk>/authorise/", budget.BudgetAuthorise.as_view(), name="budget_authorise"),
    path("annual/<int:pk>/compare/", budget_compare.BudgetCompare.as_view(), name="budget_compare"),
    path("annual/<int:pk>/xlsx/", budget_sheet.BudgetXlsx.as_view(), name="budget_xlsx"),
    path("annual/<int:pk>/pdf/", budget.BudgetPdf.as_view(), name="budget_pdf"),
    path("annual/<int:pk>/drop/", budget.BudgetDiscard.as_view(), name="budget_discard"),
]
