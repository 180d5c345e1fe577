"""Send an approved paper to who signs it, print it, renew it (3.6, R57, R71, 5.4)."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models.user import RANKS
from accounts.permissions import Rights
from accounts.services import revoke_links
from accounts.services.telling import stamp
from agency.common.dates import DAY, MIDNIGHT, local_instant
from agency.common.errors import Refused
from agency.common.pdf import render
from agency.common.services.record import record
from agency.common.verbs import check_state, check_version, save, verb
from archives.models import Document
from archives.papers import client_day
from archives.services import dispatch, supersede
from jobs.models import SignedPaper
from jobs.papers.common import file_paper
from jobs.services import signclock
from jobs.services.access import require_on
from jobs.services.chain import begun, check_untouched
from jobs.services.check import passed
from jobs.services.papers import kind_of
from jobs.services.steps import concerned, tell_all

State = SignedPaper.State
RIGHT = "jobs.send_estimate"
FACES = ("client", "internal")


def print_face(paper, face, at):
    """One face as it is filed: the preview and the paper are the same template and data."""
    template, data = kind_of(paper).face(face)
    return render(template, data(paper, paper.number, at))


def print_estimate(estimate, face, at):
    return print_face(estimate, face, at)


@verb
def send(*, paper, contact, by, at, row_version=None):
    """Print and file both faces, mail the contact a link to sign by; it is valid for some days."""
    row = begun(paper)
    kind = kind_of(row)
    behalf = require_on(row.job, RIGHT, by, at)
    check_version(row, row_version)
    check_state(row, State.APPROVED)
    check_signer(row, contact)
    check_job(row)
    check_untouched(row)
    if not passed(row.data_sha256, row.job.client):
        raise Refused(_("These figures have no passed check: they do not leave the house."))
    row.sent_at, row.sent_to, row.state = at, contact, State.SENT
    set_validity(row, at)
    _file(row, by, at)
    signclock.schedule(row, at)
    save(row)
    _mail(row, by, at, key=f"{kind.name}:{row.pk}")
    text = gettext_lazy("With the client for signature: %(paper)s, %(title)s")
    tell_all("step_waiting", row, concerned(row, at, ["ae", "am"]), text, at)
    record(
        row, f"send_{kind.name}", by=by, at=at, client=row.job.client, behalf_of=behalf,
        to=contact.email, valid_until=row.valid_until, sha256=row.client_document.sha256,
    )  # fmt: skip
    return row


def send_estimate(*, estimate, **given):
    return send(paper=estimate, **given)


def check_signer(row, contact):
    """The contact may sign for the client, up to this amount, and can be written to."""
    if contact.client_id != row.job.client_id:
        raise Refused(_("%(name)s is not a contact of this client.") % {"name": contact}, "contact")
    if not contact.is_active or not contact.can_sign:
        raise Refused(_("%(name)s may not sign for this client.") % {"name": contact}, "contact")
    if not may_sign_amount(row, contact):
        raise Refused(
            _("%(name)s signs up to %(limit)s only.")
            % {"name": contact, "limit": contact.sign_limit},
            "contact",
        )


def may_sign_amount(row, contact):
    return contact.sign_limit is None or row.total <= contact.sign_limit


def check_job(row):
    if not row.job.is_at_work:
        raise Refused(_("This job has ended: nothing is signed for it any more."))


def set_validity(row, at):
    """To the end of the last day in the client's zone (5.4)."""
    client = row.job.client
    row.valid_until = client_day(client, at) + timedelta(days=client.sign_expiry_days)
    row.expires_at = local_instant(row.valid_until + DAY, MIDNIGHT, client.timezone)


def _file(row, by, at):
    """Both faces; an earlier revision that went out is in force no more."""
    former, kind = _sent_before(row), kind_of(row)
    for face in FACES:
        replaced = former and getattr(former, f"{face}_document")
        paper = file_paper(
            row.job, kind=kind.filed, words=kind.title(row),
            content=print_face(row, face, at), face=face, number=row.number,
            revision=row.revision, replaces=replaced, by=by, at=at,
        )  # fmt: skip
        setattr(row, f"{face}_document", paper)
        if replaced and replaced.state == Document.State.ISSUED:
            supersede(document=replaced, at=at, by=by)


