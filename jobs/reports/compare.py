"""Two versions of an estimate side by side: which lines are new, changed, dropped, in words."""

from difflib import SequenceMatcher

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agency.common.wording import sum_text
from jobs.models import Estimate
from jobs.reports.pairs import Pair, changes_of, put_dropped
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


class LinePair(Pair):
    ADDED = gettext_lazy("New: %(text)s, %(price)s")
    DROPPED = gettext_lazy("Dropped: %(text)s, %(price)s")

    def facts(self, line):
        return {"text": line.text, "price": sum_text(line.price)}


def compare(old, new, sees_cost):
    """(pairs in the order of the new version, [(label, old, new)] of the head)."""
    before, after = list(_lines(old)), list(_lines(new))
    found = _matched(before, after)
    pairs = []
    for line in after:
        twin = found.get(line.pk)
        changes, names = _changes(twin, line, FIELDS, sees_cost) if twin else ((), frozenset())
        pairs.append(LinePair(twin, line, changes, names))
    kept = {twin.pk for twin in found.values()}
    for line in before:
        if line.pk not in kept:
            put_dropped(pairs, LinePair(line, None))
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
    shown = [name for name in names if sees_cost or name not in INSIDE]
    return changes_of(old, new, shown, _words_of)


def _words_of(row, name):
    value = getattr(row, name)
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    return WORDS[name](value) if name in WORDS else str(value)


def others(estimate):
    """The versions that it can be laid beside: of the same base or change order, newest first."""
    rows = Estimate.objects.filter(job=estimate.job_id, change=estimate.change)
    return list(rows.exclude(pk=estimate.pk).order_by("-revision"))
