"""Who contributes to creative development: material to coach with, no ranking (R74)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from accounts.models import Client, User
from agency.common.dates import MIDNIGHT, local_instant
from archives.models import Brainstorm, Idea, StrategyEntry

QUARTERS = 4


@dataclass(frozen=True)
class Quarter:
    """A quarter of the calendar year, in the agency's own time."""

    year: int
    number: int

    @classmethod
    def of(cls, day):
        return cls(day.year, (day.month + 2) // 3)

    @property
    def before(self):
        return (
            Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)
        )

    @property
    def begins(self):
        return local_instant(date(self.year, self.number * 3 - 2, 1), MIDNIGHT)

    @property
    def ends(self):
        year, month = (self.year + 1, 1) if self.number == 4 else (self.year, self.number * 3 + 1)
        return local_instant(date(year, month, 1), MIDNIGHT)

    def __str__(self):
        return f"{self.year}-Q{self.number}"


def last_quarters(day):
    """The quarter of the day and those before it, newest first."""
    found = [Quarter.of(day)]
    while len(found) < QUARTERS:
        found.append(found[-1].before)
    return found


@dataclass(frozen=True)
class Contribution:
    """What one person gave in a quarter: attended, said under his name, drafted."""

    person: User
    brainstorms: int = 0
    ideas: int = 0
    chosen: int = 0
    drafts: int = 0

    @property
    def is_none(self):
        return not (self.brainstorms or self.ideas or self.drafts)


def contributions(people, quarter, viewer, at):
    """One Contribution a person in the order given, on the clients that the viewer may see."""
    clients = Client.objects.visible_to(viewer, at).values("pk")
    storms = Brainstorm.objects.filter(brand__client__in=clients, **within("on", quarter))
    ideas = Idea.objects.filter(
        brainstorm__brand__client__in=clients, **within("brainstorm__on", quarter)
    )
    drafts = StrategyEntry.objects.filter(
        brand__client__in=clients, **within("created_at", quarter)
    )
    counts = {
        "brainstorms": _counted(storms, "people"),
        "ideas": _counted(ideas, "by"),
        "chosen": _counted(ideas.filter(is_chosen=True), "by"),
        "drafts": _counted(drafts, "author"),
    }
    return [
        Contribution(person, **{name: found.get(person.pk, 0) for name, found in counts.items()})
        for person in people
    ]


def within(field, quarter):
    return {f"{field}__gte": quarter.begins, f"{field}__lt": quarter.ends}


def _counted(rows, whose):
    """{person id: how many}."""
    rows = rows.order_by().values_list(whose)
    return dict(rows.annotate(count=Count("pk", filter=Q(**{f"{whose}__isnull": False}))))
