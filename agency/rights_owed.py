"""What the addresses of money owed and earned answer: a part of the table in agency/rights.py."""

from agency.rights_marks import (
    FINANCE,
    FOUND_COSTS,
    FOUND_DUN,
    FOUND_MARGIN,
    FOUND_OWING,
    MARGIN_LIST,
    MONEY_LIST,
    Line,
)

OWED = {
    "budgets:receivables": Line(MONEY_LIST),
    "budgets:dunning_create": Line(FOUND_DUN, "overdue invoice", 200, 422),
    "budgets:statement": Line(FOUND_OWING, "owing client", 200, 302),
    "budgets:forecast": Line(MARGIN_LIST),
    "budgets:forecast_file": Line(FOUND_MARGIN, "earning client", 200, 302),
    "budgets:profit": Line(MARGIN_LIST),
    "budgets:growth": Line(MARGIN_LIST),
    "budgets:account_cost_list": Line(FINANCE),
    "budgets:account_cost_sheet": Line(FINANCE, "", 200, 302),
    "budgets:account_cost_create": Line(FINANCE, "", 200, 422),
    "budgets:account_cost_update": Line(FOUND_COSTS, "account cost", 200, 422),
}
