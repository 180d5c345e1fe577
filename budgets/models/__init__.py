from budgets.models.budget import MONTHS, AnnualBudget, BudgetLine, Category
from budgets.models.business import AccountCost, Opportunity
from budgets.models.expense import ExpenseBudget, ExpenseKind, ExpenseRequest
from budgets.models.invoice import Invoice, InvoiceLine
from budgets.models.monthly import Adjustment, MonthlyReport
from budgets.models.payment import ClosedMonth, Dunning, Payment
from budgets.models.plan import MediaLine, MediaPlan, MediaPlanApproval

__all__ = [
    "MONTHS",
    "AccountCost",
    "Adjustment",
    "AnnualBudget",
    "BudgetLine",
    "Category",
    "ClosedMonth",
    "Dunning",
    "ExpenseBudget",
    "ExpenseKind",
    "ExpenseRequest",
    "Invoice",
    "InvoiceLine",
    "MediaLine",
    "MediaPlan",
    "MediaPlanApproval",
    "MonthlyReport",
    "Opportunity",
    "Payment",
]
