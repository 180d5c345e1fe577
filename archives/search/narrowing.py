"""Filters of a question, and what the facets beside the hits have narrowed it to (9.3)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.dateparse import parse_date
from django.utils.translation import override

from accounts.models import Client
from agency.common.dates import MIDNIGHT, local_instant
from archives.kinds import Compartment, Kind
from archives.models import ClientAnswer, Document

LANGUAGES = ("zh-hans", "en")
NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class Asked:
    """Who asks, and when."""

    user: object
    at: object


def conditions(question, asked):
    """Every filter of the question; the values of one key are alternatives."""
    whole = Q()
    for key, values in question.filters.items():
        either = Q()
        for value in values:
            either |= FILTERS[key](value, asked)
        whole &= either
    return whole


def _client(value, asked):
    clients = Client.objects.visible_to(asked.user, asked.at)
    names = Q(code__iexact=value) | Q(name__icontains=value) | Q(name_en__icontains=value)
    return Q(client__in=clients.filter(names).values("pk"))


def _kind(value, asked):
    kinds = {kind for kind in Kind.values if value in (kind, *_labels(Kind(kind)))}
    parts = [part for part in Compartment if value in (part.value, *_labels(part))]
    kinds.update(kind for part in parts for kind in part.kinds)
    return Q(kind__in=kinds)


def _labels(choice):
    """The words of a choice in both languages, as they are typed."""
    for language in LANGUAGES:
        with override(language):
            yield str(choice.label).lower()
            yield str(choice.label).lower().replace(" ", "_")


def _job(value, asked):
    return Q(job_numbers__job_number__iexact=value)


def _year(value, asked):
    return Q(year=int(value)) if value.isdecimal() and len(value) == 4 else NOTHING


def _by(value, asked):
    if value == "@me":
        return Q(created_by=asked.user)
    name = value.lstrip("@")
    return Q(created_by__name__icontains=name) | Q(created_by__username__iexact=name)


def _is(value, asked):
    """A state of the paper, or what the client answered to it."""
    if value in Document.State.values:
        return Q(state=value)
    answers = [answer for answer in ClientAnswer.Answer.values if answer == value]
    return Q(pk__in=ClientAnswer.objects.filter(answer__in=answers).values("document"))


def _face(value, asked):
    return Q(face=value)


def _before(value, asked):
    day = _day(value)
    return Q(dated_on__lt=day) if day else NOTHING


def _after(value, asked):
    day = _day(value)
    return Q(dated_on__gt=day) if day else NOTHING


def _day(value):
    """2026-11-30, or a year alone: its first day."""
    if value.isdecimal() and len(value) == 4:
        return date(max(int(value), 1), 1, 1)
    try:
        return parse_date(value)
    except ValueError:
        return None


def chosen_of(asked):
    """What the facets have narrowed to, of what is asked; a value that is none is left out."""
    found = {name: str(asked.get(name, "")) for name in CHOICES}
    return {name: value for name, value in found.items() if value and CHOICES[name](value)}


def narrowed(chosen):
    """The papers that the chosen facets leave."""
    whole = Q()
    for name, value in chosen.items():
        whole &= NARROWED[name](value) if name in NARROWED else Q(**{name: value})
    return whole


def _part(value):
    return Q(kind__in=Compartment(value).kinds)


def _since(value):
    """Filed on the day or later, by the agency's clock."""
    return Q(created_at__gte=local_instant(date.fromisoformat(value), MIDNIGHT))


def is_number(value):
    return value.isdecimal() and len(value) < 10


def is_day(value):
    try:
        return 2000 <= date.fromisoformat(value).year < 2100
    except ValueError:
        return False


NARROWED = {"part": _part, "since": _since}
CHOICES = {
    "client": is_number,
    "part": Compartment.values.__contains__,
    "kind": Kind.values.__contains__,
    "year": is_number,
    "state": Document.State.values.__contains__,
    "face": Document.Face.values.__contains__,
    "since": is_day,
}
FILTERS = {
    "client": _client,
    "kind": _kind,
    "job": _job,
    "year": _year,
    "by": _by,
    "is": _is,
    "before": _before,
    "after": _after,
    "face": _face,
}