def _sent_before(row):
    """The revision sent last, unless it is signed: that one stays in force until this one is."""
    earlier = kind_of(row).versions(row).filter(revision__lt=row.revision)
    sent = earlier.filter(client_document__isnull=False).order_by("-revision")
    former = sent.select_related("client_document", "internal_document").first()
    return None if former is None or former.state == State.SIGNED else former


def _mail(row, by, at, key, purpose="first"):
    dispatch(
        document=row.client_document, contacts=[row.sent_to], key=key, purpose=purpose,
        link_purpose="sign", expires_at=row.expires_at, template=kind_of(row).letter,
        context={"paper": row, "job": row.job, "is_reminder": purpose == "reminder"},
        valid_until=row.expires_at, at=at, by=by,
    )  # fmt: skip


def remind_client(row, slot, at):
    """Once more, with a link of its own (5.4)."""
    key = f"{kind_of(row).name}:{row.pk}:{row.valid_until}:{slot}"
    _mail(row, None, at, key=key, purpose="reminder")


# --- out of time --------------------------------------------------------------------------------


@verb
def expire(*, paper, at):
    """The clock: not signed by the end of the last day (3.6). What waits for our second person
    was signed in time and does not expire."""
    row = begun(paper)
    if row.state != State.SENT or at < row.expires_at or row.answer_id:
        return None
    row.state, row.next_notice_at = State.EXPIRED, None
    save(row)
    revoke_links(subject=row.client_document, reason=_("expired"), at=at)
    text = gettext_lazy("Not signed in time: %(paper)s, %(title)s")
    slot = f"expired:{row.valid_until}"
    tell_all("expired", row, concerned(row, at, ["ae"]), text, at, slot=slot, level="remind")
    record(row, f"expire_{kind_of(row).name}", by=None, at=at, client=row.job.client)
    return row


def expire_estimate(*, estimate, at):
    return expire(paper=estimate, at=at)


@verb
def confirm_prices(*, paper, by, at, row_version=None):
    """An account manager's word that the costs of an expired paper still hold (3.6)."""
    row = begun(paper)
    behalf = require_on(row.job, "jobs.approve_manager", by, at)
    check_version(row, row_version)
    check_state(row, State.EXPIRED)
    row.costs_confirmed_by, row.costs_confirmed_at = by, at
    save(row)
    record(row, "confirm_costs", by=by, at=at, client=row.job.client, behalf_of=behalf)
    return row


def confirm_costs(*, estimate, **given):
    return confirm_prices(paper=estimate, **given)


@verb
def renew(*, paper, by, at, contact=None, costs_confirmed=False, row_version=None):
    """The same paper, the same figures, a new link and a new last day.

    costs_confirmed: the tick of an account manager or above; without it one of them has confirmed
    the costs since the estimate expired.
    """
    row = begun(paper)
    behalf = require_on(row.job, RIGHT, by, at)
    check_version(row, row_version)
    check_state(row, State.EXPIRED)
    if costs_confirmed and _is_manager(row, by, at):
        row.costs_confirmed_by, row.costs_confirmed_at = by, at
    if not costs_are_confirmed(row):
        raise Refused(
            _("The account manager has not confirmed that the costs still hold."), "costs_confirmed"
        )
    check_newest(row)
    row.sent_to = contact or row.sent_to
    check_signer(row, row.sent_to)
    check_job(row)
    check_untouched(row)
    row.state, row.sent_at = State.SENT, at
    set_validity(row, at)
    signclock.schedule(row, at)
    save(row)
    _mail(row, by, at, key=f"{kind_of(row).name}:{row.pk}:renewed:{stamp(at)}")
    record(
        row, f"renew_{kind_of(row).name}", by=by, at=at, client=row.job.client, behalf_of=behalf,
        valid_until=row.valid_until, costs_confirmed_by=row.costs_confirmed_by,
    )  # fmt: skip
    return row


def renew_estimate(*, estimate, **given):
    return renew(paper=estimate, **given)


def check_newest(row):
    if kind_of(row).newer(row).exists():
        raise Refused(_("There is a newer revision already."))


def _is_manager(row, by, at):
    return Rights(by, at, row.job.client).rank_on(row.job.client) >= RANKS["am"]


def costs_are_confirmed(row):
    at = row.costs_confirmed_at
    return at is not None and at >= row.expires_at
