"""Organic growth against the same months of last year, new business apart (6.7, R89)."""

from datetime import date
from decimal import Decimal as D

import pytest

from agency.common.wording import share_text
from budgets.reports.growth import Grown, Span, by_currency, growth
from tests.archives.papers import make_document
from tests.budgets import owed
from tests.builders import from_kept, make_client, make_contract, make_user
from tests.jobs.make import make_job

ae = from_kept("ae")[0]
TO_OCTOBER = Span(2026, 10)


def make_kept():
    make_document(make_client())  # the store knows its site from now on
    return {"ae": make_user()}


def account(ae, now, before, since="2019-01-01", **fields):
    """A client with its first contract and what it brought in both years."""
    client = make_client(team=[ae], **fields)
    make_contract(client, starts_on=date.fromisoformat(since))
    job = make_job(client, ae)
    if now:
        owed.bill(job, now, "2026-10-31")
    if before:
        owed.bill(job, before, "2025-10-31")
    return client


@pytest.mark.rule("R89")
def test_worked_example(ae):
    clients = [account(ae, "4000000.00", "3600000.00"), account(ae, "310000.00", "320000.00")]
    [(currency, organic, new)] = by_currency(growth(clients, TO_OCTOBER))
    assert (currency, organic.now, organic.before) == ("CNY", D("4310000.00"), D("3920000.00"))
    assert share_text(organic.rate) == "9.9%"
    assert (new.now, new.before) == (0, 0)


@pytest.mark.parametrize(
    ("since", "current"),
    [("2024-12-31", True), ("2025-01-01", False), ("2025-07-01", False), ("2026-03-01", False)],
)
def test_current_began_before_the_span_compared_with(ae, since, current):
    client = account(ae, "100.00", "50.00", since=since)
    assert [row.is_current for row in growth([client], TO_OCTOBER)] == [current]


def test_the_first_contract_counts_archived_or_not(ae):
    client = account(ae, "100.00", "50.00", since="2026-01-01")
    make_contract(client, starts_on=date(2020, 1, 1), is_archived=True)
    assert growth([client], TO_OCTOBER)[0].is_current


def test_equal_months_are_compared(ae):
    client = account(ae, "", "")
    job = make_job(client, ae)
    for amount, day in (("1", "2026-10-31"), ("2", "2026-11-01"), ("4", "2025-10-31"),
                        ("8", "2025-11-01"), ("16", "2024-12-31")):  # fmt: skip
        owed.bill(job, amount, day)
    found = growth([client], TO_OCTOBER)[0]
    assert (found.now, found.before) == (D("1"), D("4"))


def test_end_of_february_in_a_leap_year():
    assert Span(2029, 2).before == (date(2028, 1, 1), date(2028, 2, 29))


def test_base_zero_is_new_and_below_it_no_rate():
    assert Grown("CNY", D("5"), D("0")).is_new
    assert Grown("CNY", D("5"), D("0")).rate is None
    assert Grown("CNY", D("5"), D("-3")).rate is None
    assert not Grown("CNY", D("5"), D("-3")).is_new


def test_currencies_stand_apart_and_new_business_last(ae):
    clients = [
        account(ae, "10.00", "", since="2026-02-01"), account(ae, "7.00", "5.00", currency="EUR"),
        account(ae, "4.00", "2.00"),
    ]  # fmt: skip
    rows = growth(clients, TO_OCTOBER)
    assert [row.is_current for row in rows] == [True, True, False]
    sums = [(currency, organic.now, new.now) for currency, organic, new in by_currency(rows)]
    assert sums == [("CNY", D("4.00"), D("10.00")), ("EUR", D("7.00"), D("0.00"))]


def test_thirty_clients_in_three_queries(ae, django_assert_num_queries):
    clients = [account(ae, "3.00", "") for _number in range(30)]
    with django_assert_num_queries(3):
        assert len(growth(clients, TO_OCTOBER)) == 30
