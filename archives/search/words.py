"""Text to words that can be found, Chinese by bigrams, Latin and numbers whole (9.2). Pure.

The same functions cut papers and questions, so that what was filed and what is asked meet: wide
forms become narrow ones, capitals small, traditional characters simplified ones.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_BROKEN_LINE = re.compile(f"(?<=[{HAN}])[ \t]*[\r\n]+[ \t]*(?=[{HAN}])")
_GAPS = re.compile(r"\s+")
# 55,947.16 and 55947.16 are one number; LM/CR/2026/014 and LM-26-014 a number of the house.
_PIECE = re.compile(
    rf"(?P<house>\b[a-z]{{2,6}}(?:(?:[-/][a-z0-9]+){{2,}}|-\d{{2,}}))"
    rf"|(?P<amount>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+\.\d+)"
    rf"|(?P<han>[{HAN}]+)"
    rf"|(?P<word>[^\W{HAN}_]+)"
)
MAX_POSITION = 16_383  # what a tsvector can hold


@dataclass(frozen=True)
class Lexeme:
    """A word of the index, its place, and whether a question may mean only its beginning."""

    text: str
    place: int
    is_open: bool = False


@cache
def _simplified():
    """{code of a traditional character: the simplified one}, from OpenCC's table."""
    table = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text("utf-8")
    pairs = (line.split() for line in table.splitlines() if line)
    return {ord(pair[0]): pair[1] for pair in pairs if len(pair[0]) == 1}


def normal(text):
    """NFKC, small, simplified; a line that breaks inside Chinese goes on."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(_simplified())
    return _BROKEN_LINE.sub("", plain)


def squeezed(text):
    return _GAPS.sub(" ", text).strip()


def lexemes(text):
    """[Lexeme] of a text that is `normal` already, in order."""
    found, place = [], 1
    for match in _PIECE.finditer(text):
        pieces = _CUT[match.lastgroup](match.group(), place)
        found += pieces
        place = _after(match.lastgroup, match.group(), place)
    return [one for one in found if one.place <= MAX_POSITION]


def _after(kind, text, place):
    if kind == "han":
        return place + len(text)
    return place + (len(re.split("[-/]", text)) if kind == "house" else 1)


def _han(text, place):
    """Every pair of neighbours, and the last character alone: it begins no pair."""
    pairs = [Lexeme(text[at : at + 2], place + at) for at in range(len(text) - 1)]
    return [*pairs, Lexeme(text[-1], place + len(text) - 1, True)]


def _house(text, place):
    """lm, cr, 2026, 014 one after another, and lmcr2026014 in the place of the first."""
    parts = re.split("[-/]", text)
    whole = Lexeme("".join(parts), place, True)
    return [whole, *(Lexeme(part, place + at, True) for at, part in enumerate(parts))]


def _amount(text, place):
    return [Lexeme(text.replace(",", ""), place, True)]


def _word(text, place):
    return [Lexeme(text, place, True)]


_CUT = {"han": _han, "house": _house, "amount": _amount, "word": _word}


def vector(text, weight=""):
    """The literal of a tsvector: 'lexeme':1A,7A … Lexemes hold letters, digits and points only."""
    return joined([(text, weight)])


def joined(parts):
    """One literal of several (text, weight), each after the one before it."""
    places, start = {}, 0
    for text, weight in parts:
        found = lexemes(normal(text))
        for one in found:
            place = min(one.place + start, MAX_POSITION)
            places.setdefault(one.text, set()).add((place, weight))
        start += max((one.place for one in found), default=0) + 1
    return " ".join(f"'{name}':{_listed(marks)}" for name, marks in sorted(places.items()))


def _listed(marks):
    """A lexeme holds 255 places at most."""
    return ",".join(f"{place}{weight}" for place, weight in sorted(marks)[:255])
