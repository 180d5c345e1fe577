"""What the database itself forbids about money."""

from decimal import Decimal as D

import pytest
from django.db import IntegrityError

from budgets.models import AnnualBudget, BudgetLine, Invoice
from tests.budgets import make
from tests.builders import make_client
from tests.jobs.make import make_job

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(ae):
    return make_job(make_client(team=[ae]), ae)


def test_spread_is_the_amount(job):
    budget = make.make_budget(job.client, state="draft", production="1500000.00")
    line = budget.lines.get()
    assert sum(line.months) == D("1500000.00")
    with pytest.raises(IntegrityError, match="budget_line_spread_adds_up"):
        BudgetLine.objects.update(m01=0)


def test_one_line_without_brand(job):
    budget = make.make_budget(job.client, state="draft", media="10.00")
    with pytest.raises(IntegrityError, match="budget_line_once"):
        make.make_budget_line(budget, "media", D("5.00"))


def test_budget_is_authorised_with_proof(job):
    make.make_budget(job.client, state="draft")
    with pytest.raises(IntegrityError, match="budget_authorised_with_proof"):
        AnnualBudget.objects.update(state="authorised")


def test_plan_adds_up_by_its_mode(job):
    plan = make.make_plan(job, [{"unit_gross": D("1000")}], mode="on_top")
    assert (plan.client_net, plan.total, plan.payable) == (D("1150.00"), D("1219.00"), D("1000.00"))
    with pytest.raises(IntegrityError, match="plan_net_adds_up"):
        type(plan).objects.update(mode="included")


def test_invoice_is_not_overpaid(job):
    make.make_invoice(job, "100.00", state="issued")
    Invoice.objects.update(paid=D("106.00"))
    with pytest.raises(IntegrityError, match="invoice_not_overpaid"):
        Invoice.objects.update(paid=D("106.01"))


def test_credit_is_below_nothing_and_of_another(job):
    sound = make.make_invoice(job, "100.00", state="issued")
    make.make_invoice(job, "-22.30", state="issued", kind="credit", credits=sound)
    with pytest.raises(IntegrityError, match="invoice_sign_by_kind"):
        make.make_invoice(job, "1.00", kind="credit", credits=sound)
