"""What the tests of an estimate's draft share; its fixtures stand in conftest.py."""

from datetime import date
from decimal import Decimal

import pytest

from agency.common.errors import Refused
from tests.jobs import make

D = Decimal
DAY = date(2026, 11, 19)


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def refusal(function, **kwargs):
    with pytest.raises(Refused) as caught:
        function(**kwargs)
    return caught.value


def change_order(draft, ae):
    """A change order's draft on the same job, as the chain makes it."""
    return make.make_estimate(draft.job, change=1, author=ae)


def quote(supplier, amount="100", chosen=False, **fields):
    return {"supplier": supplier, "amount": D(amount), "on": DAY, "chosen": chosen, **fields}


def three():
    return [make.make_supplier(name) for name in ("Lantern Print", "North Bridge", "Green Reed")]
