"""What is offered for billing, in the corners: versions, owners, contracts, parts (6.2, 6.3)."""

from datetime import date
from decimal import Decimal as D

import pytest

from budgets.models import MediaPlan
from budgets.reports.signed import signed_net
from budgets.services.invoice_credit import credit_invoice
from budgets.services.invoice_sources import on_invoices, propose
from jobs.models import EstimateLine
from tests.budgets import make
from tests.budgets.desk_invoice import REASON, House
from tests.builders import make_contract
from tests.jobs.make import NOW, make_job, make_line, make_supplier

pytestmark = pytest.mark.django_db
YEAR = make.YEAR


@pytest.fixture
def house():
    return House()


def offered(house):
    return [(part.key.split(":")[0], part.rest) for part in propose(house.job, NOW)]


def fee_job(house, **contract):
    make_contract(house.client, **contract)
    house.job = make_job(house.client, house.ae, kind="fee")


# --- production ---------------------------------------------------------------------------------


def test_nothing_signed_offers_nothing(house):
    assert propose(house.job, NOW) == []
    assert (on_invoices(house.job), signed_net(house.job, NOW)) == (0, 0)


def test_options_that_were_not_chosen_are_not_offered(house):
    estimate = make.make_estimate(house.job, [{"price": D("10.00")}], subtotal=10, net=10, total=10)
    make_line(estimate, "Second motif", 2, price=D("5.00"), is_optional=True, chosen=False)
    make.pass_to(estimate, "signed")
    assert EstimateLine.objects.count() == 2
    assert offered(house) == [("line", D("10.00"))]


def test_each_line_keeps_its_own_vat(house):
    estimate = make.make_estimate(
        house.job, [{"price": D("10.00")}, {"price": D("20.00"), "vat_rate": D("0.13")}],
        subtotal=30, net=30, total=30,
    )  # fmt: skip
    make.pass_to(estimate, "signed")
    invoice = house.draft()
    assert (invoice.net, invoice.vat) == (D("30.00"), D("3.20"))


def test_contingency_is_cut_by_what_stands_outside_the_lines(house):
    house.signed("1100.00", contingency="100.00")
    make.make_invoice(house.job, "50.00", state="issued")
    assert offered(house) == [("line", D("1000.00")), ("contingency", D("50.00"))]


def test_credited_part_of_a_line_is_offered_again(house):
    house.signed()
    row = house.issued()
    amounts = {row.lines.get().pk: D("250.00")}
    credit_invoice(invoice=row, amounts=amounts, reason=REASON, by=house.finance, at=NOW)
    assert offered(house) == [("line", D("250.00"))]


# --- media --------------------------------------------------------------------------------------


def test_new_version_offers_the_difference_by_line(house):
    plan = house.media({"unit_gross": D("1000")})
    house.issued(house.draft())
    MediaPlan.objects.update(state="superseded", superseded_at=NOW)
    new = make.make_plan(house.job, [{"unit_gross": D("1300")}], revision=2, supersedes=plan)
    new.lines.update(thread=plan.lines.get().thread)
    make.sign_plan(new)
    assert offered(house) == [("media", D("300.00"))]


def test_service_fee_is_billed_beside_commission_inside(house):
    house.media({"unit_gross": D("1000")}, service_fee_rate=D("0.03"))
    parts = propose(house.job, NOW)
    assert [(part.key.split(":")[0], part.rest) for part in parts] == [
        ("media", D("1000.00")), ("fee", D("30.00")),
    ]  # fmt: skip
    assert parts[1].text.startswith("代理服务费")


def test_owners_of_a_month_stand_apart(house):
    lines = [
        {"unit_gross": D(price), "supplier": make_supplier(name)}
        for name, price in (("Star TV", "100"), ("North Radio", "40"))
    ]
    house.media(*lines, billing="direct")
    assert offered(house) == [
        ("owner", D("100.00")), ("owed", D("15.00")), ("owner", D("40.00")), ("owed", D("6.00")),
    ]  # fmt: skip


def test_line_without_a_supplier_is_media_of_nobody(house):
    house.media({"unit_gross": D("100")}, billing="direct")
    owned, owed = propose(house.job, NOW)
    assert (owned.supplier, owned.text[:2], owed.rest) == (None, "媒介", D("15.00"))


def test_agency_keeps_commission_inside_what_it_pays(house):
    """Billed by the agency the owner owes none: it pays him less (6.2, payable)."""
    house.media({"unit_gross": D("1000")})
    assert offered(house) == [("media", D("1000.00"))]


def test_bonus_runs_are_not_billed(house):
    house.media({"unit_gross": D("100"), "runs": 3, "bonus_runs": 2})
    assert offered(house) == [("media", D("300.00"))]


def test_draft_of_a_commission_takes_it_off_its_month(house):
    lines = [{"unit_gross": D("100"), "month": date(YEAR, month, 1)} for month in (10, 11)]
    house.media(*lines, mode="on_top")
    fees = [part.key for part in propose(house.job, NOW) if part.kind == "commission"]
    house.draft(**{fees[0]: D("5.00")})
    left = [part.rest for part in propose(house.job, NOW) if part.kind == "commission"]
    assert left == [D("10.00"), D("15.00")]


# --- fees ---------------------------------------------------------------------------------------


def test_month_billed_is_not_offered_again_and_a_part_is(house):
    fee_job(house, monthly_fee=D("20.00"), starts_on=date(YEAR, 10, 1))
    october, november, december = [part.key for part in propose(house.job, NOW)]
    house.draft(**{october: D("20.00")})
    house.draft(**{november: D("5.00")})
    assert offered(house) == [("retainer", D("15.00")), ("retainer", D("20.00"))]
    assert december.endswith("-12")


def test_archived_contract_and_one_without_fee_offer_nothing(house):
    fee_job(house, monthly_fee=D("20.00"), is_archived=True)
    make_contract(house.client, monthly_fee=D("0.00"))
    assert propose(house.job, NOW) == []


def test_second_fee_job_of_the_year_has_nothing_to_bill(house):
    fee_job(house, monthly_fee=D("20.00"))
    house.job = make_job(house.client, house.ae, kind="fee")
    assert propose(house.job, NOW) == []


def test_fee_bears_the_vat_of_its_contract(house):
    fee_job(house, monthly_fee=D("100.00"), vat_rate=D("0.03"), starts_on=date(YEAR, 11, 1))
    invoice = house.draft()
    assert (invoice.net, invoice.vat, invoice.kind) == (D("100.00"), D("3.00"), "fee")
    assert invoice.contract.vat_rate == D("0.03")


# --- words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", "月费 2026年11月"), ("both", "月费 2026年11月"), ("en", "Monthly fee, November 2026")],
)
def test_lines_speak_the_language_of_the_paper(language, words):
    house = House(paper_language=language)
    fee_job(house, monthly_fee=D("20.00"), starts_on=date(YEAR, 11, 1))
    assert house.draft().lines.get().text == words
