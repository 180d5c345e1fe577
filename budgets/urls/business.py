from django.urls import path

from budgets.views import expense, expense_budget, opportunity, spending

urlpatterns = [
    path("opportunities/", opportunity.OpportunityList.as_view(), name="opportunity_list"),
    path("opportunities/board/", opportunity.OpportunityBoard.as_view(), name="opportunity_board"),
    path("opportunities/new/", opportunity.OpportunityCreate.as_view(), name="opportunity_create"),
    path(
        "opportunities/<int:pk>/",
        opportunity.OpportunityDetail.as_view(),
        name="opportunity_detail",
    ),
    path(
        "opportunities/<int:pk>/edit/",
        opportunity.OpportunityUpdate.as_view(),
        name="opportunity_update",
    ),
    path(
        "opportunities/<int:pk>/close/",
        opportunity.OpportunityClose.as_view(),
        name="opportunity_close",
    ),
    path("expenses/", expense.ExpenseList.as_view(), name="expense_list"),
    path("expenses/new/", expense.ExpenseCreate.as_view(), name="expense_create"),
    path(
        "expenses/budget/propose/",
        expense_budget.ExpenseBudgetPropose.as_view(),
        name="expense_budget_propose",
    ),
    path("expenses/budget/", expense_budget.ExpenseBudgetPage.as_view(), name="expense_budget"),
    path(
        "expenses/budget/set/",
        expense_budget.ExpenseBudgetUpdate.as_view(),
        name="expense_budget_update",
    ),
    path("expenses/<int:pk>/", expense.ExpenseDetail.as_view(), name="expense_detail"),
    path("expenses/<int:pk>/edit/", expense.ExpenseUpdate.as_view(), name="expense_update"),
    path("expenses/<int:pk>/request/", spending.ExpenseAsk.as_view(), name="expense_request"),
    path("expenses/<int:pk>/decide/", spending.ExpenseDecide.as_view(), name="expense_decide"),
    path("expenses/<int:pk>/spend/", spending.ExpenseSpend.as_view(), name="expense_spend"),
    path("expenses/<int:pk>/book/", spending.ExpenseBook.as_view(), name="expense_book"),
    path("expenses/<int:pk>/cancel/", spending.ExpenseCancel.as_view(), name="expense_cancel"),
    path(
        "expenses/<int:pk>/paper/",
        expense.ExpensePaper.as_view(),
        {"which": "document"},
        name="expense_pdf",
    ),
    path(
        "expenses/<int:pk>/receipt/",
        expense.ExpensePaper.as_view(),
        {"which": "receipt"},
        name="expense_receipt",
    ),
]
