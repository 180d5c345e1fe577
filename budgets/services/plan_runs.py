"""After the signature: what is booked, what ran with its proof, what was missed (3.8)."""

from django.utils import timezone
from django.utils.translation import gettext as _

from agency.common.dates import first_of
from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, lock, save, verb
from archives.models import Document
from budgets.models import Invoice, InvoiceLine, MediaLine, MediaPlan
from budgets.services.access import require_plan
from budgets.services.plan import AT_WORK, RIGHT
from budgets.wording import month_text
from budgets.years import client_day, month_at

Run = MediaLine.Run


@verb
def book_lines(*, plan, lines, booked_on, by, at, row_version=None):
    """Say that these lines are booked with their media; only once the client has signed."""
    row = lock(plan)
    row.job = plan.job
    behalf = require_plan(row.job, RIGHT, by, at)
    check_version(row, row_version)
    _check_signed(row)
    _check_booking_day(row, booked_on, at)
    found = list(row.lines.select_for_update().filter(pk__in=[line.pk for line in lines]))
    if not found:
        raise Refused(_("Please choose at least one line."), "lines")
    for line in found:
        if line.run_ok != Run.OPEN or line.booked_on:
            raise Refused(_("“%(line)s” is booked already.") % {"line": line}, "lines")
        line.booked_on = booked_on
        save(line, "booked_on")
        line.plan = row
        _record(line, "book_media", by, at, behalf, booked_on=booked_on)
    return row


def _check_signed(plan):
    if plan.state != MediaPlan.State.SIGNED:
        raise Refused(_("Nothing is booked before the client has signed the plan."))
    if plan.job.state not in AT_WORK:
        raise Refused(
            _("This job is “%(state)s”: nothing is booked any more.")
            % {"state": plan.job.get_state_display()}
        )


def _check_booking_day(plan, day, at):
    signed_on = client_day(plan.client, plan.signed_at)
    if day > client_day(plan.client, at):
        raise Refused(_("This day is still to come."), "booked_on")
    if _first_signed(plan, signed_on) > day:
        raise Refused(_("This day lies before the client's signature."), "booked_on")


def _first_signed(plan, signed_on):
    """The day of the first signed version: a newer one takes its bookings over."""
    first = plan.job.media_plans.filter(signed_at__isnull=False).order_by("signed_at").first()
    return min(signed_on, client_day(plan.client, first.signed_at))


@verb
def unbook_line(*, line, reason, by, at, row_version=None):
    """A booking that was noted by mistake or cancelled with the media owner."""
    row, behalf = _open_line(line, by, at, row_version)
    if row.booked_on is None:
        raise Refused(_("This line is not booked."))
    check_state_of(row, Run.OPEN)
    reason = check_reason(reason)
    old, row.booked_on = row.booked_on, None
    save(row, "booked_on")
    _record(row, "unbook_media", by, at, behalf, booked_on=[old, None], reason=reason)
    return row


@verb
def run_line(*, line, proof, by, at, row_version=None):
    """It has run: the tear sheet, log or report of it is filed."""
    row, behalf = _open_line(line, by, at, row_version)
    check_state_of(row, Run.OPEN)
    _check_time(row, at)
    if row.booked_on is None:
        raise Refused(_("This line is not booked yet."))
    _check_proof(row, proof)
    row.run_ok, row.proof = Run.RUN, proof
    save(row, "run_ok", "proof")
    _record(row, "run_media", by, at, behalf, proof=str(proof))
    return row


@verb
def miss_line(*, line, reason, by, at, row_version=None):
    """It did not run: another line has to make it good, or a credit note (3.8)."""
    row, behalf = _open_line(line, by, at, row_version)
    check_state_of(row, Run.OPEN)
    _check_time(row, at)
    reason = check_reason(reason)
    row.run_ok, row.missed_reason = Run.MISSED, reason
    save(row, "run_ok", "missed_reason")
    _record(row, "miss_media", by, at, behalf, reason=reason)
    return row


@verb
def make_good(*, line, by, at, with_line=None, proof=None, row_version=None):
    """A missed line was made up for: by another line that has run, or by runs with their proof."""
    row, behalf = _open_line(line, by, at, row_version)
    check_state_of(row, Run.MISSED)
    if credited(row):
        raise Refused(_("A credit note has settled this line."))
    if with_line is not None:
        with_line = _good_line(row, with_line)
        proof = with_line.proof
    _check_proof(row, proof)
    row.run_ok, row.proof, row.made_good_by = Run.MADE_GOOD, proof, with_line
    save(row, "run_ok", "proof", "made_good_by")
    facts = {"made_good_by": str(with_line)} if with_line else {}
    _record(row, "make_good", by, at, behalf, proof=str(proof), **facts)
    return row


def _good_line(row, other):
    """The line that takes the place of a missed one: of the same plan, run, and used once."""
    other = row.plan.lines.select_for_update(of=("self",)).filter(pk=other.pk).first()
    if other is None or other.pk == row.pk:
        raise Refused(_("Please choose another line of this plan."), "line")
    if other.run_ok != Run.RUN:
        raise Refused(_("“%(line)s” has not run yet.") % {"line": other}, "line")
    if other.makes_good.exists():
        raise Refused(_("“%(line)s” makes good another line already.") % {"line": other}, "line")
    return other


def credited(line):
    """Has an issued credit note given back what this line, in whichever version, cost?"""
    return credits_of([line.thread]).exists()


def credits_of(threads):
    return InvoiceLine.objects.filter(
        media_line__thread__in=threads, invoice__kind=Invoice.Kind.CREDIT,
        invoice__state__in=Invoice.OUT,
    )  # fmt: skip


def _open_line(line, by, at, row_version):
    """(the line locked after its plan, for whom the person acts)."""
    plan = lock(line.plan)
    plan.job = line.plan.job
    row = plan.lines.select_for_update(of=("self",)).filter(pk=line.pk).first()
    behalf = require_plan(plan.job, RIGHT, by, at)
    if row is None:
        raise Refused(_("This line is not there any more."))
    row.plan = plan
    check_version(row, row_version)
    check_state(plan, MediaPlan.State.SIGNED)
    return row, behalf


def check_state_of(line, *runs):
    if line.run_ok not in runs:
        raise Refused(
            _("Not possible: this line is “%(state)s” already.")
            % {"state": line.get_run_ok_display()}
        )


def _check_time(line, at):
    if line.month > month_at(line.plan.client, at):
        raise Refused(_("%(month)s has not begun yet.") % {"month": month_text(line.month)})


def _check_proof(line, proof):
    if proof is None:
        raise Refused(_("Please file the proof: a tear sheet, a log or a report."), "file")
    if proof.client_id != line.plan.job.client_id:
        raise Refused(_("This paper belongs to another client."), "proof")
    if proof.state == Document.State.VOID:
        raise Refused(_("This paper is void."), "proof")


def month_before(at):
    """The first of the running month in the agency's days: what lies before it is over."""
    return first_of(timezone.localdate(at))


def _record(line, name, by, at, behalf, **facts):
    client = line.plan.job.client
    record(line, name, by=by, at=at, client=client, behalf_of=behalf, **facts)
