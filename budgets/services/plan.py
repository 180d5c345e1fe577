"""The draft of a media plan: begun, its head and rates, its sums, what it lacks (3.8, 6.2)."""

from django.utils.translation import gettext as _

from accounts.models.scope import local_day
from accounts.services import terms
from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.verbs import check_state, check_version, lock, save, verb
from budgets.models import MediaLine, MediaPlan
from budgets.services.access import require_plan
from budgets.sums import media_line_sums, plan_totals
from budgets.wording import month_text
from budgets.years import first_day
from jobs.models import Brief, Job
from jobs.services.drafts import add_editor, take_over
from jobs.sums import MOST

State = MediaPlan.State
RIGHT = "budgets.edit_plan"
RATES = ("commission_rate", "service_fee_rate")
HEAD = ("title", "mode", "billing", *RATES, "vat_rate", "note_client", "note_internal")
LINE_SUMS = ("gross", "media_price", "commission", "service_fee")
SUMS = (*LINE_SUMS, "client_net", "vat", "total")
AT_WORK = (Job.State.APPROVED, Job.State.ACTIVE, Job.State.DELIVERED)
YEARS = 2  # a plan may reach from the job's budget year into the next (6.3)


@verb
def create_plan(*, job, by, at, form_key=None, **values):
    """Begin the plan of a media job by its brief in force (3.8); returns the draft.

    Rates, mode, billing and VAT are those of the contract in force on the day, else the house's;
    later changes of them do not reach it. `values`: of HEAD, in their place. Asked twice, or sent
    twice (B2), it returns the draft that is there.
    """
    job = lock(job)
    behalf = require_plan(job, RIGHT, by, at)
    if twin := _made_before(job, form_key):
        return twin
    if draft := job.media_plans.filter(state=State.DRAFT).first():
        return draft
    brief = check_ground(job)
    check_no_other(job)
    if job.media_plans.signed().exists():
        raise Refused(_("This job has a signed media plan: please draft its next version."))
    if job.media_plans.exists():
        raise Refused(_("Please revise the former plan: its lines are taken over."))
    plan = begin_plan(job=job, brief=brief, by=by, at=at, form_key=form_key, **values)
    record(plan, "create_plan", by=by, at=at, client=job.client, behalf_of=behalf)
    return plan


def _made_before(job, form_key):
    twin = MediaPlan.objects.filter(form_key=form_key).first() if form_key else None
    if twin is not None and twin.job_id != job.pk:
        raise Refused(_("This form has been sent already, for another job."))
    return twin


def check_ground(job):
    """The brief in force that a plan is written by; Refused where there may be none."""
    if job.kind != Job.Kind.MEDIA:
        raise Refused(_("A media plan belongs to a media job."))
    if job.state not in AT_WORK or job.archived_at:
        raise Refused(
            _("A media plan belongs to a job in work; this one is “%(state)s”.")
            % {"state": _("Archived") if job.archived_at else job.get_state_display()}
        )
    if brief := job.briefs.in_force().filter(kind=Brief.Kind.JOB).first():
        return brief
    raise Refused(_("There is no job brief in force."))


def check_no_other(job):
    """One unsigned version a job; the caller holds the job's lock."""
    if job.media_plans.unsigned().exists():
        raise Refused(_("There is an unsigned media plan on this job already."))


def begin_plan(*, job, brief, by, at, **fields):
    """A new draft with the rates in force now; the caller holds the job's lock."""
    return MediaPlan.objects.create(
        job=job, brief=brief, author=by, currency=job.client.currency, created_by=by,
        created_at=at, **{"title": job.title, **rates_on(job.client, local_day(at)), **fields},
    )  # fmt: skip


def rates_on(client, day):
    """What a new plan takes of the terms in force; the house has neither mode nor billing."""
    ruling = terms(client=client, on=day)
    return {
        "commission_rate": ruling.commission_rate,
        "service_fee_rate": ruling.service_fee_rate,
        "vat_rate": ruling.vat_rate,
        "mode": getattr(ruling, "media_mode", MediaPlan.Mode.INCLUDED),
        "billing": getattr(ruling, "media_billing", MediaPlan.Billing.AGENCY),
    }


def open_draft(plan, by, at, row_version=None):
    """(the draft locked, for whom the person acts): what every change of a draft begins with."""
    row = lock(plan)
    row.job = plan.job
    behalf = require_plan(row.job, RIGHT, by, at)
    check_version(row, row_version)
    check_state(row, State.DRAFT)
    return row, behalf


