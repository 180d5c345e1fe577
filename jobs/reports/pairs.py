"""Two versions of a paper side by side: its lines in pairs, what differs in words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Pair:
    """A line in both versions, or in one; changes: [(label, old, new)] in words.

    A class below says how its lines are put into words: ADDED, DROPPED, facts(line).
    """

    old: object
    new: object
    changes: tuple = ()
    names: frozenset = frozenset()

    @property
    def state(self):
        if self.old is None:
            return "added"
        if self.new is None:
            return "dropped"
        return "changed" if self.changes else "same"

    @property
    def sentence(self):
        if self.state == "added":
            return self.ADDED % self.facts(self.new)
        if self.state == "dropped":
            return self.DROPPED % self.facts(self.old)
        parts = ", ".join(f"{label} {old} → {new}" for label, old, new in self.changes)
        return _("%(text)s: %(changes)s") % {"text": str(self.new), "changes": parts}


def put_dropped(pairs, pair):
    """Put the pair of a dropped line where the line stood in the old version."""
    place = sum(1 for other in pairs if other.old and other.old.position < pair.old.position)
    pairs.insert(place, pair)


def changes_of(old, new, names, words_of):
    """([(label, old, new)], {name}) of what differs; words_of(row, name) puts it into words."""
    rows, changed = [], set()
    for name in names:
        if getattr(old, name) != getattr(new, name):
            label = str(new._meta.get_field(name).verbose_name)
            rows.append((label, words_of(old, name), words_of(new, name)))
            changed.add(name)
    return tuple(rows), frozenset(changed)
