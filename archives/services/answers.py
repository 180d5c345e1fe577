"""What clients say to a paper: by link, or on paper recorded by one of us (C11, R21)."""

from datetime import timedelta

from django.utils.translation import gettext as _

from accounts.models import ClientLink
from accounts.permissions import require
from accounts.services import check_open, use_link
from agency.common.errors import Refused, Stale
from agency.common.texts import check_reason
from agency.common.verbs import lock, verb
from archives.links import document_of
from archives.models import ClientAnswer, Document
from archives.services.documents import record
from archives.services.trails import try_trail

CODE_LIFE = timedelta(minutes=10)
NAME_LENGTH = 60
ANSWERS = {
    ClientLink.Purpose.RETURN: ("accepted", "objected", "seen"),
    ClientLink.Purpose.SIGN: ("signed", "refused"),
    ClientLink.Purpose.TIMELINE: ("seen",),
}
WITH_WORDS = ("objected", "refused")
RECORD_RIGHT = {"signed": "jobs.record_signature", "refused": "jobs.record_signature"}
PROOFS = {
    "accepted": "return_proof",
    "objected": "return_proof",
    "seen": "return_proof",
    "signed": "signature_proof",
    "refused": "signature_proof",
}


@verb
def answer(*, link, answer, typed_name, sha256, at, about="", reason="", ip=None, agent=""):
    """Keep a contact's answer given by link, bound to the paper's hash; file its evidence.

    The caller holds the lock of the paper's owner (report, estimate) already; the link is locked
    here. The same answer again gives the same row with `is_repeat` True. A mailed code is checked
    before, by accounts.services.check_code in a transaction of its own.
    """
    door = lock(link)
    paper = document_of(door)
    if paper is None or answer not in ANSWERS.get(door.purpose, ()):
        raise Refused(_("This answer does not belong to this link."))
    if earlier := door.answers.filter(answer=answer).first():
        earlier.is_repeat = True
        return earlier
    _check_door(door, paper, answer, sha256, at)
    row = ClientAnswer(
        link=door,
        document=paper,
        contact=door.contact,
        answer=answer,
        at=at,
        typed_name=_name(typed_name),
        about=about.strip()[:80],
        reason=_words(answer, reason),
        sha256=paper.sha256,
        ip=ip,
        user_agent=agent[:300],
        code_at=_code_at(door, at),
        created_at=at,
    )
    row.save(force_insert=True)
    if door.state == ClientLink.State.OPEN:
        use_link(link=door, at=at, ip=ip, agent=agent)
    try_trail(row, at)
    _record("answer", row, at=at)
    row.is_repeat = False
    return row


def _check_door(door, paper, answer, sha256, at):
    """Open, in time, for a contact who may, for the paper in force and for the bytes shown."""
    if not _objects_later(door, answer, at):
        check_open(door, at)
    if paper.state != Document.State.ISSUED:
        raise Stale(_("This paper has been replaced by a newer one."))
    if not sha256 == door.sha256 == paper.sha256:
        raise Stale(_("The paper shown is not the one in force. Please open the link again."))


def _objects_later(door, answer, at):
    """Who has accepted may still object while the link lives (3.2)."""
    return (
        door.state == ClientLink.State.USED
        and answer == ClientAnswer.Answer.OBJECTED
        and at < door.expires_at
        and door.contact.is_active
        and door.answers.filter(answer=ClientAnswer.Answer.ACCEPTED).exists()
    )


def _name(typed_name):
    """A bare button is no consent: the name is always typed (C9)."""
    name = (typed_name or "").strip()
    if not name or len(name) > NAME_LENGTH or not name.isprintable():
        raise Refused(_("Please type your name, at most 60 characters."), "typed_name")
    return name


def _words(answer, reason):
    if answer in WITH_WORDS:
        return check_reason(reason)
    return (reason or "").strip()


def _code_at(door, at):
    """When the mailed code was passed; without it such a link answers nothing (C10)."""
    passed = door.code_passed_at
    if not door.needs_code:
        return passed
    if passed is None or not passed <= at <= passed + CODE_LIFE:
        raise Refused(_("Please enter the code we have mailed to you."), "code")
    return passed


def _record(done, row, *, at, by=None, behalf_of=None):
    contact = "" if by else row.contact.name
    changes = {"answer": row.answer, "about": row.about, "sha256": row.sha256}
    record(
        done,
        row.document,
        by=by,
        at=at,
        behalf_of=behalf_of,
        changes=changes | {"contact": row.contact.name},
        contact_name=contact,
    )


@verb
def record_answer(*, document, contact, answer, proof, by, at, about="", reason=""):
    """Keep an answer that came on paper, by fax or message; `proof` is the filed scan of it.

    A signature counts only once another person has confirmed it (confirm_answer).
    """
    paper = lock(document)
    right = RECORD_RIGHT.get(answer, "meetings.record_return")
    behalf_of = require(by, right, paper.client, at)
    _check_proof(paper, contact, answer, proof)
    row = ClientAnswer(
        document=paper,
        contact=contact,
        answer=answer,
        at=at,
        about=about.strip()[:80],
        reason=_words(answer, reason),
        sha256=paper.sha256,
        proof=proof,
        recorded_by=by,
        created_by=by,
        created_at=at,
    )
    row.save(force_insert=True)
    _record("record_answer", row, at=at, by=by, behalf_of=behalf_of)
    return row


def _check_proof(paper, contact, answer, proof):
    if paper.state != Document.State.ISSUED:
        raise Stale(_("This paper has been replaced by a newer one."))
    if contact.client_id != paper.client_id:
        raise Refused(_("%(name)s is not a contact of this client.") % {"name": contact}, "contact")
    is_fit = proof.client_id == paper.client_id and proof.kind == PROOFS.get(answer)
    if not is_fit or proof.state != Document.State.ISSUED:
        raise Refused(_("The proof must be a paper of this client filed for that."), "proof")


@verb
def confirm_answer(*, answer, by, at):
    """Another person than the recorder has looked at the scan: now a signature on paper counts."""
    row = lock(answer)
    behalf_of = require(by, "jobs.confirm_signature", row.document.client, at)
    if row.confirmed_at:
        return row
    if row.proof is None or row.answer != ClientAnswer.Answer.SIGNED:
        raise Refused(_("Only a signature on paper is confirmed."))
    if row.recorded_by_id == by.pk:
        raise Refused(_("Whoever recorded it cannot confirm it."))
    row.confirmed_by, row.confirmed_at = by, at
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    _record("confirm_answer", row, at=at, by=by, behalf_of=behalf_of)
    return row
