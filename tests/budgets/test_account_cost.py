"""What a client costs in a month: entered by finance, changed with a trail (6.7)."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry
from budgets.models import AccountCost
from budgets.reports.profit import contribution
from budgets.services.account_cost import create_account_cost, update_account_cost
from tests.budgets import owed
from tests.builders import from_kept, make_client, make_user, when

client_, finance = from_kept("client_", "finance")
AT = when("2026-11-05 10:00")
OCTOBER = date(2026, 10, 1)


def make_kept():
    return {"client_": make_client("LM"), "finance": make_user(role="finance")}


def enter(client, by, **fields):
    given = {"month": OCTOBER, "kind": "staff", "amount": D("121000.00"), "at": AT, **fields}
    return create_account_cost(client=client, by=by, **given)


def change(row, by, amount="5.00", **fields):
    return update_account_cost(account_cost=row, by=by, amount=D(amount), at=AT, **fields)


def trail(verb):
    return AuditEntry.objects.filter(verb=verb).latest("pk").changes


def test_figure_counts_in_its_month(client_, finance):
    enter(client_, finance)
    enter(client_, finance, kind="other", amount=D("10.50"))
    found = contribution(client_, OCTOBER, date(2026, 10, 31))
    assert (found.staff, found.other, found.lacks_staff) == (D("121000.00"), D("10.50"), False)


def test_any_day_of_the_month_means_the_month(client_, finance):
    assert enter(client_, finance, month=date(2026, 10, 31)).month == OCTOBER


def test_who_entered_it_and_what_stands_in_the_trail(client_, finance):
    row = enter(client_, finance)
    assert (row.entered_by, row.created_by, row.created_at) == (finance, finance, AT)
    changes = trail("create_account_cost")
    assert (changes["month"], changes["kind"]) == ("2026-10", "staff")
    assert changes["amount"] == [None, "121,000.00"]


def test_second_figure_is_refused_at_the_month(client_, finance):
    enter(client_, finance)
    with pytest.raises(Refused) as error:
        enter(client_, finance, amount=D("1"))
    assert error.value.reasons[0][0] == "month"
    assert enter(client_, finance, month=date(2026, 9, 1)).month == date(2026, 9, 1)
    assert AccountCost.objects.count() == 2


@pytest.mark.parametrize("amount", ["-0.01", "-100"])
def test_negative_cost_is_refused(client_, finance, amount):
    with pytest.raises(Refused) as error:
        enter(client_, finance, amount=D(amount))
    assert error.value.reasons[0][0] == "amount"
    row = enter(client_, finance)
    with pytest.raises(Refused):
        change(row, finance, amount)
    assert AccountCost.objects.get().amount == D("121000.00")


def test_nothing_is_a_figure_too(client_, finance):
    assert enter(client_, finance, amount=D("0")).amount == 0


def test_change_keeps_the_former_figure_in_the_trail(client_, finance):
    other = make_user(role="finance")
    row = change(enter(client_, finance), other, "120000.00")
    assert (row.amount, row.entered_by, row.created_by) == (D("120000.00"), other, finance)
    assert trail("update_account_cost")["amount"] == ["121,000.00", "120,000.00"]


def test_change_of_a_figure_shown_in_an_older_version_is_stale(client_, finance):
    row = enter(client_, finance)
    shown = row.row_version
    change(row, finance, "4.00", row_version=shown)
    with pytest.raises(Stale):
        change(row, finance, "3.00", row_version=shown)
    assert AccountCost.objects.get().amount == D("4.00")


@pytest.mark.parametrize("role", ["ae", "am", "ad", "gad", "management", "department", "admin"])
def test_only_finance_may(client_, finance, role):
    row, person = enter(client_, finance), make_user(role=role)
    with pytest.raises(PermissionDenied):
        enter(client_, person, kind="other")
    with pytest.raises(PermissionDenied):
        change(row, person)


def test_database_knows_one_figure_a_month_and_kind_from_the_first(client_):
    owed.cost(client_, "1.00", "2026-10-01")
    for amount, month in (("2.00", "2026-10-01"), ("2.00", "2026-09-02"), ("-2.00", "2026-08-01")):
        with pytest.raises(IntegrityError), transaction.atomic():
            owed.cost(client_, amount, month)
