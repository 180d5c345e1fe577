"""Days and instants on papers, in three languages and in the client's zone (Z3)."""

from datetime import date

import pytest

from agency.common.pdf import dates
from tests.builders import when

MONDAY = date(2026, 11, 23)
SHANGHAI, BERLIN = "Asia/Shanghai", "Europe/Berlin"


@pytest.mark.parametrize(
    ("lang", "text"),
    [("zh", "2026-11-23（周一）"), ("both", "2026-11-23（周一 Mon）"), ("en", "Mon 23 Nov 2026")],
)
def test_day(lang, text):
    assert dates.day(MONDAY, lang) == text


@pytest.mark.parametrize(
    ("lang", "year", "text"),
    [
        ("zh", 2026, "11-23（周一）"),
        ("zh", 2025, "2026-11-23（周一）"),
        ("both", 2026, "2026-11-23"),
        ("en", 2026, "Mon 23 Nov 2026"),
    ],
)
def test_day_in_a_table(lang, year, text):
    assert dates.table_day(MONDAY, lang, year) == text


@pytest.mark.parametrize(
    ("lang", "text"),
    [("zh", "2026-11-23 19:42"), ("both", "2026-11-23 19:42"), ("en", "23 Nov 2026, 19:42")],
)
def test_moment(lang, text):
    assert dates.moment(when("2026-11-23 19:42:08"), lang, SHANGHAI) == text


@pytest.mark.rule("Z3")
def test_another_zone_is_named():
    at = when("2026-11-23 19:42:08")
    assert dates.moment(at, "zh", BERLIN) == "2026-11-23 12:42 (Europe/Berlin)"
    assert dates.long_moment(at, BERLIN) == "23 November 2026, 12:42 (Europe/Berlin)"
    assert dates.long_moment(at, SHANGHAI) == "23 November 2026, 19:42"


@pytest.mark.parametrize(
    ("zone", "text"),
    [
        (SHANGHAI, "2026-11-23 19:42:08 (UTC+8)"),
        ("Asia/Kolkata", "2026-11-23 17:12:08 (UTC+5:30)"),
        ("America/Sao_Paulo", "2026-11-23 08:42:08 (UTC−3)"),
        ("Etc/UTC", "2026-11-23 11:42:08 (UTC+0)"),
    ],
)
def test_second_has_the_offset(zone, text):
    assert dates.second(when("2026-11-23 19:42:08"), "en", zone) == text


def test_second_in_chinese_has_full_width_brackets():
    at = when("2026-11-23 19:42:08")
    assert dates.second(at, "zh", SHANGHAI) == "2026-11-23 19:42:08（UTC+8）"


@pytest.mark.parametrize(
    ("end", "lang", "text"),
    [
        ("2026-11-23 15:20", "zh", "2026-11-23（周一）14:00–15:20"),
        ("2026-11-23 15:20", "en", "Mon 23 Nov 2026 14:00–15:20"),
        ("2026-11-24 00:10", "zh", "2026-11-23（周一）14:00 – 2026-11-24（周二）00:10"),
        ("2026-11-23 14:00", "zh", "2026-11-23（周一）14:00"),
    ],
)
def test_span(end, lang, text):
    assert dates.span(when("2026-11-23 14:00"), when(end), lang, SHANGHAI) == text


def test_span_without_an_end():
    start = when("2026-11-23 14:00")
    assert dates.span(start, None, "zh", SHANGHAI) == "2026-11-23（周一）14:00"


def test_the_start_of_a_meeting():
    start = when("2026-11-27 10:00")
    assert dates.start(start, "both", SHANGHAI) == "2026-11-27（周五 Fri）10:00"
    assert dates.long_start(start, SHANGHAI) == "Friday 27 November 2026, 10:00"
