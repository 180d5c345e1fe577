"""Rows from a spreadsheet: heads, numbers as people write them, files that are none."""

import io
from decimal import Decimal
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from openpyxl import Workbook

from agency.common.errors import Refused
from jobs import incoming
from jobs.constants import LINES_MOST
from jobs.views.estimate import COLUMNS


def book(rows, formats=()):
    """An upload of the rows; formats: {cell: number format}."""
    work = Workbook()
    for row in rows:
        work.active.append(row)
    for cell, shape in dict(formats).items():
        work.active[cell].number_format = shape
    out = io.BytesIO()
    work.save(out)
    return SimpleUploadedFile("lines.xlsx", out.getvalue())


def test_rows_without_a_head_are_read_in_order():
    assert incoming.rows_of("Photographer\t2\tdays\t12500\n\nRetouching\t7\tpictures\t865.33") == [
        {"text": "Photographer", "quantity": "2", "unit": "days", "unit_cost": "12500"},
        {"text": "Retouching", "quantity": "7", "unit": "pictures", "unit_cost": "865.33"},
    ]


@pytest.mark.parametrize(
    "head",
    ["Unit\tWhat\tQuantity\tNote", "单位\t预估项\t数量\t备注", "UNIT：\titem *\tQTY\t"],
)
def test_head_says_what_stands_where(head):
    assert incoming.rows_of(f"{head}\ndays\tPhotographer\t2\tnice") == [
        {"unit": "days", "text": "Photographer", "quantity": "2"}
    ]


def test_first_of_two_columns_for_the_same_counts():
    head = "What\tUnit cost\tCost\tFixed unit price\tUnit price"
    assert incoming.rows_of(f"{head}\nPrint\t5\t500\t\t7") == [{"text": "Print", "unit_cost": "5"}]


def test_row_that_only_looks_like_a_head():
    assert incoming.rows_of("What\t2\tdays")[0]["text"] == "What"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_own_words_are_heads(language):
    """What the page says stands where, and the heads of the sheet that goes out."""
    with override(language):
        said, sheet = incoming.names(), [COLUMNS[name].label for name in incoming.COLUMNS]
        for words in (said, sheet):
            head = "\t".join(map(str, words))
            (row,) = incoming.rows_of(head + "\n" + "\t".join(incoming.COLUMNS))
            assert row == {name: name for name in incoming.COLUMNS}


def test_own_sheet_reads_back():
    names = ["What", "Quantity", "Unit", "Unit cost", "Markup", "Fixed unit price", "VAT", "Group"]
    (row,) = incoming.rows_of("\t".join(names) + "\nPrinting\t5000\tpcs\t1.236\t17.65%\t\t13%\tX")
    assert row == {
        "text": "Printing", "quantity": "5000", "unit": "pcs", "unit_cost": "1.236",
        "markup_rate": "17.65%", "vat_rate": "13%", "group": "X",
    }  # fmt: skip


def test_more_rows_than_a_paper_bears():
    with pytest.raises(Refused) as caught:
        incoming.rows_of("Line\n" * (LINES_MOST + 1))
    assert caught.value.message == "An estimate has at most 400 lines."
    assert len(incoming.rows_of("Line\n" * LINES_MOST)) == LINES_MOST


@pytest.mark.parametrize(
    ("typed", "bare"),
    [
        ("1,236.50", "1236.50"),
        ("¥12,500.00", "12500.00"),
        ("￥ 12，500", "12500"),
        ("−5", "-5"),
        ("(5.00)", "-5.00"),
        ("1\u00a0000", "1000"),
        ("many", "many"),
        ("=1+1", "=1+1"),
    ],
)
def test_numbers_as_people_write_them(typed, bare):
    assert incoming.bare(typed) == bare


@pytest.mark.parametrize(
    ("typed", "percent"),
    [("6%", "6"), ("6", "6"), ("0.06", "6.00"), ("17.65 %", "17.65"), ("0", "0"), ("1", "1"),
     ("six", "six"), ("NaN", "NaN"), ("1e-9", "1e-9")],
)  # fmt: skip
def test_rates_as_people_write_them(typed, percent):
    assert incoming.percent(typed) == percent


def test_names_become_keys():
    row = {"text": "Print", "deliverable": "POSTER A1", "supplier": "Nobody", "vat_rate": "13%"}
    typed = incoming.tidy(row, {"poster a1": "7"}, {"lantern print": "3"})
    assert typed == {"text": "Print", "deliverable": "7", "supplier": "Nobody", "vat_rate": "13"}


def test_as_the_form_takes_it():
    typed = incoming.as_typed({"text": "10.00", "vat_rate": "13", "markup_rate": "17.6500"})
    assert typed == {"text": "10.00", "vat_rate": "0.1300", "markup_rate": "17.65"}
    for typed in ("six", "NaN", "9e999999999", "-"):
        assert incoming.as_typed({"vat_rate": typed}) == {"vat_rate": typed}


def test_cells_of_a_spreadsheet():
    upload = book(
        [["What", "Quantity", "Unit cost", "VAT"], ["Two\nlines", 5000, 1.236, 0.13], ["B", 2]],
        {"D2": "0%"},
    )  # fmt: skip
    assert incoming.text_of_file(upload) == (
        "What\tQuantity\tUnit cost\tVAT\nTwo lines\t5000\t1.236\t13.00%\nB\t2"
    )


def test_number_of_a_spreadsheet_is_exact():
    text = incoming.text_of_file(book([["Print", 0.1, "pcs", 1234567.891]]))
    assert Decimal(text.split("\t")[1]) == Decimal("0.1")
    assert Decimal(text.split("\t")[3]) == Decimal("1234567.891")


def test_formula_is_not_worked_out():
    assert incoming.text_of_file(book([["=1+1", 2]])) == "\t2"


@pytest.mark.parametrize("content", [b"", b"PK", b"no spreadsheet", b"PK\x03\x04" + b"\0" * 400])
def test_file_that_is_no_spreadsheet(content):
    with pytest.raises(Refused) as caught:
        incoming.text_of_file(SimpleUploadedFile("lines.xlsx", content))
    assert caught.value.field == "file"


def test_zip_that_is_no_spreadsheet():
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("hello.txt", "Hello")
    with pytest.raises(Refused) as caught:
        incoming.text_of_file(SimpleUploadedFile("lines.xlsx", out.getvalue()))
    assert caught.value.message == "This is no spreadsheet (XLSX)."


def test_file_that_is_too_large(monkeypatch):
    monkeypatch.setattr(incoming, "FILE_MOST", 10)
    with pytest.raises(Refused) as caught:
        incoming.text_of_file(book([["A"]]))
    assert caught.value.message == "The spreadsheet may have at most 5 MB."
