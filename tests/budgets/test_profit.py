"""Income and contribution of a client by month (6.7, R88), to the cent."""

from datetime import date
from decimal import Decimal as D

import pytest

from budgets.reports.profit import Contribution, contribution, monthly, months_between
from tests.archives.papers import make_document
from tests.budgets import owed
from tests.builders import from_kept, make_client, make_user
from tests.jobs.make import make_job

job, ae = from_kept("job", "ae")
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))


def make_kept():
    ae = make_user()
    account = make_client("LM", team=[ae])
    make_document(account)  # the store knows its site from now on
    return {"ae": ae, "job": make_job(account, ae)}


def of(job, start=OCTOBER[0], end=OCTOBER[1]):
    return contribution(job.client, start, end)


@pytest.mark.rule("R88")
def test_worked_example(job):
    owed.bill(job, "502400.00", "2026-10-08", cost=D("320000.00"))
    owed.spend(job.client, "6350.00", "2026-10-12")
    owed.cost(job.client, "121000.00", "2026-10-01")
    found = of(job)
    assert (found.income, found.amount) == (D("182400.00"), D("55050.00"))
    assert f"{found.share:.3f}" == "0.302"
    assert not found.lacks_staff


def test_income_is_by_day_of_issue_less_third_party_cost_and_credits(job):
    invoice = owed.bill(job, "1000.00", "2026-10-01", cost=D("700.00"))
    owed.bill(job, "50.00", "2026-10-31")
    owed.bill(job, "9999.00", "2026-09-30")
    owed.bill(job, "9999.00", "2026-11-01")
    owed.credit(invoice, "100.00", "2026-10-15", cost=D("-70.00"))
    assert of(job).income == D("320.00")


def test_media_owners_invoices_earn_nothing_but_commission_outside_the_budget_does(job):
    owed.bill(job, "5000.00", "2026-10-05", issuer="media_owner", kind="media")
    owed.bill(job, "750.00", "2026-10-05", kind="commission", in_budget=False)
    assert of(job).income == D("750.00")


def test_only_booked_expenses_of_the_days_count(job):
    owed.spend(job.client, "10.00", "2026-10-31")
    owed.spend(job.client, "20.00", "2026-11-01")
    owed.spend(job.client, "40.00", "2026-10-05", state="spent")
    assert of(job).expenses == D("10.00")


def test_blank_staff_cost_is_said_and_a_zero_is_none(job):
    owed.cost(job.client, "30.00", "2026-10-01", kind="other")
    assert of(job).lacks_staff
    assert of(job).amount == D("-30.00")
    owed.cost(job.client, "0.00", "2026-10-01")
    assert not of(job).lacks_staff


def test_a_year_lacks_staff_cost_when_one_month_does(job):
    owed.cost(job.client, "100.00", "2026-10-01")
    found = of(job, date(2026, 9, 1))
    assert (found.staff, found.months, found.staffed) == (D("100.00"), 2, 1)
    assert found.lacks_staff


@pytest.mark.parametrize(
    ("income", "cost", "low"),
    [
        ("100.00", "90.00", False), ("100.00", "90.01", True), ("0.00", "0.00", False),
        ("0.00", "0.01", True), ("-10.00", "0.00", True),
    ],
)  # fmt: skip
def test_low_is_below_ten_percent_of_income(income, cost, low):
    assert Contribution(income=D(income), staff=D(cost)).is_low is low


def test_share_of_nothing_is_unknown():
    assert Contribution(expenses=D("5.00")).share is None


def test_months_of_days():
    months = months_between(date(2026, 11, 20), date(2027, 1, 1))
    assert months == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]


def test_thirty_clients_and_twelve_months_in_two_queries(ae, django_assert_num_queries):
    clients = [make_client(team=[ae]) for _number in range(30)]
    owed.bill(make_job(clients[7], ae), "12.00", "2026-03-03")
    with django_assert_num_queries(2):
        rows = monthly(clients, date(2026, 1, 1), date(2026, 12, 31))
    assert len(rows[clients[0].pk]) == 12
    assert rows[clients[7].pk][2].income == D("12.00")
