"""The signed summary as a paper of the brand: found by every word in it (R39, R82)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from agency.common.pdf import render
from archives.kinds import Kind
from archives.models import Document
from archives.papers import client_day, draw_number
from archives.papers_brand import strategy_summary
from archives.services.documents import file_document

TITLE = gettext_noop("Brand strategy summary")
TEMPLATE = "archives/pdf/strategy_summary.html"
CODE = "SS"


def file_summary(entry, *, by, at):
    """Print and file it; the entry names the paper among those it rests on."""
    client = entry.brand.client
    number = draw_number(client, CODE, at)
    paper = file_document(
        client=client,
        kind=Kind.STRATEGY,
        title=_titled("zh-hans", entry),
        title_en=_titled("en", entry),
        content=render(TEMPLATE, strategy_summary(entry, number, at=at)),
        name=f"{number.replace('/', '-')}.pdf",
        face=Document.Face.INTERNAL,
        dated_on=client_day(client, at),
        number=number,
        language=client.paper_language,
        brand=entry.brand,
        by=by,
        at=at,
    )
    entry.documents.add(paper)
    return paper


def _titled(language, entry):
    with override(language):
        return f"{_(TITLE)} {entry.brand}"[:200]
