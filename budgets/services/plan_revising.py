"""The next version of a media plan: it takes the place of a change order (3.8)."""

from django.db.models import Max, Q

from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, lock, verb
from budgets.models import MediaLine, MediaPlan
from budgets.services.access import require_plan
from budgets.services.plan import (
    RIGHT,
    begin_plan,
    check_ground,
    check_no_other,
    recalculate_plan,
)
from jobs.services.access import require_on
from jobs.services.sending import check_newest

State = MediaPlan.State
ENDED = (State.REFUSED, State.WITHDRAWN, State.EXPIRED)
HEAD = ("title", "number", "mode", "billing", "commission_rate", "service_fee_rate", "vat_rate",
        "note_client", "note_internal")  # fmt: skip
AGREED = ("thread", "position", "medium", "vehicle", "supplier_id", "market", "spec", "month",
          "runs", "unit_gross", "discount_rate", "fixed_price", "bonus_runs", "gross",
          "media_price", "commission", "service_fee")  # fmt: skip
# What became of a line; the draft shows it, the signature takes it over anew (`carry_marks`).
MARKS = ("booked_on", "run_ok", "missed_reason", "proof_id")


@verb
def revise_plan(*, plan, by, at, reason="", row_version=None):
    """The next version as a draft, lines copied with their threads; approvals begin at zero.

    Of a signed plan it needs a reason; the signed one stays in force until the new one is signed.
    What came back unsigned the media department takes up again, too; what the client signed is
    opened by those who serve the client (3.6, 4.2).
    """
    job = lock(plan.job)
    former = lock(plan)
    former.job = job
    is_signed = former.state == State.SIGNED
    behalf = (require_on if is_signed else require_plan)(job, RIGHT, by, at)
    check_version(former, row_version)
    check_state(former, State.SIGNED, *ENDED)
    if not is_signed:
        check_newest(former)
    check_no_other(job)
    reason = check_reason(reason) if is_signed else (reason or "").strip()
    draft = _draft(job, former, by, at, supersedes=former if is_signed else former.supersedes)
    _copy_lines(former, draft, by, at)
    recalculate_plan(draft)
    draft.save()
    record(draft, "revise_plan", by=by, at=at, client=job.client, behalf_of=behalf, reason=reason)
    return draft


def _draft(job, former, by, at, supersedes):
    """Number, rates and notes of the former one, by the brief in force; nobody's approval."""
    last = job.media_plans.aggregate(last=Max("revision"))["last"]
    return begin_plan(
        job=job, brief=check_ground(job), by=by, at=at, revision=last + 1, supersedes=supersedes,
        **{name: getattr(former, name) for name in HEAD},
    )  # fmt: skip


def _copy_lines(former, draft, by, at):
    MediaLine.objects.bulk_create(
        MediaLine(
            plan=draft, created_by=by, created_at=at,
            **{name: getattr(line, name) for name in (*AGREED, *MARKS)},
        )
        for line in former.lines.all()
    )  # fmt: skip


def has_begun(plan):
    """Lines whose run is decided, or that make good for one that was missed."""
    return plan.lines.filter(~Q(run_ok=MediaLine.Run.OPEN) | Q(makes_good__isnull=False)).distinct()


def carry_marks(former, plan):
    """Bookings, runs, proofs and make-goods of the former version, line by line of one thread."""
    lines = {line.thread: line for line in plan.lines.all()}
    for old in former.lines.select_related("made_good_by"):
        line = lines.get(old.thread)
        if line is None:
            continue
        for name in MARKS:
            setattr(line, name, getattr(old, name))
        line.made_good_by = lines.get(old.made_good_by.thread) if old.made_good_by else None
    names = [name.removesuffix("_id") for name in MARKS]
    MediaLine.objects.bulk_update(lines.values(), [*names, "made_good_by"])
