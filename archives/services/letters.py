"""Faxes and memos: drafts are free, issued they are numbered, filed and never changed (R68, Z10).

The right is that of filing a paper (4.2): the nearest line of the table. A paper of the agency
without a client is its author's.
"""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from accounts.permissions import can, require
from agency.common.errors import Refused
from agency.common.pdf import page_counts, render
from agency.common.services.record import once, record
from agency.common.verbs import check_state, check_version, lock, save, verb
from archives.models import Document, Letter
from archives.papers import client_day, draw_number
from archives.papers_letter import letter_paper
from archives.services.documents import file_document

RIGHT = "archives.file_document"
CODES = {"fax": "FX", "memo": "MM"}
WORDS = {"fax": gettext_noop("Fax"), "memo": gettext_noop("Memo")}
# A fax leaves the house, a memo does not.
FACES = {"fax": Document.Face.CLIENT, "memo": Document.Face.INTERNAL}
TEMPLATE = "archives/pdf/letter.html"
FACTS = (
    *("client", "language", "to", "company", "fax_number", "copy", "job_number", "subject"),
    *("body", "pages", "wished_on"),
)


@verb
def draft_letter(*, kind, by, at, form_key=None, **values):
    behalf = require(by, RIGHT, values.get("client"), at)
    row = Letter(kind=kind, form_key=form_key, created_by=by, created_at=at, **_known(values))
    row, is_new = once(row)
    if is_new:
        record(row, "draft_letter", by=by, at=at, client=row.client, behalf_of=behalf)
    return row


def _known(values):
    return {name: value for name, value in values.items() if name in FACTS}


@verb
def update_letter(*, letter, by, at, row_version=None, **values):
    """Change a draft; it may go over to another client of one's own."""
    row, behalf = _held(letter, by, at, row_version)
    check_state(row, Letter.State.DRAFT)
    for name, value in _known(values).items():
        setattr(row, name, value)
    require(by, RIGHT, row.client, at)
    save(row)
    record(row, "update_letter", by=by, at=at, client=row.client, behalf_of=behalf)
    return row


@verb
def discard_letter(*, letter, by, at, row_version=None):
    """A draft may go, by who wrote it (Z15)."""
    row, behalf = _held(letter, by, at, row_version)
    check_state(row, Letter.State.DRAFT)
    if row.created_by_id != by.pk:
        raise Refused(_("Only who wrote a draft discards it."))
    record(row, "discard_letter", by=by, at=at, client=row.client, behalf_of=behalf)
    row.delete()
    return row


@verb
def issue_letter(*, letter, by, at, row_version=None):
    """Draw the number, print and file; from then on it is never changed."""
    row, behalf = _held(letter, by, at, row_version)
    check_state(row, Letter.State.DRAFT)
    _check_whole(row)
    row.number = draw_number(row.client, CODES[row.kind], at)
    row.issued_at, row.issued_by = at, by
    content = print_letter(row, at)
    row.document = _file(row, content, by, at)
    row.state = Letter.State.ISSUED
    save(row)
    record(row, "issue_letter", by=by, at=at, client=row.client, behalf_of=behalf)
    return row


def _check_whole(row):
    for name in ("to", "subject", "body"):
        if not getattr(row, name).strip():
            raise Refused(_("A letter says to whom, about what, and what."), name)


def print_letter(row, at):
    """Its PDF; a fax without a count of pages gets the count of its own."""
    content = render(TEMPLATE, letter_paper(row, at, pages=row.pages or 1))
    if not row.is_fax or row.pages:
        return content
    (count,) = page_counts([content])
    return content if count < 2 else render(TEMPLATE, letter_paper(row, at, pages=count))


def _file(row, content, by, at):
    return file_document(
        client=row.client, kind=row.kind, title=_titled("zh-hans", row),
        title_en=_titled("en", row), content=content, face=FACES[row.kind],
        name=f"{row.number.replace('/', '-')}.pdf", dated_on=client_day(row.client, at),
        number=row.number, language=row.language, source=row.company,
        text="\n".join(filter(None, [row.to, row.company, row.copy, row.subject, row.body])),
        job_numbers=[row.job_number] if row.job_number else [], by=by, at=at,
    )  # fmt: skip


def _titled(language, row):
    with override(language):
        return f"{_(WORDS[row.kind])} {row.subject}"[:200]


@verb
def note_sent(*, letter, via, sent_at, by, at, row_version=None):
    """It went out: by what way and when. The machine that sends faxes is not ours to ask."""
    row, behalf = _held(letter, by, at, row_version)
    check_state(row, Letter.State.ISSUED)
    if row.sent_at:
        raise Refused(_("It is noted already when this was sent."))
    if not row.issued_at <= sent_at <= at:
        raise Refused(_("It was sent after it was issued, and not in the future."), "sent_at")
    row.sent_at, row.sent_via, row.sent_by = sent_at, via, by
    save(row)
    record(row, "note_sent", by=by, at=at, client=row.client, behalf_of=behalf)
    return row


def may_write(letter, user, at):
    """May the person change, issue, send it?"""
    if letter.client is None and letter.created_by_id != user.pk:
        return False
    return can(user, RIGHT, letter.client, at)


def _held(letter, by, at, row_version):
    """(the row locked, for whom the person acts)."""
    row = lock(letter)
    behalf = require(by, RIGHT, row.client, at)
    if row.client is None and row.created_by_id != by.pk:
        raise PermissionDenied(RIGHT)
    check_version(row, row_version)
    return row, behalf
