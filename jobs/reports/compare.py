"""Two versions of an estimate side by side: which lines are new, changed, dropped, in words."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from agency.common.wording import sum_text
from jobs.models import Estimate, EstimateLine
from jobs.wording import quantity_text, rate_text, unit_text

ALIKE = 0.6  # of two texts, from which on one is the other reworded
INSIDE = ("unit_cost", "markup_rate", "supplier")
WORDS = {
    "quantity": quantity_text, "unit_cost": unit_text, "fixed_price": unit_text,
    "markup_rate": rate_text, "vat_rate": rate_text, "contingency_rate": rate_text,
    "price": sum_text,
}  # fmt: skip
FIELDS = ("text", "group", "quantity", "unit", "unit_cost", "markup_rate", "fixed_price",
          "vat_rate", "deliverable", "supplier", "is_optional", "chosen", "price")  # fmt: skip
HEAD = ("contingency_rate", "vat_rate", "note_client")


@dataclass(frozen=True)
class Pair:
    """A line in both versions, or in one; changes: [(label, old, new)] in words."""

    old: EstimateLine | None
    new: EstimateLine | None
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
            return _("New: %(text)s, %(price)s") % _shown(self.new)
        if self.state == "dropped":
            return _("Dropped: %(text)s, %(price)s") % _shown(self.old)
        parts = ", ".join(f"{label} {old} → {new}" for label, old, new in self.changes)
        return _("%(text)s: %(changes)s") % {"text": self.new.text, "changes": parts}


def compare(old, new, sees_cost):
    """(pairs in the order of the new version, [(label, old, new)] of the head)."""
    before, after = list(_lines(old)), list(_lines(new))
    found = _matched(before, after)
    pairs = []
    for line in after:
        twin = found.get(line.pk)
        changes, names = _changes(twin, line, FIELDS, sees_cost) if twin else ((), frozenset())
        pairs.append(Pair(twin, line, changes, names))
    kept = {twin.pk for twin in found.values()}
    for line in before:
        if line.pk not in kept:
            place = sum(1 for pair in pairs if pair.old and pair.old.position < line.position)
            pairs.insert(min(place, len(pairs)), Pair(line, None))
    return pairs, _changes(old, new, HEAD, sees_cost)[0]


def _lines(estimate):
    return estimate.lines.select_related("deliverable", "supplier")


def _matched(before, after):
    """{pk of the new line: the old line}: the same words first, then words much alike."""
    found, free = {}, list(before)
    for alike in (_is_same, _is_alike):
        for line in after:
            if line.pk in found:
                continue
            twin = next((other for other in free if alike(other, line)), None)
            if twin is not None:
                found[line.pk] = twin
                free.remove(twin)
    return found


def _is_same(old, new):
    return old.text.casefold() == new.text.casefold()


def _is_alike(old, new):
    matcher = SequenceMatcher(None, old.text.casefold(), new.text.casefold())
    return matcher.real_quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


def _changes(old, new, names, sees_cost):
    rows, changed = [], set()
    for name in names:
        if name in INSIDE and not sees_cost:
            continue
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            label = str(new._meta.get_field(name).verbose_name)
            rows.append((label, words_of(name, before), words_of(name, after)))
            changed.add(name)
    return tuple(rows), frozenset(changed)


def words_of(name, value):
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return WORDS[name](value) if name in WORDS else str(value)


def _shown(line):
    return {"text": line.text, "price": sum_text(line.price)}


def others(estimate):
    """The versions that it can be laid beside: of the same base or change order, newest first."""
    rows = Estimate.objects.filter(job=estimate.job_id, change=estimate.change)
    return list(rows.exclude(pk=estimate.pk).order_by("-revision"))
