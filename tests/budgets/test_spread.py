"""A year's amount over twelve months, to the cent."""

from decimal import Decimal as D

import pytest

from budgets.spread import spread_evenly, spread_like


@pytest.mark.parametrize(
    ("amount", "each", "last"),
    [
        ("120.00", "10.00", "10.00"),
        ("100.00", "8.33", "8.37"),
        ("80.00", "6.66", "6.74"),
        ("0.11", "0.00", "0.11"),
        ("0.00", "0.00", "0.00"),
        ("999999999999.99", "83333333333.33", "83333333333.36"),
    ],
)
def test_rest_of_the_division_stands_in_the_last_month(amount, each, last):
    months = spread_evenly(D(amount))
    assert months == [D(each)] * 11 + [D(last)]
    assert sum(months) == D(amount)


def shape(**months):
    """m1=, m12=: the other months are nothing."""
    return [D(months.get(f"m{number}", "0")) for number in range(1, 13)]


def test_by_shares_with_the_rest_in_the_last_month_that_has_one():
    months = spread_like(D("100.00"), shape(m1="1.00", m2="1.00", m6="1.00"))
    assert months == shape(m1="33.33", m2="33.33", m6="33.34")


def test_month_of_credit_notes_has_no_share():
    months = spread_like(D("90.00"), shape(m1="-30.00", m2="10.00", m3="20.00"))
    assert months == shape(m2="30.00", m3="60.00")


def test_large_sums_stay_exact():
    months = spread_like(D("999999999999.99"), shape(m1="999999999999.97", m12="0.01"))
    assert sum(months) == D("999999999999.99")
    assert min(months) >= 0


@pytest.mark.parametrize("months", [{}, {"m4": "-1.00"}])
def test_nothing_to_go_by(months):
    assert spread_like(D("100.00"), shape(**months)) is None
