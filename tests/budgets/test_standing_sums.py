"""Figures summed in the database for many clients are those of each client's own papers."""

from datetime import date
from decimal import Decimal as D

import pytest

from accounts.services import update_contract
from budgets.reports.standing import book_of
from budgets.reports.standing_cause import read_causes
from budgets.reports.standing_lists import overdue
from budgets.reports.standing_sums import read_sums
from tests.budgets import years
from tests.builders import from_kept, make_client, make_contract, make_user, when
from tests.jobs.make import make_job

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R33")]
client, april = from_kept("client", "april")
MAY, JUNE = when("2026-05-04 10:00"), when("2026-06-10 15:30")
NOW = when("2026-11-20 12:00")


def make_kept():
    """A calendar year and one from April elsewhere; papers over the months, all that may befall."""
    ae = make_user(role="ae")
    client = make_client(team=[ae])
    april = make_client(team=[ae], fiscal_start_month=4, timezone="America/New_York")
    for row in (client, april):
        years.make_year(row, production="900", media="500", fee="360")
        fill(row)
    return {"client": client, "april": april}


def fill(client):
    job, ended = years.job_of(client, at=MAY), years.job_of(client, at=MAY)
    years.signed(job, "700", MAY, superseded_at=JUNE)
    years.dated(years.signed(job, "800", JUNE, change=1), JUNE, signed_at=JUNE)
    years.billed(job, "500", date(2026, 6, 30))
    years.billed(job, "-60", date(2026, 7, 1))
    years.signed(ended, "300", MAY)
    years.ends(ended, "closed", when("2026-08-31 23:59"))
    years.signed(make_job(client, job.ae), "45", MAY)
    years.unsigned(years.job_of(client), "70", "sent", JUNE)
    lines = [(date(2026, month, 1), "90") for month in (3, 6, 9)]
    years.plan_signed(years.job_of(client, kind="media"), JUNE, lines)
    agree(client)
    fee = years.job_of(client, kind="fee", at=MAY)
    years.billed(fee, "30", date(2026, 7, 31), kind="fee")


def agree(client):
    """A fee that is raised after months have closed, and a later contract that ends early."""
    raised = make_contract(client, monthly_fee="30", starts_on=date(2026, 5, 1))
    ended = make_contract(client, monthly_fee="40", starts_on=date(2026, 9, 1))
    change = {"by": None, "contract": raised, "monthly_fee": D("33")}
    update_contract(at=when("2026-08-10 09:00"), **change)
    change = {"by": None, "contract": ended, "ends_on": date(2026, 10, 31)}
    update_contract(at=when("2026-10-12 09:00"), **change)


def summed(*clients, at):
    return read_sums(dict.fromkeys(clients, 2026), dict.fromkeys(clients, at))


@pytest.mark.parametrize("at", [MAY, JUNE, when("2026-07-01 00:00"), NOW])
def test_sums_are_those_of_the_papers_at_every_end_of_a_month(client, april, at):
    books = summed(client, april, at=at)
    for row in (client, april):
        book = book_of(row, 2026)
        assert books[row.pk].rows(at) == book.rows(at)
        assert books[row.pk].series(at) == book.series(at)


def test_something_stands_in_every_column(client):
    production, media, fee = summed(client, at=NOW)[client.pk].rows(NOW)
    assert (production.billed, production.awaiting) == (D("440"), D("70"))
    assert (media.in_execution, fee.in_execution) == (D("270"), D("248"))


def test_fee_of_closed_months_stands_as_it_was_agreed(client):
    series = summed(client, at=NOW)[client.pk].series(NOW)
    fees = [rows[2].committed for _month, rows in series]
    assert fees == [D("0")] * 4 + [D("280")] * 3 + [D("292")] * 2 + [D("278")] * 2


def test_overdue_is_the_sum_of_its_list(client):
    at = when("2027-01-05 10:00")
    listed = [row.amount for row in overdue(book_of(client, 2026), at)]
    late = [row.net for row in summed(client, at=at)[client.pk].owed if row.day < at.date()]
    assert sorted(late) == sorted(listed) != []


def test_signature_that_went_over_budget_is_known(client, april):
    for row in (client, april):
        years.signed(years.job_of(row), "200", when("2026-11-02 10:00"))
        years.signed(years.job_of(row), "1", when("2026-11-03 10:00"))
    books = summed(client, april, at=NOW)
    read_causes(list(books.values()))
    for row in (client, april):
        book = book_of(row, 2026)
        one, other = books[row.pk].cause(NOW, "production"), book.cause(NOW, "production")
        assert (one.pk, one.net, one.signed_at) == (other.pk, D("200"), other.signed_at)
        assert books[row.pk].cause(NOW, "media") is None is book.cause(NOW, "media")
