"""Any history of a year: after each step the figures are what a plain book-keeper has.

150 histories of up to 15 steps, on the rows as they are read; the book-keeper knows nothing of
cut-offs: he writes down what stands after each step, and is asked again when all is over. The same
through the services, and the lists behind the figures: tests/budgets/test_histories.py.
"""

from datetime import timedelta
from decimal import Decimal as D
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budgets.models.budget import ZERO
from budgets.reports.standing_facts import Bill, Correction, Paper, Pot
from budgets.reports.standing_year import ClientYear
from tests.builders import when

pytestmark = pytest.mark.rule("R33")
BEGAN = when("2026-02-27 12:00")
DAY = timedelta(days=1)
CLIENT = SimpleNamespace(pk=1, timezone="Asia/Shanghai", fiscal_start_month=1)
MONTHS = (D("100.00"),) * 12
ACTS = ("sign", "change", "supersede", "bill", "credit", "close", "cancel", "open", "budget",
        "adjust", "refuse")  # fmt: skip
STEPS = st.lists(
    st.tuples(
        st.sampled_from(ACTS), st.integers(1, 3), st.decimals("0.01", "900.00", places=2),
        st.integers(0, 40),
    ),
    max_size=15,
)  # fmt: skip


class Keeper:
    """The plain book beside the ClientYear: what is signed and billed of each job, as it is."""

    def __init__(self):
        self.year, self.now = ClientYear(CLIENT, 2026), BEGAN
        self.planned, self.fixed = ZERO, ZERO
        self.signed = {job: {} for job in (1, 2, 3)}
        self.billed, self.ended = dict.fromkeys((1, 2, 3), ZERO), set()
        for pk in (1, 2, 3):
            self.year.jobs[pk] = SimpleNamespace(
                pk=pk, number=f"LM-{pk}", title="Film", state="active", kind="production",
                budget_year=2026, get_absolute_url=lambda: "/",
            )  # fmt: skip
            self.year.states[pk].append((BEGAN, "approved"))
        self.written = []

    def step(self, act, job, amount, days):
        self.now += days * DAY + timedelta(seconds=1)
        getattr(self, act)(job, amount)
        self.written.append((self.now, self.figures()))

    def figures(self):
        rest = sum(
            max(ZERO, sum(self.signed[job].values()) - self.billed[job])
            for job in self.signed
            if job not in self.ended
        )
        return self.planned, sum(self.billed.values()) + self.fixed, rest

    def sign(self, job, amount):
        pk = len(self.year.papers) + 1
        self.signed[job][pk] = amount
        self.year.papers.append(self.paper(job, amount, pk, signed_at=self.now))

    def paper(self, job, amount, pk, **times):
        times = {"begun_at": self.now, "sent_at": self.now, **times}
        return Paper(job, "production", amount, "estimate", pk, f"PE/{pk}", **times)

    def change(self, job, amount):
        """A change order, as often down as up, never below what is signed."""
        most = sum(self.signed[job].values(), ZERO)
        self.sign(job, -min(amount, most) if int(amount) % 2 else amount)

    def supersede(self, job, amount):
        old = set(self.signed[job])
        self.signed[job] = {}
        self.year.papers = [
            self.paper_replaced(row) if row.job == job and row.pk in old else row
            for row in self.year.papers
        ]
        self.sign(job, amount)

    def paper_replaced(self, row):
        return Paper(**{**vars(row), "superseded_at": self.now})

    def refuse(self, job, amount):
        """A paper that was sent and came back refused moves nothing."""
        pk = len(self.year.papers) + 1
        self.year.papers.append(self.paper(job, amount, pk, ended_at=self.now))

    def bill(self, job, amount):
        """No more than is signed; it bears the day it is made on."""
        left = sum(self.signed[job].values(), ZERO) - self.billed[job]
        self.book(job, min(amount, max(left, ZERO)))

    def credit(self, job, amount):
        self.book(job, -min(amount, self.billed[job]))

    def book(self, job, amount):
        self.billed[job] += amount
        day, pk = self.now.date(), len(self.year.bills) + 1
        self.year.bills.append(Bill(job, "production", amount, day, pk, f"PI/{pk}"))

    def close(self, job, _amount):
        self.turn(job, "closed")
        self.ended.add(job)

    def cancel(self, job, _amount):
        self.turn(job, "cancelled")
        self.ended.add(job)

    def open(self, job, _amount):
        self.turn(job, "active")
        self.ended.discard(job)

    def turn(self, job, state):
        self.year.states[job].append((self.now, state))

    def budget(self, _job, amount):
        self.year.pots = [
            pot if pot.until else Pot(**{**vars(pot), "until": self.now}) for pot in self.year.pots
        ]
        version = SimpleNamespace(pk=1, version=1, authorised_on=self.now.date())
        self.year.pots.append(Pot("production", None, amount, MONTHS, version, self.now, None))
        self.planned = amount

    def adjust(self, _job, amount):
        self.fixed += amount
        self.year.corrections.append(
            Correction("production", "billed", amount, self.now, 1, "Counted twice")
        )


def keep(steps):
    keeper = Keeper()
    for step in steps:
        keeper.step(*step)
    return keeper


def shown(year, at):
    row = year.rows(at)[0]
    assert row.budget == row.billed + row.in_execution + row.unexecuted
    return row.budget, row.billed, row.in_execution


@settings(max_examples=150, deadline=None, derandomize=True)
@given(STEPS)
def test_figures_after_the_last_step(steps):
    keeper = keep(steps)
    if keeper.written:
        at, figures = keeper.written[-1]
        assert shown(keeper.year, at) == figures


@settings(max_examples=150, deadline=None, derandomize=True)
@given(STEPS)
def test_what_stood_once_is_changed_by_nothing_later(steps):
    """Asked when all is over; of several steps of a day, what is billed bears the day alone."""
    keeper = keep(steps)
    last_of_day = {at.date(): (at, figures) for at, figures in keeper.written}
    for at, figures in last_of_day.values():
        assert shown(keeper.year, at) == figures
