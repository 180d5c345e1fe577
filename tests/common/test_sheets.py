"""XLSX of lists: opened again, every cell is what the page showed."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from agency.common.sheets import sheet_bytes, sheet_response, width
from agency.common.tables import Column


def opened(*args, **kwargs):
    return load_workbook(io.BytesIO(sheet_bytes(*args, **kwargs))).active


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "＝1+1", "－1", '=HYPERLINK("http://x")']
)
def test_text_is_never_a_formula_in_head_or_cell(text):
    sheet = opened("Clients", [text], [[text]])
    assert [cell.data_type for cell in sheet["A"]] == ["s", "s"]
    assert sheet["A2"].value == text


def test_numbers_and_times_keep_their_type_and_format():
    at = datetime(2026, 11, 20, 9, 32, tzinfo=UTC)
    row = [Decimal("1234.50"), 7, date(2026, 11, 20), at, 5]
    kinds = ["money", "number", "date", "moment", "money"]
    sheet = opened("Sums", list("abcde"), [row], kinds)
    cells = list(sheet[2])
    assert [cell.value for cell in cells[:2]] == [1234.5, 7]
    assert cells[2].value == datetime(2026, 11, 20)
    assert cells[3].value == datetime(2026, 11, 20, 17, 32)
    assert [cell.number_format for cell in cells] == [
        "#,##0.00",
        "#,##0",
        "yyyy-mm-dd",
        "yyyy-mm-dd hh:mm",
        "#,##0.00",
    ]


def test_nothing_is_an_empty_cell_and_yes_is_a_word():
    sheet = opened("x", ["a", "b", "c"], [[None, "", True]])
    assert [cell.value for cell in sheet[2]] == [None, None, "True"]


def test_characters_excel_cannot_hold_are_left_out():
    assert opened("x", ["a"], [["before\x0bafter"]])["A2"].value == "beforeafter"


def test_title_is_cut_to_what_excel_takes():
    assert opened("Reports [2026]/11: all", ["a"], []).title == "Reports  2026  11  all"
    assert opened("x" * 40, ["a"], []).title == "x" * 31
    assert opened("[]", ["a"], []).title == "Sheet"


def test_head_stays_and_columns_fit_chinese():
    sheet = opened("x", ["名称"], [["绿麦食品有限公司"]])
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["A"].width == 18
    assert width("会晤\nreport") == 6


def test_response_is_a_download_of_the_columns():
    columns = [Column("Name", "name"), Column("Owed", lambda row: row["owed"], "money")]
    response = sheet_response("clients", "Clients", columns, [{"name": "绿麦", "owed": Decimal(5)}])
    assert response["Content-Disposition"].startswith('attachment; filename="clients-20')
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert [[cell.value for cell in row] for row in sheet] == [["Name", "Owed"], ["绿麦", 5]]
