"""The brand's way through time, and how it stood on a day (R42, R43)."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Max
from django.utils import timezone

from accounts.models import Brand
from archives.models import Brainstorm, Competitor, StrategyEntry

Kind = StrategyEntry.Kind
OWN = [kind for kind in Kind if kind != Kind.COMPETITOR_CREATIVE]


@dataclass(frozen=True)
class Mark:
    """One point of the line: an entry or a brainstorm."""

    on: object
    row: object
    is_in_force: bool = False
    is_later: bool = False

    @property
    def is_brainstorm(self):
        return isinstance(self.row, Brainstorm)


class BrandLine:
    """All that was ever entered of a brand that the person may see, and its state on the day."""

    def __init__(self, brand, user, at, day):
        self.brand, self.day = brand, day
        entries = StrategyEntry.objects.visible_to(user, at).filter(brand=brand)
        entries = entries.select_related("brand", "competitor", "author", "signed_by")
        # counted rows come in no order of their own
        newest = ("-valid_from", "-pk")
        self.entries = list(entries.annotate(papers=Count("documents")).order_by(*newest))
        storms = Brainstorm.objects.visible_to(user, at).filter(brand=brand)
        storms = storms.select_related("chair").annotate(idea_count=Count("ideas"))
        self.storms = list(storms)
        self.competitors = list(Competitor.objects.visible_to(user, at).filter(brand=brand))
        self.in_force = in_force(self.entries, day)

    @property
    def own(self):
        """[(kind, the entry in force on the day or None)], in the order of the handbook."""
        return [(kind, self.in_force.get((kind.value, None))) for kind in OWN]

    @property
    def theirs(self):
        """[(competitor, its creative strategy on the day or None)]."""
        kind = Kind.COMPETITOR_CREATIVE.value
        return [(one, self.in_force.get((kind, one.pk))) for one in self.competitors]

    @property
    def draft(self):
        return next((row for row in self.entries if row.is_waiting), None)

    def years(self):
        """[(year, [Mark])], the newest first."""
        now = {row.pk for row in self.in_force.values()}
        marks = [self._mark(row.valid_from, row, row.pk in now) for row in self.entries]
        marks += [self._mark(timezone.localdate(row.on), row) for row in self.storms]
        marks.sort(key=lambda mark: (mark.on, mark.row.pk), reverse=True)
        return [(year, list(rest)) for year, rest in groupby(marks, key=lambda mark: mark.on.year)]

    def _mark(self, on, row, is_in_force=False):
        return Mark(on, row, is_in_force, on > self.day)


def in_force(entries, day):
    """{slot: entry}: of each sort the newest that counts on the day; entries: newest first."""
    found = {}
    for row in entries:
        if row.counts and row.valid_from <= day:
            found.setdefault(row.slot, row)
    return found


def brands_of(user, client, at):
    """The client's active brands with what their archive holds, for the client page."""
    rows = Brand.objects.visible_to(user, at).filter(client=client, is_active=True)
    return rows.annotate(
        last_entry=Max("strategy__valid_from"),
        entry_count=Count("strategy", distinct=True),
        storm_count=Count("brainstorms", distinct=True),
        competitor_count=Count("competitors", distinct=True),
    )
