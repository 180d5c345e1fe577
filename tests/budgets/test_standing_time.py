"""Fiscal years from any month, ends of months in the client's zone, and the count of questions."""

from datetime import date
from decimal import Decimal as D

import pytest

from budgets.reports import signed
from budgets.reports.standing import book_of, standing, standings
from budgets.reports.standing_year import year_at
from budgets.years import cutoff, months_of
from tests.budgets import years
from tests.builders import make_client, make_contract, make_user, when

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R33")]


@pytest.fixture
def april(ae):
    """A client whose fiscal year begins in April."""
    client = make_client(team=[ae], fiscal_start_month=4)
    years.make_year(client, 2027, when("2027-04-01 09:00"), production="1200")
    return client


def production(client, year, at):
    return standing(client, year, at)[0]


def test_year_from_april(april):
    assert year_at(april, when("2028-03-31 12:00")) == 2027
    assert year_at(april, when("2028-04-01 00:00")) == 2027
    assert year_at(april, when("2028-04-01 00:01")) == 2028


def test_planned_from_april(april):
    row = production(april, 2027, when("2027-06-30 12:00"))
    assert (row.planned, row.pace, row.pace_word) == (D("300.00"), D("0.0"), "behind")


def test_29_february(april):
    job = years.job_of(april, budget_year=2027, at=when("2027-04-02 10:00"))
    years.signed(job, "100", when("2028-02-29 23:59:59"))
    february, march = (book_of(april, 2027).series(when("2028-04-01 00:00"))[n] for n in (10, 11))
    assert february[0] == date(2028, 2, 1)
    assert (february[1][0].in_execution, march[1][0].in_execution) == (100, 100)
    assert production(april, 2027, when("2028-02-29 23:59:58")).in_execution == 0


def test_next_year_is_apart(april):
    job = years.job_of(april, budget_year=2028)
    years.signed(job, "100", when("2028-03-31 10:00"))
    assert production(april, 2027, when("2028-04-01 00:00")).in_execution == 0
    assert production(april, 2028, when("2028-04-01 00:00")).in_execution == 100


def test_month_ends_in_the_clients_zone(ae):
    client = make_client(team=[ae], timezone="Europe/Berlin")
    years.make_year(client, production="1000")
    job = years.job_of(client)
    # 23:59 of 31 October in Berlin is already 1 November in Shanghai.
    years.signed(job, "100", when("2026-11-01 06:59"))
    end = cutoff(client, date(2026, 10, 1))
    assert end == when("2026-11-01 07:00")
    assert production(client, 2026, end).in_execution == 100
    years.billed(job, "40", date(2026, 11, 1))
    assert production(client, 2026, end).billed == 0
    assert production(client, 2026, when("2026-11-01 07:01")).billed == 40


def test_pace_at_its_edges(ae):
    client = make_client(team=[ae])
    years.make_year(client, production="1200.00")
    job = years.job_of(client)
    words = []
    for number, net in enumerate(["79.99", "0.01", "30.00", "0.01"]):
        years.signed(job, net, change=number)
        words.append(production(client, 2026, when("2026-01-31 10:00")).pace_word)
    assert words == ["behind", "on", "on", "ahead"]


def test_pace_without_plan(ae):
    client = make_client(team=[ae])
    years.make_year(client, production="0.00")
    row = production(client, 2026, when("2026-02-01 10:00"))
    assert (row.pace, row.pace_word, row.is_over) == (None, "", False)


def test_client_without_budget_is_not_over(ae):
    client = make_client(team=[ae])
    years.signed(years.job_of(client), "10")
    row = production(client, 2026, years.CUTOFF)
    assert (row.unexecuted, row.is_over) == (-10, False)


def lively(number):
    """A client with something in every table."""
    client = make_client(team=[make_user(role="ae")], fiscal_start_month=1 + number % 2)
    years.make_year(client, production="1000", media="1000", fee="1000")
    for kind in ("production", "fee"):
        job = years.job_of(client, kind=kind)
    years.billed(job, "20", date(2026, 6, 1), kind="fee")
    return client


@pytest.mark.parametrize("size", [1, 3, 30])
def test_eight_questions_for_any_number_of_clients(size, django_assert_num_queries):
    clients = [lively(number) for number in range(size)]
    with django_assert_num_queries(8):
        found = standings(clients, years.CUTOFF)
    assert len(found) == size


def test_agrees_with_what_jobs_are_asked_singly(ae):
    client = make_client(team=[ae])
    years.make_year(client, production="1000", media="1000")
    job, plan = years.job_of(client), years.job_of(client, kind="media")
    old = years.signed(job, "300", when("2026-03-01 10:00"))
    years.rewrite(old, state="superseded", superseded_at=when("2026-05-01 10:00"))
    years.signed(job, "420", when("2026-05-01 10:00"), revision=2)
    years.plan_signed(plan, when("2026-04-01 10:00"), [(date(2026, 6, 1), "90")])
    years.billed(job, "120", date(2026, 6, 30))
    years.billed(job, "-20", date(2026, 7, 1))
    book = book_of(client, 2026)
    for month in months_of(client, 2026):
        at = cutoff(client, month)
        rows = {row.job.pk: row for row in book.job_rows(at)}
        for one in (job, plan):
            row = rows.get(one.pk)
            assert signed.signed_net(one, at) == (row.signed if row else 0)
            assert signed.billed_net(one, at) == (row.billed if row else 0)


# --- contracts entered late (6.3) ---------------------------------------------------------------

MAY_ENDED, JUNE_ENDED = when("2026-06-01 00:00"), when("2026-07-01 00:00")


def fee_at(client, at):
    return standing(client, 2026, at)[2].in_execution


@pytest.fixture
def retained(ae):
    """A client with a fee job and a contract of 20.00 a month since January."""
    client = make_client(team=[ae])
    years.make_year(client, fee="1000")
    client.fee_job = years.job_of(client, kind="fee")
    make_contract(client, monthly_fee=D("20"), starts_on=date(2026, 1, 1))
    return client


def test_contract_entered_late_is_made_good_in_the_running_month(retained):
    fields = {"monthly_fee": D("30"), "starts_on": date(2026, 3, 1)}
    assert fee_at(retained, MAY_ENDED) == D("240")
    make_contract(retained, created_at=when("2026-06-10 09:00"), **fields)
    assert fee_at(retained, MAY_ENDED) == D("240")
    assert fee_at(retained, JUNE_ENDED) == D("340")
    assert signed.signed_net(retained.fee_job, MAY_ENDED) == D("240")
    assert signed.signed_net(retained.fee_job, JUNE_ENDED) == D("340")


def test_older_contract_entered_after_the_newer_takes_only_months_that_are_free(retained):
    entered = when("2026-06-10 09:00")
    make_contract(retained, monthly_fee=D("99"), starts_on=date(2025, 12, 1), created_at=entered)
    assert (fee_at(retained, MAY_ENDED), fee_at(retained, JUNE_ENDED)) == (D("240"), D("240"))
