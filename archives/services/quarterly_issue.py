"""Sign, issue and reissue the quarterly report (3.13, R48, R49)."""

from datetime import timedelta

from django.utils.translation import gettext, gettext_lazy, gettext_noop, override

from accounts.models import ClientLink
from accounts.permissions import require
from accounts.services.telling import posts, tell, words
from agency.common.pdf import render
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, save, verb
from archives.kinds import Kind
from archives.models import CompetitorRow, QuarterlyReport
from archives.papers import client_day, draw_number
from archives.papers_quarterly import contacts_of, quarterly_client, quarterly_internal
from archives.quarters import LINK_DAYS
from archives.services import signing
from archives.services.dispatches import dispatch
from archives.services.quarterly import EDIT, SIGN
from archives.services.quarterly_clock import schedule
from archives.services.quarterly_gaps import gaps

State = QuarterlyReport.State
TITLE = gettext_noop("Market and competitor report")
FACES = {"client": quarterly_client, "internal": quarterly_internal}


@verb
def sign_quarterly(*, report, by, at, row_version=None, late_reason=""):
    """The second signature, AM or above, never the submitter's own."""
    report = signing.begun(report)
    behalf = require(by, SIGN, report.client, at)
    check_version(report, row_version)
    check_state(report, State.SUBMITTED)
    signing.check_other(report, by, behalf)
    signing.check_gaps([*gaps(report), *signing.late_gaps(report, late_reason, at)])
    signing.signed(report, by, at)
    save(report)
    record(report, "sign_quarterly", by=by, at=at, client=report.client, behalf_of=behalf)
    return report


@verb
def issue_quarterly(*, report, by, at, row_version=None, late_reason=""):
    """Number, both faces, mails to the contacts who get reports, notices: one transaction."""
    report = signing.begun(report)
    behalf = require(by, EDIT, report.client, at)
    check_version(report, row_version)
    check_state(report, State.SIGNED)
    signing.keep_late_reason(report, late_reason, at)
    signing.check_gaps(gaps(report))
    former = signing.issued(report, lambda: draw_number(report.client, "QR", at), by, at)
    _file(report, former, by, at)
    save(report)
    _send(report, by, at)
    record(report, "issue_quarterly", by=by, at=at, client=report.client, behalf_of=behalf,
           is_late=report.is_late(at), sha256=report.document.sha256)  # fmt: skip
    return report


@verb
def sign_and_issue(*, report, by, at, row_version=None, late_reason=""):
    """Both in one act."""
    report = sign_quarterly(
        report=report, by=by, at=at, row_version=row_version, late_reason=late_reason
    )
    return issue_quarterly(report=report, by=by, at=at)


def _file(report, former, by, at):
    signing.file_faces(
        report, former, lambda face: print_face(report, face, at), by, at,
        kind=Kind.QUARTERLY_REPORT, title=_titled("zh-hans", report),
        title_en=_titled("en", report), dated_on=client_day(report.client, at),
    )  # fmt: skip


def print_face(report, face, at):
    """A face as PDF: what is filed at issue, before that the preview."""
    return render(f"archives/pdf/quarterly_{face}.html", FACES[face](report, at))


def _titled(language, report):
    with override(language):
        return f"{gettext(TITLE)} {report.period}"


def _send(report, by, at):
    """The client face to the client, word of it to all above the AE."""
    if contacts := list(contacts_of(report.client)):
        dispatch(
            document=report.document, contacts=contacts, key=f"quarterly:{report.pk}",
            template="archives/mail/quarterly_issued.txt", context={"report": report}, at=at,
            by=by, link_purpose=ClientLink.Purpose.VIEW,
            expires_at=at + timedelta(days=LINK_DAYS),
        )  # fmt: skip
    people = posts(report.client, ["ae", "am", "ad", "gad"], at)
    label = words(gettext_lazy("Quarterly report issued: %(report)s"), report=report)
    tell("report_issued", report, [user for user in people if user != by], label,
         client=report.client, at=at, mail=False)  # fmt: skip


@verb
def reissue_quarterly(*, report, reason, by, at, row_version=None):
    """A draft of the next revision, with the same words; it takes the place of the issued one
    when it is issued itself."""
    report = signing.begun(report)
    behalf = require(by, SIGN, report.client, at)
    check_version(report, row_version)
    check_state(report, State.ISSUED)
    reason = check_reason(reason)
    if waiting := report.revisions.unissued().first():
        return waiting
    revision = _revision_of(report, reason, by, at)
    save(report)
    record(revision, "reissue_quarterly", by=by, at=at, client=report.client, behalf_of=behalf,
           reason=reason)  # fmt: skip
    return revision


def _revision_of(report, reason, by, at):
    texts = {name: getattr(report, name) for name in QuarterlyReport.TEXTS}
    revision = QuarterlyReport(
        client=report.client, year=report.year, quarter=report.quarter,
        revision=report.revision + 1, due_at=report.due_at, revise_reason=reason, created_by=by,
        created_at=at, **texts,
    )  # fmt: skip
    schedule(revision, at)
    revision.save()
    for row in report.rows.all():
        seen = list(row.observations.all())
        facts = {name: getattr(row, name) for name in (*CompetitorRow.TEXTS, "spend")}
        copy = CompetitorRow.objects.create(
            report=revision, competitor_id=row.competitor_id, nothing_seen=row.nothing_seen,
            created_by=by, created_at=at, **facts,
        )  # fmt: skip
        copy.observations.set(seen)
    return revision
