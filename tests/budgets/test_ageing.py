"""Receivables by age and DSO, to the cent and the day (6.6, R87)."""

from datetime import date
from decimal import Decimal as D

import pytest

from budgets.reports.ageing import ageing, ageing_on, bucket_of, by_currency, dso
from tests.archives.papers import make_document
from tests.budgets import owed
from tests.builders import from_kept, make_client, make_user, when
from tests.jobs.make import make_job

job, other, ae = from_kept("job", "other", "ae")
SEPTEMBER, OCTOBER = "2026-08-31", "2026-09-30"


def make_kept():
    ae = make_user()
    account, dear = make_client("LM", team=[ae]), make_client("YL", currency="EUR")
    make_document(account)  # the store knows its site from now on
    return {"ae": ae, "job": make_job(account, ae), "other": make_job(dear, ae)}


def row(job, day):
    found = ageing_on(date.fromisoformat(day), [job.client])
    return found[0] if found else None


def filled(job, day):
    return {name: amount for name, amount in row(job, day).buckets.items() if amount}


@pytest.mark.rule("R87")
@pytest.mark.parametrize(
    ("day", "bucket"),
    [
        ("2026-09-30", "not_due"), ("2026-10-01", "to_30"), ("2026-10-30", "to_30"),
        ("2026-10-31", "to_60"), ("2026-11-29", "to_60"), ("2026-11-30", "to_90"),
        ("2026-12-29", "to_90"), ("2026-12-30", "over_90"),
    ],
)  # fmt: skip
def test_invoice_due_end_of_september_ages(job, day, bucket):
    owed.bill(job, "1060.00", SEPTEMBER, OCTOBER)
    assert filled(job, day) == {bucket: D("1060.00")}


def test_buckets_meet_without_a_gap():
    days = (-400, 0, 1, 30, 31, 60, 61, 90, 91, 4000)
    assert [bucket_of(day) for day in days] == [
        "not_due", "not_due", "to_30", "to_30", "to_60", "to_60", "to_90", "to_90", "over_90",
        "over_90",
    ]  # fmt: skip


def test_amount_is_what_was_open_on_the_day(job):
    invoice = owed.bill(job, "1000.00", SEPTEMBER, OCTOBER)
    paid = owed.pay(invoice, "400.00", "2026-10-05")
    owed.credit(invoice, "100.50", "2026-10-07")
    owed.pay(invoice, "-400.00", "2026-10-09", reverses=paid, reason="Booked to the wrong invoice")
    days = ("2026-10-04", "2026-10-05", "2026-10-06", "2026-10-07", "2026-10-08", "2026-10-09")
    assert [str(row(job, day).total) for day in days] == [
        "1000.00", "600.00", "600.00", "499.50", "499.50", "899.50",
    ]  # fmt: skip


def test_wholly_paid_invoice_is_owed_until_the_day_before(job):
    owed.pay(owed.bill(job, "1000.00", SEPTEMBER, state="paid", paid=1000), "1000", "2026-10-05")
    assert row(job, "2026-10-04").total == D("1000.00")
    assert row(job, "2026-10-05").owed == []


def test_not_yet_issued_drafts_and_the_media_owners_count_nowhere(job):
    owed.bill(job, "10.00", "2026-10-02")
    owed.bill(job, "20.00", SEPTEMBER, issuer="media_owner")
    owed.make.make_invoice(job, "30.00")
    assert row(job, "2026-10-01") is None
    assert row(job, "2026-10-02").total == D("10.00")


def test_day_is_the_clients_own_and_midnight_belongs_to_the_day_before(job):
    owed.bill(job, "10.00", "2026-09-30")
    at = when("2026-10-01 00:00")
    assert ageing(at, [job.client])[0].day == date(2026, 9, 30)
    job.client.timezone = "Pacific/Auckland"
    assert ageing(at, [job.client])[0].owed[0].days == 1


def test_currencies_are_never_summed(job, other):
    owed.bill(job, "10.00", SEPTEMBER)
    owed.bill(other, "7.00", SEPTEMBER)
    rows = ageing_on(date(2026, 10, 1), [job.client, other.client])
    assert [(sums.currency, sums.total) for sums in by_currency(rows)] == [
        ("CNY", D("10.00")), ("EUR", D("7.00")),
    ]  # fmt: skip


# --- days sales outstanding ----------------------------------------------------------------------


def test_dso_of_the_worked_example():
    assert str(dso(D("612430.00"), D("1837290.00"))) == "30.0"
    assert str(dso(D("100.00"), D("900.50"))) == "10.0"
    assert dso(D("100.00"), D("0.00")) is None


def test_dso_looks_90_days_back_and_takes_credits_off(job):
    owed.bill(job, "300.00", "2026-07-02")
    owed.bill(job, "500.00", "2026-07-03")
    owed.credit(owed.bill(job, "500.00", "2026-09-01"), "100.00", "2026-09-02")
    found = row(job, "2026-09-30")
    assert (found.billed, found.total, str(found.dso)) == (D("900.00"), D("1200.00"), "120.0")
    assert row(job, "2026-12-31").dso is None


def test_what_was_paid_or_credited_later_was_open_on_the_day(job):
    paid = owed.bill(job, "300.00", "2026-07-02", state="paid")
    owed.pay(paid, "300.00", "2026-10-05")
    credited = owed.bill(job, "50.00", "2026-07-02", state="credited")
    owed.credit(credited, "50.00", "2026-10-02")
    assert row(job, "2026-09-30").total == D("350.00")
    assert row(job, "2026-10-02").total == D("300.00")
    assert ageing_on(date(2026, 10, 5), [job.client])[0].owed == []


def test_thirty_clients_cost_what_one_costs(ae, django_assert_num_queries):
    jobs = [make_job(make_client(team=[ae]), ae) for _number in range(30)]
    for place in jobs:
        owed.bill(place, "10.00", SEPTEMBER)
    with django_assert_num_queries(2):
        rows = ageing_on(date(2026, 10, 1), [place.client for place in jobs])
        assert {row.owed[0].invoice.job for row in rows} == set(jobs)
    assert len(rows) == 30
