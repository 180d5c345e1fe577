"""Quarterly report: drafted, written, submitted, corrected, given back (3.13, R48, R49)."""

from django.utils.translation import gettext as _

from accounts.models import Client
from accounts.permissions import require
from agency.common.dates import MIDNIGHT, local_instant
from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.verbs import check_state, check_version, lock, save, verb
from archives.models import QuarterlyReport
from archives.quarters import after, before, due_of, last_quarter
from archives.services import signing
from archives.services.quarterly_clock import begin
from archives.services.quarterly_gaps import gaps
from archives.services.quarterly_rows import put_rows, take_up

State = QuarterlyReport.State
EDIT, SIGN = "archives.edit_quarterly", "archives.sign_quarterly"
SIGNABLE = (State.SUBMITTED, State.SIGNED)
QUARTERS_BACK = 4


@verb
def draft_quarterly(*, client, year, quarter, at, by=None):
    """The draft of a quarter that is over; the one that is there already, if any.

    What was observed in it stands under each competitor (3.13).
    """
    client = lock(client)
    behalf = require(by, EDIT, client, at)
    former = client.quarterly_reports.filter(year=year, quarter=quarter).order_by("-revision")
    if report := former.first():
        return report
    report = _new_report(client, year, quarter, at, by)
    begin(report)
    report.save()
    take_up(report)
    record(report, "draft_quarterly", by=by, at=at, client=client, behalf_of=behalf)
    return report


def _new_report(client, year, quarter, at, by):
    if client.status != Client.Status.ACTIVE:
        raise Refused(_("The client is not active."))
    if local_instant(after(year, quarter), MIDNIGHT, client.timezone) > at:
        raise Refused(_("The quarter is not over yet."), "quarter")
    return QuarterlyReport(
        client=client, year=year, quarter=quarter, due_at=due_of(client, year, quarter),
        created_by=by, created_at=at,
    )  # fmt: skip


def quarters_to_draft(client, at):
    """Those of the last year that are over and have no report yet, the newest first."""
    quarters = [last_quarter(client, at)]
    while len(quarters) < QUARTERS_BACK:
        quarters.append(before(*quarters[-1]))
    begun = set(client.quarterly_reports.values_list("year", "quarter"))
    return [one for one in quarters if one not in begun]


@verb
def edit_quarterly(*, report, typed, by, at, rows=None, row_version=None):
    """Write it. What was submitted or signed is a draft again, its signatures dropped.

    rows: {key of a row: what was typed there}, as quarterly_rows takes it.
    """
    report = signing.begun(report)
    behalf = require(by, EDIT, report.client, at)
    check_version(report, row_version)
    check_state(report, *QuarterlyReport.UNISSUED)
    changes = [*_put(report, typed), *put_rows(report, rows or {})]
    if changes:
        signing.reopened(report, at, by)
    if report.is_draft:
        take_up(report)
    save(report)
    record(report, "edit_quarterly", by=by, at=at, client=report.client, behalf_of=behalf,
           changes=changes)  # fmt: skip
    return report


def _put(report, typed):
    """[{field, old, new}] of the words that are really new."""
    changes = [
        {"field": name, "old": getattr(report, name), "new": typed[name].strip()}
        for name in QuarterlyReport.TEXTS
        if name in typed and typed[name].strip() != getattr(report, name)
    ]
    for row in changes:
        setattr(report, row["field"], row["new"])
    return changes


@verb
def take_up_news(*, report, by, at, row_version=None):
    """Competitors that became known since it was drafted come in, with what was seen of them."""
    report = signing.begun(report)
    behalf = require(by, EDIT, report.client, at)
    check_version(report, row_version)
    check_state(report, State.DRAFT)
    if take_up(report):
        save(report)
        record(report, "take_up_quarterly", by=by, at=at, client=report.client, behalf_of=behalf)
    return report


@verb
def correct_quarterly(*, report, typed, by, at, rows=None, row_version=None):
    """The AM's own corrections while signing: the AE's signature stays, he reads old and new."""
    report = signing.begun(report)
    behalf = require(by, SIGN, report.client, at)
    check_version(report, row_version)
    check_state(report, State.SUBMITTED)
    signing.check_other(report, by, behalf)
    changes = [*_put(report, typed), *put_rows(report, rows or {})]
    signing.check_gaps(gaps(report))
    signing.corrected(report, changes, by, at)
    save(report)
    record(report, "correct_quarterly", by=by, at=at, client=report.client, behalf_of=behalf,
           changes=changes)  # fmt: skip
    return report


@verb
def submit_quarterly(*, report, by, at, row_version=None):
    """The AE's signature. Refused while a part is empty or a competitor is not shown (R49)."""
    report = signing.begun(report)
    behalf = require(by, EDIT, report.client, at)
    check_version(report, row_version)
    check_state(report, State.DRAFT)
    signing.check_gaps(gaps(report))
    signing.submitted(report, by, at)
    save(report)
    signing.tell_signers(report, at)
    record(report, "submit_quarterly", by=by, at=at, client=report.client, behalf_of=behalf)
    return report


@verb
def return_quarterly(*, report, reason, by, at, row_version=None):
    """The AM gives it back with a reason; both signatures are dropped."""
    report = signing.begun(report)
    behalf = require(by, SIGN, report.client, at)
    check_version(report, row_version)
    check_state(report, *SIGNABLE)
    signing.given_back(report, reason, by, at)
    save(report)
    record(report, "return_quarterly", by=by, at=at, client=report.client, behalf_of=behalf,
           reason=report.return_reason)  # fmt: skip
    return report
