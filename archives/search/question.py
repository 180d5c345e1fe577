"""What stands in the search box, taken apart (9.3): words, exact ones, unwanted ones, filters."""

import re
from dataclasses import dataclass, field

from archives.search.words import lexemes, normal, squeezed

FILTERS = ("client", "kind", "job", "year", "by", "is", "before", "after", "face")
MAX_LENGTH, MAX_WORDS, MAX_LEXEMES = 400, 12, 40
_TOKEN = re.compile(
    r'(?P<no>-?)(?:(?P<key>[a-z]+):(?P<value>"[^"]*"|\S+)|"(?P<exact>[^"]*)"?|(?P<word>\S+))'
)


@dataclass(frozen=True)
class Word:
    """One thing to be found. `query` is the literal of a tsquery."""

    text: str
    query: str
    is_exact: bool = False


@dataclass(frozen=True)
class Question:
    """words all, none of `unwanted`; filters: {key: [values]} as typed."""

    text: str = ""
    words: list = field(default_factory=list)
    unwanted: list = field(default_factory=list)
    filters: dict = field(default_factory=dict)

    def __bool__(self):
        return bool(self.words or self.unwanted or self.filters)


def read(text):
    """Whatever is typed becomes a question; what holds no letter and no digit asks nothing."""
    asked = squeezed(text.replace("\0", " "))[:MAX_LENGTH]
    words, unwanted, filters = [], [], {}
    for match in _TOKEN.finditer(normal(asked)):
        if match["key"] in FILTERS and not match["no"]:
            filters.setdefault(match["key"], []).append(match["value"].strip('"'))
            continue
        word = _word(match)
        if word and len(words) + len(unwanted) < MAX_WORDS:
            (unwanted if match["no"] else words).append(word)
    return Question(asked, words, unwanted, filters)


def _word(match):
    is_exact = match["exact"] is not None
    text = match["exact"] if is_exact else match["word"] or f"{match['key']}:{match['value']}"
    query = phrase(text, is_exact)
    return Word(text, query, is_exact) if query else None


def phrase(text, is_exact=False):
    """The lexemes of a normal text one after another; the last may be a beginning.

    '' where there is nothing to look for. A number of the house is found in one word of the
    index; where it is part of a longer one, by its parts.
    """
    found = lexemes(text)[:MAX_LEXEMES]
    if not found:
        return ""
    in_turn = _in_turn(_needed(found), is_exact)
    whole, *parts = found
    if parts and whole.text == "".join(part.text for part in parts):
        return f"{_quoted(whole, not is_exact)} | ({in_turn})"
    return in_turn


def _in_turn(found, is_exact):
    parts = [_quoted(found[0], len(found) == 1 and not is_exact)]
    for number, (one, before) in enumerate(zip(found[1:], found, strict=False), start=2):
        parts.append(f"<{one.place - before.place}>")
        parts.append(_quoted(one, number == len(found) and not is_exact))
    return " ".join(parts)


def _needed(found):
    """Pairs say all that a Chinese run holds: its last character alone counts only by itself.

    Of a house number the parts are asked for, in whatever spelling.
    """
    last_of_place = {one.place: one for one in found}
    pairs = {one.place + 1 for one in found if len(one.text) == 2 and not one.is_open}
    return [one for place, one in last_of_place.items() if len(one.text) > 1 or place not in pairs]


def _quoted(one, is_beginning):
    """A single Chinese character stands in the index as the beginning of a pair."""
    is_single = len(one.text) == 1 and not one.text.isascii()
    return f"'{one.text}'{':*' if (is_beginning and one.is_open) or is_single else ''}"
