"""What stands in the addresses of budgets: one function a thing, for one side."""

from tests.budgets import make
from tests.rights_side import pk, thing


@thing
def annual_budget(side):
    return pk(make.make_budget(side.customer, production="120000.00"))


@thing
def draft_budget(side):
    return pk(make.make_budget(side.customer, year=make.YEAR + 1, state="draft", media="12.00"))


@thing
def client_year(side):
    return {**pk(side.customer), "year": 2026}


@thing
def figure(side):
    return {**client_year(side), "column": "billed"}
