"""Sign, issue and reissue the monthly budget report (3.4, R34, R36, R37)."""

from datetime import timedelta

from django.utils.translation import gettext, gettext_lazy, gettext_noop, override
from django.utils.translation import gettext as _

from accounts.models import ClientLink
from accounts.permissions import require
from accounts.services.telling import posts, tell, words
from agency.common.errors import Stale
from agency.common.pdf import render
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, save, verb
from archives.kinds import Kind
from archives.papers import draw_number
from archives.services import dispatch, signing
from budgets.constants import LINK_DAYS
from budgets.models import Adjustment, MonthlyReport
from budgets.papers import monthly as papers
from budgets.reports.monthly_figures import balances, digest, draw, is_over
from budgets.reports.monthly_inside import inside
from budgets.services.monthly import begun, gaps
from budgets.services.monthly_clock import schedule
from budgets.years import client_day

State = MonthlyReport.State
TITLE = gettext_noop("Monthly budget report")
FACES = {"client": papers.monthly_client, "internal": papers.monthly_internal}


@verb
def sign_monthly(*, report, by, at, row_version=None, late_reason="", shown=""):
    """The AM's signature, never the submitter's own: from now on the figures are frozen (R34).

    shown: digest of the figures on the page; other figures by now are a Stale.
    """
    report = begun(report)
    behalf = require(by, "budgets.sign_monthly", report.client, at)
    check_version(report, row_version)
    check_state(report, State.SUBMITTED)
    signing.check_other(report, by, behalf)
    report.rows = draw(report)
    if shown and shown != digest(report.rows):
        raise Stale(_("The figures have changed after the page had been opened."))
    _check_signable(report, by, late_reason, at)
    signing.signed(report, by, at)
    save(report)
    record(report, "sign_monthly", by=by, at=at, client=report.client, behalf_of=behalf,
           sha256=digest(report.rows))  # fmt: skip
    return report


def _check_signable(report, by, late_reason, at):
    reasons = list(gaps(report, is_over(report.rows)))
    if not balances(report.rows):
        reasons.append(("", _("The figures do not add up: nothing is signed.")))
    if report.adjustments.filter(by=by).exists():
        words = _("You have entered an adjustment yourself: somebody else signs it.")
        reasons.append(("", words))
    signing.check_gaps(reasons + signing.late_gaps(report, late_reason, at))


@verb
def issue_monthly(*, report, by, at, row_version=None, late_reason=""):
    """Number, both faces, mails to the contacts who get budgets, notices: one transaction."""
    report = begun(report)
    behalf = require(by, "budgets.sign_monthly", report.client, at)
    check_version(report, row_version)
    check_state(report, State.SIGNED)
    signing.keep_late_reason(report, late_reason, at)
    former = signing.issued(report, lambda: draw_number(report.client, "MB", at), by, at)
    report.rows = {**report.rows, "inside": inside(report, at)}
    _sign_adjustments(report)
    _file(report, former, by, at)
    save(report)
    _send(report, by, at)
    record(report, "issue_monthly", by=by, at=at, client=report.client, behalf_of=behalf,
           is_late=report.is_late(at), sha256=report.document.sha256)  # fmt: skip
    return report


@verb
def sign_and_issue(*, report, by, at, row_version=None, late_reason="", shown=""):
    """Both in one act: what the AM usually does (3.4)."""
    report = sign_monthly(report=report, by=by, at=at, row_version=row_version,
                          late_reason=late_reason, shown=shown)  # fmt: skip
    return issue_monthly(report=report, by=by, at=at)


def _sign_adjustments(report):
    """They count from now on, each with two names: who entered and who signed it (R36)."""
    for row in report.adjustments.all():
        row.signed_by, row.signed_at = report.signed_by, report.signed_at
        save(row)


def _file(report, former, by, at):
    signing.file_faces(
        report, former, lambda face: print_face(report, face, at), by, at,
        kind=Kind.BUDGET_REPORT, title=_titled("zh-hans", report),
        title_en=_titled("en", report), dated_on=client_day(report.client, at),
    )  # fmt: skip


def print_face(report, face, at):
    """A face as PDF: what is filed at issue, before that the preview."""
    return render(f"budgets/pdf/monthly_{face}.html", FACES[face](report, at))


def _titled(language, report):
    with override(language):
        return f"{gettext(TITLE)} {report.month:%Y-%m}"


def contacts_of(client):
    """Who of the client's gets the budget reports and can be written to."""
    return client.contacts.reachable().filter(gets_budget=True)


def _send(report, by, at):
    """The client face to the client, word of it to all above the AE (3.4)."""
    contacts = list(contacts_of(report.client))
    if contacts:
        dispatch(
            document=report.document, contacts=contacts, key=f"monthly:{report.pk}",
            template="budgets/mail/monthly_issued.txt", context={"report": report}, at=at, by=by,
            link_purpose=ClientLink.Purpose.VIEW, expires_at=at + timedelta(days=LINK_DAYS),
        )  # fmt: skip
    people = posts(report.client, ["ae", "am", "ad", "gad"], at)
    label = words(gettext_lazy("Monthly budget report issued: %(report)s"), report=report)
    tell("report_issued", report, [user for user in people if user != by], label,
         client=report.client, at=at, mail=False)  # fmt: skip


@verb
def reissue_monthly(*, report, reason, by, at, row_version=None):
    """A draft of the next revision, with the same words and adjustments; it takes the place of
    the issued one when it is issued itself."""
    report = begun(report)
    behalf = require(by, "budgets.sign_monthly", report.client, at)
    check_version(report, row_version)
    check_state(report, State.ISSUED)
    revision = _revision_of(report, check_reason(reason), by, at)
    if revision.pk is None:
        schedule(revision, at)
        revision.save()
        _copy_adjustments(report, revision, at)
        revision.rows = draw(revision)
        revision.save(update_fields=["rows"])
        save(report)
        record(revision, "reissue_monthly", by=by, at=at, client=report.client, behalf_of=behalf,
               reason=revision.revise_reason)  # fmt: skip
    return revision


def _revision_of(report, reason, by, at):
    if waiting := report.revisions.unissued().first():
        return waiting
    texts = {name: getattr(report, name) for name in MonthlyReport.TEXTS}
    return MonthlyReport(
        client=report.client, budget=report.budget, month=report.month,
        revision=report.revision + 1, due_at=report.due_at, cutoff_at=report.cutoff_at,
        number="", revise_reason=reason, created_by=by, created_at=at, **texts,
    )  # fmt: skip


def _copy_adjustments(former, revision, at):
    for row in former.adjustments.all():
        Adjustment.objects.create(
            report=revision, category=row.category, column=row.column, amount=row.amount,
            reason=row.reason, by=row.by, created_by=row.by, created_at=at,
        )  # fmt: skip
