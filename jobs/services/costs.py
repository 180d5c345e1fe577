"""Outside costs against the lines of the signed estimate, and errors found later (R57, R59)."""

from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models.user import RANKS
from accounts.permissions import Rights
from accounts.services.telling import posts, tell, words
from agency.common.errors import Refused
from agency.common.services.record import once, record
from agency.common.verbs import lock, save, verb
from jobs.constants import LINE_USED
from jobs.models import Cost, ErrorNote, EstimateLine, Job, StartOrder
from jobs.services.access import enters_costs, require_on
from jobs.services.start import may_start

ZERO = Decimal("0.00")
HUNDRED = 100
Kind = Cost.Kind


@verb
def enter_cost(
    *, job, kind, amount, on, by, at, line=None, supplier=None, start_order=None, order=None,
    number="", document=None, over=False, form_key=None,
):  # fmt: skip
    """An order to a supplier, or his bill. Refused before the client's signature (R57).

    over: the AM's tick that an order may stand above its line's cost; above the whole estimate
    only a change order helps (R59, R60).
    """
    job = lock(job)
    behalf = require_on(job, "jobs.enter_cost", by, at, own=enters_costs(job, by, at))
    cost = Cost(
        job=job, kind=kind, amount=amount, on=on, line=line, supplier=supplier,
        start_order=start_order, order=order, number=number, document=document,
        form_key=form_key, created_by=by, created_at=at,
    )  # fmt: skip
    _check_job(job, at)
    _check_parts(cost)
    if kind == Kind.ORDER:
        _check_order(cost, by, at, over)
    cost, is_new = once(cost)
    if is_new:
        record(
            cost, "enter_cost", by=by, at=at, client=job.client, behalf_of=behalf,
            kind=kind, amount=amount, over=cost.over_by is not None,
        )  # fmt: skip
        if line is not None and kind == Kind.ORDER:
            _tell_used(line, job, at)
    return cost


def _check_job(job, at):
    """The same bar as for a supplier's order: nothing before the signature, by any door."""
    if job.state not in (Job.State.ACTIVE, Job.State.DELIVERED):
        raise Refused(_("Costs belong to a job in work; this one is “%(state)s”.") % {
            "state": job.get_state_display()
        })  # fmt: skip
    if job.state == Job.State.ACTIVE:
        reasons = may_start(job=job, kind=StartOrder.Kind.SUPPLIER, at=at)
        if reasons:
            raise Refused(reasons[0])


def _check_parts(cost):
    if cost.amount == 0:
        raise Refused(_("Please enter an amount."), "amount")
    if cost.line is not None and cost.line.estimate.job_id != cost.job_id:
        raise Refused(_("This line belongs to another job."), "line")
    if cost.line is not None and cost.line.estimate.state != "signed":
        raise Refused(_("This line is not of a signed estimate."), "line")
    if cost.document is not None and cost.document.client_id != cost.job.client_id:
        raise Refused(_("This belongs to another job."), "paper")
    for name in ("start_order", "order"):
        row = getattr(cost, name)
        if row is not None and row.job_id != cost.job_id:
            raise Refused(_("This belongs to another job."), name)
    if cost.order is not None and cost.kind == Kind.ORDER:
        raise Refused(_("Only a bill answers an order."), "order")


def _check_order(cost, by, at, over):
    """A supplier works on a start order of his own (R53), within what was signed (R59)."""
    if cost.supplier is None:
        raise Refused(_("Please choose the supplier."), "supplier")
    orders = cost.job.start_orders.exclude(state=StartOrder.State.WITHDRAWN)
    if not orders.filter(kind="supplier", supplier=cost.supplier).exists():
        raise Refused(_("The supplier has no start order on this job."), "supplier")
    signed = sum((row.cost for row in cost.job.estimates.signed()), ZERO)
    if ordered(cost.job) + cost.amount > signed:
        raise Refused(_("This is above the signed estimate: it needs a change order."), "amount")
    if cost.line is not None and ordered_on(cost.line) + cost.amount > cost.line.cost:
        _let_over(cost, by, at, over)


def _let_over(cost, by, at, over):
    if Rights(by, at, cost.job.client).rank_on(cost.job.client) < RANKS["am"]:
        raise Refused(_("This is above the cost of the line: the account manager enters it."),
                      "amount")  # fmt: skip
    if not over:
        raise Refused(_("This is above the cost of the line: please tick that it may be."), "over")
    cost.over_by = by


def ordered(job):
    """What has been ordered on the job so far."""
    return _sum(job.costs.orders())


def ordered_on(line):
    return _sum(line.costs.orders())


def _sum(rows):
    return rows.aggregate(found=Sum("amount"))["found"] or ZERO


def _tell_used(line, job, at):
    """At 80 and 100 percent of the line's cost AE and AM are told, once each (R59)."""
    line = lock(EstimateLine, line.pk)
    used = ordered_on(line)
    reached = [int(share * HUNDRED) for share in LINE_USED if used >= line.cost * share]
    percent = max(reached, default=0)
    if line.cost <= 0 or percent <= line.told_used:
        return
    line.told_used = percent
    line.save(update_fields=["told_used"])
    label = words(
        gettext_lazy("%(percent)s %% of a line is used: %(line)s, %(job)s"),
        percent=percent, line=line.text, job=job,
    )  # fmt: skip
    people = posts(job.client, ["ae", "am"], at, named=job.ae)
    tell("line_used", job, people, label, client=job.client, at=at, slot=f"{line.pk}:{percent}")


@verb
def note_error(
    *, job, kind, text, found_on, by, at, amount=None, estimate=None, noticed_by=None,
    form_key=None,
):  # fmt: skip
    """Log a mistake found after the signature; it is counted by kind (R59)."""
    job = lock(job)
    behalf = require_on(job, "jobs.edit_estimate", by, at)
    if estimate is not None and estimate.job_id != job.pk:
        raise Refused(_("This belongs to another job."), "estimate")
    note = ErrorNote(
        job=job, kind=kind, text=text, found_on=found_on, amount=amount, estimate=estimate,
        noticed_by=noticed_by, form_key=form_key, created_by=by, created_at=at,
    )  # fmt: skip
    note, is_new = once(note)
    if is_new:
        record(note, "note_error", by=by, at=at, client=job.client, behalf_of=behalf, kind=kind)
    return note


@verb
def file_bill(*, cost, document, by, at):
    """The paper of a bill that had been entered without it."""
    lock(cost.job)
    cost = lock(cost)
    own = enters_costs(cost.job, by, at)
    behalf = require_on(cost.job, "jobs.enter_cost", by, at, own=own)
    cost.document = document
    save(cost)
    record(cost, "file_bill", by=by, at=at, client=cost.job.client, behalf_of=behalf)
    return cost
