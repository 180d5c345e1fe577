"""How early the agenda went out, to the second (R5, R6)."""

from datetime import timedelta

import pytest

from meetings.lead import is_urgent, lead_verdict
from tests.builders import when

START = when("2026-11-19 10:00")
EDGES = [
    ("2:00:00", "ok"),
    ("1:59:59", "short"),
    ("1:00:00", "short"),
    ("0:59:59", "late"),
    ("0:00:01", "late"),
    ("0:00:00", "none"),
]


def ago(text):
    hours, minutes, seconds = map(int, text.split(":"))
    return START - timedelta(hours=hours, minutes=minutes, seconds=seconds)


@pytest.mark.rule("R5")
@pytest.mark.parametrize(("lead", "verdict"), EDGES)
def test_verdict_at_the_edge(lead, verdict):
    assert lead_verdict(START, ago(lead)) == verdict


@pytest.mark.rule("R5")
def test_nothing_sent_before_the_start_is_none():
    assert lead_verdict(START, None) == "none"
    assert lead_verdict(START, START + timedelta(seconds=1)) == "none"


@pytest.mark.rule("R6")
def test_less_than_two_hours_is_urgent():
    assert not is_urgent(START, ago("2:00:00"))
    assert is_urgent(START, ago("1:59:59"))
