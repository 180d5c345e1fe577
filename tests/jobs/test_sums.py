"""The formula of an estimate (domain.md 6.1): the worked example, halves of a cent, any lines."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs.sums import MOST, Totals, line_sums, totals, unit_price

D = Decimal
RATES = [D("0.0600"), D("0.1300"), D("0.0900"), D("0.0300"), D("0.0000")]


@dataclass
class Line:
    cost: Decimal
    price: Decimal
    vat_rate: Decimal = RATES[0]
    chosen: bool = True


def made(quantity, unit_cost, markup="0.1765", fixed=None, vat="0.0600", chosen=True):
    cost, price = line_sums(D(quantity), D(unit_cost), D(markup), fixed and D(fixed))
    return Line(cost, price, D(vat), chosen)


def worked():
    """The four lines of 6.1."""
    return [
        made("2", "12500"),
        made("7", "865.33"),
        made("5000", "1.2360", vat="0.1300"),
        made("3", "1200", fixed="2000"),
    ]


@pytest.mark.rule("R58")
def test_worked_example_to_the_cent():
    sums = totals(worked(), D("0.05"), D("0.06"))
    assert [line.cost for line in worked()] == [D("25000"), D("6057.31"), D("6180"), D("3600")]
    assert [line.price for line in worked()] == [
        D("29412.50"), D("7126.43"), D("7270.77"), D("6000.00"),
    ]  # fmt: skip
    assert sums.subtotal == D("49809.70")
    assert sums.cost == D("40837.31")
    assert sums.margin == D("8972.39")
    assert sums.margin_rate == D("0.180")
    assert sums.contingency == D("2490.49")
    assert sums.net == D("52300.19")
    assert sums.vat == D("3646.97")
    assert sums.total == D("55947.16")


def test_vat_stands_once_for_each_rate():
    sums = totals(worked(), D("0.05"), D("0.06"))
    assert sums.by_rate == (
        (D("0.0600"), D("45029.42"), D("2701.77")),
        (D("0.1300"), D("7270.77"), D("945.20")),
    )


def test_contingency_is_taxed_at_the_contract_rate():
    sums = totals([made("1", "100", "0", vat="0.1300")], D("0.10"), D("0.06"))
    assert sums.by_rate == (
        (D("0.06"), D("10.00"), D("0.60")),
        (D("0.1300"), D("100.00"), D("13.00")),
    )


def test_no_row_of_vat_for_a_contingency_of_nothing():
    sums = totals([made("1", "100", "0", vat="0.1300")], D("0"), D("0.06"))
    assert sums.by_rate == ((D("0.1300"), D("100.00"), D("13.00")),)


@pytest.mark.parametrize(
    ("quantity", "unit", "amount"),
    [
        ("3", "33.335", "100.01"),  # 100.005
        ("1", "0.125", "0.13"),
        ("1", "-0.125", "-0.13"),
        ("-1", "0.125", "-0.13"),
        ("1", "0.1249", "0.12"),
        ("-3", "33.335", "-100.01"),
        ("0.001", "4.9999", "0.00"),
        ("0.001", "5", "0.01"),
    ],
)
def test_half_cents_go_away_from_zero(quantity, unit, amount):
    assert line_sums(D(quantity), D(unit), D("0"), None) == (D(amount), D(amount))
    assert line_sums(D(quantity), D("0"), D("0.5"), D(unit)) == (D("0.00"), D(amount))


def test_nothing_is_rounded_on_the_way():
    # 7 × 865.33 × 1.1765 = 7,126.425215; from the rounded cost it would be another cent.
    assert line_sums(D("7"), D("865.33"), D("0.1765"), None) == (D("6057.31"), D("7126.43"))
    assert line_sums(D("0.333"), D("0.0150"), D("9.0000"), None) == (D("0.00"), D("0.05"))


def test_fixed_price_takes_the_place_of_cost_and_markup():
    assert line_sums(D("3"), D("1200"), D("0.1765"), D("2000")) == (D("3600.00"), D("6000.00"))
    assert line_sums(D("3"), D("1200"), D("0.1765"), D("0")) == (D("3600.00"), D("0.00"))


def test_option_not_chosen_counts_nowhere():
    sums = totals([*worked(), made("1", "7480", chosen=False)], D("0.05"), D("0.06"))
    assert sums == totals(worked(), D("0.05"), D("0.06"))


def test_nothing_comes_to_nothing():
    sums = totals([], D("0.05"), D("0.06"))
    assert (sums.total, sums.cost, sums.margin, sums.margin_rate) == (0, 0, 0, None)
    assert sums.by_rate == ()


def test_difference_may_be_negative():
    sums = totals([made("-2", "100", "0")], D("0.05"), D("0.06"))
    assert (sums.net, sums.vat, sums.total) == (D("-210.00"), D("-12.60"), D("-222.60"))


@pytest.mark.parametrize(("total", "kept"), [(MOST, True), (MOST + D("0.01"), False)])
def test_sums_that_the_columns_hold(total, kept):
    nothing = D("0.00")
    sums = Totals(nothing, nothing, nothing, nothing, total, nothing, ())
    assert sums.are_kept is kept


@pytest.mark.parametrize(
    ("price", "quantity", "each"),
    [
        ("29412.50", "2", "14706.25"),
        ("7126.43", "7", None),
        ("7270.77", "5000", None),
        ("6000.00", "3", "2000.00"),
        ("-222.60", "-2", "111.30"),
        ("0.00", "3", "0.00"),
        ("100.00", "0.5", "200.00"),
    ],
)
def test_unit_price_only_where_exact(price, quantity, each):
    assert unit_price(D(price), D(quantity)) == (each and D(each))


quantities = st.decimals("-9999", "9999", places=3).filter(bool)
costs = st.decimals("0", "99999", places=4)
rates = st.decimals("0", "1", places=4)
lines = st.lists(
    st.tuples(quantities, costs, rates, st.none() | costs, st.sampled_from(RATES), st.booleans()),
    max_size=25,
)


def cent(amount):
    """Rounded by its own means, so that the formula is not compared with itself."""
    sign = -1 if amount < 0 else 1
    return sign * ((abs(amount) * 100).to_integral_value(ROUND_HALF_UP) / 100)


@pytest.mark.rule("R58")
@settings(max_examples=2000, deadline=None)
@given(drawn=lines, contingency=rates, contract=st.sampled_from(RATES))
def test_lines_come_to_the_total_whatever_they_are(drawn, contingency, contract):
    rows = [
        Line(*line_sums(quantity, cost, markup, fixed), vat_rate, chosen)
        for quantity, cost, markup, fixed, vat_rate, chosen in drawn
    ]
    sums = totals(rows, contingency, contract)
    counted = [row for row in rows if row.chosen]
    assert sums.subtotal == sum(row.price for row in counted)
    assert sums.cost == sum(row.cost for row in counted)
    assert sums.contingency == cent(sums.subtotal * contingency)
    assert sums.net == sums.subtotal + sums.contingency == sum(net for _r, net, _v in sums.by_rate)
    by_hand = D("0.00")
    for rate in RATES:
        net = sum((row.price for row in counted if row.vat_rate == rate), D("0.00"))
        by_hand += cent((net + (sums.contingency if rate == contract else 0)) * rate)
    assert sums.vat == by_hand == sum(tax for _r, _n, tax in sums.by_rate)
    assert sums.total == sums.net + sums.vat
    assert len({rate for rate, _n, _v in sums.by_rate}) == len(sums.by_rate)
    for row, (quantity, cost, markup, fixed, _vat, _chosen) in zip(rows, drawn, strict=True):
        assert row.cost == cent(quantity * cost)
        whole = quantity * cost * (1 + markup) if fixed is None else quantity * fixed
        assert row.price == cent(whole)
