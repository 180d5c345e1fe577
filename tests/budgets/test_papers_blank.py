"""The budget form as it lies on the desk (R68)."""

import pytest
from django.template.loader import render_to_string

from agency.common.pdf.blank import ROOM
from budgets.models import Category
from budgets.papers.blank import budget_form

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R68")]
FORM = "budgets/pdf/budget_form.html"


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_it_draws_in_each_language_without_a_fact(lang):
    text = render_to_string(FORM, budget_form(lang))
    assert "None" not in text
    assert "–" not in text
    assert "&lt;span" not in text


def test_it_has_twelve_months_and_every_category():
    data = budget_form("zh")
    assert len(data["months"]) == 12
    assert data["categories"] == [f"job_{name}" for name in Category.values]
    assert {len(month["sums"]) for month in data["months"]} == {len(Category.values)}


def test_its_months_are_numbered_for_any_fiscal_year():
    text = render_to_string(FORM, budget_form("zh"))
    assert [f'<th scope="row">{number}</th>' in text for number in range(1, 13)] == [True] * 12


def test_it_is_signed_by_ae_manager_and_client():
    text = render_to_string(FORM, budget_form("zh"))
    assert all(word in text for word in ("客户执行", "客户部经理", "客户签字"))


def test_the_name_of_the_file_holds_no_markup():
    title = render_to_string(FORM, budget_form("zh")).split("<title>")[1].split("</title>")[0]
    assert title.split() == ["预算执行表", "编号", "____________"]


def test_no_sum_is_made_up():
    data = budget_form("zh")
    assert data["total"] is ROOM
    assert {*data["sums"]} == {ROOM}
