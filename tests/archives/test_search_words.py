"""Text and questions become words (9.2)."""

import random

import pytest

from archives.search.meant import is_near
from archives.search.question import read
from archives.search.words import lexemes, normal

pytestmark = pytest.mark.rule("R39")


def texts(text):
    return [one.text for one in lexemes(normal(text))]


def test_chinese_by_pairs_and_the_last_character_alone():
    assert texts("会议纪要") == ["会议", "议纪", "纪要", "要"]


@pytest.mark.parametrize("typed", ["海報Ａ４", "海报a4", "海报A4"])
def test_wide_capital_and_traditional_forms_are_one(typed):
    assert texts(typed) == ["海报", "报", "a4"]


def test_an_amount_is_one_number_however_it_is_grouped():
    assert texts("55,947.16") == texts("55947.16") == ["55947.16"]


def test_a_number_of_the_house_is_found_whole_and_by_part():
    assert set(texts("LM/CR/2026/014")) == {"lmcr2026014", "lm", "cr", "2026", "014"}


def test_chinese_broken_over_two_lines_goes_on():
    assert texts("预\n算") == ["预算", "算"]


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("广", "'广':*"),
        ("预算", "'预算'"),
        ("会议纪要", "'会议' <1> '议纪' <1> '纪要'"),
        ("报A4", "'报':* <1> 'a4':*"),
        ("LM-CR-2026-014", "'lmcr2026014':* | ('lm' <1> 'cr' <1> '2026' <1> '014':*)"),
        ("LM-26-014", "'lm26014':* | ('lm' <1> '26' <1> '014':*)"),
        ('"LM-26-014"', "'lm26014' | ('lm' <1> '26' <1> '014')"),
        ("LM-26-014号", "'lm' <1> '26' <1> '014' <1> '号':*"),
        ('"story board"', "'story' <1> 'board'"),
    ],
)
def test_what_is_asked_of_the_index(typed, query):
    assert [word.query for word in read(typed).words] == [query]


def test_filters_unwanted_words_and_the_rest_are_told_apart():
    asked = read('client:LM -海报 kind:"contact report" 2026 nobody:x')
    assert asked.filters == {"client": ["lm"], "kind": ["contact report"]}
    assert [word.text for word in asked.unwanted] == ["海报"]
    assert [word.text for word in asked.words] == ["2026", "nobody:x"]


@pytest.mark.parametrize("typed", ["", " ", "'", "& | ! ()", "\0", "-", '"', ":*", "\\", "client:"])
def test_what_holds_nothing_to_find_asks_nothing(typed):
    assert not read(typed).words or all(word.query for word in read(typed).words)


def test_any_piece_of_a_sentence_is_asked_by_words_that_stand_in_it():
    dice = random.Random(7)
    letters = [chr(code) for code in range(0x4E00, 0x9FA5)]
    for _turn in range(300):
        sentence = normal("".join(dice.choices(letters, k=30)))
        start, length = dice.randrange(26), dice.randint(1, 4)
        (word,) = read(sentence[start : start + length]).words
        held = {one.text for one in lexemes(sentence)}
        asked = [part.strip("'").removesuffix("':*") for part in word.query.split(" <1> ")]
        assert all(any(one.startswith(part) for one in held) for part in asked)


@pytest.mark.parametrize(
    ("typed", "meant", "is_one"),
    [("ml", "lm", True), ("lmm", "lm", True), ("绿卖食品", "绿麦食品", True), ("lm", "yl", False),
     ("lm", "lm", False)],
)  # fmt: skip
def test_one_letter_off_is_near(typed, meant, is_one):
    assert is_near(typed, meant) is is_one
