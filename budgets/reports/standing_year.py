"""Where each amount of a client's year stands at a cut-off (6.3, 6.4), without VAT.

A `ClientYear` holds everything that ever moved the year and can be asked for any instant; the
figures and the lists behind them are drawn from the same rows, so that they cannot part.
"""

from collections import defaultdict
from datetime import timedelta

from django.utils.functional import cached_property

from budgets.models.budget import ZERO, Category
from budgets.reports.standing_facts import LIVE, MOVED, JobRow, Standing
from budgets.years import client_day, cutoff, fiscal_year, months_of
from jobs.models import Job

INSTANT = timedelta(microseconds=1)


class ClientYear:
    """Everything that ever moved a client's fiscal year; asked for any instant, no queries."""

    def __init__(self, client, year):
        self.client, self.year = client, year
        self.pots, self.papers, self.bills, self.corrections = [], [], [], []
        # What the client owes the agency now, with VAT, by the day it is due.
        self.owed = []
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
            if row.is_in_force(at) and (row.kind != "fee" or row.job == bearer)
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

    def late(self, today):
        """What the client owes past its day; a credit note owes nothing and is due on no day."""
        return [row for row in self.owed if row.net > 0 and row.day < today]

    def cause(self, at, category):
        """The signature with which the category went over its budget (R37), None without one."""
        if not self._row_of(at, category).is_over:
            return None
        since, left = self.before_over(at, category)
        for row in sorted(self.signed_at(at, category), key=lambda row: row.signed_at):
            if since is None or row.signed_at > since:
                left -= row.net
                if left < 0:
                    return row
        return None

    def before_over(self, at, category):
        """(the last end of a month within the budget, what was left then); (None, the budget)."""
        for _month, end in reversed(self.month_ends(at)):
            row = self._row_of(end, category)
            if end < at and not row.is_over:
                return end, row.unexecuted
        return None, self._row_of(at, category).budget

    def signed_at(self, at, category):
        """Papers of the category that the client has signed and that count at the instant."""
        return [row for row in self.in_force(at) if row.category == category and row.signed_at]

    def _row_of(self, at, category):
        return next(row for row in self.rows(at) if row.category == category)

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
