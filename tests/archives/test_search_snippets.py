"""The line of a hit, with the words marked (9.3)."""

import pytest

from archives.search.question import read
from archives.search.snippets import (
    BEFORE,
    LENGTH,
    marked,
    pattern_of,
    piece_of,
    snippet_of,
)

pytestmark = pytest.mark.rule("R39")


def bold(text, typed):
    return [part for part, is_marked in marked(text, pattern_of(read(typed))) if is_marked]


def whole(text, typed):
    return "".join(part for part, _is_marked in marked(text, pattern_of(read(typed))))


@pytest.mark.parametrize(
    ("text", "typed", "words"),
    [
        ("样片于周五前确认", "样片", ["样片"]),
        ("合计 55,947.16 元", "55947.16", ["55,947.16"]),
        ("见 lm/cr/2026/014 与合同", "lmcr2026014", ["lm/cr/2026/014"]),
        ("样片与样片", "样片", ["样片", "样片"]),
        ("冬季礼盒 样片", "样片 礼盒", ["礼盒", "样片"]),
        ("Storyboard two", "storyb", ["Storyb"]),
        ("确认样片，制作费", "样片制作", ["样片，制作"]),
    ],
)
def test_words_are_marked_as_they_stand(text, typed, words):
    assert bold(text, typed) == words


@pytest.mark.parametrize("typed", [".*", "(", "[样", "样片)", "a|b", "\\d", "^$"])
def test_signs_of_a_pattern_are_letters_like_others(typed):
    assert whole("样片 (a|b) .* \\d ^$ [x]", typed) == "样片 (a|b) .* \\d ^$ [x]"


def test_longer_words_are_marked_before_shorter_ones():
    assert bold("冬季礼盒", "冬 冬季礼盒") == ["冬季礼盒"]


def test_it_begins_a_little_before_the_first_word():
    parts = snippet_of("前" * 500 + "样片" + "后" * 500, pattern_of(read("样片")))
    assert parts[0] == ("前" * BEFORE, False)
    assert parts[1] == ("样片", True)
    assert sum(len(text) for text, _is_marked in parts) == LENGTH


def test_where_no_word_stands_it_is_the_beginning():
    assert snippet_of("前言" * 3, pattern_of(read("样片"))) == [("前言前言前言", False)]


def test_line_breaks_are_spaces():
    assert snippet_of("one\n\n two", pattern_of(read("x"))) == [("one two", False)]


HEAD = (1, 0, "LM/SO/2026/004 · 开工指令 冬季礼盒 · Start order · 绿麦食品 · LM")


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("礼盒", "开工指令 冬季礼盒"),
        ("lmso2026004 绿麦", "LM/SO/2026/004 · 绿麦食品"),
        ("無", HEAD[2]),
    ],
)
def test_of_its_names_those_stand_that_hold_a_word(typed, names):
    assert piece_of([HEAD], pattern_of(read(typed))) == names


def test_the_text_says_more_than_the_names():
    found = [(1, 2, "礼盒二"), (1, 1, "礼盒一"), HEAD]
    assert piece_of(found, pattern_of(read("礼盒"))) == "礼盒一"
