"""Each event of the table of 6.3, row by row, and after each the identity."""

from datetime import date
from decimal import Decimal as D

import pytest

from budgets.models import Adjustment, MonthlyReport
from budgets.reports.standing import standing, standing_jobs
from budgets.reports.standing_sums import read_sums
from tests.budgets import years
from tests.builders import from_kept, make_client, make_contract, make_user, when

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R33")]
client, job = from_kept("client", "job")
MAY, JUNE, JULY = when("2026-05-04 10:00"), when("2026-06-10 15:30"), when("2026-07-01 00:00")
BUDGET = D("1000.00")


def make_kept():
    client = make_client(team=[make_user(role="ae")])
    years.make_year(client, production=BUDGET, media=BUDGET, fee=BUDGET)
    return {"client": client, "job": years.job_of(client)}


def stands(client, at=JULY, category="production", year=2026):
    """(unexecuted, in execution, billed) and the identity, of the figures and of their lists."""
    rows = standing(client, year, at)
    assert read_sums({client: year}, {client: at})[client.pk].rows(at) == rows
    row = next(row for row in rows if row.category == category)
    assert row.budget == row.billed + row.in_execution + row.unexecuted
    jobs = standing_jobs(client, year, at, category)
    assert row.billed == sum(job.billed for job in jobs)
    assert row.in_execution == sum(job.in_execution for job in jobs)
    return tuple(int(amount) for amount in (row.unexecuted, row.in_execution, row.billed))


@pytest.mark.parametrize("state", ["draft", "submitted", "approved", "sent"])
def test_nothing_moves_before_the_signature(client, job, state):
    years.unsigned(job, "300", state, MAY)
    assert stands(client) == (1000, 0, 0)
    row = standing(client, 2026, JULY)[0]
    assert (row.awaiting, row.preparing) == ((300, 0) if state == "sent" else (0, 300))


def test_signature(client, job):
    years.signed(job, "300", JUNE)
    assert stands(client, JUNE) == (700, 300, 0)
    assert stands(client, when("2026-06-10 15:29")) == (1000, 0, 0)


def test_invoice_of_a_part(client, job):
    years.signed(job, "300", MAY)
    years.billed(job, "120", JUNE.date())
    assert stands(client) == (700, 180, 120)


def test_payment_is_irrelevant(client, job):
    years.signed(job, "300", MAY)
    bill = years.billed(job, "100", JUNE.date())
    years.rewrite(bill, state="paid", paid=D("106.00"))
    assert stands(client) == (700, 200, 100)


def test_change_orders(client, job):
    years.signed(job, "300", MAY)
    years.signed(job, "50", JUNE, change=1)
    assert stands(client) == (650, 350, 0)
    years.signed(job, "-120", JUNE, change=2)
    assert stands(client) == (770, 230, 0)


def test_credit_note_on_an_open_job(client, job):
    years.signed(job, "300", MAY)
    years.billed(job, "120", MAY.date())
    years.billed(job, "-20", JUNE.date())
    assert stands(client) == (700, 200, 100)


def test_credit_note_on_a_closed_job(client, job):
    years.signed(job, "300", MAY)
    years.billed(job, "300", MAY.date())
    years.ends(job, "closed", JUNE)
    years.billed(job, "-20", JUNE.date())
    assert stands(client) == (720, 0, 280)


@pytest.mark.parametrize("end", ["closed", "cancelled"])
def test_job_ended_under_billed(client, job, end):
    years.signed(job, "300", MAY)
    years.billed(job, "120", MAY.date())
    years.ends(job, end, JUNE)
    assert stands(client) == (880, 0, 120)
    assert stands(client, when("2026-06-10 15:29")) == (700, 180, 120)


def test_closed_and_opened_again(client, job):
    years.signed(job, "300", MAY)
    years.ends(job, "closed", MAY)
    years.ends(job, "active", JUNE)
    assert stands(client, when("2026-06-10 15:29")) == (1000, 0, 0)
    assert stands(client) == (700, 300, 0)


