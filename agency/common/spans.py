"""Middles and nearest ranks of measured values, and spans of time in hours (6.8)."""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import ceil

TENTH = Decimal("0.1")
HOUR_IN_MICROSECONDS = Decimal(3_600_000_000)


def median(values):
    """Of an even count the mean of the two middle ones; None of none."""
    if not values:
        return None
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def percentile(values, share):
    """Value number ⌈share × n⌉; None of none."""
    return sorted(values)[ceil(share * len(values)) - 1] if values else None


def hours(span):
    """A timedelta in hours with one decimal; None stays None."""
    if span is None:
        return None
    microseconds = Decimal(span // timedelta(microseconds=1))
    return (microseconds / HOUR_IN_MICROSECONDS).quantize(TENTH, ROUND_HALF_UP)
