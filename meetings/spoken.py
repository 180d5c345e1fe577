"""What one types while a meeting goes on: `d` decision, `c` conclusion, `a` action (R13).

    d Poster A is taken.
    c Radio stays below 20 %.
    a 许知行 12-03 交第二稿 · a 12月3日前 许知行 交第二稿 · a 何嘉宁 下周一: send the packshots

Forgiving: what is not understood as a name or a day stays in the text.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from meetings.days_said import day_at_end, day_at_start

DECISION, CONCLUSION, ACTION = "d", "c", "a"
LETTER = re.compile(r"([dca])(?:[\s:：.、,，;；]+|(?=[\u4e00-\u9fff]))", re.IGNORECASE)
WORD = re.compile(
    r"(决定|结论|行动|待办|decision|conclusion|action)(?:\s*[:：]\s*|(?<=[\u4e00-\u9fff])\s+)",
    re.IGNORECASE,
)
KINDS = {"决定": "d", "结论": "c", "行动": "a", "待办": "a"}
BETWEEN = " \t,，、:：;；@"


@dataclass(frozen=True)
class Spoken:
    kind: str
    text: str
    person: object = None
    due_on: date | None = None


def kind_and_words(typed, kind=CONCLUSION):
    """("d", words): by the letter or word in front, else the kind chosen beside the line."""
    typed = typed.strip()
    first = unicodedata.normalize("NFKC", typed[:2]) + typed[2:]
    if found := LETTER.match(first):
        return found[1].lower(), first[found.end() :].strip()
    if found := WORD.match(typed):
        word = found[1].lower()
        return KINDS.get(word, word[0]), typed[found.end() :].strip()
    return kind, typed


def read_action(words, people, day):
    """An action: who and by when stand in front in any order, the day perhaps at the end.

    people: those who may be named; day: that of the meeting, from which "tomorrow" counts.
    """
    names, rest, person, due_on = names_of(people), words, None, None
    for _turn in range(2):
        if person is None:
            person, rest = _name_at_start(rest, names)
        if due_on is None:
            due_on, rest = day_at_start(rest, day)
        rest = rest.strip(BETWEEN)
    if due_on is None:
        due_on, rest = day_at_end(rest, day)
    # A name and a day alone are no action: then all of it is what was typed.
    return Spoken(ACTION, rest.strip(BETWEEN) or words, person, due_on)


def names_of(people):
    """{name: person}; a name that two people share names nobody."""
    found, shared = {}, set()
    for person in people:
        for name in _called(person):
            if found.setdefault(name, person) != person:
                shared.add(name)
    return {name: person for name, person in found.items() if name not in shared}


def _called(person):
    names = (getattr(person, name, "") for name in ("name", "name_en", "username", "address_as"))
    return {name.casefold() for name in names if name}


def _name_at_start(words, names):
    """The longest name that the words begin with; one in letters ends where its word ends."""
    words = words.lstrip(BETWEEN)
    low = words.casefold()
    for name in sorted(names, key=len, reverse=True):
        after = low[len(name) : len(name) + 1]
        is_cut = name[-1].isascii() and after.isascii() and after.isalnum()
        if low.startswith(name) and not is_cut:
            return names[name], words[len(name) :]
    return None, words


def spelt(line):
    """A line as one would type it: what stands in the field when it is changed."""
    due_on = line.due_on.isoformat() if line.due_on else ""
    person = str(line.user or line.contact or "")
    return " ".join(part for part in (line.kind, person, due_on, line.text) if part)
