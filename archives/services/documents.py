"""Papers are filed, superseded and declared void; never changed, never deleted (Z10, Z15)."""

from django.utils.translation import gettext as _

from accounts.permissions import can, require
from accounts.services import revoke_links
from agency.common.errors import Refused
from agency.common.services import audit
from agency.common.texts import check_reason, clean_name
from agency.common.verbs import check_state, lock, verb
from archives.kinds import FILED_BY_HAND, OF_VERBS
from archives.models import ClientAnswer, Document, DocumentJob
from archives.search import index
from archives.sniff import sniff
from archives.storage import stage


@verb
def file_document(
    *, client, kind, title, content, name, face, dated_on, by, at, job_numbers=(), **about
):
    """File a paper that a verb has just made, and return its Document (R38).

    content: bytes or an opened binary file. by: None for the clock or a client's act; the calling
    verb has asked the right. about: number, revision, brand, product, contract, contact, text,
    replaces, state, title_en, language, pages, source, topic, form_key.
    The bytes are in the store before the row is written; StoreGone or StoreFull (507) where the
    store cannot take them, and then nothing has happened.
    """
    name = clean_name(name)
    staged = stage(content)
    try:
        mime = sniff(staged.path, name)
        stored = staged.keep()
    finally:
        staged.drop()
    paper = Document(
        client=client,
        kind=kind,
        title=title,
        name=name,
        face=face,
        dated_on=dated_on,
        mime=mime,
        sha256=stored.sha256,
        size=stored.size,
        **about,
    )
    return insert_paper(paper, job_numbers=job_numbers, by=by, at=at)


def insert_paper(paper, *, by, at, job_numbers=(), behalf_of=None):
    """The row of a paper whose bytes are stored, with its job numbers and audit line."""
    paper.year = paper.dated_on.year
    paper.created_by, paper.created_at = by, at
    paper.text_at = at if paper.text else None
    paper.words_at = at if paper.sha256 else None
    if paper.state == Document.State.ISSUED:
        paper.issued_at = at
    paper.save(force_insert=True)
    DocumentJob.objects.bulk_create(
        DocumentJob(document=paper, job_number=number, created_by=by, created_at=at)
        for number in dict.fromkeys(job_numbers)
    )
    if paper.sha256:
        index.put(paper, job_numbers=job_numbers, at=at)
    record("file_document", paper, by=by, at=at, behalf_of=behalf_of, changes=facts(paper))
    return paper


def name_job(paper, job_number, *, by, at):
    """The paper names the job from now on: also one filed before the job had its number."""
    row, is_new = _name(paper, job_number, by, at)
    if is_new:
        index.put(paper, at=at, with_text=False)
    return row


def _name(paper, job_number, by, at):
    return DocumentJob.objects.get_or_create(
        document=paper, job_number=job_number, defaults={"created_by": by, "created_at": at}
    )


def facts(paper):
    return {"kind": paper.kind, "face": paper.face, "sha256": paper.sha256, "size": paper.size}


def record(done, paper, *, by, at, behalf_of=None, changes=None, contact_name=""):
    """One line of the audit trail about a paper."""
    audit(
        actor=by,
        verb=done,
        subject=paper,
        label=paper.label,
        client_code=paper.client_code,
        behalf_of=behalf_of,
        changes=changes,
        contact_name=contact_name,
        at=at,
    )


@verb
def supersede(*, document, at, by=None, reason=""):
    """A newer revision stands in its place: its open links die, the paper stays readable."""
    paper = lock(document)
    check_state(paper, Document.State.ISSUED)
    paper.state = Document.State.SUPERSEDED
    paper.save(update_fields=["state"])
    revoke_links(subject=paper, reason=str(reason or _("replaced by a newer revision")), at=at)
    record("supersede_document", paper, by=by, at=at)
    return paper


@verb
def void_document(*, document, reason, by, at):
    """Declare a hand-filed paper void, with a reason; its file stays where it is (Z15)."""
    paper = lock(document)
    behalf_of = require(by, "archives.void_document", paper.client, at)
    check_state(paper, Document.State.ISSUED, Document.State.HISTORY)
    _check_no_owner(paper)
    paper.void_reason = check_reason(reason)
    paper.state = Document.State.VOID
    paper.save(update_fields=["state", "void_reason"])
    revoke_links(subject=paper, reason=str(_("the paper is void")), at=at)
    record(
        "void_document",
        paper,
        by=by,
        at=at,
        behalf_of=behalf_of,
        changes={"reason": paper.void_reason},
    )
    return paper


def _check_no_owner(paper):
    """House papers end through their own verbs, and evidence stays evidence."""
    if paper.kind not in FILED_BY_HAND or paper.kind in OF_VERBS or paper.number:
        raise Refused(_("This paper was issued by the house: revise it where it was made."))
    if ClientAnswer.objects.resting_on(paper).exists():
        raise Refused(_("A client's answer rests on this paper."))


def may_void(paper, user, at):
    """True where the page offers the verb: a hand-filed paper in force, and the right."""
    if paper.state not in (Document.State.ISSUED, Document.State.HISTORY):
        return False
    try:
        _check_no_owner(paper)
    except Refused:
        return False
    return can(user, "archives.void_document", paper.client, at)


@verb
def keep_until(*, document, until, by, at):
    """Until when the paper is to be kept; None: for good. Nothing is ever thrown away by itself."""
    paper = lock(document)
    behalf_of = require(by, "archives.void_document", paper.client, at)
    if until and until < paper.dated_on:
        raise Refused(_("It cannot end before the day that stands on the paper."), "until")
    changes = {"retain_until": [str(paper.retain_until or ""), str(until or "")]}
    paper.retain_until = until
    paper.save(update_fields=["retain_until"])
    record("keep_until", paper, by=by, at=at, behalf_of=behalf_of, changes=changes)
    return paper
