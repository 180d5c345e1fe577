"""What stands in the addresses of money owed and earned: one function a thing, for one side."""

from agency.common.dates import DAY
from tests.budgets import owed
from tests.builders import make_contract
from tests.jobs.make import make_job
from tests.rights_side import TODAY, pk, thing


@thing
def overdue_invoice(side):
    return pk(owed.bill(make_job(side.customer, side.ae), "1060.00", f"{TODAY - 40 * DAY}"))


@thing
def owing_client(side):
    overdue_invoice(side)
    return pk(side.customer)


@thing
def earning_client(side):
    make_contract(side.customer, monthly_fee=100)
    return {**pk(side.customer), "year": TODAY.year}


@thing
def account_cost(side):
    return pk(owed.cost(side.customer, "10.00", f"{TODAY.replace(day=1)}"))
