"""Where each amount of a client's year stands at a cut-off (6.3, 6.4), without VAT.

A `ClientYear` holds everything that ever moved the year and can be asked for any instant; the
figures and the lists behind them are drawn from the same rows, so that they cannot part.
"""

from collections import defaultdict
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from agency.common.wording import comma, sum_text
from budgets.constants import AHEAD, BEHIND
from budgets.models.budget import ZERO, Category
from budgets.years import client_day, cutoff, fiscal_year, months_of
from jobs.models import Job

INSTANT = timedelta(microseconds=1)
TENTH = Decimal("0.1")
LIVE = (Job.State.APPROVED, Job.State.ACTIVE, Job.State.DELIVERED)
COLUMNS = ("budget", "billed", "in_execution", "unexecuted", "awaiting", "preparing")


@dataclass(frozen=True)
class Standing:
    """A category's figures at a cut-off: budget = billed + in execution + unexecuted."""

    category: str
    budget: Decimal = ZERO
    billed: Decimal = ZERO
    in_execution: Decimal = ZERO
    awaiting: Decimal = ZERO
    preparing: Decimal = ZERO
    planned: Decimal = ZERO
    has_budget: bool = True

    def with_more(self, net):
        """The same with `net` more in execution."""
        return replace(self, in_execution=self.in_execution + net)

    @property
    def label(self):
        return Category(self.category).label if self.category else _("Together")

    @property
    def committed(self):
        return self.billed + self.in_execution

    @property
    def unexecuted(self):
        return self.budget - self.billed - self.in_execution

    @property
    def is_over(self):
        """More is signed than the client's budget holds (R37)."""
        return self.has_budget and self.unexecuted < 0

    @property
    def is_empty(self):
        return not any(getattr(self, name) for name in COLUMNS)

    @property
    def pace(self):
        """Percent of what was planned by then, to a tenth; None when nothing was planned."""
        if not self.planned:
            return None
        return (self.committed / self.planned * 100).quantize(TENTH, ROUND_HALF_UP)

    @property
    def pace_word(self):
        """behind, ahead, on or "": by the exact share, not by the rounded one."""
        if not self.planned:
            return ""
        share = self.committed / self.planned * 100
        return "behind" if share < BEHIND else "ahead" if share > AHEAD else "on"


def together(rows):
    """The sum of rows of one currency, category empty."""
    sums = {name: sum((getattr(row, name) for row in rows), ZERO) for name in SUMMED}
    return Standing("", **sums, has_budget=any(row.has_budget for row in rows))


SUMMED = [field.name for field in fields(Standing) if field.type is Decimal]
MOVED = [name for name in SUMMED if name not in ("budget", "planned")]


@dataclass(frozen=True)
class Paper:
    """What the client signed, or may sign: an estimate, a month of a plan, a month of a fee."""

    job: int
    category: str
    net: Decimal
    kind: str
    pk: int
    label: str
    month: object = None
    medium: str = ""
    begun_at: object = None
    sent_at: object = None
    signed_at: object = None
    superseded_at: object = None
    ended_at: object = None

    def is_in_force(self, at):
        if self.signed_at is None or self.signed_at > at:
            return False
        return self.superseded_at is None or self.superseded_at > at

    def memo(self, at):
        """awaiting, preparing or "": on its way at the instant, in no sum."""
        if self.begun_at is None or self.begun_at > at or _passed(self.signed_at, at):
            return ""
        if _passed(self.ended_at, at):
            return ""
        return "awaiting" if _passed(self.sent_at, at) else "preparing"


def _passed(moment, at):
    return moment is not None and moment <= at


@dataclass(frozen=True)
class Bill:
    """An invoice or credit note in the client's budget, by the day it bears."""

    job: int
    category: str
    net: Decimal
    day: object
    pk: int
    label: str


@dataclass(frozen=True)
class Pot:
    """A line of one version of the annual budget."""

    category: str
    brand: object
    amount: Decimal
    months: tuple
    budget: object
    since: object
    until: object

    def is_in_force(self, at):
        return self.since <= at and (self.until is None or self.until > at)


@dataclass(frozen=True)
class Correction:
    """A signed adjustment; it counts from its report's cut-off (R36)."""

    category: str
    column: str
    amount: Decimal
    since: object
    report: int
    reason: str


@dataclass(frozen=True)
class JobRow:
    """A job's share in a category of the year; without job it is an adjustment."""

    job: object
    category: str
    signed: Decimal = ZERO
    billed: Decimal = ZERO
    in_execution: Decimal = ZERO
    awaiting: Decimal = ZERO
    preparing: Decimal = ZERO
    state: str = ""
    correction: Correction | None = None

    @property
    def category_label(self):
        return Category(self.category).label

    @property
    def released(self):
        """Signed, not billed, and given back because the job has ended."""
        rest = self.signed - self.billed
        return rest if self.state and self.state not in LIVE and rest > 0 else ZERO

    @property
    def note(self):
        if self.correction:
            return self.correction.reason
        return comma().join(self._notes())

    def _notes(self):
        if self.state in (Job.State.CLOSED, Job.State.CANCELLED):
            yield str(Job.State(self.state).label)
        if self.released:
            yield _("%(amount)s released") % {"amount": sum_text(self.released)}
        if self.signed and self.signed == self.billed and self.state in LIVE:
            yield _("fully billed")
        if self.awaiting:
            yield _("%(amount)s with the client") % {"amount": sum_text(self.awaiting)}
        if self.preparing:
            yield _("%(amount)s in preparation") % {"amount": sum_text(self.preparing)}


