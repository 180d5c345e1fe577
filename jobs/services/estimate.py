"""The draft of an estimate: begun, its head and rates, its sums, what it lacks (R55, R58, R78)."""

from django.utils.translation import gettext as _

from accounts.models import AgencySettings
from accounts.models.scope import local_day
from accounts.services import terms
from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.texts import is_reason
from agency.common.verbs import check_state, check_version, lock, save, verb
from jobs.models import Brief, Deliverable, Estimate, Job
from jobs.services.access import require_on
from jobs.services.drafts import add_editor, take_over
from jobs.sums import totals

State = Estimate.State
RIGHT = "jobs.edit_estimate"
HEAD = ("contingency_rate", "vat_rate", "markup_rate", "note_client", "note_internal",
        "quotes_reason")  # fmt: skip
SUMS = ("subtotal", "contingency", "net", "vat", "total", "cost")
QUOTES = 3  # of suppliers, for a dear line (R78)


@verb
def draft_estimate(*, job, by, at):
    """Begin the base estimate of an approved job by its brief in force (3.6); returns the draft.

    Asked twice it returns the draft that is there. Its rates are those of the contract in force
    on the day, else the house's; later changes of them do not reach it.
    """
    job = lock(job)
    behalf = require_on(job, RIGHT, by, at)
    base = job.estimates.filter(change=0)
    if draft := base.filter(state=State.DRAFT).first():
        return draft
    brief = check_ground(job)
    if base.running().exists() or base.signed().exists():
        raise Refused(_("This job has an estimate already."))
    if base.exists():
        raise Refused(_("Please revise the former estimate: its lines are taken over."))
    estimate = begin(job=job, brief=brief, by=by, at=at)
    record(estimate, "draft_estimate", by=by, at=at, client=job.client, behalf_of=behalf)
    return estimate


def check_ground(job):
    """The brief in force that an estimate is written by; Refused where there may be none."""
    if job.kind != Job.Kind.PRODUCTION:
        raise Refused(_("Media jobs have a media plan and fee jobs a contract, no estimate."))
    if not job.is_open:
        raise Refused(
            _("An estimate belongs to a job in work; this one is “%(state)s”.")
            % {"state": job.get_state_display()}
        )
    if brief := job.briefs.in_force().filter(kind=Brief.Kind.JOB).first():
        return brief
    raise Refused(_("There is no job brief in force."))


def begin(*, job, brief, by, at, **fields):
    """A new draft with the rates in force now; the caller holds the job's lock."""
    rates = terms(client=job.client, on=local_day(at))
    return Estimate.objects.create(
        job=job, brief=brief, author=by, currency=job.client.currency, created_by=by,
        created_at=at,
        **{
            "contingency_rate": rates.contingency_rate, "vat_rate": rates.vat_rate,
            "markup_rate": rates.markup_rate, **fields,
        },
    )  # fmt: skip


def open_draft(estimate, by, at, row_version=None, locked=None):
    """(the draft locked, for whom the person acts): what every change of a draft begins with.

    locked: the draft, where it has been locked together with another row.
    """
    row = locked or lock(estimate)
    row.job = estimate.job
    behalf = require_on(row.job, RIGHT, by, at)
    check_version(row, row_version)
    check_state(row, State.DRAFT)
    return row, behalf


@verb
def save_header(*, estimate, by, at, row_version=None, **typed):
    """Keep rates and notes of a draft; the sums follow."""
    row, behalf = open_draft(estimate, by, at, row_version)
    changes = take_over(row, typed, HEAD)
    if not changes:
        return row
    recalculate(row)
    save(row)
    add_editor(row, by)
    _record(row, "save_estimate", by, at, behalf, **changes)
    return row


@verb
def follow_brief(*, estimate, by, at, row_version=None):
    """The draft goes by the brief that is in force now."""
    row, behalf = open_draft(estimate, by, at, row_version)
    row.brief, row.brief_changed = check_ground(row.job), False
    save(row)
    add_editor(row, by)
    _record(row, "follow_brief", by, at, behalf, version=row.brief.version)
    return row


