"""The figures of the monthly report: the worked example (6.4), its months, what is kept (R36)."""

from datetime import date
from decimal import Decimal as D

import pytest

from budgets.reports import monthly_figures as figures
from budgets.services import monthly
from tests.budgets import months, test_standing, years
from tests.budgets.months import IN_TIME, OCTOBER, REMARK
from tests.builders import from_kept, make_client, make_user, when

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R33")]
client, jobs, ae = from_kept("client", "jobs", "ae")


def make_kept():
    """The example of 6.4, to 31 October 2026."""
    found = test_standing.make_kept()
    return {**found, "ae": found["client"].assignments.get().user}


def rows_of(kept):
    return {row.category: row for row in figures.standings(kept)}


def month_of(kept, number):
    found = {row.month: row for row in figures.months_of(kept)}
    return found[date(2026, number, 1)]


def test_the_worked_example_to_the_cent(client):
    rows = rows_of(months.draft(client).rows)
    production, media = rows["production"], rows["media"]
    assert (production.billed, production.in_execution) == (D("723200.00"), D("188500.50"))
    assert (production.unexecuted, production.awaiting) == (D("588299.50"), D("140000.00"))
    assert (media.billed, media.in_execution) == (D("3496150.25"), D("716449.75"))
    assert media.unexecuted == D("1787400.00")


def test_the_sum_of_all_pots(client):
    together = rows_of(months.draft(client).rows)[""]
    assert (together.budget, together.unexecuted) == (D("7500000.00"), D("2375699.50"))


def test_pace_is_that_of_the_example(client):
    production = rows_of(months.draft(client).rows)["production"]
    assert (production.pace, production.pace_word) == (D("72.9"), "behind")


def test_each_job_is_listed_with_what_became_of_it(client):
    rows = {row["title"]: row for row in months.draft(client).rows["jobs"]}
    assert rows["J3"]["released"] == "4800.00"
    assert (rows["J5"]["state"], rows["J5"]["signed"]) == ("cancelled", "12000.00")
    assert (rows["J4"]["awaiting"], rows["J4"]["signed"]) == ("140000.00", "0.00")


def test_the_jobs_add_up_to_the_figures(client):
    kept = months.draft(client).rows
    for row in rows_of(kept).values():
        jobs = [one for one in kept["jobs"] if row.category in ("", one["category"])]
        for name in ("billed", "in_execution", "awaiting"):
            assert sum(D(one[name]) for one in jobs) == getattr(row, name)


@pytest.mark.rule("R36")
def test_the_identity_holds_before_and_after_an_over_commitment(client):
    assert figures.balances(months.draft(client).rows)
    assert not figures.is_over(months.draft(client).rows)
    years.signed(years.job_of(client, title="J6"), "640000.00")
    kept = figures.draw(months.draft(client))
    assert figures.balances(kept)
    assert figures.is_over(kept)
    assert rows_of(kept)["production"].unexecuted == D("-51700.50")


# --- months -------------------------------------------------------------------------------------


def test_the_months_add_up_to_billed_and_in_execution(client):
    kept = months.draft(client).rows
    together = rows_of(kept)[""]
    rows = figures.months_of(kept)
    assert sum(row.total for row in rows if row.is_billed) == together.billed
    assert sum(row.total for row in rows if not row.is_billed) == together.in_execution


def test_a_months_plan_is_the_budgets(client):
    kept = months.draft(client).rows
    assert month_of(kept, 1).planned == D("125000.00") + D("500000.00")
    planned = sum(row.planned for row in figures.months_of(kept))
    assert planned == rows_of(kept)[""].budget


def test_billed_stands_in_the_month_of_the_invoice(client):
    kept = months.draft(client).rows
    assert month_of(kept, 9).total == 0
    assert month_of(kept, 10).amounts["media"] == D("3496150.25")


def test_production_is_expected_in_the_month_of_its_due_date(client):
    kept = months.draft(client).rows
    assert month_of(kept, 12).amounts["production"] == D("188500.50")


@pytest.mark.parametrize(
    ("due", "month"), [(date(2026, 8, 1), 11), (date(2026, 11, 30), 11), (date(2027, 3, 1), 12)]
)
def test_past_dues_come_next_and_later_ones_in_the_last_month(client, jobs, due, month):
    jobs["J2"].due_on = due
    jobs["J2"].save()
    assert month_of(months.draft(client).rows, month).amounts["production"] == D("188500.50")


