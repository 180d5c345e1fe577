"""What waits for a person: the rows of the home page (R69), in one query for all kinds.

Each app offers SOURCES, from the module of each noun. A source gives rows of the same columns, so
that one UNION fetches them all; its words are put together afterwards.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import CharField, DateField, DateTimeField, F, IntegerField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise

from accounts.mine import Mine
from agency.common.duties import Duty

COLUMNS = ("source", "row", "title", "number", "client_name", "due_at_", "due_on_", "person_")


@dataclass(frozen=True)
class Source:
    """Duties of one kind.

    find(mine, at): the rows, a QuerySet; group, button: as in Duty; sentence: with %(title)s and
    %(number)s, the latter in the words of `said`; url: name of the address, whose argument is
    `row`; the fields are paths from the found row. person: path to the id of
    whose duty it is, for the cover's banner.
    """

    name: str
    find: Callable
    group: str | Promise
    sentence: str | Promise
    button: str | Promise
    url: str
    title: str = "job__title"
    number: str = "job__number"
    client: str = "job__client__name"
    row: str = "pk"
    due_at: str = ""
    due_on: str = ""
    person: str = ""
    clock: int = 0
    is_client: bool = False
    said: Callable = str

    def rows(self, mine, at):
        """The found rows as values in the order of COLUMNS."""
        return self.find(mine, at).order_by().values_list(
            Value(self.name, CharField()),
            Cast(F(self.row), IntegerField()),
            Cast(F(self.title), CharField()),
            Cast(F(self.number), CharField()),
            Cast(F(self.client), CharField()),
            _or_nothing(self.due_at, DateTimeField()),
            _or_nothing(self.due_on, DateField()),
            _or_nothing(self.person, IntegerField()),
        )  # fmt: skip

    def duty(self, found, mine):
        row = dict(zip(COLUMNS, found, strict=True))
        names = {"title": row["title"], "number": self.said(row["number"])}
        return Duty(
            group=self.group,
            sentence=str(self.sentence) % names,
            client=row["client_name"],
            url=reverse(self.url, args=[row["row"]]),
            button=self.button,
            due_at=row["due_at_"],
            due_on=row["due_on_"],
            clock=self.clock,
            is_client=self.is_client,
            person=mine.person(row["person_"]) if row["person_"] else None,
        )


def _or_nothing(path, kind):
    return Cast(F(path) if path else Value(None), kind)


def gather(user, at, sources):
    """[Duty] of the person, and of those stood in for (`person` names them then)."""
    if not user.is_authenticated or user.is_admin or not sources:
        return []
    mine = Mine(user, at)
    by_name = {source.name: source for source in sources}
    queries = [source.rows(mine, at) for source in sources]
    rows = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]
    return [by_name[found[0]].duty(found, mine) for found in rows]