@verb
def update_plan(*, plan, by, at, row_version=None, **typed):
    """Keep title, mode, billing, rates and notes of a draft; a new rate reaches every line."""
    row, behalf = open_draft(plan, by, at, row_version)
    changes = take_over(row, typed, HEAD)
    if not changes:
        return row
    recalculate_plan(row, reprice(row) if set(RATES) & set(changes) else None)
    save(row)
    add_editor(row, by)
    record(row, "update_plan", by=by, at=at, client=row.client, behalf_of=behalf, **changes)
    return row


@verb
def follow_brief(*, plan, by, at, row_version=None):
    """The draft goes by the brief that is in force now."""
    row, behalf = open_draft(plan, by, at, row_version)
    row.brief, row.brief_changed = check_ground(row.job), False
    save(row)
    add_editor(row, by)
    record(
        row, "follow_plan_brief", by=by, at=at, client=row.client, behalf_of=behalf,
        version=row.brief.version,
    )  # fmt: skip
    return row


@verb
def delete_plan(*, plan, by, at, row_version=None):
    """Drop a draft that was never submitted (Z15)."""
    row, behalf = open_draft(plan, by, at, row_version)
    record(row, "delete_plan", by=by, at=at, client=row.client, behalf_of=behalf, total=row.total)
    row.delete()


def reprice(plan):
    """All lines of the draft at its rates, written; returns them."""
    lines = list(plan.lines.all())
    for line in lines:
        price_line(line, plan)
    MediaLine.objects.bulk_update(lines, LINE_SUMS)
    return lines


def price_line(line, plan):
    """Set the four sums of a line by the formula (6.2); Refused where they cannot be kept."""
    sums = media_line_sums(
        line.runs, line.unit_gross, line.discount_rate, line.fixed_price, plan.commission_rate,
        plan.service_fee_rate,
    )  # fmt: skip
    for name in LINE_SUMS:
        value = getattr(sums, name)
        if value > MOST:
            raise Refused(_("The amount of this line is too large to be kept."), "unit_gross")
        setattr(line, name, value)
    return line


def recalculate_plan(plan, lines=None):
    """Set the sums of the draft from its lines as they stand; the caller saves. PlanTotals.

    lines: all of them, where the caller holds them. The totals stay on the row as `sums`, too.
    """
    if lines is None:
        lines = plan.lines.order_by().values_list(*LINE_SUMS, named=True)
    sums = plan_totals(lines, plan.mode, plan.vat_rate)
    if max(getattr(sums, name) for name in SUMS) > MOST:
        raise Refused(_("The total is too large to be kept."), "unit_gross")
    for name in SUMS:
        setattr(plan, name, getattr(sums, name))
    plan.sums = sums
    return sums


def save_sums(plan, lines=None):
    """Recalculate and write the sums alone: lines side by side do not make each other stale."""
    sums = recalculate_plan(plan, lines)
    MediaPlan.objects.filter(pk=plan.pk).update(**{name: getattr(sums, name) for name in SUMS})
    return sums


def gaps(plan, lines=None):
    """(field, words) of what a draft lacks to be submitted: lines, prices, months, the brief."""
    rows = list(plan.lines.all()) if lines is None else lines
    if not rows:
        yield "", _("There is no line yet.")
    yield from _unpriced(rows)
    yield from _outside(plan, rows)
    if plan.brief is not None and plan.brief.state != Brief.State.IN_FORCE:
        yield "", _("The brief has changed: please go through the lines by the new one.")


def _unpriced(rows):
    """What runs has a price, or it is a bonus and says so."""
    for line in rows:
        if line.runs and line.fixed_price is None and not line.media_price:
            yield "", _("“%(line)s” has no price.") % {"line": line}
        elif not line.runs and not line.bonus_runs and not line.media_price:
            yield "", _("“%(line)s” has neither a run nor a price.") % {"line": line}


def _outside(plan, rows):
    """Months beyond the job's budget year and the next are a slip of the pen."""
    year = plan.job.budget_year
    first, after = (first_day(plan.client, year + more) for more in (0, YEARS))
    for line in rows:
        if not first <= line.month < after:
            yield (
                "",
                _("“%(line)s” runs in %(month)s: outside the budget years %(first)s and %(last)s.")
                % {
                    "line": line, "month": month_text(line.month), "first": year,
                    "last": year + 1,
                },
            )  # fmt: skip
