"""Half-width marks and English words in typed text."""

import pytest

from agency.common.pdf import marks


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("周喆（市场总监）、", [(False, "周喆（市场总监"), (True, "）"), (False, "、")]),
        ("“围炉”。好", [(False, "“围炉"), (True, "”"), (False, "。好")]),
        ("”），", [(True, "”"), (True, "）"), (False, "，")]),
        ("没有", [(False, "没有")]),
        ("a), b", [(False, "a), b")]),
        ("", []),
    ],
)
def test_the_first_of_two_marks_stands_alone(text, parts):
    assert marks.halves(text) == parts


def test_the_parts_are_the_text():
    text = "他说：“好（很好）。”——《绿麦》，行；"
    assert "".join(part for _is_mark, part in marks.halves(text)) == text


@pytest.mark.parametrize(
    ("text", "is_english"),
    [
        ("Move the pack shot to the left", True),
        ("Ms Whitcombe asked; 赵镕 confirmed that it is needed", True),
        ("采用 TVC 30 秒", False),
        ("绿麦 Greenwheat", False),
        ("2026-11-23", False),
        ("", False),
    ],
)
def test_mostly_latin_words_are_english(text, is_english):
    assert marks.is_english(text) is is_english
