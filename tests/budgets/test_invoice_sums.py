"""Whatever is billed in whatever parts: nothing is lost, nothing comes twice (6.2, 6.7)."""

from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agency.common.money import cents
from budgets.forms.invoice import share_or_amount
from budgets.models import Invoice, InvoiceLine
from budgets.services.invoice_credit import state_of
from budgets.services.invoice_sources import Part, _within
from budgets.statement import amount_of, marked, rows_of_text
from budgets.sums import invoice_totals, line_net, plan_totals
from tests.budgets.test_statement import ROW

AMOUNT = st.decimals(min_value=D("0.01"), max_value=D("9999999.99"), places=2)
SIGNED = st.decimals(min_value=D("-99999.99"), max_value=D("9999999.99"), places=2)
RATE = st.sampled_from([D("0.06"), D("0.13"), D("0.09"), D("0.03"), D("0")])
MANY = settings(max_examples=150, deadline=None)


def part(rest, key="line:1", in_budget=True):
    return Part(key, "production", "Printing", rest, D("0"), D("0.06"), rest, in_budget=in_budget)


# --- what is left -------------------------------------------------------------------------------


@MANY
@given(st.lists(AMOUNT, min_size=1, max_size=8), AMOUNT)
def test_offers_never_come_to_more_than_is_left(rests, left):
    offered = sum(one.rest for one in _within([part(rest) for rest in rests], left))
    assert offered == min(sum(rests), left)


@MANY
@given(st.lists(AMOUNT, min_size=1, max_size=8), AMOUNT)
def test_no_offer_is_cut_below_nothing(rests, left):
    found = _within([part(rest) for rest in rests], left)
    assert all(0 <= one.rest <= rest for one, rest in zip(found, rests, strict=True))


def test_last_part_is_cut_first():
    found = _within([part(D("10.00")), part(D("5.00"))], D("12.00"))
    assert [one.rest for one in found] == [D("10.00"), D("2.00")]


def test_what_is_outside_the_budget_is_not_cut():
    owed = part(D("5.00"), in_budget=False)
    found = _within([part(D("10.00")), owed], D("0.00"))
    assert [one.rest for one in found] == [D("0.00"), D("5.00")]


def test_changes_below_nothing_stay_whole():
    found = _within([part(D("10.00")), part(D("-4.00"))], D("6.00"))
    assert [one.rest for one in found] == [D("10.00"), D("-4.00")]


# --- typed parts --------------------------------------------------------------------------------


@MANY
@given(AMOUNT)
def test_typed_amount_is_itself(amount):
    assert share_or_amount(f"{amount}", D("1.00")) == amount
    assert share_or_amount(f"{amount:,.2f}", D("1.00")) == amount


@MANY
@given(AMOUNT, st.integers(min_value=1, max_value=99))
def test_share_and_its_complement_lose_at_most_a_cent(whole, share):
    parts = [share_or_amount(f"{one}%", whole) for one in (share, 100 - share)]
    assert abs(sum(parts) - whole) <= D("0.01")


@pytest.mark.parametrize("text", ["100%", "100 ％", "100.00%"])
def test_all_of_it(text):
    assert share_or_amount(text, D("33.33")) == D("33.33")


@pytest.mark.parametrize("text", ["%", "ten", "1.005", "1e3", "12%%x", "--1", "NaN", "Infinity"])
def test_what_is_no_part(text):
    assert share_or_amount(text, D("100.00")) is None


# --- sums of a paper ----------------------------------------------------------------------------


def lines_of(rows):
    return [InvoiceLine(net=net, vat_rate=rate) for net, rate in rows]


@MANY
@given(st.lists(st.tuples(SIGNED, RATE), min_size=1, max_size=12))
def test_total_is_net_and_vat_once_a_rate(rows):
    net, tax, total = invoice_totals(lines_of(rows))
    by_rate = {rate: sum(one for one, other in rows if other == rate) for _net, rate in rows}
    assert net == sum(one for one, _rate in rows)
    assert tax == sum(cents(amount * rate) for rate, amount in by_rate.items())
    assert total == net + tax


@MANY
@given(st.lists(st.tuples(SIGNED, RATE), min_size=1, max_size=12))
def test_credit_mirrors_its_invoice_to_the_cent(rows):
    there = invoice_totals(lines_of(rows))
    back = invoice_totals(lines_of([(-net, rate) for net, rate in rows]))
    assert back == tuple(-amount for amount in there)


class Line:
    """A media line as the formulas see it."""

    def __init__(self, price, month):
        self.gross = self.media_price = price
        self.commission, self.service_fee = cents(price * D("0.15")), cents(price * D("0.03"))
        self.month = date(2026, month, 1)


@MANY
@given(
    st.lists(st.tuples(AMOUNT, st.integers(min_value=1, max_value=12)), min_size=1, max_size=20),
    st.sampled_from(["included", "on_top"]),
)
def test_media_and_commission_invoices_of_all_months_are_the_plan(rows, mode):
    lines = [Line(*row) for row in rows]
    totals = plan_totals(lines, mode, D("0.06"))
    media = sum(line.media_price for line in lines)
    fees = sum(line_net(line, mode) - line.media_price for line in lines)
    assert media + fees == totals.client_net


# --- the state by what was paid and credited ----------------------------------------------------


@pytest.mark.parametrize(
    ("paid", "credited", "state"),
    [
        ("0", "0", "issued"),
        ("0.01", "0", "part_paid"),
        ("105.99", "0", "part_paid"),
        ("106.00", "0", "paid"),
        ("0", "-0.01", "issued"),
        ("105.99", "-0.01", "paid"),
        ("105.98", "-0.01", "part_paid"),
        ("0", "-106.00", "credited"),
        ("106.00", "-106.00", "credited"),
        ("106.00", "-50.00", "paid"),
    ],
)
def test_state_follows_what_came_and_went(paid, credited, state):
    row = Invoice(total=D("106.00"), paid=D(paid), credited=D(credited), state="issued")
    assert state_of(row) == state


# --- rows of the bank ---------------------------------------------------------------------------


@MANY
@given(AMOUNT)
def test_amounts_of_a_statement_are_read_to_the_cent(amount):
    for text in (f"{amount}", f"{amount:,.2f}", f"¥{amount}", f"+{amount}", f"{amount} 元"):
        assert amount_of(text) == amount


@MANY
@given(st.lists(AMOUNT, min_size=1, max_size=10))
def test_each_row_of_a_statement_has_its_own_mark(amounts):
    text = "\n".join(
        f"{number}\t{ROW[0]}\t{amount}\t{ROW[2]}\t{ROW[3]}" for number, amount in enumerate(amounts)
    )
    rows = rows_of_text(text)
    assert len({row.key for row in rows}) == len(rows)
    assert [row.key for row in marked(rows)] == [row.key for row in rows_of_text(text)]