def test_media_is_expected_by_the_months_of_its_lines(client):
    job = years.job_of(client, kind="media", title="Winter")
    lines = [(date(2026, 11, 1), "300.00"), (date(2026, 12, 1), "500.00")]
    years.plan_signed(job, years.YEAR_BEGAN, lines)
    years.billed(job, "200.00", OCTOBER, kind="media")
    kept = months.draft(client).rows
    # The rest of the plan of 6.4, whose lines ran in October, is overdue: it comes next.
    assert month_of(kept, 12).amounts["media"] == D("500.00")
    assert month_of(kept, 11).amounts["media"] == D("716449.75") + D("100.00")


def test_in_the_last_month_nothing_is_left_to_spread(client, ae):
    report = months.draft(client, month=date(2026, 12, 1), at=when("2027-01-01 06:00"))
    rows = figures.months_of(report.rows)
    assert {row.kind for row in rows} == {"billed"}
    assert len(rows) == 12


def test_a_fiscal_year_of_its_own(ae):
    other = make_client("FY", team=[ae], fiscal_start_month=7)
    years.make_year(other, year=2026, at=when("2026-07-01 10:00"), production="1200.00")
    report = months.draft(other)
    rows = figures.months_of(report.rows)
    assert (rows[0].month, rows[-1].month) == (date(2026, 7, 1), date(2027, 6, 1))
    assert [row.kind for row in rows].count("billed") == 4


def test_july_to_june_the_year_is_named_by_its_first_month(ae):
    other = make_client("FY", team=[ae], fiscal_start_month=7)
    years.make_year(other, year=2026, at=when("2026-07-01 10:00"), production="1200.00")
    report = months.draft(other, month=date(2027, 2, 1), at=when("2027-03-01 06:00"))
    assert report.budget.year == 2026


# --- adjustments and what is kept ---------------------------------------------------------------


def adjustment(report, column, amount, by):
    return report.adjustments.create(
        category="production", column=column, amount=D(amount), reason=REMARK, by=by
    )


@pytest.mark.rule("R36")
@pytest.mark.parametrize(
    ("column", "unexecuted"),
    [("billed", "588199.50"), ("in_execution", "588199.50"), ("budget", "588399.50")],
)
def test_unexecuted_absorbs_an_adjustment(client, ae, column, unexecuted):
    report = months.draft(client)
    adjustment(report, column, "100.00", ae)
    kept = figures.draw(report)
    row = rows_of(kept)["production"]
    assert row.unexecuted == D(unexecuted)
    assert figures.balances(kept)


@pytest.mark.rule("R36")
def test_an_adjustment_of_billed_stands_in_its_month(client, ae):
    report = months.draft(client)
    before = month_of(report.rows, 10).total
    adjustment(report, "billed", "-0.01", ae)
    assert month_of(figures.draw(report), 10).total == before - D("0.01")


@pytest.mark.rule("R36")
def test_an_adjustment_counts_in_every_later_report_of_the_year(client, ae):
    september = months.draft(client, month=date(2026, 9, 1))
    row = adjustment(september, "billed", "50.00", ae)
    row.signed_by, row.signed_at = make_user(role="am"), IN_TIME
    row.save()
    kept = figures.draw(months.draft(client))
    assert rows_of(kept)["production"].billed == D("723250.00")
    (listed,) = kept["adjustments"]
    assert (listed["month"], listed["amount"]) == ("2026-09-01", "50.00")


def test_unsigned_ones_of_another_month_count_nowhere(client, ae):
    september = months.draft(client, month=date(2026, 9, 1))
    adjustment(september, "billed", "50.00", ae)
    kept = figures.draw(months.draft(client))
    assert rows_of(kept)["production"].billed == D("723200.00")
    assert kept["adjustments"] == []


def test_the_digest_knows_a_cent(client, ae):
    report = months.draft(client)
    assert figures.digest(report.rows) == figures.digest(figures.draw(report))
    adjustment(report, "billed", "0.01", ae)
    assert figures.digest(report.rows) != figures.digest(figures.draw(report))


def test_kept_figures_come_back_from_the_database_as_they_were(client):
    report = months.draft(client)
    before = figures.standings(report.rows)
    report.refresh_from_db()
    assert figures.standings(report.rows) == before


def test_a_client_with_nothing_at_all_has_its_report(ae):
    other = make_client("NO", team=[ae])
    years.make_year(other)
    report = months.draft(other)
    assert figures.standings(report.rows) == []
    assert monthly.draw(report)["jobs"] == []
