"""Where each amount stands at a cut-off: the worked example (6.4) and each event (6.3)."""

from datetime import date
from decimal import Decimal as D

import pytest

from budgets.reports.standing import after_signing, book_of, standing, standing_jobs
from budgets.reports.standing_facts import together
from tests.budgets import make, years
from tests.budgets.years import CUTOFF
from tests.builders import from_kept, make_client, make_user, when

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R33")]
client, jobs = from_kept("client", "jobs")
OCTOBER = date(2026, 10, 15)


def make_kept():
    """The example of 6.4, to 31 October 2026."""
    client = make_client("LM", team=[make_user("ae", "ae")])
    years.make_year(
        client, production="1500000.00", media="6000000.00", plan={"production": "1250000.00"}
    )
    return {"client": client, "jobs": {**production(client), "media": media(client)}}


def production(client):
    jobs = {name: years.job_of(client, title=name) for name in ("J1", "J2", "J3", "J4", "J5")}
    years.signed(jobs["J1"], "320000.00")
    years.billed(jobs["J1"], "320000.00", OCTOBER)
    years.signed(jobs["J2"], "450000.00")
    years.signed(jobs["J2"], "38500.50", change=1)
    years.billed(jobs["J2"], "300000.00", OCTOBER)
    years.signed(jobs["J3"], "96000.00")
    years.billed(jobs["J3"], "91200.00", OCTOBER)
    years.ends(jobs["J3"], "closed", when("2026-10-20 10:00"))
    years.unsigned(jobs["J4"], "140000.00", "sent")
    years.signed(jobs["J5"], "60000.00")
    years.signed(jobs["J5"], "-48000.00", change=1)
    years.billed(jobs["J5"], "12000.00", OCTOBER)
    years.ends(jobs["J5"], "cancelled", when("2026-10-21 10:00"))
    return jobs


def media(client):
    job = years.job_of(client, kind="media", title="Spots")
    line = {"unit_gross": D("4212600.00"), "month": date(2026, 10, 1)}
    years.dated(make.sign_plan(make.make_plan(job, [line])), years.YEAR_BEGAN,
                signed_at=years.YEAR_BEGAN)  # fmt: skip
    years.billed(job, "3518450.25", OCTOBER, kind="media")
    years.billed(job, "-22300.00", OCTOBER)
    return job


def row_of(client, category="production", at=CUTOFF):
    return next(row for row in standing(client, 2026, at) if row.category == category)


def figures(row):
    return row.billed, row.in_execution, row.unexecuted


def test_production_as_worked(client):
    row = row_of(client)
    assert figures(row) == (D("723200.00"), D("188500.50"), D("588299.50"))
    assert (row.awaiting, row.budget) == (D("140000.00"), D("1500000.00"))


def test_pace_as_worked(client):
    row = row_of(client)
    assert (row.planned, row.pace, row.pace_word) == (D("1250000.00"), D("72.9"), "behind")


def test_media_as_worked(client):
    row = row_of(client, "media")
    assert figures(row) == (D("3496150.25"), D("716449.75"), D("1787400.00"))


def test_jobs_as_worked(client):
    rows = standing_jobs(client, 2026, CUTOFF, "production")
    found = {row.job.title: (row.signed, row.billed, row.in_execution) for row in rows}
    assert found == {
        "J1": (D("320000.00"), D("320000.00"), 0),
        "J2": (D("488500.50"), D("300000.00"), D("188500.50")),
        "J3": (D("96000.00"), D("91200.00"), 0),
        "J4": (0, 0, 0),
        "J5": (D("12000.00"), D("12000.00"), 0),
    }


def test_notes_as_worked(client):
    rows = standing_jobs(client, 2026, CUTOFF, "production")
    assert {row.job.title: row.note for row in rows} == {
        "J1": "fully billed",
        "J2": "",
        "J3": "Closed, 4,800.00 released",
        "J4": "140,000.00 with the client",
        "J5": "Cancelled",
    }


def excess(job, net, at, **given):
    """By how much such a signature would exceed the budget; 0 when it would not."""
    row = after_signing(job, net, at, **given)
    return -row.unexecuted if row.is_over else 0


@pytest.mark.rule("R37")
def test_over_committed_as_worked(client):
    job = years.job_of(client, title="J6")
    assert excess(job, D("640000.00"), CUTOFF) == D("51700.50")
    years.signed(job, "640000.00", when("2026-10-28 10:00"))
    row = row_of(client)
    assert figures(row) == (D("723200.00"), D("828500.50"), D("-51700.50"))
    assert (row.is_over, row.pace, row.pace_word) == (True, D("124.1"), "ahead")


def test_not_over_to_the_last_cent(client):
    job = years.job_of(client, title="J6")
    assert excess(job, D("588299.50"), CUTOFF) == 0
    assert excess(job, D("588299.51"), CUTOFF) == D("0.01")
    assert excess(job, D("588299.51"), CUTOFF, replaces=D("0.01")) == 0


def test_lists_sum_to_the_figures(client):
    for row in standing(client, 2026, CUTOFF):
        jobs = standing_jobs(client, 2026, CUTOFF, row.category)
        for name in ("billed", "in_execution", "awaiting", "preparing"):
            assert sum(getattr(job, name) for job in jobs) == getattr(row, name)


def test_all_categories_together(client):
    row = together(standing(client, 2026, CUTOFF))
    assert figures(row) == (D("4219350.25"), D("904950.25"), D("2375699.50"))
    assert row.budget == D("7500000.00") == sum(figures(row))


@pytest.mark.parametrize(
    ("at", "in_execution"),
    [
        ("2026-01-05 09:59", "0"),
        ("2026-01-05 10:00", "916500.50"),
        ("2026-10-20 09:59", "193300.50"),
        ("2026-10-20 10:00", "188500.50"),
    ],
)
def test_at_any_instant(client, at, in_execution):
    assert row_of(client, at=when(at)).in_execution == D(in_execution)


def test_month_by_month(client):
    rows = dict(book_of(client, 2026).series(CUTOFF))
    assert list(rows)[::9] == [date(2026, 1, 1), date(2026, 10, 1)]
    before, after = (together(rows[date(2026, month, 1)]) for month in (9, 10))
    assert (before.billed, after.billed) == (0, D("4219350.25"))
    assert before.budget == sum(figures(before)) == after.budget == sum(figures(after))


def test_budget_of_the_version_in_force(client):
    at = when("2026-10-10 10:00")
    years.make_version(client, 2, at, production="1600000.00")
    assert row_of(client, at=when("2026-10-10 09:59")).budget == D("1500000.00")
    after = row_of(client)
    assert (after.budget, after.unexecuted) == (D("1600000.00"), D("688299.50"))
