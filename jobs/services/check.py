"""The last check before anything leaves the house: bound to the very file (R71–R73, 3.12)."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from accounts.permissions import require
from accounts.services.telling import one, posts, tell, words
from agency.common.errors import Refused
from agency.common.pdf import render
from agency.common.services.record import once, record
from agency.common.verbs import check_state, check_version, lock, save, verb
from archives.kinds import Kind
from archives.models import Document
from archives.papers import draw_number
from archives.services import dispatch
from jobs.items import is_clean, items_of
from jobs.models import OutgoingCheck
from jobs.papers import closing as papers
from jobs.papers.common import file_paper

RIGHT = "jobs.check_outgoing"
State = OutgoingCheck.State


def passed(sha256, client):
    """Has exactly these bytes (or frozen data) passed a check for the client (R71)?"""
    return OutgoingCheck.objects.passed().filter(sha256=sha256, client=client).exists()


@verb
def open_check(
    *, client, kind, author, title, by, at, job=None, document=None, subject=None, sha256="",
    expected_total=None, form_key=None,
):  # fmt: skip
    """Ask for the check of one file. The same file asked for again gives the check that is open."""
    behalf = require(by, RIGHT, client, at)
    sha256 = document.sha256 if document is not None else sha256
    earlier = OutgoingCheck.objects.filter(sha256=sha256, client=client)
    if found := earlier.exclude(state=State.FAILED).first():
        return found
    if earlier.exists():
        raise Refused(
            _("This very file has failed already. Please file the corrected one."), "file"
        )
    check = OutgoingCheck(
        client=client, job=job, document=document, sha256=sha256, title=title, kind=kind,
        author=author, expected_total=expected_total, form_key=form_key,
        subject_type=subject._meta.label_lower if subject else "",
        subject_id=subject.pk if subject else None, created_by=by, created_at=at,
    )  # fmt: skip
    check.follows = _failed_before(check)
    check, is_new = once(check)
    if is_new:
        record(check, "open_check", by=by, at=at, client=client, behalf_of=behalf, sha256=sha256)
        label = words(gettext_lazy("To be checked before it goes out: %(title)s"), title=title)
        checkers = [user for user in posts(client, ["am"], at) if user != author]
        tell("step_waiting", check, checkers, label, client=client, at=at, slot="check")
    return check


def _failed_before(check):
    """The failed check that this one answers: of the same thing, not answered yet (R73)."""
    failed = OutgoingCheck.objects.failed().filter(
        client=check.client, job=check.job, kind=check.kind, title=check.title, followed_by=None
    )
    return failed.order_by("-checked_at").first()


@verb
def pass_check(*, check, items, by, at, control_total=None, row_version=None):
    """Everything is right: from now on exactly this file may leave the house."""
    check, behalf = _begun(check, by, at, row_version)
    if not is_clean(check.kind, items):
        raise Refused(_("Not every item is answered with yes or not applicable."), "items")
    if check.expected_total is not None and control_total != check.expected_total:
        raise Refused(_("Your own addition does not give the total of the paper."), "control_total")
    check.control_total, check.is_clean = control_total, True
    return _end(check, State.PASSED, items, "", by, at, behalf)


@verb
def fail_check(*, check, items, findings, by, at, control_total=None, row_version=None):
    """Something is wrong: the author learns what, and the new file starts a new check (R73)."""
    check, behalf = _begun(check, by, at, row_version)
    findings = (findings or "").strip()
    if not findings:
        raise Refused(_("Please write down what is wrong."), "findings")
    check.control_total = control_total
    return _end(check, State.FAILED, items, findings, by, at, behalf)


def _begun(check, by, at, row_version):
    check = lock(check)
    behalf = require(by, RIGHT, check.client, at)
    check_version(check, row_version)
    check_state(check, State.OPEN)
    if check.author_id in (by.pk, behalf.pk if behalf else None):
        raise Refused(_("The author does not check his own paper: somebody else looks at it."))
    if check.document is not None and check.document.sha256 != check.sha256:
        raise PermissionDenied("the file has changed")
    return check, behalf


def _end(check, state, items, findings, by, at, behalf):
    known = dict(items_of(check.kind))
    check.items = {key: items[key] for key in known if items.get(key)}
    check.state, check.findings, check.checker, check.checked_at = state, findings, by, at
    try:
        with transaction.atomic():
            save(check)
    except IntegrityError as error:
        raise Refused(_("This file has been checked already.")) from error
    if check.job is not None:
        _file(check, by, at)
    _tell_author(check, at)
    record(
        check, f"{state}_check", by=by, at=at, client=check.client, behalf_of=behalf,
        sha256=check.sha256, findings=findings,
    )  # fmt: skip
    return check


def _file(check, by, at):
    number = draw_number(check.client, "OC", at)
    content = render("jobs/pdf/outgoing_check.html", papers.outgoing_check(check, number, at))
    check.paper = file_paper(
        check.job, kind=Kind.OUTGOING_CHECK, words=gettext_noop("Outgoing check"),
        content=content, face="internal", number=number, by=by, at=at,
    )  # fmt: skip
    check.save(update_fields=["paper"])


def _tell_author(check, at):
    if check.state == State.PASSED:
        label = words(gettext_lazy("Checked, may go out: %(title)s"), title=check.title)
    else:
        label = words(
            gettext_lazy("Check failed: %(title)s. %(findings)s"),
            title=check.title, findings=check.findings,
        )  # fmt: skip
    people = one(check.client, check.author, at)
    tell("approved" if check.state == State.PASSED else "refused", check, people, label,
         client=check.client, at=at, slot="check")  # fmt: skip


@verb
def send_checked(*, check, contacts, by, at):
    """Send the checked file to contacts of the client, enclosed in a mail (R71)."""
    check = lock(check)
    behalf = require(by, "archives.file_document", check.client, at)
    paper = check.document and Document.objects.get(pk=check.document_id)
    if paper is None:
        raise Refused(_("This is sent from its own page."))
    if not passed(paper.sha256, check.client):
        raise Refused(_("This file has no passed check: it does not leave the house."))
    rows = dispatch(
        document=paper, contacts=contacts, key=f"check:{check.pk}",
        template="jobs/mail/work_sent.txt", context={"sender": by, "check": check}, at=at,
        by=by,
    )  # fmt: skip
    record(
        check, "send_checked", by=by, at=at, client=check.client, behalf_of=behalf,
        to=[contact.email for contact in contacts],
    )  # fmt: skip
    return rows
