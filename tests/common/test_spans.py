"""Median, nearest rank and hours (6.8)."""

from datetime import timedelta
from decimal import Decimal as D

import pytest

from agency.common.spans import hours, median, percentile

HOUR, NINETY = timedelta(hours=1), D("0.9")


@pytest.mark.parametrize(
    ("spans", "middle", "p90"),
    [
        ([], None, None),
        ([5], D("5.0"), D("5.0")),
        ([8, 2], D("5.0"), D("8.0")),
        ([1, 9, 2], D("2.0"), D("9.0")),
        ([4, 1, 3, 2], D("2.5"), D("4.0")),
        (range(1, 10), D("5.0"), D("9.0")),
        (range(1, 11), D("5.5"), D("9.0")),
        (range(1, 12), D("6.0"), D("10.0")),
        (range(1, 21), D("10.5"), D("18.0")),
        (range(1, 22), D("11.0"), D("19.0")),
        ([3] * 7, D("3.0"), D("3.0")),
    ],
)
def test_median_is_the_middle_and_p90_the_nearest_rank(spans, middle, p90):
    found = [span * HOUR for span in spans]
    assert hours(median(found)) == middle
    assert hours(percentile(found, NINETY)) == p90


@pytest.mark.parametrize(
    ("share", "whole"), [("0.1", 1), ("0.11", 2), ("0.5", 5), ("0.51", 6), ("0.95", 10), ("1", 10)]
)
def test_percentile_is_value_number_share_of_n_rounded_up(share, whole):
    found = [number * HOUR for number in range(10, 0, -1)]
    assert percentile(found, D(share)) == whole * HOUR


@pytest.mark.parametrize(
    ("minutes", "shown"), [(0, "0.0"), (2, "0.0"), (3, "0.1"), (9, "0.2"), (60, "1.0"), (95, "1.6")]
)
def test_hours_are_rounded_half_up_to_a_tenth(minutes, shown):
    assert str(hours(timedelta(minutes=minutes))) == shown


def test_of_nothing_there_is_none():
    assert (median([]), percentile([], NINETY), hours(None)) == (None, None, None)
