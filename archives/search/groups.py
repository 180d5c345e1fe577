"""What else bears the words of a question, above the papers: jobs, meetings, people (9.3).

Each app says which of its rows to look for; the setting SEARCH_GROUPS names the functions
(question, user, at) -> Wanted, and all are found in one query. What a filter asks of papers asks
nothing of other rows: only `client:` narrows a group.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Q, QuerySet, Value, Window
from django.db.models.functions import Replace, RowNumber
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from accounts.models import Client
from agency.common.gathered import gathered

SHOWN = 3
OF_CLIENTS = {"client"}


@dataclass(frozen=True)
class Other:
    """A row of a group: its number, its name, where it leads, and what else is said of it."""

    name: str
    address: str
    code: str = ""
    about: str = ""


@dataclass(frozen=True)
class Group:
    """Rows of one noun; its label is the noun."""

    label: str | Promise
    rows: Sequence[Other]


@dataclass(frozen=True)
class Wanted:
    """A group to be found: its `first_rows`, the fields that `told` reads, a row as it is shown."""

    label: str | Promise
    rows: QuerySet
    paths: Sequence[str]
    told: Callable


def groups(question, user, at):
    """The groups that found something; all are asked, whatever the others found."""
    if not question.words or set(question.filters) - OF_CLIENTS:
        return []
    wanted = [import_string(path)(question, user, at) for path in settings.SEARCH_GROUPS]
    sources = {str(n): (one.rows, ("id", "nth", *one.paths)) for n, one in enumerate(wanted)}
    found = sorted(gathered(sources), key=lambda found: found[1].nth)
    return [group for n, one in enumerate(wanted) if (group := _group(one, found, str(n))).rows]


def _group(wanted, found, name):
    return Group(wanted.label, [wanted.told(row) for whose, row in found if whose == name])


def said(*parts):
    """What is said of a row, one after the other."""
    return " · ".join(filter(None, map(str, parts)))


def first_rows(rows, question, user, at, fields, number="", client="client"):
    """The first rows that hold each of the words in one of the fields; `number` in any spelling.

    `nth`: which of them it is. rows: a QuerySet with `visible_to`, in its order; client: the
    field that says whose they are.
    """
    rows = rows.visible_to(user, at)
    if number:
        rows = rows.annotate(plain_number=Replace(number, Value("-"), Value("")))
    for word in question.words:
        rows = rows.filter(_holds(word.text, fields, number))
    for word in question.unwanted:
        rows = rows.exclude(_holds(word.text, fields, number))
    if codes := question.filters.get("client"):
        clients = Client.objects.visible_to(user, at).filter(_holds_any(codes))
        rows = rows.filter(**{f"{client}__in": clients.values("pk")})
    order = rows.query.order_by or rows.model._meta.ordering
    return rows.annotate(nth=Window(RowNumber(), order_by=order)).order_by("nth")[:SHOWN]


def _holds(text, fields, number):
    whole = reduce(or_, (Q(**{f"{name}__icontains": text}) for name in fields))
    plain = "".join(letter for letter in text if letter.isalnum())
    return whole | Q(plain_number__icontains=plain) if number and plain else whole


def _holds_any(codes):
    return reduce(or_, (Q(code__iexact=code) | Q(name__icontains=code) for code in codes))
