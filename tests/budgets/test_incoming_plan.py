"""Rows of a plan from a spreadsheet: heads, months and media as people write them."""

import pytest
from django.utils.translation import override

from budgets import incoming_plan as incoming
from budgets.cells import formulas
from budgets.views.plan_list import COLUMNS


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_heads_of_our_own_sheet_are_read_in(language):
    with override(language):
        heads = "\t".join(str(column.label) for column in COLUMNS)
        row = "\t".join(incoming.COLUMNS)
        (read,) = incoming.SHAPE.rows_of(f"{heads}\n{row}")
    assert read == {name: name for name in incoming.COLUMNS}


def test_rows_without_a_head_are_read_in_order():
    (row,) = incoming.SHAPE.rows_of("TV\tDragon TV\t2026-11\t20\t18000\t45%")
    assert row == {
        "medium": "TV", "vehicle": "Dragon TV", "month": "2026-11", "runs": "20",
        "unit_gross": "18000", "discount_rate": "45%",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "month"),
    [
        ("2026-11", "2026-11"),
        ("2026/3", "2026-03"),
        ("2026.3", "2026-03"),
        ("2026年3月", "2026-03"),
        ("2026 年 3 月", "2026-03"),
        ("2026-11-01 00:00:00", "2026-11"),
        ("2026/11/30", "2026-11"),
        ("soon", "soon"),
        ("11", "11"),
        ("=A1", "=A1"),
    ],
)
def test_months(typed, month):
    assert incoming.month(typed) == month


@pytest.mark.parametrize("word", ["TV", "tv", "电视"])
def test_media_by_word_or_key(word):
    assert incoming.tidy({"medium": word}, {})["medium"] == "tv"


def test_row_as_a_form_takes_it():
    row = {"unit_gross": "￥18,000.00", "discount_rate": "0.325", "runs": "1,200",
           "supplier": "Dragon Media", "vehicle": "A"}  # fmt: skip
    assert incoming.tidy(row, {"dragon media": "7"}) == {
        "unit_gross": "18000.00", "discount_rate": "32.5", "runs": "1200", "supplier": "7",
        "vehicle": "A",
    }  # fmt: skip


def test_formulas_of_a_row():
    row = {"vehicle": "=1", "market": "@x", "spec": "1=1", "runs": "-1"}
    assert formulas(row) == ["vehicle", "market"]
