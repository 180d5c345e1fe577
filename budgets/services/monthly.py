"""Monthly budget report: drafted, written, submitted, corrected, given back (3.4, R33-R37)."""

from django.utils.translation import gettext as _

from accounts.models import Client
from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.texts import is_reason
from agency.common.verbs import check_state, check_version, lock, save, verb
from archives.services import signing
from budgets.models import AnnualBudget, MonthlyReport
from budgets.reports.monthly_figures import draw, is_over
from budgets.services.monthly_clock import due_of, schedule
from budgets.years import MONTHS, cutoff, fiscal_year, month_at, next_month

State = MonthlyReport.State
SIGNABLE = (State.SUBMITTED, State.SIGNED)


@verb
def draft_monthly(*, client, month, at, by=None):
    """The draft of a month that is over; the one that is there already, if any."""
    client = lock(client)
    behalf = require(by, "budgets.edit_monthly", client, at)
    former = client.monthly_reports.filter(month=month).order_by("-revision").first()
    if former:
        return former
    report = _new_report(client, month, at, by)
    schedule(report, at)
    report.rows = draw(report)
    report.save()
    record(report, "draft_monthly", by=by, at=at, client=client, behalf_of=behalf)
    return report


def _new_report(client, month, at, by):
    end = cutoff(client, month)
    if client.status != Client.Status.ACTIVE:
        raise Refused(_("The client is not active."))
    if end > at:
        raise Refused(_("The month is not over yet."), "month")
    budget = budget_at(client, month)
    if budget is None:
        raise Refused(_("No annual budget was in force at the end of the month."), "month")
    return MonthlyReport(
        client=client, budget=budget, month=month, cutoff_at=end, due_at=due_of(client, month),
        created_by=by, created_at=at,
    )  # fmt: skip


def months_to_draft(client, at):
    """Months over, in the year up to now, that have a budget and no report; the newest first."""
    begun = set(client.monthly_reports.values_list("month", flat=True))
    last = next_month(month_at(client, at), -1)
    months = [next_month(last, -number) for number in range(MONTHS)]
    return [month for month in months if month not in begun and budget_at(client, month)]


def budget_at(client, month):
    """The version of the annual budget in force at the month's cut-off."""
    rows = AnnualBudget.objects.in_force_at(cutoff(client, month))
    return rows.filter(client=client, year=fiscal_year(client, month)).first()


@verb
def edit_monthly(*, report, typed, by, at, row_version=None):
    """Write its words. What was submitted or signed is a draft again, its signatures dropped."""
    report = begun(report)
    behalf = require(by, "budgets.edit_monthly", report.client, at)
    check_version(report, row_version)
    check_state(report, *MonthlyReport.UNISSUED)
    changes = _put(report, typed)
    if changes:
        signing.reopened(report, at, by)
    _save(report)
    record(report, "edit_monthly", by=by, at=at, client=report.client, behalf_of=behalf,
           **_changed(changes))  # fmt: skip
    return report


def begun(report):
    """The report locked, with its client and budget: what every verb begins with."""
    row = signing.begun(report)
    row.budget = report.budget
    return row


def _put(report, typed):
    """[{field, old, new}] of the words that are really new."""
    changes = [
        {"field": name, "old": getattr(report, name), "new": typed[name].strip()}
        for name in MonthlyReport.TEXTS
        if name in typed and typed[name].strip() != getattr(report, name)
    ]
    for row in changes:
        setattr(report, row["field"], row["new"])
    return changes


def _changed(changes):
    return {row["field"]: [row["old"], row["new"]] for row in changes}


def _save(report):
    """Until it is signed its figures are those of the cut-off as they are known now."""
    if report.signed_at is None:
        report.rows = draw(report)
    save(report)


@verb
def correct_monthly(*, report, typed, by, at, row_version=None):
    """The AM's own corrections while signing: the AE's signature stays, he reads old and new."""
    report = begun(report)
    behalf = require(by, "budgets.sign_monthly", report.client, at)
    check_version(report, row_version)
    check_state(report, State.SUBMITTED)
    signing.check_other(report, by, behalf)
    changes = _put(report, typed)
    _check_words(report)
    signing.corrected(report, changes, by, at)
    _save(report)
    record(report, "correct_monthly", by=by, at=at, client=report.client, behalf_of=behalf,
           **_changed(changes))  # fmt: skip
    return report


def _check_words(report):
    signing.check_gaps(list(gaps(report, is_over(report.rows))))


def gaps(report, over):
    """(field, words) of what is still missing before it is submitted (R35, R37)."""
    if not is_reason(report.opportunities):
        yield "opportunities", _("Say what we should propose: at least one remark.")
    if over and not is_reason(report.over_note):
        yield (
            "over_note",
            _("The budget is over-committed: say what the client was told, when, by whom."),
        )


@verb
def submit_monthly(*, report, by, at, row_version=None):
    """The AE's signature (R34). Refused without a remark, or a word on what is over budget."""
    report = begun(report)
    behalf = require(by, "budgets.edit_monthly", report.client, at)
    check_version(report, row_version)
    check_state(report, State.DRAFT)
    report.rows = draw(report)
    _check_words(report)
    signing.submitted(report, by, at)
    save(report)
    signing.tell_signers(report, at)
    record(report, "submit_monthly", by=by, at=at, client=report.client, behalf_of=behalf)
    return report


@verb
def return_monthly(*, report, reason, by, at, row_version=None):
    """The AM gives it back with a reason; both signatures are dropped."""
    report = begun(report)
    behalf = require(by, "budgets.sign_monthly", report.client, at)
    check_version(report, row_version)
    check_state(report, *SIGNABLE)
    signing.given_back(report, reason, by, at)
    _save(report)
    record(report, "return_monthly", by=by, at=at, client=report.client, behalf_of=behalf,
           reason=report.return_reason)  # fmt: skip
    return report
