"""The record of a brainstorm: printed, filed, and opened again only to be corrected (R43)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.pdf import render
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_version, lock, save, verb
from archives.kinds import Kind
from archives.models import Document
from archives.papers import client_day, draw_number
from archives.papers_brand import brainstorm_record
from archives.services.brainstorm import RIGHT
from archives.services.documents import file_document, supersede

TITLE = gettext_noop("Brainstorm record")
TEMPLATE = "archives/pdf/brainstorm.html"
CODE = "BS"


@verb
def file_record(*, brainstorm, by, at, row_version=None):
    """Print the record and file it; a corrected one takes the place of the former."""
    row, behalf = _begun(brainstorm, by, at, row_version)
    _check(row, at)
    former = row.document
    if former:
        supersede(document=former, by=by, at=at)
    row.document = _filed(row, former, by, at)
    row.filed_at, row.next_notice_at = at, None
    save(row, "document", "filed_at", "next_notice_at")
    record(row, "file_brainstorm", by=by, at=at, client=row.brand.client, behalf_of=behalf)
    return row


@verb
def reopen_record(*, brainstorm, reason, by, at, row_version=None):
    """Correct what was filed: the paper stays in force until the corrected one is filed."""
    row, behalf = _begun(brainstorm, by, at, row_version)
    if not row.filed_at:
        raise Refused(_("The record is open already."))
    reason = check_reason(reason)
    row.filed_at = None
    save(row, "filed_at")
    record(row, "reopen_brainstorm", by=by, at=at, client=row.brand.client, behalf_of=behalf,
           reason=reason)  # fmt: skip
    return row


def _begun(brainstorm, by, at, row_version):
    row = lock(brainstorm)
    row.brand = brainstorm.brand
    behalf = require(by, RIGHT, row.brand.client, at)
    check_version(row, row_version)
    return row, behalf


def gaps(row, at):
    """What the record still lacks, in words (R43)."""
    found = []
    if row.ended_at > at:
        found.append(_("The brainstorm has not ended yet."))
    if not row.ideas.exists():
        found.append(_("No idea has been noted."))
    if not row.next_step:
        found.append(_("The next step is missing."))
    return found


def _check(row, at):
    if row.filed_at:
        raise Refused(_("The record is filed already."))
    if lacks := gaps(row, at):
        raise Refused(lacks[0], "", [("", words) for words in lacks])


def _filed(row, former, by, at):
    client = row.brand.client
    number = former.number if former else draw_number(client, CODE, at)
    revision = former.revision + 1 if former else 1
    facts = brainstorm_record(row, number, by=by, at=at, revision=revision)
    stem = number.replace("/", "-")
    return file_document(
        client=client,
        kind=Kind.BRAINSTORM,
        title=_titled("zh-hans", row),
        title_en=_titled("en", row),
        content=render(TEMPLATE, facts),
        name=f"{stem}-R{revision}.pdf" if former else f"{stem}.pdf",
        face=Document.Face.INTERNAL,
        dated_on=client_day(client, row.on),
        number=number,
        revision=revision,
        replaces=former,
        language=client.paper_language,
        brand=row.brand,
        job_numbers=facts["jobs"],
        by=by,
        at=at,
    )


def _titled(language, row):
    with override(language):
        return f"{_(TITLE)} {row}"[:200]
