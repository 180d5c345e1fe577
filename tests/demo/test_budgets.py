"""The annual budgets of the demo, played to their end."""

from decimal import Decimal as D

import pytest

from agency.demo import budgets
from budgets.models import AnnualBudget
from budgets.reports.budget import budget_in_force, planned
from tests.demo.world import NOW, year_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", sorted(budgets.YEARS))
def test_each_client_has_its_year_with_a_filed_proof(code):
    budget = budget_in_force(*year_of(code), NOW)
    assert budget.proof.kind == "signature_proof"
    assert budget.document.kind == "budget_form"


@pytest.mark.parametrize("code", ["LM", "AH"])
def test_production_is_that_of_the_worked_year(code):
    """6.4: 1,500,000.00, of which 1,250,000.00 to the tenth month."""
    sums = [planned(*year_of(code), "production", months, NOW) for months in (10, 12)]
    assert sums == [D("1250000.00"), D("1500000.00")]


def test_media_of_the_worked_year():
    assert planned(*year_of("LM"), "media", 12, NOW) == D("6000000.00")


def test_one_budget_was_changed_and_one_is_drafted():
    client, year = year_of("YL")
    assert budget_in_force(client, year, NOW).version == 2
    assert AnnualBudget.objects.get(state="draft").client.code == "LM"


def test_bank_names_its_order_and_has_a_fee():
    budget = budget_in_force(*year_of("HC"), NOW)
    assert budget.po_number == "HC-PO-1001"
    assert budget.lines.get(category="fee").m01 == D("60000.00")
