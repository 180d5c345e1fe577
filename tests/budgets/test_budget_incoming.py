"""Rows of a budget from a spreadsheet: read, never obeyed."""

import pytest
from django.utils.translation import override

from agency.common.errors import Refused
from budgets.incoming import as_typed, rows_of
from budgets.views.budget_sheet import NAMED


def test_without_a_head_the_order_is_that_of_the_sheet():
    text = "\t".join(["Media", "Wholegrain", "78", *map(str, range(1, 13))])
    (row,) = rows_of(text, 1)
    assert (row["category"], row["brand"], row["amount"]) == ("Media", "Wholegrain", "78")
    assert (row["m01"], row["m12"]) == ("1", "12")


@pytest.mark.parametrize(
    ("head", "first_month", "name"),
    [
        ("2026-04", 1, "m04"),
        ("2026-04", 4, "m01"),
        ("2027/3", 4, "m12"),
        ("2026年12月", 1, "m12"),
        ("3月", 4, "m12"),
        ("Apr", 4, "m01"),
        ("December 2026", 1, "m12"),
        ("2026-04-01 00:00:00", 4, "m01"),
    ],
)
def test_head_names_the_month_of_the_calendar(head, first_month, name):
    assert rows_of(f"Category\t{head}\nMedia\t5", first_month) == [{"category": "Media", name: "5"}]


@pytest.mark.parametrize("head", ["2026-13", "0月", "Later", ""])
def test_head_without_a_month_is_left_out(head):
    assert rows_of(f"类别\t{head}\t全年\n媒介\t7\t5", 1) == [{"category": "媒介", "amount": "5"}]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_heads_of_our_own_sheet_are_read_in(language):
    with override(language):
        heads = [str(column.label) for column in NAMED]
    (row,) = rows_of("\t".join(heads) + "\nmedia\tA\t5", 1)
    assert row == {"category": "media", "brand": "A", "amount": "5"}


def test_sums_and_empty_rows_are_left_out():
    text = "Category\tYear\nMedia\t5\n\n\t\nTotal\t5\n合计\t5"
    assert rows_of(text, 1) == [{"category": "Media", "amount": "5"}]


def test_a_hundred_rows_at_most():
    rows_of("Media\n" * 100, 1)
    with pytest.raises(Refused):
        rows_of("Media\n" * 101, 1)


@pytest.mark.parametrize("word", ["Media", "media", "媒介", "媒体"])
def test_names_become_keys(word):
    row = {"category": word, "brand": "绿麦", "amount": "¥1,200.00", "m01": "(5)"}
    assert as_typed(row, {"绿麦": "7"}) == {
        "category": "media", "brand": "7", "amount": "1200.00", "m01": "-5",
    }  # fmt: skip


@pytest.mark.parametrize("word", ["", "–", "All brands", "全部品牌"])
def test_no_brand_is_all_of_them(word):
    assert as_typed({"category": "Fee", "brand": word}, {})["brand"] == ""
