"""Payments, their reversal, months that close, rows of the bank (3.9)."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from agency.common.errors import Stale
from agency.common.models import CalendarDay
from budgets.models import ClosedMonth, Invoice, Payment
from budgets.services.bank import Chosen, book_rows
from budgets.services.invoice_credit import credit_invoice
from budgets.services.invoice_issue import issue_invoice
from budgets.services.months import close_month, closes_at, months_to_close, reopen_month
from budgets.services.payment import pay_invoice, reverse_payment, reverse_transfer
from budgets.tasks.invoice import close, months_due
from tests.budgets import make
from tests.budgets.desk_invoice import REASON, House
from tests.builders import make_user, when
from tests.jobs.drafts import refusal
from tests.jobs.make import NOW

pytestmark = pytest.mark.django_db
YEAR, TODAY = make.YEAR, NOW.date()
OCTOBER = date(YEAR, 10, 1)


@pytest.fixture
def house():
    house = House()
    house.signed()
    house.invoice = make.make_invoice(house.job, "1000.00", state="issued")
    return house


def pay(house, amount="1060.00", **more):
    given = {"on": TODAY, "by": house.finance, "at": NOW, **more}
    return pay_invoice(invoice=house.invoice, amount=D(amount), **given)


def now(house):
    house.invoice.refresh_from_db()
    return (house.invoice.state, house.invoice.paid)


def test_payment_in_two_parts(house):
    pay(house, "1059.99")
    assert now(house) == ("part_paid", D("1059.99"))
    pay(house, "0.01")
    assert now(house) == ("paid", D("1060.00"))


@pytest.mark.parametrize("amount", ["1060.01", "0", "-1.00"])
def test_payment_is_above_nothing_and_at_most_what_is_open(house, amount):
    assert refusal(pay, house=house, amount=amount).field == "amount"


def test_paid_invoice_takes_no_more(house):
    pay(house)
    assert "Paid" in refusal(pay, house=house, amount="0.01").message


def test_credit_lowers_what_can_be_paid(house):
    line = house.invoice.lines.get().pk
    given = {"reason": REASON, "by": house.finance, "at": NOW}
    credit_invoice(invoice=house.invoice, amounts={line: D("100.00")}, **given)
    assert refusal(pay, house=house, amount="954.01").field == "amount"
    pay(house, "954.00")
    assert now(house) == ("paid", D("954.00"))


def test_paid_invoice_can_be_credited_whole(house):
    pay(house)
    line = house.invoice.lines.get().pk
    given = {"reason": REASON, "by": house.finance, "at": NOW}
    credit_invoice(invoice=house.invoice, amounts={line: D("1000.00")}, **given)
    assert now(house) == ("credited", D("1060.00"))
    assert house.invoice.open_amount == D("-1060.00")


@pytest.mark.parametrize("fields", [{"issuer": "media_owner"}, {"kind": "credit"}])
def test_payments_are_booked_on_our_own_invoices(house, fields):
    if "kind" in fields:
        fields |= {"credits": house.invoice}
    net = "-5.00" if "kind" in fields else "5.00"
    house.invoice = make.make_invoice(house.job, net, state="issued", **fields)
    assert "our own invoices" in refusal(pay, house=house, amount="1.00").message


def test_day_of_a_payment_has_come(house):
    assert refusal(pay, house=house, on=TODAY + timedelta(days=1)).field == "on"


def test_only_finance_books(house):
    for role in ("ae", "management"):
        with pytest.raises(PermissionDenied):
            pay(house, by=make_user(role=role))


def test_older_page_is_stale(house):
    pay(house, "1.00")
    with pytest.raises(Stale):
        pay(house, "1.00", row_version=0)


def test_same_form_twice_books_once(house):
    key = "8c5e0f3e-5d5c-4b26-a5de-5d3d5b5c6a02"
    assert pay(house, "5.00", form_key=key) == pay(house, "5.00", form_key=key)
    assert now(house) == ("part_paid", D("5.00"))


def test_reversal_is_a_payment_below_nothing(house):
    payment = pay(house)
    given = {"payment": payment, "by": house.finance, "at": NOW}
    assert refusal(reverse_payment, reason="no", **given).field == "reason"
    back = reverse_payment(reason=REASON, **given)
    assert (back.amount, back.reverses) == (D("-1060.00"), payment)
    assert now(house) == ("issued", D("0.00"))
    assert "reversed already" in refusal(reverse_payment, reason=REASON, **given).message
    given["payment"] = back
    assert "not reversed" in refusal(reverse_payment, reason=REASON, **given).message


def test_only_finance_reverses(house):
    with pytest.raises(PermissionDenied):
        reverse_payment(payment=pay(house), reason=REASON, by=house.am, at=NOW)


def refuses(act, **values):
    with pytest.raises(IntegrityError), transaction.atomic():
        act(**values)


def test_database_keeps_payments_within_the_total(house):
    payment = pay(house, "1000.00")
    given = {"invoice": house.invoice, "on": TODAY, "at": NOW, "entered_by": house.finance}
    refuses(Payment.objects.create, amount=D("60.01"), **given)
    refuses(Payment.objects.filter(pk=payment.pk).update, amount=D("1.00"))
    refuses(Payment.objects.filter(pk=payment.pk).delete)
    assert Payment.objects.create(amount=D("60.00"), **given).pk


# --- months -------------------------------------------------------------------------------------


def test_month_closes_five_working_days_after_its_end():
    """November 2026 ends on a Monday; the fifth working day after it is Monday the 7th."""
    assert closes_at(date(2026, 11, 1)) == when("2026-12-08 00:00")


def test_holidays_move_the_closing():
    """September 2026: the first week of October is off, workdays are 8, 9, 10, 12 and 13."""
    for number in range(1, 8):
        CalendarDay.objects.create(day=date(2026, 10, number), is_working=False, name="国庆节")
    CalendarDay.objects.create(day=date(2026, 10, 10), is_working=True, name="调休")
    assert closes_at(date(2026, 9, 1)) == when("2026-10-14 00:00")


def test_clock_closes_what_it_missed_while_it_stood_still():
    at = closes_at(OCTOBER) + timedelta(days=25)
    months = months_due(at)
    assert OCTOBER in months
    assert months == sorted(months)


def test_clock_closes_at_the_very_second():
    at = closes_at(OCTOBER)
    assert OCTOBER not in months_to_close(at - timedelta(seconds=1))
    assert OCTOBER in months_due(at)
    close(OCTOBER, at)
    assert ClosedMonth.objects.get(month=OCTOBER).closed_at == at
    assert OCTOBER not in months_due(at)


def test_nothing_is_dated_into_a_closed_month(house):
    close_month(month=OCTOBER, by=house.finance, at=NOW)
    day = date(YEAR, 10, 31)
    assert refusal(pay, house=house, on=day).field == "on"
    assert now(house) == ("issued", D("0.00"))


def test_invoices_are_not_issued_into_it_either():
    house = House()
    house.signed()
    row = house.checked()
    close_month(month=OCTOBER, by=house.finance, at=NOW)
    given = {"invoice": row, "by": house.finance, "at": NOW}
    assert refusal(issue_invoice, issued_on=date(YEAR, 10, 31), **given).field == "issued_on"
    assert issue_invoice(issued_on=date(YEAR, 11, 1), **given).state == "issued"


def test_finance_opens_a_month_again_with_a_reason(house):
    row = close_month(month=OCTOBER, by=house.finance, at=NOW)
    given = {"month": row, "at": NOW}
    assert refusal(reopen_month, reason="no", by=house.finance, **given).field == "reason"
    with pytest.raises(PermissionDenied):
        reopen_month(reason=REASON, by=house.am, **given)
    row = reopen_month(reason=REASON, by=house.finance, **given)
    assert (row.is_closed, row.reopened_by) == (False, house.finance)
    assert pay(house, "1.00", on=date(YEAR, 10, 31)).pk
    assert "is open" in refusal(reopen_month, reason=REASON, by=house.finance, **given).message


def test_opened_month_is_closed_again_by_hand_only(house):
    at = closes_at(OCTOBER)
    row = close_month(month=OCTOBER, by=house.finance, at=at)
    reopen_month(month=row, reason=REASON, by=house.finance, at=at)
    assert OCTOBER not in months_due(at)
    assert close_month(month=OCTOBER, by=house.finance, at=at).is_closed


def test_running_or_closed_month_is_not_closed(house):
    given = {"by": house.finance, "at": NOW}
    assert "not over" in refusal(close_month, month=date(YEAR, 11, 1), **given).message
    close_month(month=OCTOBER, **given)
    assert "closed already" in refusal(close_month, month=OCTOBER, **given).message
    with pytest.raises(PermissionDenied):
        close_month(month=OCTOBER, by=house.am, at=NOW)


# --- rows of the bank ---------------------------------------------------------------------------


def chosen(house, number=2, key="k1", amount="60.00", invoice=None):
    return Chosen(number, key, TODAY, D(amount), "X" * 80, invoice or house.invoice)


def test_rows_are_booked_with_their_mark(house):
    (payment,) = book_rows(rows=[chosen(house)], by=house.finance, at=NOW)
    assert (payment.bank_key, payment.amount, payment.reference) == ("k1", D("60.00"), "X" * 60)


def test_row_is_booked_once(house):
    book_rows(rows=[chosen(house)], by=house.finance, at=NOW)
    error = refusal(book_rows, rows=[chosen(house)], by=house.finance, at=NOW)
    assert error.message == "Row 2 is booked already."


def test_one_row_that_cannot_be_booked_refuses_all(house):
    rows = [chosen(house), chosen(house, 3, "k2", "1000.01")]
    error = refusal(book_rows, rows=rows, by=house.finance, at=NOW)
    assert error.message == "Row 3: Only 1,000.00 is open on this invoice."
    assert now(house) == ("issued", D("0.00"))


def test_nothing_chosen_books_nothing(house):
    assert "choose the rows" in refusal(book_rows, rows=[], by=house.finance, at=NOW).message
    with pytest.raises(PermissionDenied):
        book_rows(rows=[chosen(house)], by=house.am, at=NOW)
    assert Invoice.objects.get().paid == 0


def halves(house, second="40.00", invoice=None):
    """A transfer of 100.00 on two invoices."""
    other = invoice or make.make_invoice(house.job, "1000.00", state="issued")
    row = chosen(house)
    parts = [(house.invoice, "60.00"), (other, second)]
    return [
        replace(row, invoice=one, amount=D(amount), part=place, received=D("100.00"))
        for place, (one, amount) in enumerate(parts, start=1)
    ]


def test_one_transfer_pays_several_invoices_once(house):
    rows = halves(house)
    payments = book_rows(rows=rows, by=house.finance, at=NOW)
    assert [(one.bank_key, one.bank_part, one.amount) for one in payments] == [
        ("k1", 1, D("60.00")), ("k1", 2, D("40.00")),
    ]  # fmt: skip
    for again in (rows, rows[1:], [chosen(house)]):
        error = refusal(book_rows, rows=again, by=house.finance, at=NOW)
        assert error.message == "Row 2 is booked already."
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.filter(bank_part=2).update(bank_part=1)


def test_parts_are_other_invoices_and_make_up_the_row(house):
    given = {"by": house.finance, "at": NOW}
    error = refusal(book_rows, rows=halves(house, "40.01"), **given)
    assert error.message == "Row 2: its parts are 100.01, and 100.00 came in."
    error = refusal(book_rows, rows=halves(house, invoice=house.invoice), **given)
    assert error.message == "Row 2: the same invoice stands there twice."
    assert not Payment.objects.exists()


def test_a_transfer_is_taken_back_in_part_or_whole(house):
    first, second = book_rows(rows=halves(house), by=house.finance, at=NOW)
    given = {"reason": REASON, "by": house.finance, "at": NOW}
    reverse_payment(payment=first, **given)
    assert now(house) == ("issued", D("0.00"))
    (reversal,) = reverse_transfer(payment=first, **given)
    assert (reversal.reverses, reversal.amount) == (second, D("-40.00"))
    assert reverse_transfer(payment=second, **given) == []