class ClientYear:
    """Everything that ever moved a client's fiscal year; asked for any instant, no queries."""

    def __init__(self, client, year):
        self.client, self.year = client, year
        self.pots, self.papers, self.bills, self.corrections = [], [], [], []
        self.jobs, self.states = {}, defaultdict(list)

    @cached_property
    def months(self):
        return months_of(self.client, self.year)

    def state_of(self, job, at):
        """The job's state at the instant; a job without a log is as it is now."""
        log = self.states.get(job)
        if not log:
            return self.jobs[job].state
        return next((state for moment, state in reversed(log) if moment <= at), "")

    def day(self, at):
        """The client's day that a cut-off still holds: 24:00 belongs to the day before."""
        return client_day(self.client, at - INSTANT)

    def bills_at(self, at, category=None):
        day = self.day(at)
        return [
            row for row in self.bills if row.day <= day and category in (None, row.category)
        ]  # fmt: skip

    def pots_at(self, at, category=None):
        return [
            pot for pot in self.pots if pot.is_in_force(at) and category in (None, pot.category)
        ]

    def corrections_at(self, at, category=None, column=None):
        return [
            row
            for row in self.corrections
            if row.since <= at and category in (None, row.category) and column in (None, row.column)
        ]

    def bears_fee(self, at):
        """Of several fee jobs the first that had a number and was not ended bears the fee."""
        ended = ("", Job.State.REQUESTED, Job.State.REJECTED, Job.State.CANCELLED)
        fees = (
            job
            for job in sorted(self.jobs.values(), key=lambda row: row.pk)
            if job.kind == Job.Kind.FEE and job.budget_year == self.year
        )
        return next((job.pk for job in fees if self.state_of(job.pk, at) not in ended), None)

    def in_force(self, at):
        """Papers that count as signed at the instant."""
        bearer = self.bears_fee(at)
        return [
            row
            for row in self.papers
            if (row.job == bearer if row.kind == "fee" else row.is_in_force(at))
        ]

    def job_rows(self, at, category=None):
        """[JobRow] of jobs that have anything at the instant, then the adjustments."""
        sums = defaultdict(lambda: defaultdict(lambda: ZERO))
        for row in self.in_force(at):
            sums[row.job, row.category]["signed"] += row.net
        for row in self.bills_at(at):
            sums[row.job, row.category]["billed"] += row.net
        for row in self.papers:
            if memo := row.memo(at):
                sums[row.job, row.category][memo] += row.net
        jobs = [self._job_row(at, *key, found) for key, found in sums.items()]
        jobs.sort(key=lambda row: (row.job.number, row.category))
        changed = [row for row in self.corrections_at(at) if row.column != "budget"]
        rows = [*jobs, *map(_corrected, changed)]
        return [row for row in rows if category in (None, row.category)]

    def _job_row(self, at, job, category, sums):
        state = self.state_of(job, at)
        rest = max(ZERO, sums["signed"] - sums["billed"]) if state in LIVE else ZERO
        return JobRow(self.jobs[job], category, in_execution=rest, state=state, **sums)

    def rows(self, at):
        """[Standing] of production, media and fee at the instant."""
        jobs, pots = self.job_rows(at), self.pots_at(at)
        months = sum(month <= self.day(at) for month in self.months)
        return [self._row(category, at, jobs, pots, months) for category in ORDER]

    def _row(self, category, at, jobs, pots, months):
        mine = [row for row in jobs if row.category == category]
        own = [pot for pot in pots if pot.category == category]
        changed = self.corrections_at(at, category, "budget")
        return Standing(
            category,
            budget=_sum(own, "amount") + _sum(changed, "amount"),
            planned=sum((sum(pot.months[:months], ZERO) for pot in own), ZERO),
            has_budget=bool(pots),
            **{name: _sum(mine, name) for name in MOVED},
        )

    def month_ends(self, at):
        """[(month, its cut-off, or `at` for the month that runs)] of the months begun by then."""
        return [
            (month, min(cutoff(self.client, month), at))
            for month in self.months
            if month <= self.day(at)
        ]

    def series(self, at):
        """[(month, [Standing])]: how the year stood at the end of each month up to the instant."""
        return [(month, self.rows(end)) for month, end in self.month_ends(at)]


ORDER = (Category.PRODUCTION, Category.MEDIA, Category.FEE)


def _sum(rows, name):
    return sum((getattr(row, name) for row in rows), ZERO)


def _corrected(row):
    return JobRow(None, row.category, correction=row, **{row.column: row.amount})


def year_at(client, at):
    """The fiscal year a cut-off belongs to: 24:00 of its last day is still in it."""
    return fiscal_year(client, client_day(client, at - INSTANT))
