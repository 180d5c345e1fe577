"""Issue and reissue the weekly report: by the clock at the due time, or by hand (R30, 3.4)."""

from django.utils.translation import gettext, gettext_lazy, gettext_noop, override
from django.utils.translation import gettext as _

from accounts.models import ClientLink
from accounts.permissions import require
from accounts.services.sending import WEEKLY
from accounts.services.telling import posts, tell, words
from agency.common.errors import Refused
from agency.common.pdf import render
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, save, verb
from archives.kinds import Kind
from archives.papers import draw_number
from archives.services import dispatch, signing
from meetings.constants import LINK_LIVES, TECHNICAL_DELAY
from meetings.deadline import local_day
from meetings.models import StatusLine, StatusReport
from meetings.papers_status import contacts_of, status_client, status_internal
from meetings.reports.status_sources import is_due_for
from meetings.services.status import refresh_status
from meetings.services.status_digest import digest

State = StatusReport.State
SIGN = "meetings.sign_status"
TITLE = gettext_noop("Weekly status report")
FACES = {"client": status_client, "internal": status_internal}


@verb
def issue_status(*, report, by, at, row_version=None):
    """Number, both faces, mails to the contacts who get it, notices: one transaction.

    The clock (by None) sends what both have signed, from the due time on; a person also before.
    """
    report = signing.begun(report)
    behalf = require(by, SIGN, report.client, at)
    check_version(report, row_version)
    check_state(report, State.SIGNED)
    _check(report, by, at)
    former = signing.issued(report, lambda: draw_number(report.client, "WS", at), by, at)
    _file(report, former, by, at)
    save(report)
    _send(report, by, at)
    _link_later(report, at)
    record(report, "issue_status", by=by, at=at, client=report.client, behalf_of=behalf,
           is_late=report.is_late(at), sha256=report.document.sha256,
           **_log(report, by, at))  # fmt: skip
    return report


def _check(report, by, at):
    if not is_due_for(report.client):
        raise Refused(_("The client is not active."))
    if by is None and at < report.due_at:
        raise Refused(_("It is not due yet."))
    if digest(report) != report.signed_digest:
        raise Refused(_("The words are not those that were signed: nothing is sent."))


def _log(report, by, at):
    """Signed in time and sent late: the system's own fault, and it says so (5.5)."""
    if by is None and at - report.due_at > TECHNICAL_DELAY and not report.is_late(at):
        return {"reason": "sent late for technical reasons", "due_at": report.due_at}
    return {}


def _file(report, former, by, at):
    jobs = report.lines.filter(job__isnull=False).exclude(job__number="")
    numbers = list(jobs.order_by("job__number").values_list("job__number", flat=True).distinct())
    signing.file_faces(
        report, former, lambda face: print_status(report, face, at), by, at,
        kind=Kind.STATUS_REPORT, title=_titled("zh-hans", report),
        title_en=_titled("en", report), dated_on=local_day(report.client, at),
        job_numbers=numbers,
    )  # fmt: skip


def print_status(report, face, at):
    """A face as PDF: what is filed at issue, before that the preview."""
    return render(f"meetings/pdf/status_{face}.html", FACES[face](report, at))


def _titled(language, report):
    with override(language):
        return f"{gettext(TITLE)} {report.week:%Y-%m-%d}"


def _send(report, by, at):
    """The client face to the client, word of it to all above (3.4)."""
    if contacts := list(contacts_of(report.client)):
        dispatch(
            document=report.document, contacts=contacts, key=mail_key(report),
            template="meetings/mail/status_issued.txt", context={"report": report}, at=at, by=by,
            link_purpose=ClientLink.Purpose.VIEW, expires_at=at + LINK_LIVES,
        )  # fmt: skip
    people = posts(report.client, ["ae", "am", "ad", "gad"], at)
    label = words(gettext_lazy("Weekly status report issued: %(report)s"), report=report)
    tell("report_issued", report, [user for user in people if user != by], label,
         client=report.client, at=at, mail=False)  # fmt: skip


def mail_key(report):
    """What is sent once: this revision of this week to this client (C1)."""
    return f"{WEEKLY}{report.client_id}:{report.week}:r{report.revision}"


def _link_later(report, at):
    """Drafts of later weeks now follow this one (8.4)."""
    rows = StatusReport.objects.filter(client=report.client, week__gt=report.week)
    for later in rows.filter(state=State.DRAFT).order_by("week"):
        refresh_status(report=later, at=at)


@verb
def send_due(*, report, at):
    """What the clock does at the due time; None when somebody was faster, or edited it."""
    report = signing.begun(report)
    is_ready = report.state == State.SIGNED and report.due_at <= at
    if not is_ready or not is_due_for(report.client):
        return None
    if digest(report) != report.signed_digest:
        return _stop(report, at)
    return issue_status(report=report, by=None, at=at)


def _stop(report, at):
    """Its words are not those that were signed: a draft again, and both are told (Z17)."""
    text = gettext_lazy("Not sent, its words are not those that were signed: %(report)s")
    people = [report.author, report.signed_by]
    signing.to_draft(report)
    save(report)
    tell("refused", report, people, words(text, report=report), client=report.client, at=at,
         slot=f"changed:{report.row_version}", level="breach")  # fmt: skip
    record(report, "stop_status", by=None, at=at, client=report.client)


@verb
def reissue_status(*, report, reason, by, at, row_version=None):
    """A draft of the next revision of the same week, with the same lines; it takes the place of
    the issued one when it is issued itself."""
    report = signing.begun(report)
    behalf = require(by, SIGN, report.client, at)
    check_version(report, row_version)
    check_state(report, State.ISSUED)
    reason = check_reason(reason)
    if waiting := report.revisions.unissued().first():
        return waiting
    revision = _revision_of(report, reason, by, at)
    save(report)
    record(revision, "reissue_status", by=by, at=at, client=report.client, behalf_of=behalf,
           reason=reason)  # fmt: skip
    return revision


def _revision_of(report, reason, by, at):
    revision = StatusReport.objects.create(
        client=report.client, week=report.week, revision=report.revision + 1,
        due_at=report.due_at, summary=report.summary, copy_note=report.copy_note,
        removed=report.removed, revise_reason=reason, created_by=by, created_at=at,
    )  # fmt: skip
    lines = list(report.lines.all())
    for line in lines:
        line.pk, line.report, line.created_at, line.row_version = None, revision, at, 0
    StatusLine.objects.bulk_create(lines)
    return revision