def test_estimate_superseded(client, job):
    old = years.signed(job, "300", MAY)
    change = years.signed(job, "50", MAY, change=1)
    for paper in (old, change):
        years.rewrite(paper, state="superseded", superseded_at=JUNE)
    years.signed(job, "420", JUNE, revision=2)
    assert stands(client, when("2026-06-10 15:29")) == (650, 350, 0)
    assert stands(client, JUNE) == (580, 420, 0)


def test_budget_in_a_new_version(client, job):
    years.signed(job, "300", MAY)
    years.make_version(client, 2, JUNE, production="1500")
    assert stands(client, when("2026-06-10 15:29")) == (700, 300, 0)
    assert stands(client, JUNE) == (1200, 300, 0)


def test_commission_of_the_media_owner_is_no_part(client, job):
    years.signed(job, "300", MAY)
    years.billed(job, "120", JUNE.date(), in_budget=False)
    assert stands(client) == (700, 300, 0)


def test_invoice_of_the_media_owner_counts(client, job):
    plan = years.job_of(client, kind="media")
    years.plan_signed(plan, MAY, [(date(2026, 6, 1), "400")])
    years.billed(plan, "150", JUNE.date(), kind="media", issuer="media_owner")
    assert stands(client, category="media") == (600, 250, 150)


def test_plan_split_by_month_into_fiscal_years(client):
    job = years.job_of(client, kind="media")
    lines = [(date(2026, 12, 1), "400"), (date(2027, 1, 1), "250")]
    years.plan_signed(job, MAY, lines)
    assert stands(client, category="media") == (600, 400, 0)
    assert stands(client, category="media", year=2027) == (-250, 250, 0)


def test_fee_of_the_months_covered(client):
    job = years.job_of(client, kind="fee")
    make_contract(
        client, monthly_fee=D("20"), starts_on=date(2026, 3, 1), ends_on=date(2026, 12, 15)
    )
    years.billed(job, "20", JUNE.date(), kind="fee")
    assert stands(client, category="fee") == (800, 180, 20)


def test_fee_is_borne_by_one_job(client):
    first, second = (years.job_of(client, kind="fee") for _number in range(2))
    make_contract(client, monthly_fee=D("20"), starts_on=date(2026, 1, 1))
    assert stands(client, category="fee") == (760, 240, 0)
    years.ends(first, "cancelled", JUNE)
    assert stands(client, category="fee") == (760, 240, 0)
    rows = standing_jobs(client, 2026, JULY, "fee")
    assert [row.job.pk for row in rows if row.in_execution] == [second.pk]


@pytest.mark.rule("R36")
@pytest.mark.parametrize(
    ("column", "after"),
    [("billed", (990, 0, 10)), ("in_execution", (990, 10, 0)), ("budget", (1010, 0, 0))],
)
def test_adjustment_from_its_report_on(client, column, after):
    adjust(client, column, signed=True)
    assert stands(client, when("2026-06-30 23:59")) == (1000, 0, 0)
    assert stands(client) == after == stands(client, when("2026-12-31 12:00"))
    assert stands(client, year=2027)[1:] == (0, 0)


def test_adjustment_unsigned_counts_not(client):
    adjust(client, "billed", signed=False)
    assert stands(client) == (1000, 0, 0)


def adjust(client, column, signed):
    ae = client.assignments.get(role="ae").user
    report = MonthlyReport.objects.create(
        client=client, budget=client.budgets.get(), month=date(2026, 6, 1),
        due_at=JULY, cutoff_at=JULY,
    )  # fmt: skip
    sign = {"signed_by": make_user(role="am"), "signed_at": JULY} if signed else {}
    Adjustment.objects.create(
        report=report, category="production", column=column, amount=D("10"),
        reason="Counted twice in June", by=ae, **sign,
    )  # fmt: skip


def test_paper_refused_waits_no_more(client, job):
    paper = years.unsigned(job, "300", "sent", MAY)
    paper.approvals.create(
        step="client", decision="refused", contact=client.contacts.first(), at=JUNE,
        reason="Too dear", data_sha256="0" * 64,
    )  # fmt: skip
    years.rewrite(paper, state="refused")
    assert standing(client, 2026, when("2026-06-10 15:29"))[0].awaiting == 300
    assert standing(client, 2026, JUNE)[0].awaiting == 0
