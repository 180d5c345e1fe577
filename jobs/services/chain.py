"""Submit, approve, refuse, withdraw: the chain in our house (R56, R58, R61, Z12, 3.6)."""

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.models.user import RANKS
from accounts.permissions import Rights
from agency.common.errors import Refused, Stale
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, lock_beside, save, verb
from archives.models import Document
from archives.services import supersede
from jobs.items import items_of
from jobs.models import Approval, OutgoingCheck, SignedPaper
from jobs.services.access import require_on
from jobs.services.papers import kind_of
from jobs.services.steps import (
    approvals_of,
    approved_by,
    approvers_of,
    authors_of,
    begin_step,
    concerned,
    due_step,
    team_of,
    tell_all,
    tell_next,
)

State, Step, Decision = SignedPaper.State, Approval.Step, Approval.Decision
RIGHTS = {
    Step.MANAGER: "jobs.approve_manager",
    Step.DIRECTOR: "jobs.approve_director",
    Step.DIRECTOR2: "jobs.approve_director",
}
WITHDRAWABLE = (State.DRAFT, *SignedPaper.RUNNING)
TAMPERED = gettext_lazy("The figures are not those that were submitted: nothing is approved.")


@verb
def submit(*, paper, by, at, row_version=None):
    """Freeze lines, rates and totals, draw the number, hand it to the manager step (3.6).

    Refused names everything that is missing, as `gaps` of its kind does.
    """
    row = begun(paper)
    kind = kind_of(row)
    behalf = require_on(row.job, kind.edit_right, by, at)
    check_version(row, row_version)
    check_state(row, State.DRAFT)
    _check_complete(row)
    kind.recalculate(row)
    row.number = row.number or kind.number(row, at)
    row.submitted_by, row.submitted_at = by, at
    row.data_sha256 = kind.sha256(row)
    row.state = State.SUBMITTED
    begin_step(row, at)
    save(row)
    tell_next(row, at)
    name = f"submit_{kind.name}"
    _record(row, name, by, at, behalf, total=row.total, sha256=row.data_sha256)
    return row


def submit_estimate(*, estimate, **given):
    return submit(paper=estimate, **given)


def begun(paper):
    """The paper locked, and what stands beside it as it is from then on: its job with those
    in charge, its brief, its authors, and whether anybody else has edited it or said a word.
    What every verb of the chain begins with."""
    of_row = type(paper)._base_manager.filter(pk=OuterRef("pk"))
    marks = {
        f"has_{name}": Exists(of_row.filter(**{f"{name}__isnull": False}))
        for name in ("editors", "approvals")
    }
    return lock_beside(paper, *kind_of(paper).beside, **marks)


def _check_complete(row):
    kind = kind_of(row)
    reasons = list(kind.gaps(row))
    if not row.job.is_at_work:
        reasons.insert(0, ("", str(kind.ended)))
    if reasons:
        raise Refused(reasons[0][1], reasons[0][0], reasons)


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
    behalf = None if own else require_on(row.job, RIGHTS[step], by, at, team=team_of(row, at))
    return fit.get(by, behalf)


def _check_due(row, step, by, at):
    """In order, by somebody who neither wrote it nor said yes before."""
    if step != due_step(row):
        raise Refused(kind_of(row).not_due % {"state": row.get_state_display()})
    if why := why_not(row, by, at):
        raise Refused(why)


def why_not(row, by, at):
    """Why the person may not take the step that is due, in words; empty when he may."""
    if by in authors_of(row):
        return kind_of(row).own_paper
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
    kind = kind_of(row)
    lines = kind.lines(row)
    if not kind.adds_up(row, lines) or kind.sha256(row, lines) != row.data_sha256:
        raise Refused(TAMPERED)


def _check_control(row, control_total):
    if control_total is None or control_total != row.total:
        raise Refused(kind_of(row).wrong_total, "control_total")
    row.control_total = control_total


def _pass_check(row, by, at):
    """The manager's yes is the outgoing check of the paper (3.6, R71)."""
    kind = kind_of(row).check
    OutgoingCheck.objects.create(
        client=row.job.client, job=row.job, subject_type=row._meta.label_lower, subject_id=row.pk,
        sha256=row.data_sha256, title=str(row), kind=kind,
        state=OutgoingCheck.State.PASSED, author=row.author, checker=by, expected_total=row.total,
        control_total=row.control_total, is_clean=True, checked_at=at, created_by=by,
        created_at=at, items={key: "yes" for key, _words in items_of(kind)},
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
    text = gettext_lazy("Approved, to be sent to the client: %(paper)s, %(title)s")
    tell_all("approved", row, concerned(row, at, ["ae"]), text, at)


def _refuse(row, step, by, at, behalf, reason):
    row.closed_reason = check_reason(reason)
    _keep(row, step, Decision.REFUSED, by, at, behalf, reason=row.closed_reason)
    people = concerned(row, at, ["ae"])
    end(row, State.REFUSED)
    text = gettext_lazy("Refused by %(name)s: %(paper)s. %(reason)s")
    tell_all("refused", row, people, text, at, level="remind", name=by, reason=row.closed_reason)
    _record(row, f"refuse_{step}", by, at, behalf, reason=row.closed_reason)
    return row


def end(row, state):
    """The way through the chain ends here."""
    row.state, row.step_due_at, row.next_notice_at = state, None, None
    save(row)


@verb
def withdraw(*, paper, by, at, reason="", row_version=None):
    """Author or AM and above take it back; the client's link dies at once (3.6)."""
    row = begun(paper)
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
        text = gettext_lazy("Withdrawn by %(name)s: %(paper)s. %(reason)s")
        tell_all("withdrawn", row, people, text, at, name=by, reason=row.closed_reason)
    name = f"withdraw_{kind_of(row).name}"
    _record(row, name, by, at, behalf, reason=row.closed_reason)
    return row


def withdraw_estimate(*, estimate, **given):
    return withdraw(paper=estimate, **given)


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
