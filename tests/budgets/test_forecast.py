"""Income forecast of a fiscal year: each source in its month at its chance (6.5), to the cent."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from budgets.models import MediaPlan
from budgets.reports.forecast import forecast, forecasts
from tests.archives.papers import make_document
from tests.budgets import make, owed
from tests.builders import from_kept, make_client, make_contract, make_user
from tests.jobs.make import NOW, make_estimate, make_job, pass_to

ae, client, job, media = from_kept("ae", "client", "job", "media")
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
PLAN = [
    {"runs": 20, "unit_gross": D("18000"), "discount_rate": D("0.45")},
    {"runs": 4, "unit_gross": D("86500"), "discount_rate": D("0.325")},
    {"runs": 90, "unit_gross": D("1280.50"), "discount_rate": D("0.5")},
]


def make_kept():
    ae = make_user()
    client = make_client("LM", team=[ae])
    make_document(client)  # the store knows its site from now on
    return {
        "ae": ae, "client": client, "job": make_job(client, ae, due_on=date(2026, 11, 30)),
        "media": make_job(client, ae, kind="media"),
    }  # fmt: skip


def offered(job, subtotal, cost, state="sent", **fields):
    subtotal = D(subtotal)
    sums = {"subtotal": subtotal, "net": subtotal, "total": subtotal, "cost": D(cost), **fields}
    return pass_to(make_estimate(job, **sums), state)


def rows(client, source=None):
    found = forecast(client, 2026, NOW).rows
    return [(row.month, row.amount, str(row.chance.normalize()), row.weighted)
            for row in found if source in (None, row.source)]  # fmt: skip


def test_november_of_the_worked_example(client, job, media):
    make.sign_plan(make.make_plan(media, PLAN))
    offered(job, "121000.00", "100000.00")
    owed.chance(client, "80000.00", "0.3", "2026-11-01")
    make_contract(client, monthly_fee=D("20000.00"), starts_on=NOVEMBER, ends_on=date(2026, 11, 30))
    found = forecast(client, 2026, NOW)
    assert [row.weighted for row in found.rows] == [
        D("73375.88"), D("12600.00"), D("20000.00"), D("24000.00"),
    ]  # fmt: skip
    assert found.of_month(NOVEMBER) == found.total == D("129975.88")
    assert found.full == D("194375.88")


# --- media ---------------------------------------------------------------------------------------


def test_media_income_lies_in_the_months_of_the_lines(media):
    lines = [{"month": NOVEMBER}, {"month": DECEMBER, "unit_gross": D("333.33")}]
    make.sign_plan(make.make_plan(media, lines, service_fee_rate=D("0.03")))
    assert rows(media.client) == [
        (NOVEMBER, D("180.00"), "1", D("180.00")), (DECEMBER, D("60.00"), "1", D("60.00")),
    ]  # fmt: skip


def test_new_version_adds_what_it_changes(media):
    make.sign_plan(make.make_plan(media, [{"month": NOVEMBER}]))
    make.make_plan(media, [{"month": DECEMBER, "unit_gross": D("3000")}], revision=2)
    assert rows(media.client) == [
        (NOVEMBER, D("150.00"), "1", D("150.00")), (NOVEMBER, D("-150.00"), "0.2", D("-30.00")),
        (DECEMBER, D("450.00"), "0.2", D("90.00")),
    ]  # fmt: skip


def test_replaced_plans_and_cancelled_jobs_are_gone(media, ae):
    make.sign_plan(make.make_plan(media, [{"month": NOVEMBER}]))
    MediaPlan.objects.update(state="superseded", superseded_at=NOW)
    lost = make_job(media.client, ae, kind="media", state="cancelled")
    make.sign_plan(make.make_plan(lost, [{"month": NOVEMBER}]))
    assert rows(media.client) == []


# --- production ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "chance"),
    [("draft", "0.2"), ("submitted", "0.2"), ("manager_ok", "0.2"), ("approved", "0.4"),
     ("sent", "0.6"), ("signed", "1")],
)  # fmt: skip
def test_standard_chances(job, state, chance):
    offered(job, "1000.00", "800.00", state)
    full = D("200.00")
    assert rows(job.client) == [(NOVEMBER, full, chance, full * D(chance))]


def test_signed_counts_with_its_unbilled_part_at_its_margin(job):
    offered(job, "1000.00", "700.00", "signed")
    invoice = make.make_invoice(job, "333.33", state="issued")
    assert rows(job.client)[0][1] == D("200.00")
    owed.credit(invoice, "33.33", "2026-11-19")
    assert rows(job.client)[0][1] == D("210.00")
    make.make_invoice(job, "900.00", state="issued")
    assert rows(job.client) == []


def test_contingency_earns_nothing_and_change_orders_mix_in(job):
    offered(job, "1000.00", "800.00", "signed", contingency=D("50"), net=D("1050"), total=D("1050"))
    assert rows(job.client) == [(NOVEMBER, D("200.00"), "1", D("200.00"))]
    offered(job, "-100.00", "-40.00", "signed", change=1, number="LM/PE/2026/9/CO1")
    assert rows(job.client) == [(NOVEMBER, D("140.00"), "1", D("140.00"))]


def test_new_estimate_in_place_of_a_signed_one_adds_the_difference(job):
    old = offered(job, "1000.00", "800.00", "signed")
    offered(job, "1500.00", "1200.00", "draft", revision=2, supersedes=old)
    assert [row[1] for row in rows(job.client)] == [D("200.00"), D("100.00")]


@pytest.mark.parametrize("state", ["closed", "cancelled", "rejected"])
def test_ended_jobs_will_bring_nothing(client, ae, state):
    job = make_job(client, ae, state=state)
    make.make_signed(job, "100.00")
    make_estimate(job, subtotal=10, net=10, total=10, change=1)
    assert rows(client) == []


# --- the rest ------------------------------------------------------------------------------------


def test_fee_of_each_month_that_a_contract_covers(client):
    make_contract(client, monthly_fee=D("20.00"), starts_on=date(2026, 10, 2))
    assert [row[0] for row in rows(client, "fee")] == [NOVEMBER, DECEMBER]


def test_won_and_lost_opportunities_are_past(client):
    owed.chance(client, "80.00", "0.3", "2026-11-01", stage="won")
    owed.chance(client, "80.00", "0.3", "2026-11-01", stage="lost", closed_reason="Too dear")
    owed.chance(client, "0.15", "0.1", "2026-11-01", stage="offer")
    assert rows(client) == [(NOVEMBER, D("0.15"), "0.1", D("0.02"))]


def test_only_the_fiscal_year_counts(client, job):
    client.fiscal_start_month = 12
    owed.chance(client, "1.00", "1", "2026-11-01")
    owed.chance(client, "2.00", "1", "2026-12-01")
    assert forecast(client, 2026, NOW).total == D("2.00")
    assert forecast(client, 2025, NOW).total == D("1.00")


def test_from_a_month_to_the_end_of_the_year(client):
    for month in ("2026-10-01", "2026-11-01", "2026-12-01"):
        owed.chance(client, "1.00", "1", month)
    found = forecast(client, 2026, NOW)
    assert (found.from_month(NOVEMBER), found.cell(NOVEMBER, "opportunity")) == (D("2"), D("1"))
    assert (found.of_source("opportunity"), found.of_source("fee")) == (D("3"), D("0"))


def test_signed_after_the_instant_is_not_yet_signed(job):
    offered(job, "1000.00", "800.00", "signed")
    assert forecast(job.client, 2026, NOW - timedelta(seconds=1)).rows == []


def test_thirty_clients_cost_what_one_costs(ae, django_assert_num_queries):
    clients = [make_client(team=[ae]) for _number in range(30)]
    for client in clients:
        make.sign_plan(make.make_plan(make_job(client, ae, kind="media"), [{"month": NOVEMBER}]))
        offered(make_job(client, ae), "10.00", "5.00", "signed")
        owed.chance(client, "1.00", "1", "2026-12-01")
    with django_assert_num_queries(6):
        found = forecasts(clients, dict.fromkeys(clients, 2026), NOW)
    assert [row.total for row in found] == [D("156.00")] * 30
