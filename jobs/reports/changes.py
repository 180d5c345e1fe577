"""What changed between two versions of a brief, part by part (R51)."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from re import findall

from agency.common.wording import sum_text
from jobs.models import Brief

SAME, ADDED, DROPPED = "same", "added", "dropped"
# A Chinese character, a word, or one other sign: what a reader sees as one piece.
PIECE = r"[㐀-鿿]|[A-Za-z0-9]+|\s+|."


@dataclass(frozen=True)
class Change:
    """One part that differs: its name and its pieces as (kind, text)."""

    label: str
    pieces: list


def changes_between(old, new):
    """[Change] of the parts, the budget and the facts that differ."""
    found = []
    for name in (*Brief.PARTS, "strategy_try"):
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            found.append(Change(_label(name), pieces(before, after)))
    return found + _budget(old, new) + _facts(old, new)


def _label(name):
    return Brief._meta.get_field(name).verbose_name


def _budget(old, new):
    """An amount is read as a whole."""
    if old.budget == new.budget:
        return []
    sides = ((DROPPED, old.budget), (ADDED, new.budget))
    return [
        Change(
            _label("budget"), [(kind, sum_text(sum_)) for kind, sum_ in sides if sum_ is not None]
        )
    ]


def pieces(before, after):
    """The two texts as one: what stayed, what was dropped, what was added."""
    old, new = findall(PIECE, before, 16), findall(PIECE, after, 16)
    found = []
    for act, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if act == "equal":
            found.append((SAME, "".join(old[a:b])))
            continue
        found += [(DROPPED, "".join(old[a:b]))] if b > a else []
        found += [(ADDED, "".join(new[c:d]))] if d > c else []
    return found


def _facts(old, new):
    """Facts by name: added, dropped, or in another state."""
    before = {row.name: row.get_state_display() for row in old.facts.all()}
    after = {row.name: row.get_state_display() for row in new.facts.all()}
    label = Brief._meta.apps.get_model("jobs", "Fact")._meta.verbose_name_plural
    rows = []
    for name in list(dict.fromkeys([*before, *after])):
        if before.get(name) == after.get(name):
            continue
        row = [(SAME, f"{name}: ")]
        row += [(DROPPED, str(before[name]))] if name in before else []
        row += [(ADDED, str(after[name]))] if name in after else []
        rows.append(Change(label, row))
    return rows
