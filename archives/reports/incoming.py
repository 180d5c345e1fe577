"""Files still to be filed: for whom, and what they could be (reads only)."""

from accounts.models import Client
from archives.guessing import Known
from archives.models import Document, Incoming
from archives.search.words import normal

SHORTEST_NAME = 2


def known_clients(owner, client=None, at=None):
    """[Known] among whom a file's client is guessed: those of its owner, or the one it came for."""
    rows = Client.objects.filter(pk=client.pk) if client else Client.objects.all()
    if owner is not None:
        rows = rows.visible_to(owner, at)
    rows = rows.prefetch_related("brands").only("code", "name", "name_en")
    return [Known(row.pk, row.code, tuple(names_of(row))) for row in rows]


def names_of(client):
    """Whole names, as the search reads them, of the client and its brands."""
    brands = [name for brand in client.brands.all() for name in (brand.name, brand.name_en)]
    names = {normal(name) for name in (client.name, client.name_en, *brands)}
    return sorted(name for name in names if len(name) >= SHORTEST_NAME)


def waiting_for(user, at):
    """The files that the person may file, the oldest first."""
    rows = Incoming.objects.visible_to(user, at).waiting()
    return rows.select_related("client", "owner").defer("text").order_by("pk")


def with_twins(rows):
    """The rows, each with `twin`: the paper whose bytes its client's folder holds already."""
    rows = list(rows)
    hashes = {row.sha256 for row in rows}
    papers = Document.objects.filter(sha256__in=hashes).exclude(state=Document.State.VOID)
    held = {(one.client_id, one.sha256): one for one in papers.light().order_by("-pk")}
    for row in rows:
        row.twin = held.get((row.client_id, row.sha256))
    return rows
