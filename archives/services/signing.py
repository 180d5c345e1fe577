"""The chain of a report that two people sign: who signs, who is told, how it goes back (3.4)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.approvers import MANAGER, approvers
from accounts.models import User
from accounts.services.telling import key_of, one, posts, tell, words
from agency.common.errors import Refused
from agency.common.services import notify
from agency.common.texts import check_reason
from agency.common.verbs import lock, save
from archives.models import Document
from archives.models.signed import SignedReport
from archives.services.documents import file_document, supersede

State = SignedReport.State


def begun(report):
    """The report locked, with its client: what every verb begins with."""
    row = lock(report)
    row.client = report.client
    return row


def check_other(report, by, behalf):
    """Two people make it: whoever submitted it does not sign it, nor does a stand-in for him."""
    if report.author_id in (by.pk, behalf.pk if behalf else None):
        raise Refused(_("Whoever submitted the report does not sign it."))


def check_gaps(gaps):
    """Refuse for the first of [(field, words)], and name them all."""
    if gaps:
        raise Refused(gaps[0][1], gaps[0][0], gaps)


def late_gaps(report, late_reason, at):
    """Past due a reason is wanted, once; it never reaches the client. [(field, words)] if none."""
    try:
        keep_late_reason(report, late_reason, at)
    except Refused as refused:
        return refused.reasons
    return []


def keep_late_reason(report, late_reason, at):
    if report.is_late(at) and not report.late_reason:
        report.late_reason = check_reason(late_reason, "late_reason")


def submitted(report, by, at):
    """The first signature; the caller saves."""
    report.state, report.author, report.submitted_at = State.SUBMITTED, by, at
    report.corrections, report.return_reason = [], ""


def signed(report, by, at):
    """The second one; the caller saves."""
    report.state, report.signed_by, report.signed_at = State.SIGNED, by, at


def to_draft(report):
    """Its signatures are dropped; the caller saves."""
    report.state = State.DRAFT
    report.submitted_at = report.signed_at = report.signed_by = None


def reopened(report, at, by):
    """Changed after it was submitted: a draft again, and its author is told; the caller saves."""
    if report.is_draft:
        return
    to_draft(report)
    text = gettext_lazy("%(name)s has changed %(report)s: it is a draft again.")
    tell_author(report, text, at, by, name=by)


def given_back(report, reason, by, at):
    """Returned with a reason: a draft again, and its author is told; the caller saves."""
    report.return_reason = check_reason(reason)
    to_draft(report)
    text = gettext_lazy("Returned by %(name)s: %(report)s. %(reason)s")
    tell_author(report, text, at, by, name=by, reason=report.return_reason)


def corrected(report, changes, by, at):
    """The second signatory's own corrections: the author reads old and new; the caller saves."""
    if not changes:
        return
    more = ({**row, "by": by.name, "at": at.isoformat()} for row in changes)
    report.corrections = [*report.corrections, *more]
    text = gettext_lazy("%(name)s has corrected %(report)s before signing it.")
    tell_author(report, text, at, by, name=by)


def signers(report, at):
    """{user: whom he acts for}: AM or above, never the author (4.3)."""
    return approvers(client=report.client, step=MANAGER, authors=[report.author], at=at)


def tell_signers(report, at):
    """The AM, or who stands above an empty chair; an empty set is told to who can fill it."""
    people = signers(report, at)
    label = words(gettext_lazy("Please read and sign: %(report)s"), report=report)
    slot = f"sign:{report.row_version}"
    tell("step_waiting", report, list(people), label, client=report.client, at=at, slot=slot,
         due_at=report.due_at)  # fmt: skip
    if not people:
        _tell_no_signer(report, slot, at)


def _tell_no_signer(report, slot, at):
    label = words(gettext_lazy("No approver for %(paper)s: appoint a stand-in"), paper=report)
    key = key_of("no_approver", report, slot)
    tell("no_approver", report, one(report.client, report.author, at), label, key=key,
         client=report.client, at=at, level="remind")  # fmt: skip
    # An admin sees no client's papers: he learns the name, and goes to the people.
    notify(
        key=f"{key}_admin", kind="no_approver", subject=report, label=label, at=at,
        recipients=list(User.objects.filter(role=User.Role.ADMIN, is_active=True)),
        path=reverse("accounts:user_list"), client_code=report.client.code,
    )  # fmt: skip


def tell_author(report, text, at, by, **facts):
    """Who submitted it, or else the AE; nobody is told of what he did himself."""
    client = report.client
    people = one(client, report.author, at) if report.author else posts(client, ["ae"], at)
    label = words(text, report=report, **facts)
    slot = f"{report.state}:{report.row_version}"
    tell("refused", report, [user for user in people if user != by], label, client=client, at=at,
         slot=slot)  # fmt: skip


def issued(report, draw, by, at):
    """Its number (`draw()` a new one for a first revision) and state; the caller saves.

    The revision that it takes the place of is retired and given back, None for the first.
    """
    former = report.revisions.issued().exclude(pk=report.pk).first()
    former = lock(former) if former else None
    report.number = former.number if former else draw()
    report.state, report.issued_by, report.issued_at = State.ISSUED, by, at
    report.next_notice_at = None
    if former:
        _retire(former, by, at)
    return former


def _retire(former, by, at):
    former.state = State.SUPERSEDED
    save(former)
    for paper in (former.document, former.internal_document):
        if paper.state == Document.State.ISSUED:
            supersede(document=paper, at=at, by=by)


def file_faces(report, former, printed, by, at, **about):
    """Both faces as papers; printed(face): the bytes; about: as file_document takes it."""
    stem = str(report).replace("/", "-")
    for face, end, name in (
        ("client", "", "document"),
        ("internal", "-internal", "internal_document"),
    ):
        paper = file_document(
            client=report.client, content=printed(face), face=face, name=f"{stem}{end}.pdf",
            number=report.number, revision=report.revision,
            language=report.client.paper_language,
            replaces=getattr(former, name) if former else None, by=by, at=at, **about,
        )  # fmt: skip
        setattr(report, name, paper)
