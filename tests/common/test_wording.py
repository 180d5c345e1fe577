"""Dates, times left and sums as people read them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import translation

from agency.common import wording

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"), time_machine.travel(NOON, tick=False):
        yield


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (date(2026, 11, 20), "20 Nov"),
        (date(2025, 11, 20), "20 Nov 2025"),
        (datetime(2026, 11, 20, 16, 30, tzinfo=UTC), "21 Nov"),
        (None, ""),
    ],
)
def test_day_has_its_year_only_when_it_is_not_this_one(value, text):
    assert wording.day_text(value) == text


def test_moment_is_in_local_time():
    assert wording.moment_text(datetime(2026, 11, 20, 9, 32, tzinfo=UTC)) == "20 Nov 17:32"


@pytest.mark.parametrize(
    ("hours", "text"),
    [
        (-20, "yesterday 16:00"),
        (5, "today 17:00"),
        (12, "tomorrow 00:00"),
        (48, "22 Nov 12:00"),
    ],
)
def test_near_names_the_days_next_to_today(hours, text):
    assert wording.near_text(NOON + timedelta(hours=hours), NOON) == text


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(seconds=59), "under a minute"),
        (timedelta(minutes=45, seconds=59), "45 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(hours=3, minutes=12), "3 h 12 min"),
        (timedelta(hours=2, minutes=5), "2 h 05 min"),
        (timedelta(hours=47, minutes=59), "47 h 59 min"),
        (timedelta(hours=48), "2 days"),
    ],
)
def test_span_is_in_minutes_then_hours_then_days(length, text):
    assert wording.span_text(length) == text


@pytest.mark.parametrize(
    ("left", "text", "tone"),
    [
        (timedelta(hours=4, seconds=1), "4 h left", ""),
        (timedelta(hours=4), "4 h left", "soon"),
        (timedelta(seconds=1), "under a minute left", "soon"),
        (timedelta(0), "due now", "late"),
        (-timedelta(seconds=59), "due now", "late"),
        (-timedelta(hours=2, minutes=5), "2 h 05 min late", "late"),
    ],
)
def test_time_left_turns_amber_at_four_hours_and_red_when_due(left, text, tone):
    assert wording.left_text(NOON + left, NOON) == text
    assert wording.tone_of(NOON + left, NOON) == tone


def test_due_says_by_when_before_and_since_when_after():
    assert wording.due_text(NOON + timedelta(hours=1), NOON) == "by today 13:00"
    assert wording.due_text(NOON - timedelta(hours=1), NOON) == "was due today 11:00"


@pytest.mark.parametrize(
    ("days", "text"), [(-2, "2 days late"), (-1, "1 day late"), (0, "today"), (1, "tomorrow")]
)
def test_a_date_counts_whole_days(days, text):
    today = date(2026, 11, 20)
    assert wording.day_left_text(today + timedelta(days=days), today) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal("55947.155"), "55,947.16"),
        (Decimal("-22300"), "−22,300.00"),
        (Decimal("-0.004"), "0.00"),
        (0, "0.00"),
        (None, ""),
    ],
)
def test_sum_has_separators_two_decimals_and_a_real_minus(amount, text):
    assert wording.sum_text(amount) == text


def test_money_wears_its_sign_or_its_code():
    assert wording.money_text(Decimal("128000")) == "¥128,000.00"
    assert wording.money_text(Decimal("-5"), "EUR") == "−€5.00"
    assert wording.money_text(Decimal("5"), "CHF") == "CHF\u00a05.00"
    assert wording.money_text(None) == ""


def test_share_is_a_figure_of_one_decimal_or_a_dash():
    assert wording.share_text(Decimal(30) / 31) == "96.8%"
    assert wording.share_text(None) == "–"


@pytest.mark.parametrize(
    ("language", "text"), [("zh-hans", "何祎、林珺"), ("en", "何祎, 林珺"), ("en-gb", "何祎, 林珺")]
)
def test_names_in_a_row(language, text):
    with translation.override(language):
        assert wording.names_text(["何祎", "林珺"]) == text
        assert wording.names_text([]) == ""


@pytest.mark.parametrize(("language", "text"), [("zh-hans", "（北京）"), ("en", " (北京)")])
def test_brackets_are_those_of_the_language(language, text):
    with translation.override(language):
        assert wording.brackets("北京") == text
        assert wording.brackets("") == wording.brackets(None) == ""


@pytest.mark.parametrize(
    ("language", "day", "colon"),
    [("en", "Friday 20 Nov", ": "), ("zh-hans", "11月20日 星期五", "：")],
)
def test_each_language_has_its_order_and_its_marks(language, day, colon):
    with translation.override(language):
        assert (wording.named_day_text(date(2026, 11, 20)), wording.colon()) == (day, colon)
