"""A bank's statement: what is read, what is refused in words, which invoice a row pays."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal as D

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from budgets import statement
from budgets.models import Invoice
from budgets.reports.matching import match, owed
from budgets.statement import amount_of, day_of, rows_of_file, rows_of_text
from tests.budgets import make, sheets
from tests.builders import make_client, make_user
from tests.jobs.drafts import refusal
from tests.jobs.make import NOW, make_job

HEAD = ["日期", "金额", "付款人", "摘要"]
ROW = ["2026-11-18", "1060.00", "绿麦食品有限公司", "LM/PI/2026/001"]


def upload(content, name="bank.csv"):
    return SimpleUploadedFile(name, content)


def csv_of(*rows, code="utf-8", comma=","):
    return upload("\n".join(comma.join(row) for row in rows).encode(code))


def xlsx_of(*rows, change=None):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book.active)
    target = io.BytesIO()
    book.save(target)
    return upload(target.getvalue(), "bank.xlsx")


def read(file):
    return [(row.on, row.amount, row.payer, row.reference) for row in rows_of_file(file)]


FOUND = [(date(2026, 11, 18), D("1060.00"), "绿麦食品有限公司", "LM/PI/2026/001")]


# --- reading ------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_text_in_the_codes_and_commas_of_banks(code, comma):
    assert read(csv_of(HEAD, ROW, code=code, comma=comma)) == FOUND


def test_spreadsheet_with_real_dates_and_numbers():
    rows = [HEAD, [datetime(2026, 11, 18), 1060, ROW[2], ROW[3]]]
    assert read(xlsx_of(*rows)) == FOUND
    assert read(xlsx_of(HEAD, [date(2026, 11, 18), 1060.0, ROW[2], ROW[3]])) == FOUND


def test_head_may_stand_below_the_banks_own_lines():
    assert read(csv_of(["账户明细"], [], ["户名", "青屿广告"], HEAD, ROW)) == FOUND


def test_heads_in_english_in_any_order():
    head = ["Details", "Counterparty", "Credit", "Booking date"]
    assert read(csv_of(head, [*reversed(ROW)])) == FOUND


def test_empty_rows_are_left_out_and_numbers_are_those_of_the_sheet():
    rows = rows_of_file(csv_of(HEAD, ["", "", "", ""], ROW))
    assert [row.number for row in rows] == [3]


@pytest.mark.parametrize(
    "text",
    ["2026-11-18", "2026/11/18", "2026.11.18", "20261118", "2026年11月18日", "18.11.2026",
     "2026-11-18 09:30:00", "2026-11-18T09:30"],
)  # fmt: skip
def test_days_as_banks_write_them(text):
    assert day_of(text) == date(2026, 11, 18)


@pytest.mark.parametrize("text", ["", "18/11", "2026-13-01", "1926-01-01", "yesterday"])
def test_what_is_no_day(text):
    assert day_of(text) is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1,060.00", "1060.00"),
        ("¥1060", "1060.00"),
        ("+1060.5", "1060.50"),
        ("1060.00元", "1060.00"),
        ("-12.00", "-12.00"),
        ("(12.00)", "-12.00"),
    ],
)
def test_amounts_as_banks_write_them(text, amount):
    assert amount_of(text) == D(amount)


@pytest.mark.parametrize("text", ["", "12.345", "1e5", "twelve", "9999999999999.00", "=1+1"])
def test_what_is_no_amount(text):
    assert amount_of(text) is None


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["gestern", "1.00", "", ""], "“gestern” is no date."),
        (["2026-11-18", "viel", "", ""], "“viel” is no amount."),
        (["2026-11-18", "-5.00", "", ""], "This is no money that came in."),
        (["2026-11-18", "0", "", ""], "This is no money that came in."),
    ],
)
def test_row_says_what_is_wrong_with_it(row, words):
    (read,) = rows_of_file(csv_of(HEAD, row))
    assert read.problem == rows_of_text(read.text)[0].problem == words


# --- hostile files ------------------------------------------------------------------------------


def refused(file):
    error = refusal(rows_of_file, upload=file)
    assert error.field == "file"
    return error.message


def test_formulas_are_refused_by_cell():
    words = refused(xlsx_of(HEAD, ["2026-11-18", "=1+1", "", ""]))
    assert words == "Cell B2 holds a formula: please keep the values only."


def test_merged_cells_are_refused():
    assert "merged cells" in refused(
        xlsx_of(HEAD, ROW, change=lambda sheet: sheet.merge_cells("A4:B4"))
    )


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(statement, "ROWS_MOST", 3)
    assert "at most 3 rows" in refused(csv_of(HEAD, *[ROW] * 4))
    assert "at most 3 rows" in refused(xlsx_of(HEAD, *[ROW] * 40))
    assert (
        "at most 3 rows"
        in refusal(rows_of_text, text="\n".join(["\t".join(["1", *ROW])] * 4)).message
    )


def test_two_hundred_thousand_rows_are_refused_soon():
    line = ",".join(ROW).encode()
    assert "5 MB" in refused(upload(b"\n".join([line] * 200_000)))
    short = b"\n".join([",".join(HEAD).encode(), *[b"1,2"] * 200_000])
    assert "at most 1000 rows" in refused(upload(short))
    assert "at most 1000 rows" in refused(sheets.endless("2026-11-18"))


@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02\x03,\n", b"\xff\xfe\xfa\xff\xff", b"PK\x03\x04 no archive"]
)
def test_what_is_neither_sheet_nor_text_is_refused(content):
    assert refused(upload(content))


def test_archive_without_a_sheet_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert "no spreadsheet" in refused(upload(target.getvalue()))


def test_file_without_head_or_rows_is_refused():
    assert "No row names the columns" in refused(csv_of(ROW))
    assert "no row below the head" in refused(csv_of(HEAD))


def test_field_too_long_for_a_csv_is_refused():
    assert "cannot be read as CSV" in refused(upload(b'a,"' + b"x" * 200_000 + b'"\n'))


# --- marks --------------------------------------------------------------------------------------


def test_same_row_has_the_same_mark_in_any_file():
    (first,) = rows_of_file(csv_of(HEAD, ROW))
    (second,) = rows_of_file(xlsx_of(["Note"], HEAD, ROW))
    assert first.key == second.key
    assert rows_of_text(first.text)[0].key == first.key


def test_equal_rows_of_one_file_are_told_apart():
    one, two = rows_of_file(csv_of(HEAD, ROW, ROW))
    assert one.key != two.key


# --- matching -----------------------------------------------------------------------------------


@pytest.fixture
def job(ae):
    return make_job(make_client("LM", team=[ae], name="绿麦食品", name_en="Greenwheat"), ae)


@pytest.fixture
def finance(db):
    return make_user(role="finance")


def matched(finance, *rows):
    read = rows_of_file(csv_of(HEAD, *rows))
    found = match(read, owed(finance, NOW))
    return [(one.invoice and one.invoice.number, one.how, str(one.problem)) for one in found]


def row(amount, payer="", reference=""):
    return ["2026-11-18", amount, payer, reference]


def test_number_in_the_reference_counts_first(job, finance):
    first = make.make_invoice(job, "1000.00", state="issued")
    make.make_invoice(job, "500.00", state="issued")
    for text in (first.number, first.number.replace("/", "-"), f"款项 {first.number.lower()} 谢谢"):
        assert matched(finance, row("530.00", "", text)) == [(first.number, "number", "")]


def test_fapiao_number_counts_too(job, finance):
    invoice = make.make_invoice(job, "1000.00", state="issued", fapiao_number="24312000001234567")
    text = "发票24312000001234567"
    assert matched(finance, row("1.00", "", text)) == [(invoice.number, "number", "")]


def test_client_and_amount_then_amount_alone(job, finance):
    invoice = make.make_invoice(job, "1000.00", state="issued")
    number = invoice.number
    assert matched(finance, row("1060.00", "绿麦食品有限公司")) == [(number, "client", "")]
    assert matched(finance, row("1060.00", "GREENWHEAT LTD")) == [(number, "client", "")]
    assert matched(finance, row("1060.00", "Somebody")) == [(number, "amount", "")]
    assert matched(finance, row("1059.99", "绿麦食品有限公司")) == [(None, "", "")]


def shares(finance, *rows):
    """How each row is matched, and what of it each invoice gets."""
    found = match(rows_of_file(csv_of(HEAD, *rows)), owed(finance, NOW))
    return [(one.how, {invoice.number: amount for invoice, amount in one.parts}) for one in found]


def three(job):
    """The numbers of open invoices of 106.00, 212.00 and 424.00."""
    nets = ("100.00", "200.00", "400.00")
    return [make.make_invoice(job, net, state="issued").number for net in nets]


def test_several_numbers_in_the_text_share_the_row(job, finance):
    first, second, _third = three(job)
    both = {first: D("106.00"), second: D("212.00")}
    assert shares(finance, row("318.00", "", f"{first} {second}")) == [("numbers", both)]
    assert shares(finance, row("318.01", "", f"{first} {second}")) == [("", {})]


def test_all_that_the_payer_owes_or_the_only_few_that_give_the_sum(job, finance):
    first, second, third = three(job)
    few = {first: D("106.00"), third: D("424.00")}
    assert shares(finance, row("530.00", "绿麦食品有限公司")) == [("sum", few)]
    assert shares(finance, row("742.00", "绿麦食品有限公司")) == [
        ("sum", few | {second: D("212.00")})
    ]
    assert shares(finance, row("530.00", "Somebody")) == [("", {})]


def test_two_choices_for_a_sum_are_nobodys_guess_and_what_is_taken_is_gone(job, finance):
    first, second, third = three(job)
    rows = row("424.00", "绿麦食品"), row("318.00", "绿麦食品", "rest")
    rest = {first: D("106.00"), second: D("212.00")}
    assert shares(finance, *rows) == [("client", {third: D("424.00")}), ("sum", rest)]
    make.make_invoice(job, "300.00", state="issued")
    assert shares(finance, row("742.00", "绿麦食品"))[0] == ("", {})


def test_two_that_fit_are_nobodys_guess(job, finance):
    make.make_invoice(job, "1000.00", state="issued")
    make.make_invoice(job, "1000.00", state="issued")
    assert matched(finance, row("1060.00", "绿麦食品")) == [(None, "", "")]


def test_more_than_is_open_is_said(job, finance):
    number = make.make_invoice(job, "1000.00", state="issued").number
    words = "More than is open on this invoice."
    assert matched(finance, row("1060.01", "", number)) == [(number, "number", words)]


def test_what_one_row_takes_is_not_there_for_the_next(job, finance):
    number = make.make_invoice(job, "1000.00", state="issued").number
    assert matched(finance, row("1060.00", "", number), row("1060.00", "", "second")) == [
        (number, "number", ""), (None, "", ""),
    ]  # fmt: skip


def test_row_booked_before_is_said(job, finance):
    invoice = make.make_invoice(job, "1000.00", state="issued")
    given = row("60.00", "", invoice.number)
    key = rows_of_file(csv_of(HEAD, given))[0].key
    invoice.payments.create(on=NOW.date(), at=NOW, amount=60, bank_key=key, entered_by=finance)
    assert matched(finance, given) == [(None, "", "Booked already.")]


def test_paid_credited_and_owners_invoices_are_not_owed(job, finance):
    make.make_invoice(job, "1.00", state="paid")
    make.make_invoice(job, "2.00", state="credited")
    make.make_invoice(job, "3.00", state="issued", issuer="media_owner")
    make.make_invoice(job, "4.00", state="checked")
    assert owed(finance, NOW) == []
    assert Invoice.objects.count() == 4
