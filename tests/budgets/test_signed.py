"""What is signed and what is billed of a job (6.3), to the cent and the instant."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest

from budgets.models import Invoice
from budgets.reports.signed import billed_net, billed_nets, signed_net, signed_nets
from tests.budgets import make
from tests.builders import make_client, make_contract, when
from tests.jobs.make import NOW, make_estimate, make_job, pass_to

pytestmark = pytest.mark.django_db
INSTANT = timedelta(microseconds=1)
YEAR = make.YEAR


@pytest.fixture
def job(ae):
    return make_job(make_client(team=[ae]), ae)


@pytest.fixture
def media(ae):
    return make_job(make_client(team=[ae], fiscal_start_month=11), ae, kind="media")


@pytest.fixture
def fee(ae):
    return make_job(make_client(team=[ae]), ae, kind="fee")


def test_base_and_change_orders_count_from_their_signature(job):
    make.make_signed(job, "450000.00")
    make.make_signed(job, "38500.50", change=1)
    make.make_signed(job, "-8000.00", change=2)
    assert signed_net(job, NOW) == D("480500.50")
    assert signed_net(job, NOW - INSTANT) == 0


def test_superseded_gives_way_at_its_instant(job):
    old = make.make_signed(job, "100.00")
    type(old).objects.update(state="superseded", superseded_at=NOW + INSTANT)
    make.make_signed(job, "130.00", revision=2, supersedes=old, number=old.number)
    type(old).objects.filter(revision=2).update(signed_at=NOW + INSTANT)
    assert signed_net(job, NOW) == D("100.00")
    assert signed_net(job, NOW + INSTANT) == D("130.00")


def test_drafts_and_sent_ones_are_not_signed(job):
    pass_to(make_estimate(job, subtotal=100, net=100, total=100), "sent")
    make_estimate(job, subtotal=40, net=40, total=40, change=1)
    assert signed_net(job, NOW) == 0


def test_media_plan_goes_by_the_months_of_its_lines(media):
    lines = [
        {"unit_gross": D("1000"), "month": date(YEAR, 10, 1)},
        {"unit_gross": D("333.33"), "month": date(YEAR, 11, 1)},
    ]
    make.sign_plan(make.make_plan(media, lines, mode="on_top", service_fee_rate=D("0.03")))
    assert signed_nets([media], NOW)[media.pk] == {YEAR - 1: D("1180.00"), YEAR: D("393.33")}
    assert signed_net(media, NOW) == media.media_plans.get().client_net


def test_commission_included_is_no_part_of_what_is_signed(media):
    make.sign_plan(make.make_plan(media, [{"unit_gross": D("1000")}]))
    assert signed_net(media, NOW) == D("1000.00")


def test_fee_counts_months_whose_first_day_the_contract_covers(fee):
    make_contract(
        fee.client, kind="retainer", monthly_fee=D("20000.00"),
        starts_on=date(YEAR, 3, 2), ends_on=date(YEAR, 9, 1),
    )  # fmt: skip
    assert signed_nets([fee], NOW)[fee.pk] == {YEAR: D("120000.00")}


def test_of_two_contracts_the_later_pays_the_month(fee):
    make_contract(fee.client, monthly_fee=D("10.00"), starts_on=date(YEAR - 2, 1, 1))
    make_contract(fee.client, monthly_fee=D("30.00"), starts_on=date(YEAR, 12, 1))
    assert signed_net(fee, NOW) == D("140.00")


def test_second_fee_job_of_a_year_bears_no_fee(fee, ae):
    make_contract(fee.client, monthly_fee=D("10.00"))
    other = make_job(fee.client, ae, kind="fee")
    assert (signed_net(fee, NOW), signed_net(other, NOW)) == (D("120.00"), 0)


def test_billed_is_net_and_takes_credits_off(job):
    sound = make.make_invoice(job, "3518450.25", state="issued")
    make.make_invoice(job, "-22300.00", state="issued", kind="credit", credits=sound)
    make.make_invoice(job, "500.00")
    make.make_invoice(job, "70.00", state="void", void_reason="Typed twice by mistake")
    make.make_invoice(job, "900.00", state="issued", in_budget=False)
    assert billed_net(job, NOW) == D("3496150.25")


def test_media_owners_own_invoice_counts_as_billed(job):
    make.make_invoice(job, "40.00", state="issued", issuer="media_owner")
    assert billed_net(job, NOW) == D("40.00")


def test_cut_off_of_a_month_holds_its_last_day_only(job):
    make.make_invoice(job, "1.00", state="issued", issued_on=date(YEAR, 10, 31))
    make.make_invoice(job, "2.00", state="issued", issued_on=date(YEAR, 11, 1))
    over = when(f"{YEAR}-11-01 00:00")
    assert billed_net(job, over) == D("1.00")
    assert billed_net(job, over + INSTANT) == D("3.00")


def test_billed_goes_by_budget_year(job):
    make.make_invoice(job, "1.00", state="issued")
    make.make_invoice(job, "2.00", state="paid", budget_year=YEAR + 1)
    assert billed_nets([job], NOW)[job.pk] == {YEAR: D("1.00"), YEAR + 1: D("2.00")}
    assert Invoice.objects.out().count() == 2


def test_number_of_questions_does_not_grow(job, ae, django_assert_num_queries):
    jobs = [job, *(make_job(job.client, ae) for _ in range(4))]
    with django_assert_num_queries(2):
        signed_nets(jobs, NOW)
        billed_nets(jobs, NOW)