@verb
def set_charged(*, estimate, free, by, at):
    """Which of the job's deliverables are not charged (R58); `free`: their keys."""
    row, behalf = open_draft(estimate, by, at)
    things = Deliverable.objects.filter(job=row.job_id)
    things.exclude(pk__in=free).filter(not_charged=True).update(not_charged=False)
    things.filter(pk__in=free, not_charged=False).update(not_charged=True)
    add_editor(row, by)
    _record(row, "set_charged", by, at, behalf, free=sorted(free))
    return row


@verb
def delete_estimate(*, estimate, by, at, row_version=None):
    """Drop a draft that was never submitted (Z15)."""
    row, behalf = open_draft(estimate, by, at, row_version)
    _record(row, "delete_estimate", by, at, behalf, total=row.total)
    row.delete()


def recalculate(estimate, lines=None):
    """Set the sums of the draft from its lines as they stand; the caller saves. Returns Totals.

    lines: all of them, where the caller holds them. The Totals stay on the row as `sums`, too.
    """
    if lines is None:
        rows = estimate.lines.values_list("price", "cost", "vat_rate", "chosen", named=True)
        lines = rows.order_by()
    sums = totals(lines, estimate.contingency_rate, estimate.vat_rate)
    if not sums.are_kept:
        raise Refused(_("The total is too large to be kept."), "quantity")
    for name in SUMS:
        setattr(estimate, name, getattr(sums, name))
    estimate.sums = sums
    return sums


def save_sums(estimate, lines=None):
    """Recalculate and write the sums alone: lines side by side do not make each other stale."""
    sums = recalculate(estimate, lines)
    Estimate.objects.filter(pk=estimate.pk).update(**{name: getattr(sums, name) for name in SUMS})
    return sums


def gaps(estimate, lines=None, things=None):
    """(field, words) of what a draft lacks to be submitted: lines, R58, R78, the brief.

    lines, things: those of the draft `with_quotes`, and the job's deliverables, where known.
    """
    rows = list(estimate.lines.with_quotes()) if lines is None else lines
    if not rows:
        yield "", _("There is no line yet.")
    if not estimate.is_change_order:
        for name in uncovered(estimate, rows, things):
            yield "", _("“%(name)s” has no line and is not marked as not charged.") % {"name": name}
    dear = quotes_missing(estimate, rows)
    if dear and not is_reason(estimate.quotes_reason):
        yield (
            "quotes_reason",
            _("Fewer than three supplier quotes for %(lines)s: get them, or give the reason.")
            % {"lines": ", ".join(f"“{line}”" for line in dear)},
        )
    if estimate.brief.state != Brief.State.IN_FORCE:
        yield "", _("The brief has changed: please go through the lines by the new one.")


def uncovered(estimate, lines, things=None):
    """Deliverables of the job without a chosen line that are to be charged (R58)."""
    covered = {line.deliverable_id for line in lines if line.chosen}
    if things is None:
        things = Deliverable.objects.filter(job=estimate.job_id)
    return [thing for thing in things if not thing.not_charged and thing.pk not in covered]


def quotes_missing(estimate, lines):
    """Chosen lines of outside cost above the house's limit with fewer than three quotes (R78).

    Agency work has no supplier and no quote. A line without supplier counts as outside when its
    price comes from its cost: that is what is passed on.
    """
    limit = AgencySettings.load().quotes_above
    return [
        line for line in lines
        if line.chosen and line.cost > limit and line.asked < QUOTES and is_outside(line)
    ]  # fmt: skip


def is_outside(line):
    return line.supplier_id is not None or line.fixed_price is None or line.asked > 0


def _record(row, name, by, at, behalf, **changes):
    record(row, name, by=by, at=at, client=row.job.client, behalf_of=behalf, **changes)
