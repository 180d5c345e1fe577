"""Charts: heights in proportion, words for those who do not see them, the table beside them."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.template import Context, Template

from agency.common.charts import Chart, Point, bars, columns, sparkline

RATES = [
    Point("Sep", Decimal("0.5"), "50.0%", "/meetings/?month=9", is_under=True),
    Point("Oct", Decimal("1"), "100.0%"),
    Point("Nov", None, "–"),
]
SVG = "{http://www.w3.org/2000/svg}"


def make_chart(points=RATES, **fields):
    defaults = {"title": "Reports in time", "desc": "Share by month", "top": 1}
    return Chart(points=points, **{**defaults, **fields})


def drawn(tag, chart):
    html = Template("{% load charts %}{% " + tag + " chart %}").render(Context({"chart": chart}))
    svg = html[html.index("<svg") : html.index("</svg>") + len("</svg>")]
    return html, ElementTree.fromstring(svg)  # noqa: S314 our own markup


def test_columns_stand_in_proportion_on_one_floor():
    half, whole, none = columns(make_chart())["bars"]
    assert (half["height"], whole["height"], none["height"]) == ("80.0", "160.0", "0.0")
    assert (half["y"], whole["y"]) == ("98.0", "18.0")


def test_bars_lie_in_proportion_from_one_edge():
    half, whole, _none = bars(make_chart())["bars"]
    assert (half["width"], whole["width"]) == ("210.0", "420.0")


def test_target_is_a_line_at_its_value():
    assert columns(make_chart(target=Decimal("0.95")))["target"] == "26.0"
    assert bars(make_chart(target=Decimal("0.95")))["target"] == "539.0"
    assert columns(make_chart())["target"] is None


@pytest.mark.parametrize("value", [Decimal("1.5"), Decimal("-0.2")])
def test_a_value_beyond_the_scale_stays_within_the_picture(value):
    (bar,) = columns(make_chart([Point("x", value, "?")]))["bars"]
    assert 0 <= Decimal(bar["height"]) <= 160


def test_scale_ends_at_the_largest_value_when_no_top_is_given():
    chart = make_chart([Point("a", 3, "3"), Point("b", 6, "6")], top=None)
    assert [bar["height"] for bar in columns(chart)["bars"]] == ["80.0", "160.0"]


def test_chart_without_any_value_is_still_a_picture():
    assert columns(make_chart([], top=None))["bars"] == []
    assert columns(make_chart([Point("a", 0, "0")], top=None))["bars"][0]["height"] == "0.0"


@pytest.mark.parametrize(("tag", "rows"), [("columns", 2), ("bars", 2)])
def test_svg_has_title_words_and_no_style(tag, rows):
    html, svg = drawn(tag, make_chart())
    assert svg.get("role") == "img"
    assert svg.find("title").text == "Reports in time"
    assert svg.find("desc").text == "Share by month"
    assert [rect.find("title").text for rect in svg.iter("rect")] == ["Sep: 50.0%", "Oct: 100.0%"]
    assert "style=" not in html
    assert len(list(svg.iter("rect"))) == rows


def test_under_the_target_is_more_than_a_colour():
    _html, svg = drawn("columns", make_chart())
    assert [rect.get("class") for rect in svg.iter("rect")] == ["c-bar c-under", "c-bar"]


def test_table_beside_the_chart_links_each_figure_to_its_list():
    html, _svg = drawn("columns", make_chart(label_head="Month", value_head="In time"))
    assert '<a href="/meetings/?month=9">50.0%</a>' in html
    assert '<th scope="row">Nov</th><td class="money">–</td>' in html


def test_labels_are_escaped():
    html, _svg = drawn("bars", make_chart([Point("<script>", 1, "&")]))
    assert "&lt;script&gt;" in html
    assert "<script>" not in html


def test_sparkline_runs_from_edge_to_edge():
    assert sparkline([1, 3]) == {
        "path": "M3.0 21.0L93.0 3.0", "x": "93.0", "y": "3.0", "base": "21.0",
    }  # fmt: skip


def test_sparkline_against_a_base():
    assert sparkline([50, 75], 100)["base"] == "3.0"
    assert sparkline([50, 75], 100)["path"] == "M3.0 21.0L93.0 12.0"


def test_sparkline_of_one_value_or_none_draws_nothing():
    assert sparkline([5]) == {}
    assert sparkline([None, 5, None]) == {}
    html = Template("{% load charts %}{% sparkline values %}").render(Context({"values": [5]}))
    assert html.strip() == ""


def test_sparkline_of_equal_values_is_level():
    assert sparkline([2, 2, 2])["path"] == "M3.0 21.0L48.0 21.0L93.0 21.0"
