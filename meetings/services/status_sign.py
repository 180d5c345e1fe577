"""The two signatures of a weekly report, and the way back (R29, R30, R32, 3.4)."""

from django.utils.translation import gettext_lazy

from accounts.permissions import require
from accounts.services.telling import posts, tell, words
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, save, verb
from archives.services import signing
from meetings.models import StatusReport
from meetings.reports.status_problems import lines_of, problems, sign_problems, told_to_ad
from meetings.services.status_digest import digest
from meetings.services.status_issue import issue_status

State = StatusReport.State
EDIT, SIGN = "meetings.edit_status", "meetings.sign_status"


def gaps(found):
    """[(field, words)] of problems, as a refusal names them."""
    return [
        (problem.code, f"{problem.line}: {problem.words}" if problem.line else problem.words)
        for problem in found
    ]


@verb
def submit_status(*, report, by, at, row_version=None):
    """The AE's signature: four sections, nothing copied without a word, every line up to date."""
    report = signing.begun(report)
    behalf = require(by, EDIT, report.client, at)
    check_version(report, row_version)
    check_state(report, State.DRAFT)
    lines = lines_of(report)
    signing.check_gaps(gaps(problems(report, at, lines)))
    signing.submitted(report, by, at)
    save(report)
    signing.tell_signers(report, at)
    _tell_director(report, lines, by, at)
    record(report, "submit_status", by=by, at=at, client=report.client, behalf_of=behalf)
    return report


def _tell_director(report, lines, by, at):
    """What has been unchanged three times is told to the AD, once a report and line (R32)."""
    people = [user for user in posts(report.client, ["ad"], at) if user != by]
    text = gettext_lazy("Unchanged for the third time: %(line)s (%(report)s)")
    for line in told_to_ad(lines):
        tell("status_unchanged", report, people, words(text, line=line, report=report),
             client=report.client, at=at, slot=f"line:{line.pk}", mail=False)  # fmt: skip


@verb
def return_status(*, report, reason, by, at, row_version=None):
    """The AM gives it back with a reason; both signatures are dropped."""
    report = signing.begun(report)
    behalf = require(by, SIGN, report.client, at)
    check_version(report, row_version)
    check_state(report, State.SUBMITTED, State.SIGNED)
    signing.given_back(report, reason, by, at)
    save(report)
    record(report, "return_status", by=by, at=at, client=report.client, behalf_of=behalf,
           reason=report.return_reason)  # fmt: skip
    return report


@verb
def sign_status(*, report, by, at, row_version=None, late_reason="", copy_note=""):
    """The AM's signature, never the submitter's own. It waits for the due time, or goes at once."""
    report = signing.begun(report)
    behalf = require(by, SIGN, report.client, at)
    check_version(report, row_version)
    check_state(report, State.SUBMITTED)
    signing.check_other(report, by, behalf)
    found = gaps(sign_problems(report, copy_note=copy_note))
    signing.check_gaps(found + signing.late_gaps(report, late_reason, at))
    if copy_note.strip():
        report.copy_note = check_reason(copy_note, "copy_note")
    signing.signed(report, by, at)
    report.signed_digest = digest(report)
    save(report)
    record(report, "sign_status", by=by, at=at, client=report.client, behalf_of=behalf,
           is_late=report.is_late(at), sha256=report.signed_digest)  # fmt: skip
    if at < report.due_at:
        return report
    return issue_status(report=report, by=by, at=at)


@verb
def send_now(*, report, by, at, row_version=None):
    """Signed by both, it goes out before its time."""
    check_version(signing.begun(report), row_version)
    return issue_status(report=report, by=by, at=at)
