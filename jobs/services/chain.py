"""Submit, approve, refuse, withdraw: the chain in our house (R56, R58, R61, Z12, 3.6)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.models.user import RANKS
from accounts.permissions import Rights
from agency.common.errors import Refused, Stale
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, lock, save, verb
from archives.models import Document
from archives.services import supersede
from jobs.frozen import data_sha256, frozen_lines
from jobs.items import items_of
from jobs.models import Estimate, EstimateApproval, EstimateLine, OutgoingCheck
from jobs.papers.common import draw_number
from jobs.services.access import require_on
from jobs.services.estimate import gaps, recalculate
from jobs.services.steps import (
    approvals_of,
    approved_by,
    approvers_of,
    authors_of,
    begin_step,
    concerned,
    due_step,
    tell_all,
    tell_next,
)
from jobs.sums import line_sums, totals

State, Step = Estimate.State, EstimateApproval.Step
Decision = EstimateApproval.Decision
RIGHTS = {
    Step.MANAGER: "jobs.approve_manager",
    Step.DIRECTOR: "jobs.approve_director",
    Step.DIRECTOR2: "jobs.approve_director",
}
WITHDRAWABLE = (State.DRAFT, *Estimate.RUNNING)
SUMS = ("subtotal", "contingency", "net", "vat", "total", "cost")
BESIDE = ("job__client__group__head", "job__ae", "brief", "author", "submitted_by")
TAMPERED = gettext_lazy("The figures are not those that were submitted: nothing is approved.")


@verb
def submit_estimate(*, estimate, by, at, row_version=None):
    """Freeze lines, rates and totals, draw the number, hand it to the manager step (3.6).

    Refused names everything that is missing: lines, deliverables (R58), quotes (R78), the brief.
    """
    row = begun(estimate)
    behalf = require_on(row.job, "jobs.edit_estimate", by, at)
    check_version(row, row_version)
    check_state(row, State.DRAFT)
    _check_complete(row)
    recalculate(row)
    row.number = row.number or _number(row, at)
    row.submitted_by, row.submitted_at = by, at
    row.data_sha256 = data_sha256(row)
    row.state = State.SUBMITTED
    begin_step(row, at)
    save(row)
    tell_next(row, at)
    _record(row, "submit_estimate", by, at, behalf, total=row.total, sha256=row.data_sha256)
    return row


def begun(estimate):
    """The estimate locked, and what stands beside it as it is from then on: its job with those
    in charge, its brief, its authors. What every verb of the chain begins with."""
    row = lock(estimate)
    found = Estimate.objects.select_related(*BESIDE).get(pk=row.pk)
    for name in ("job", "brief", "author", "submitted_by"):
        setattr(row, name, getattr(found, name))
    return row


def _check_complete(row):
    reasons = [*gaps(row), *_of_base(row)]
    if not row.job.is_at_work:
        reasons.insert(0, ("", _("This job has ended: no estimate is submitted any more.")))
    if reasons:
        raise Refused(reasons[0][1], reasons[0][0], reasons)


def _of_base(row):
    """Less than 0 stands only in a change order, whichever way the line came in (R60)."""
    if row.is_change_order:
        return
    for line in row.lines.all():
        if line.price < 0 or line.cost < 0:
            yield (
                "",
                _("“%(line)s” is less than 0, which is possible only in a change order.")
                % {"line": line},
            )


def _number(row, at):
    """LM/PE/2026/014; a change order goes by its base, a revision keeps the number (7)."""
    family = Estimate.objects.filter(job=row.job_id).exclude(number="")
    if row.is_change_order:
        base = family.filter(change=0).latest("revision")
        return f"{base.number}/CO{row.change}"
    earlier = family.filter(change=0).first()
    return earlier.number if earlier else draw_number(row.job.client, "PE", at)


@verb
def decide(
    *, paper, step, decision, by, at, control_total=None, reason="", row_version=None, total=None
):
    """Say yes or no at the step that is due (Z12, 4.3).

    row_version, total: as the page showed them. The manager's yes needs the control total, which
    is compared with =, and is the passed outgoing check of exactly these data (R58, R71).
    """
    row = begun(paper)
    behalf = _require_step(row, step, by, at)
    check_version(row, row_version)
    if total is not None and total != row.total:
        raise Stale(_("The total was changed after the page had been opened."))
    _check_due(row, step, by, at)
    if decision == Decision.REFUSED:
        return _refuse(row, step, by, at, behalf, reason)
    return _approve(row, step, by, at, behalf, control_total)


def approve(**given):
    """decide() with yes."""
    return decide(decision=Decision.APPROVED, **given)


def refuse(**given):
    """decide() with no; a reason is needed (R61)."""
    return decide(decision=Decision.REFUSED, **given)


def _require_step(row, step, by, at):
    """403 without the right of the step; management has it only where 4.3 calls on it."""
    if step not in RIGHTS:
        raise Refused(_("The client signs by his own link."))
    fit = approvers_of(row, at, step)
    own = by.role == User.Role.MANAGEMENT and by in fit
    behalf = require_on_step(row.job, step, by, at, own)
    return fit.get(by, behalf)


def require_on_step(job, step, by, at, own):
    if own:
        return None
    return require_on(job, RIGHTS[step], by, at)


def _check_due(row, step, by, at):
    """In order, by somebody who neither wrote it nor said yes before."""
    if step != due_step(row):
        raise Refused(
            _("This step is not due: the estimate is “%(state)s”.")
            % {"state": row.get_state_display()}
        )
    if why := why_not(row, by, at):
        raise Refused(why)


def why_not(row, by, at):
    """Why the person may not take the step that is due, in words; empty when he may."""
    if by in authors_of(row):
        return _("Whoever wrote or changed an estimate does not approve it.")
    if by in approved_by(row):
        return _("You have approved an earlier step: this one needs somebody else.")
    if by not in approvers_of(row, at):
        return _("This step is for somebody else, or waits for a stand-in.")
    return ""


def _approve(row, step, by, at, behalf, control_total):
    check_untouched(row)
    if step == Step.MANAGER:
        _check_control(row, control_total)
        _pass_check(row, by, at)
    _keep(row, step, Decision.APPROVED, by, at, behalf, control_total=row.control_total
          if step == Step.MANAGER else None)  # fmt: skip
    row.state = _next_state(row, step)
    if row.state == State.APPROVED:
        row.step_due_at = row.next_notice_at = None
    else:
        begin_step(row, at)
    save(row)
    _tell_approved(row, at)
    _record(row, f"approve_{step}", by, at, behalf, total=row.total, sha256=row.data_sha256)
    return row


def check_untouched(row):
    """Added again from the lines, and hashed again: what is approved is what was submitted."""
    lines = frozen_lines(row)
    sums = totals(lines, row.contingency_rate, row.vat_rate)
    is_same = all(getattr(sums, name) == getattr(row, name) for name in SUMS)
    if not (is_same and all(_adds_up(line) for line in lines)):
        raise Refused(TAMPERED)
    if data_sha256(row, lines) != row.data_sha256:
        raise Refused(TAMPERED)


def _adds_up(line: EstimateLine):
    sums = line_sums(line.quantity, line.unit_cost, line.markup_rate, line.fixed_price)
    return sums == (line.cost, line.price)


def _check_control(row, control_total):
    if control_total is None or control_total != row.total:
        raise Refused(
            _("Your own addition does not give the total of the estimate."), "control_total"
        )
    row.control_total = control_total


def _pass_check(row, by, at):
    """The manager's yes is the outgoing check of the estimate (3.6, R71)."""
    OutgoingCheck.objects.create(
        client=row.job.client, job=row.job, subject_type=row._meta.label_lower, subject_id=row.pk,
        sha256=row.data_sha256, title=str(row), kind=OutgoingCheck.Kind.ESTIMATE,
        state=OutgoingCheck.State.PASSED, author=row.author, checker=by, expected_total=row.total,
        control_total=row.control_total, is_clean=True, checked_at=at, created_by=by,
        created_at=at, items={key: "yes" for key, _words in items_of("estimate")},
    )  # fmt: skip


