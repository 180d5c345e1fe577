"""A row of a list, as its cells stand in the page."""

from datetime import date

import pytest

from agency.common.tables import Column
from agency.common.templatetags.rows import row_html


def test_the_first_cell_is_the_head_with_its_link_and_second_line():
    columns = [Column("Name", "name", url=lambda row: "/x/", small=lambda row: "a & b")]
    shown = '<th scope="row"><a href="/x/">Lu</a> <small>a &amp; b</small></th>'
    assert row_html({"name": "Lu"}, columns) == shown


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("text", "<b>", "<td>&lt;b&gt;</td>"),
        ("text", None, "<td></td>"),
        ("code", "LM/1", '<td class="code">LM/1</td>'),
        ("short", "2026-11", '<td class="nobreak">2026-11</td>'),
        ("number", 3, '<td class="money">3</td>'),
        ("money", "1234.5", '<td class="money">1,234.50</td>'),
        ("date", date(2020, 2, 1), '<td><span class="nobreak">1 Feb 2020</span></td>'),
        ("date", None, "<td></td>"),
        ("badge", "", "<td></td>"),
        ("badge", "Void", '<td><span class="status">Void</span></td>'),
    ],
)
def test_a_cell_says_its_value_by_its_kind(kind, value, shown):
    columns = [Column("Head", lambda row: "-"), Column("Value", lambda row: value, kind)]
    assert row_html({}, columns) == f'<th scope="row">-</th>{shown}'


def test_no_link_round_nothing():
    columns = [Column("Name", lambda row: "", url=lambda row: "/x/")]
    assert row_html({}, columns) == '<th scope="row"></th>'
