"""The tape sheet: printed for the box and filed, each print in the place of the one before."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from agency.common.pdf import render
from agency.common.services.record import record
from agency.common.verbs import verb
from archives.kinds import Kind
from archives.models import Document
from archives.papers import client_day
from archives.papers_tape import tape_sheet
from archives.services.documents import file_document, supersede
from archives.services.tapes import opened

TITLE = gettext_noop("Tape sheet")
TEMPLATE = "archives/pdf/tape_sheet.html"


@verb
def print_tape_sheet(*, tape, by, at, row_version=None):
    """Print what is known of the tape now, file it, and return the paper."""
    row, behalf = opened(tape, by, at, row_version)
    former = _former(row)
    paper = _filed(row, former, by, at)
    if former is not None:
        supersede(document=former, by=by, at=at)
    record(row, "print_tape_sheet", by=by, at=at, client=row.account, behalf_of=behalf)
    return paper


def _former(tape):
    """The sheet in force."""
    rows = Document.objects.in_force().filter(number=tape.number, kind=Kind.TAPE_SHEET)
    return rows.order_by("-revision").first()


def _filed(tape, former, by, at):
    revision, client = former.revision + 1 if former else 1, tape.account
    facts = tape_sheet(tape, by=by, at=at, revision=revision)
    return file_document(
        client=client,
        kind=Kind.TAPE_SHEET,
        title=_titled("zh-hans", tape),
        title_en=_titled("en", tape),
        content=render(TEMPLATE, facts),
        name=f"{tape.number}-R{revision}.pdf" if revision > 1 else f"{tape.number}.pdf",
        face=Document.Face.INTERNAL,
        dated_on=client_day(client, at),
        number=tape.number,
        revision=revision,
        replaces=former,
        language=client.paper_language,
        brand=tape.competitor.brand if tape.competitor else tape.ad and tape.ad.brand,
        source=tape.competitor.name if tape.competitor else "",
        job_numbers=facts["jobs"],
        by=by,
        at=at,
    )


def _titled(language, tape):
    with override(language):
        return f"{_(TITLE)} {tape.title}"[:200]
