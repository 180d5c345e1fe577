"""Every figure opens its list, and the list sums to the figure to the cent (R36)."""

from datetime import date
from decimal import Decimal as D

import pytest

from budgets.reports.standing import book_of, frozen, standing, thawed
from budgets.reports.standing_lists import LISTS, entries, overdue
from budgets.years import cutoff
from tests.budgets import years
from tests.budgets.test_standing_events import adjust
from tests.builders import from_kept, make_client, make_contract, make_user, when

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R36")]
client, job = from_kept("client", "job")
JULY = when("2026-07-01 00:00")


def make_kept():
    """A year in which everything has happened by the end of June."""
    client = make_client(team=[make_user(role="ae")])
    years.make_year(client, production="1000.00", media="1000.00", fee="240.00")
    job = years.job_of(client)
    years.signed(job, "300.10", when("2026-05-04 10:00"))
    years.unsigned(years.job_of(client), "77.00", "sent", when("2026-05-04 10:00"))
    years.unsigned(years.job_of(client), "66.00", "draft", when("2026-05-04 10:00"))
    years.billed(job, "120.05", date(2026, 5, 31))
    years.billed(job, "-20.00", date(2026, 6, 30))
    plan = [(date(2026, 6, 1), "90"), (date(2026, 7, 1), "60")]
    years.plan_signed(years.job_of(client, kind="media"), when("2026-05-05 10:00"), plan)
    years.job_of(client, kind="fee")
    make_contract(client, monthly_fee=D("20"))
    adjust(client, "billed", signed=True)
    return {"client": client, "job": job}


def total(rows):
    return sum(row.amount for row in rows)


@pytest.mark.parametrize("column", LISTS)
def test_list_sums_to_the_figure(client, column):
    book = book_of(client, 2026)
    for row in book.rows(JULY):
        assert total(entries(book, column, JULY, row.category)) == getattr(row, column)
    everything = total(entries(book, column, JULY))
    assert everything == sum(getattr(row, column) for row in book.rows(JULY))


def test_billed_names_its_papers(client, job):
    rows = entries(book_of(client, 2026), "billed", JULY, "production")
    found = [(row.amount, row.day, row.job) for row in rows]
    assert found == [
        (D("120.05"), date(2026, 5, 31), job),
        (D("-20.00"), date(2026, 6, 30), job),
        (D("10.00"), date(2026, 7, 1), None),
    ]
    assert rows[2].note == "Counted twice in June"


def test_a_month_alone(client):
    book, end_of_may = book_of(client, 2026), cutoff(client, date(2026, 5, 1))
    rows = entries(book, "billed", JULY, "production", since=end_of_may)
    assert [row.amount for row in rows] == [D("-20.00"), D("10.00")]
    turned = entries(book, "in_execution", JULY, "production", since=end_of_may)
    before, after = (book.rows(at)[0].in_execution for at in (end_of_may, JULY))
    assert total(turned) == after - before


def test_unexecuted_is_budget_less_papers(client):
    rows = entries(book_of(client, 2026), "unexecuted", JULY, "media")
    assert [row.amount for row in rows] == [D("1000.00"), D("-150.00")]


def test_signed_by_medium_and_month(client):
    book = book_of(client, 2026)
    rows = entries(book, "signed", JULY, "media", month=date(2026, 6, 1), medium="tv")
    assert [row.amount for row in rows] == [D("90.00")]
    assert entries(book, "signed", JULY, "media", medium="radio") == []


def test_overdue_by_the_clients_day(client):
    years.rewrite(client.invoices.order_by("pk").first(), due_on=date(2026, 6, 30))
    book = book_of(client, 2026)
    assert overdue(book, when("2026-06-30 23:59")) == []
    (entry,) = overdue(book, when("2026-07-01 00:00"))
    assert entry.amount == D("127.25")


def test_credit_note_is_never_overdue(client):
    job = client.invoices.order_by("pk").first().job
    note = years.billed(job, "-1.00", date(2026, 6, 1), due_on=None)
    assert note.number not in [entry.label for entry in overdue(book_of(client, 2026), JULY)]


def test_frozen_rows_come_back(client):
    rows = standing(client, 2026, JULY)
    assert thawed(frozen(rows)) == rows
