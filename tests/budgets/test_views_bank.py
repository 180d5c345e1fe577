"""Payments from the bank: rows shown, split over invoices, booked once."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from budgets.models import Payment
from tests.budgets import make
from tests.budgets.desk_invoice import REASON, D, signed_house, today, url
from tests.jobs.desk import refused
from tests.meetings.pages import fields_of, send, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return signed_house()


def issued(house):
    """An invoice of 1,060.00 that is due tomorrow."""
    due = today() + timedelta(days=1)
    return make.make_invoice(house.job, "1000.00", state="issued", issued_on=today(), due_on=due)


def statement(*rows):
    lines = ["date,amount,payer,reference", *(",".join(row) for row in rows)]
    return SimpleUploadedFile("bank.csv", "\n".join(lines).encode())


def test_bank_page_begins_without_rows(house, sign_in):
    shown = text_of(sign_in(house.finance).get(url("bank_import")))
    assert "Read the statement" in shown
    assert "Book the rows" not in shown


def test_bank_rows_are_shown_then_booked_once(house, sign_in):
    row, page = issued(house), sign_in(house.finance)
    day = f"{today()}"
    file = statement(
        (day, "33.00", "Somebody", ""), (day, "1060.00", "", row.number), (day, "x", "", "")
    )
    shown = page.post(url("bank_import"), {"file": file})
    assert "no amount" in text_of(shown)
    assert not Payment.objects.exists()
    typed = {**fields_of(shown), "do": "book"}
    assert {name: value for name, value in typed.items() if name.startswith("pay")} == {
        "pay_2": "", "pay_3": row.number,
    }  # fmt: skip
    assert page.post(url("bank_import"), typed).url == url("invoice_list")
    assert Payment.objects.get().amount == D("1060.00")
    refused(page.post(url("bank_import"), typed), "no open invoice is numbered")
    assert Payment.objects.count() == 1


def test_bank_row_is_split_over_several_invoices(house, sign_in):
    first, second = issued(house), issued(house)
    page, day = sign_in(house.finance), f"{today()}"
    text = f"{first.number} {second.number}"
    shown = page.post(url("bank_import"), {"file": statement((day, "2120.00", "", text))})
    assert [fields_of(shown)[name] for name in ("pay_2", "sum_2", "pay_2_2", "sum_2_2")] == [
        first.number, "1,060.00", second.number, "1,060.00",
    ]  # fmt: skip
    page.post(url("bank_import"), {**fields_of(shown), "do": "book"})
    assert {one.invoice for one in Payment.objects.all()} == {first, second}
    payment = first.payments.get()
    asked = page.get(url("payment_reverse", payment))
    assert f"also its parts on {second.number}" in text_of(asked)
    send(page, url("payment_reverse", payment), reason=REASON, is_whole="on")
    assert Payment.objects.filter(amount__lt=0).count() == 2


def test_bank_row_is_split_by_hand(house, sign_in):
    first, second = issued(house), issued(house)
    page = sign_in(house.finance)
    file = statement((f"{today()}", "100.00", "Somebody", ""))
    shown = page.post(url("bank_import"), {"file": file})
    typed = {**fields_of(shown), "pay_2": first.number, "do": "split:2"}
    shown = page.post(url("bank_import"), typed)
    typed = {**fields_of(shown), "sum_2": "30", "pay_2_2": second.number, "do": "book"}
    assert typed["pay_2"] == first.number
    page.post(url("bank_import"), typed)
    assert {one.invoice: one.amount for one in Payment.objects.all()} == {
        first: D("30.00"), second: D("70.00"),
    }  # fmt: skip


@pytest.mark.parametrize(("amount", "words"), [("x", "is no amount"), ("99", "its parts are")])
def test_bank_row_split_wrongly_is_refused_with_what_was_typed(house, sign_in, amount, words):
    first, second = issued(house), issued(house)
    typed = {"text": f"2\t{today()}\t100.00\tA\tB", "do": "book", "pay_2": first.number,
             "sum_2": amount, "pay_2_2": second.number, "sum_2_2": "2"}  # fmt: skip
    answer = sign_in(house.finance).post(url("bank_import"), typed)
    refused(answer, words)
    assert fields_of(answer)["sum_2"] == amount


def test_bank_row_booked_before_is_shown_as_such(house, sign_in):
    row, page = issued(house), sign_in(house.finance)
    file = (f"{today()}", "60.00", "", row.number)
    shown = page.post(url("bank_import"), {"file": statement(file)})
    page.post(url("bank_import"), {**fields_of(shown), "do": "book"})
    again = page.post(url("bank_import"), {"file": statement(file)})
    assert "Booked already." in text_of(again)
    forced = {"do": "book", "text": again.context["form"].data["text"], "pay_2": row.number}
    refused(page.post(url("bank_import"), forced), "Row 2 is booked already.")


@pytest.mark.parametrize("number", ["", "x", "1e3", "-1", "9999999"])
def test_bank_rows_changed_on_their_way_are_refused(house, sign_in, number):
    text = f"{number}\t{today()}\t5.00\tSomebody\tThanks"
    answer = sign_in(house.finance).post(url("bank_import"), {"do": "book", "text": text})
    refused(answer, "changed on their way")


def test_bank_row_on_no_open_invoice_is_refused(house, sign_in):
    text = f"1\t{today()}\t5.00\tSomebody\tThanks"
    page = sign_in(house.finance)
    refused(page.post(url("bank_import"), {"do": "book", "text": text}), "choose the rows")
    typed = {"do": "book", "text": text, "pay_1": "LM/PI/1999/001"}
    refused(page.post(url("bank_import"), typed), "no open invoice is numbered LM/PI/1999/001")
    refused(page.post(url("bank_import"), {"text": f"{text}\n{text}"}), "changed on their way")
    refused(page.post(url("bank_import"), {}), "Please choose a statement.")
