"""Files that came in: taken through the one door, looked at, then filed or let go (R38, C14)."""

import re
from dataclasses import asdict

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from agency.common.errors import Refused
from agency.common.services.record import once, record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, lock, save, verb
from archives.guessing import guess
from archives.kinds import JOB_NUMBER
from archives.models import Document, DocumentJob, Incoming
from archives.reports.incoming import known_clients
from archives.services.documents import insert_paper
from archives.services.room import check_room
from archives.services.uploads import RIGHT, check_twin, kinds_of, require_filing, take, title_from

MAX_WAITING = 500


def receive(*, upload, source, at, owner, sender="", subject="", client=None, form_key=None):
    """Take a file in for somebody to file later; the same bytes waiting already come back as such.

    owner: who dropped or sent it, None where a client's contact did (then `client` is theirs).
    Refused(field="file") as of any upload; not itself a verb: looking at it needs no transaction.
    """
    if owner is not None and not owner.has_perm(RIGHT, "own"):
        raise PermissionDenied(RIGHT)
    if form_key and (twin := Incoming.objects.filter(form_key=form_key).first()):
        return twin
    taken = take(upload, client=client, by=owner, at=at)
    row = Incoming(
        source=source,
        owner=owner,
        sender=sender,
        subject=subject,
        client=client,
        **taken.facts,
        form_key=form_key,
    )
    try:
        taken.staged.keep()
        return _receive(row, at=at)
    finally:
        taken.staged.drop()


@verb
def _receive(row, *, at):
    whose = {"owner": row.owner} if row.owner else {"owner": None, "client": row.client}
    here = Incoming.objects.waiting().filter(**whose)
    if twin := here.filter(sha256=row.sha256).first():
        return twin
    if here.count() >= MAX_WAITING:
        raise Refused(_("500 files are waiting to be filed: file or remove some first."), "file")
    row.created_by, row.created_at = row.owner, at
    _propose(row, "", at)
    row, is_new = once(row)
    if is_new:
        record(row, "receive_file", by=row.owner, at=at, client=row.client, sha256=row.sha256)
    return row


def _propose(row, text, at):
    """Fill in what is still empty; nobody's own choice is overwritten."""
    about = f"{row.subject}.\n{text}" if row.subject else text
    clients = known_clients(row.owner, row.client, at)
    found = guess(row.name, about, clients, timezone.localdate(at))
    proposed = asdict(found)
    proposed["client_id"] = proposed.pop("client")
    for name, value in proposed.items():
        if value and not getattr(row, name):
            setattr(row, name, value)


@verb
def keep_reading(*, incoming, reading, at):
    """Keep what could be read of a waiting file, and guess again by it."""
    row = lock(incoming)
    row.text, row.pages, row.read_at = reading.text, reading.pages, at
    if row.state == Incoming.State.WAITING:
        _propose(row, reading.text, at)
    row.save()
    return row


@verb
def file_incoming(
    *, incoming, client, kind, dated_on, by, at, title="", job_number="", face="", again=False,
    row_version=None,
):  # fmt: skip
    """File a waiting file as a paper of the client; needs kind, client and date (R38)."""
    row = lock(incoming)
    check_version(row, row_version)
    check_state(row, Incoming.State.WAITING)
    behalf_of = require_filing(by, client, kind, at)
    check_room(client, row.size)
    paper = Document(
        client=client,
        kind=kind,
        title=title.strip() or title_from(row.name),
        face=face or Document.Face.INTERNAL,
        dated_on=dated_on,
        source=(row.sender or "")[:120],
        pages=row.pages,
        **{name: getattr(row, name) for name in ("name", "mime", "sha256", "size", "is_scanned")},
        text=row.text,
    )
    if not again:
        check_twin(paper)
    numbers = [check_job(client, job_number)] if job_number else []
    insert_paper(paper, job_numbers=numbers, by=by, at=at, behalf_of=behalf_of)
    row.client, row.kind, row.dated_on, row.job_number = client, kind, dated_on, job_number
    _end(row, Incoming.State.FILED, by, at, document=paper)
    return paper


def check_job(client, number):
    """The number as the house writes it; archives know a job by its papers alone."""
    number = number.strip().upper()
    named = DocumentJob.objects.filter(job_number=number, document__client=client)
    if not re.fullmatch(JOB_NUMBER, number) or not named.exists():
        raise Refused(_("No paper of this client names such a job. Please check."), "job_number")
    return number


@verb
def discard_incoming(*, incoming, reason, by, at, row_version=None):
    """A file that is none of ours to keep, with the reason."""
    row = lock(incoming)
    check_version(row, row_version)
    check_state(row, Incoming.State.WAITING)
    if row.owner_id != by.pk and not kinds_of(by):
        raise PermissionDenied(RIGHT)
    row.reason = check_reason(reason)
    _end(row, Incoming.State.DISCARDED, by, at)
    return row


def _end(row, state, by, at, document=None):
    row.state, row.document, row.done_by, row.done_at = state, document, by, at
    row.text = ""
    save(row)
    if document is None:
        record(row, "discard_file", by=by, at=at, client=row.client, sha256=row.sha256,
               reason=row.reason)  # fmt: skip