def _keep(row, step, decision, by, at, behalf, **more):
    said = approvals_of(row)
    said.append(row.approvals.create(
        step=step, decision=decision, by=by, behalf_of=behalf, at=at, created_by=by,
        created_at=at, data_sha256=row.data_sha256, **more,
    ))  # fmt: skip


def _next_state(row, step):
    if step == Step.MANAGER:
        return State.MANAGER_OK
    if step == Step.DIRECTOR and needs_second_director(row):
        return State.DIRECTOR_OK
    return State.APPROVED


def needs_second_director(row):
    limit = row.job.client.director_limit
    return limit is not None and row.total > limit


def _tell_approved(row, at):
    if row.state != State.APPROVED:
        tell_next(row, at)
        return
    text = gettext_lazy("Approved, to be sent to the client: %(estimate)s, %(title)s")
    tell_all("approved", row, concerned(row, at, ["ae"]), text, at)


def _refuse(row, step, by, at, behalf, reason):
    row.closed_reason = check_reason(reason)
    _keep(row, step, Decision.REFUSED, by, at, behalf, reason=row.closed_reason)
    people = concerned(row, at, ["ae"])
    end(row, State.REFUSED)
    text = gettext_lazy("Refused by %(name)s: %(estimate)s. %(reason)s")
    tell_all("refused", row, people, text, at, level="remind", name=by, reason=row.closed_reason)
    _record(row, f"refuse_{step}", by, at, behalf, reason=row.closed_reason)
    return row


def end(row, state):
    """The way through the chain ends here."""
    row.state, row.step_due_at, row.next_notice_at = state, None, None
    save(row)


@verb
def withdraw_estimate(*, estimate, by, at, reason="", row_version=None):
    """Author or AM and above take it back; the client's link dies at once (3.6)."""
    row = begun(estimate)
    behalf = require_on(row.job, "jobs.send_estimate", by, at)
    check_version(row, row_version)
    check_state(row, *WITHDRAWABLE)
    if not may_withdraw(row, by, at, behalf):
        raise Refused(_("Only the author, or the account manager and above, can withdraw it."))
    was_draft = row.is_draft
    row.closed_reason = (reason or "").strip() if was_draft else check_reason(reason)
    people = concerned(row, at, ["ae"] if was_draft else ["ae", "am"])
    retire_papers(row, by, at, _("withdrawn"))
    end(row, State.WITHDRAWN)
    if not was_draft:
        text = gettext_lazy("Withdrawn by %(name)s: %(estimate)s. %(reason)s")
        tell_all("withdrawn", row, people, text, at, name=by, reason=row.closed_reason)
    _record(row, "withdraw_estimate", by, at, behalf, reason=row.closed_reason)
    return row


def may_withdraw(row, by, at, behalf=None):
    if row.author_id in (by.pk, behalf.pk if behalf else None):
        return True
    return Rights(by, at, row.job.client).rank_on(row.job.client) >= RANKS["am"]


def retire_papers(row, by, at, reason):
    """What was sent is in force no more, and its links are dead."""
    for paper in filter(None, (row.client_document, row.internal_document)):
        if paper.state == Document.State.ISSUED:
            supersede(document=paper, at=at, by=by, reason=reason)


def _record(row, name, by, at, behalf, **changes):
    record(row, name, by=by, at=at, client=row.job.client, behalf_of=behalf, **changes)
