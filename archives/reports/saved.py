"""How a kept search is called: its words, then what the facets had narrowed it to."""

from accounts.models import Client
from archives.kinds import Compartment, Kind
from archives.models import Document

CHOICES = {
    "kind": Kind.choices,
    "part": Compartment.choices,
    "state": Document.State.choices,
    "face": Document.Face.choices,
}


def called(rows):
    """[(row, its name)], with one question for the names of all clients."""
    asked = {row.facets["client"] for row in rows if "client" in row.facets}
    clients = {str(row.pk): row.name for row in Client.objects.filter(pk__in=asked)}
    labels = {name: dict(choices) for name, choices in CHOICES.items()} | {"client": clients}
    return [(row, _called(row, labels)) for row in rows]


def _called(row, labels):
    facets = [str(labels.get(name, {}).get(value, value)) for name, value in row.facets.items()]
    return " · ".join(filter(None, [row.query, *facets]))
