"""Lengths of film and sound as people write and read them."""

import pytest

from archives.forms.tape import LengthField
from archives.wording import length_text, seconds_of


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, ""),
        (0, "0:00"),
        (5, "0:05"),
        (30, "0:30"),
        (60, "1:00"),
        (65, "1:05"),
        (3599, "59:59"),
        (3660, "61:00"),
    ],
)
def test_a_length_is_read_in_minutes_and_seconds(seconds, text):
    assert length_text(seconds) == text
    assert seconds is None or seconds_of(text) == seconds


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [
        ("30", 30),
        ("90", 90),
        (" 0:30 ", 30),
        ("1:5", 65),
        ("1：05", 65),
        ("120:00", 7200),
        ("99999", 99999),
    ],
)
def test_what_people_type_for_a_length(typed, seconds):
    assert seconds_of(typed) == seconds


@pytest.mark.parametrize(
    "typed", ["", "half a minute", "1:60", "1:75", "1:2:3", "-5", "0.5", ":30", "1:", "999999"]
)
def test_what_is_no_length(typed):
    assert seconds_of(typed) is None


@pytest.mark.parametrize(("typed", "is_taken"), [("1440:00", True), ("1440:01", False)])
def test_a_tape_is_at_most_a_day_long(typed, is_taken):
    field = LengthField(required=False)
    if is_taken:
        assert field.clean(typed) == 24 * 3600
    else:
        with pytest.raises(Exception, match="minutes and seconds"):
            field.clean(typed)


def test_an_open_length_is_none_and_a_known_one_is_shown_as_typed():
    field = LengthField(required=False)
    assert (field.clean(""), field.prepare_value(65), field.prepare_value("x")) == (
        None, "1:05", "x",
    )  # fmt: skip
