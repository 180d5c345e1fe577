"""Papers filed by hand: what comes through the door of intake.py gets a row (R38)."""

from django.db import IntegrityError
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import can, require
from agency.common.errors import Refused
from agency.common.services import audit, notify
from agency.common.verbs import verb
from archives.intake import Infected, take_in
from archives.kinds import FILED_BY_HAND
from archives.models import Document, kinds_shown_to
from archives.services.documents import insert_paper, supersede
from archives.services.room import check_room

RIGHT = "archives.file_document"


def file_upload(
    *,
    client,
    kind,
    upload,
    dated_on,
    by,
    at,
    title="",
    face=Document.Face.CLIENT,
    twins_welcome=True,
    then=None,
    job_numbers=(),
    **about,
):
    """File an uploaded file as a paper of the client; needs kind, client and date (R38).

    Refused(field="file") for what intake.py does not take, and with `twins_welcome` False for
    bytes that the client's folder holds already. The same `form_key` twice gives the paper of the
    first time. Not itself a verb: looking at the file needs no transaction.
    then(paper): the verb that the paper comes with, whose page has asked whether kind and job are
    the person's. Both are one transaction, so that what the verb refuses is not filed either; what
    it returns is returned.
    """
    require_filing(by, client, kind, at, then is not None)
    form_key = about.get("form_key")
    if form_key and (twin := Document.objects.filter(form_key=form_key).first()):
        return _with(twin, then)
    check_room(client, upload.size)
    taken = take(upload, client=client, by=by, at=at)
    paper = Document(
        client=client,
        kind=kind,
        title=title.strip() or title_from(taken.name),
        face=face,
        dated_on=dated_on,
        **taken.facts,
        **about,
    )
    try:
        if not twins_welcome:
            check_twin(paper)
        taken.staged.keep()
        return _file(paper, by=by, at=at, then=then, job_numbers=job_numbers)
    except IntegrityError:
        # the same form came twice at once: the other one was quicker
        if twin := Document.objects.filter(form_key=form_key, form_key__isnull=False).first():
            return _with(twin, then)
        raise
    finally:
        taken.staged.drop()


@verb
def _file(paper, *, by, at, then, job_numbers):
    behalf_of = require_filing(by, paper.client, paper.kind, at, then is not None)
    insert_paper(paper, job_numbers=job_numbers, by=by, at=at, behalf_of=behalf_of)
    return _with(paper, then)


def file_version(*, paper, upload, dated_on, by, at, form_key=None):
    """A newer file of a hand-filed paper: the same record, the revision after; the old one stays.

    Refused where the house made the paper, and where a newer one stands already.
    """
    if not may_renew(paper, by, at):
        raise Refused(_("This paper was issued by the house: revise it where it was made."))
    kept = ("kind", "title", "title_en", "face", "brand", "product", "contract", "contact")
    about = {name: getattr(paper, name) for name in (*kept, "topic", "source", "language")}

    def take_its_place(new):
        supersede(document=paper, by=by, at=at)
        return new

    return file_upload(
        client=paper.client,
        upload=upload,
        dated_on=dated_on,
        by=by,
        at=at,
        form_key=form_key,
        twins_welcome=False,
        then=take_its_place,
        job_numbers=[row.job_number for row in paper.job_numbers.all()],
        replaces=paper,
        revision=paper.revision + 1,
        **about,
    )


def may_renew(paper, user, at):
    """True where the page offers a new version: a hand-filed paper in force, and the right."""
    by_hand = paper.kind in FILED_BY_HAND and not paper.number and paper.client
    if not by_hand or paper.state != Document.State.ISSUED:
        return False
    return can(user, RIGHT, paper.client, at, own=paper.kind in kinds_of(user))


def _with(paper, then):
    return then(paper) if then else paper


def require_filing(by, client, kind, at, with_verb=False):
    """The right to file that kind for that client; a department files its own kinds only.

    with_verb: the page of the verb has asked whether the kind and the job are the person's.
    """
    if with_verb:
        return require(by, RIGHT, client, at, own=True)
    if kind not in FILED_BY_HAND:
        raise Refused(_("Papers of this kind file themselves."), "kind")
    return require(by, RIGHT, client, at, own=kind in kinds_of(by))


def kinds_of(user):
    """The kinds the person may file by hand (R38, 4.1)."""
    shown = kinds_shown_to(user)
    return [kind for kind in FILED_BY_HAND if shown is None or kind.value in shown]


def check_twin(paper):
    twin = Document.objects.same_bytes(paper.client, paper.sha256).order_by("pk").first()
    if twin:
        words = _(
            "This file is in the folder already: %(paper)s. Tick “File again” if you mean it."
        )
        raise Refused(words % {"paper": twin.label}, "file")


def take(upload, *, client, by, at):
    """What came through the door (intake.py); the scanner's find is told before it is refused."""
    try:
        return take_in(upload)
    except Infected as found:
        tell_infected(client=client, name=upload.name, sha256=found.sha256, by=by, at=at)
        raise


def title_from(name):
    stem = name.rpartition(".")[0] or name
    return stem[:200]


@verb
def tell_infected(*, client, name, sha256, by, at):
    """The scanner's find goes on record, and the administrators are told; they see no client."""
    audit(
        actor=by,
        verb="quarantine_file",
        subject=None,
        label=sha256,
        client_code=client.code if client else "",
        changes={"name": name},
        at=at,
    )
    notify(
        key=f"quarantined:{sha256}:{at:%Y-%m-%d}",
        recipients=list(User.objects.active().filter(role=User.Role.ADMIN)),
        kind="quarantined",
        subject=None,
        label=str(_("The virus scanner locked an uploaded file away")),
        path="",
        level="remind",
        client_code="",
        due_at=None,
        at=at,
    )
