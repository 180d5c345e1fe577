"""Issue: number, both faces, papers, mails and notices in one transaction (3.2, R20–R26)."""

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts.permissions import require
from accounts.services.telling import tell, words
from agency.common.errors import Refused
from agency.common.pdf import render
from agency.common.services import next_number
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, lock, save, verb
from archives.kinds import Kind
from archives.services import dispatch, file_document
from meetings import papers
from meetings.constants import LINK_LIVES
from meetings.deadline import local_day
from meetings.models import ContactReport
from meetings.services import actions, delivery, ladder, opinions, revise
from meetings.services.checks import missing
from meetings.services.draft import check_draft_version, keep_owners, managers
from meetings.services.naming import title_of

FACES = {
    "client": ("meetings/pdf/contact_report.html", papers.client_face),
    "internal": ("meetings/pdf/contact_report_internal.html", papers.internal_face),
}
Channel = ContactReport.Channel


def preview_report(*, report, at):
    """The client face exactly as it would be sent, only without number and time of issue."""
    return _print(report, "client", at)


def _print(report, face, at):
    template, data = FACES[face]
    return render(template, data(report, at))


@verb
def issue_report(*, report, row_version, by, at, late_reason=""):
    """Send the report to the client and to our side. Refused carries every reason at once.

    Number, PDFs, filing, mails, notices and audit are rows of this one transaction: a failed
    print burns no number and tells nobody.
    """
    report = lock(report)
    behalf = require(by, "meetings.issue_report", report.client, at)
    check_state(report, ContactReport.State.DRAFT)
    check_draft_version(report, row_version)
    _check(report, late_reason, at)
    freeze(report, at)
    put_in_force(report, {face: _print(report, face, at) for face in FACES}, by, at)
    record(
        report,
        "issue_report",
        by=by,
        at=at,
        client=report.client,
        behalf_of=behalf,
        due_at=report.due_at,
        is_late=report.is_late(at),
        sha256=report.document.sha256,
    )
    return report


def _check(report, late_reason, at):
    reasons = list(missing(report, at))
    if at > report.due_at:
        try:
            report.late_reason = check_reason(late_reason, "late_reason")
        except Refused as refused:
            reasons += refused.reasons
    if reasons:
        raise Refused(reasons[0][1], reasons[0][0], reasons)


def freeze(report, at):
    """From here on the words are fixed; the lists hold everybody who must get it (R26)."""
    report.points.filter(text="", solution="").delete()
    keep_owners(report)
    report.readers.add(report.author, *managers(report.client, at))
    if not report.number:
        key = f"{report.client.code}/CR/{local_day(report.client, at).year}"
        report.number = f"{key}/{next_number(key):03d}"
    report.issued_at = at


def put_in_force(report, contents, by, at):
    """From the printed faces on: filed, sent, told; the ladder stops, the return is watched."""
    report.state, report.issued_by = ContactReport.State.ISSUED, by
    opinions.tell_flagged(report, by, at)
    _file(report, contents, by, at)
    _send(report, by, at)
    ladder.stop(report, at)
    delivery.begin(report, at)
    save(report)


def _file(report, contents, by, at):
    """Let the live actions take over the draft's words, file both faces."""
    former = revise.take_over(report, by=by, at=at) if report.supersedes_id else None
    actions.make_live(report, at)
    said = {"job_numbers": papers.jobs_named(report), "by": by, "at": at}
    report.document = _filed(report, "client", contents["client"], former, **said)
    report.internal_document = _filed(report, "internal", contents["internal"], former, **said)


def _filed(report, face, content, former, *, at, **said):
    stem = str(report).replace("/", "-")
    replaced = former and (former.document if face == "client" else former.internal_document)
    title = papers.meetings_of(report).first().title
    return file_document(
        client=report.client,
        kind=Kind.CONTACT_REPORT,
        title=_titled("zh-hans", title),
        title_en=_titled("en", title),
        content=content,
        name=f"{stem}.pdf" if face == "client" else f"{stem}-internal.pdf",
        face=face,
        dated_on=local_day(report.client, at),
        number=report.number,
        revision=report.revision,
        language=report.client.paper_language,
        replaces=replaced,
        at=at,
        **said,
    )


def _titled(language, title):
    with override(language):
        return f"{gettext('Contact report')} {title}"[:200]


def _send(report, by, at):
    for channel, contacts in _by_channel(report).items():
        dispatch(
            document=report.document,
            contacts=contacts,
            channel=channel,
            link_purpose="return" if channel == Channel.MAIL else "",
            key=send_key(report),
            expires_at=at + LINK_LIVES,
            template="meetings/mail/report_issued.txt",
            context={"report": report},
            at=at,
            by=by,
        )
    readers = list(report.readers.filter(is_active=True))
    dispatch(
        document=report.internal_document,
        users=readers,
        key=send_key(report),
        template="meetings/mail/report_filed.txt",
        context={"report": report},
        at=at,
        by=by,
    )
    label = words(_("Contact report issued: %(title)s"), title=title_of(report))
    tell("report_issued", report, readers, label, client=report.client, at=at, mail=False)


def send_key(report):
    """What may be sent once to each person (C1)."""
    return f"report:{report.pk}:r{report.revision}"


def _by_channel(report):
    """The returner by the way chosen, the other recipients by mail where they have an address."""
    others = report.recipients.reachable().exclude(pk=report.returner_id)
    groups = {Channel.MAIL: list(others)}
    groups.setdefault(report.channel, []).append(report.returner)
    return {channel: contacts for channel, contacts in groups.items() if contacts}
