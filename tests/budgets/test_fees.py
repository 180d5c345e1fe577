"""What was agreed of a monthly fee, at a closed month's cut-off and in the running one (6.3)."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from accounts.services import archive_contract, update_contract
from budgets.reports import fees, signed
from budgets.reports.forecast import forecast
from budgets.reports.proof import findings, year_faults
from budgets.reports.standing import book_of, standing
from budgets.services.invoice_sources import propose
from tests.budgets import years
from tests.builders import from_kept, make_client, make_contract, make_user, when

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R33")]
client, job, contract = from_kept("client", "job", "contract")
MAY_ENDED, JUNE_ENDED = when("2026-06-01 00:00"), when("2026-07-01 00:00")
CHANGED, NOW = when("2026-06-10 09:00"), when("2026-11-20 12:00")
INSTANT = timedelta(microseconds=1)


def make_kept():
    """A client with a fee job and a contract of 20.00 a month since January."""
    client = make_client(team=[make_user(role="ae")])
    years.make_year(client, fee="1000")
    job = years.job_of(client, kind="fee")
    contract = make_contract(client, monthly_fee=D("20"), starts_on=date(2026, 1, 1))
    return {"client": client, "job": job, "contract": contract}


def change(contract, at=CHANGED, **fields):
    update_contract(contract=contract, by=None, at=at, **fields)


def archive(contract):
    archive_contract(contract=contract, reason="Replaced by a new one.", by=None, at=CHANGED)


def stood(job, at):
    """Of the fee in execution at the instant; the job alone, read another way, says the same."""
    figure = standing(job.client, 2026, at)[2].in_execution
    assert signed.signed_net(job, at) == figure
    return figure


@pytest.mark.parametrize(
    ("fields", "after"),
    [
        ({"monthly_fee": D("30")}, "360"),
        ({"monthly_fee": D("0")}, "0"),
        ({"ends_on": date(2026, 8, 31)}, "160"),
        ({"ends_on": date(2026, 2, 28)}, "40"),
        ({"starts_on": date(2026, 3, 1)}, "200"),
    ],
)
def test_changed_terms_are_made_good_in_the_running_month(job, contract, fields, after):
    change(contract, **fields)
    assert stood(job, MAY_ENDED) == D("240")
    assert (stood(job, JUNE_ENDED), stood(job, NOW)) == (D(after), D(after))


def test_archived_contract_still_stands_in_the_closed_months(job, contract):
    archive(contract)
    assert (stood(job, MAY_ENDED), stood(job, JUNE_ENDED)) == (D("240"), 0)


def test_change_counts_from_its_instant(job, contract):
    change(contract, monthly_fee=D("30"))
    assert (stood(job, CHANGED - INSTANT), stood(job, CHANGED)) == (D("240"), D("360"))


def test_each_change_leaves_the_cut_offs_before_it(client, job, contract):
    change(contract, monthly_fee=D("0"))
    change(contract, when("2026-08-01 00:00"), monthly_fee=D("30"))
    change(contract, when("2026-10-31 23:59"), ends_on=date(2026, 12, 1))
    change(contract, when("2026-10-31 23:59"), ends_on=date(2026, 10, 31))
    series = [rows[2].in_execution for _month, rows in book_of(client, 2026).series(NOW)]
    assert series == [D(net) for net in [240] * 5 + [0] + [360] * 3 + [300] * 2]


def test_contract_of_before_pays_what_the_newer_gives_up(client, job):
    newer = make_contract(client, monthly_fee=D("30"), starts_on=date(2026, 3, 1))
    change(newer, ends_on=date(2026, 4, 30))
    assert (stood(job, MAY_ENDED), stood(job, JUNE_ENDED)) == (D("340"), D("260"))


def test_months_that_a_change_leaves_as_they_are_keep_their_instant(client, contract):
    change(contract, ends_on=date(2026, 12, 31))
    change(contract, NOW, ends_on=date(2026, 11, 30))
    papers = book_of(client, 2026).papers
    found = {(row.signed_at, row.superseded_at) for row in papers}
    assert found == {(contract.created_at, None), (contract.created_at, NOW)}
    assert [row.month.month for row in papers if row.superseded_at] == [12]


def test_all_adds_up_after_every_change(client, job, contract):
    years.billed(job, "20", date(2026, 5, 25), kind="fee")
    change(contract, monthly_fee=D("30"))
    archive(contract)
    faults = [year_faults(book_of(client, 2026), at) for at in (MAY_ENDED, CHANGED, NOW)]
    assert [list(found) for found in faults] == [[], [], []]
    assert list(findings(NOW)) == []


def test_forecast_takes_what_was_agreed_at_its_instant(client, contract):
    change(contract, monthly_fee=D("30"), ends_on=date(2026, 8, 31))
    sums = [forecast(client, 2026, at).of_source("fee") for at in (MAY_ENDED, NOW)]
    assert sums == [D("240"), D("240")]
    rows = forecast(client, 2026, NOW).rows
    assert {(row.amount, row.label) for row in rows} == {(D("30"), str(contract))}


def test_fee_is_billed_by_the_terms_of_now(job, contract):
    change(contract, monthly_fee=D("30"))
    assert {part.net for part in propose(job, NOW)} == {D("30")}


def test_all_there_ever_was_is_one_question(client, contract, django_assert_num_queries):
    other = make_contract(client, monthly_fee=D("50"), starts_on=date(2026, 9, 1))
    for fee in ("0", "30"):
        change(contract, monthly_fee=D(fee))
    archive(other)
    with django_assert_num_queries(1):
        found = fees.agreed_fees([client.pk])[client.pk]
    assert [row.monthly_fee for row in found] == [D("50"), D("20"), D("30")]
