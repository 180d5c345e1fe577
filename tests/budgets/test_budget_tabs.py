"""The tabs above the pages about money: each shown where the person may open it."""

import pytest
from django.urls import reverse

from budgets.templatetags.budget_tabs import TABS, budget_tabs
from tests.builders import from_kept, make_client, make_user

team = from_kept("team")[0]
MARGINS = {"budgets:forecast", "budgets:profit", "budgets:growth"}


def make_kept():
    roles = ("ae", "am", "ad", "gad", "finance", "management", "department", "admin")
    team = {role: make_user(role=role) for role in roles}
    make_client(team=[team["ae"], team["am"], team["ad"]])
    return {"team": team}


def tabs(rf, user):
    request = rf.get("/")
    request.user = user
    return {entry.view: url for entry, url in budget_tabs({"request": request})}


def test_ae_sees_receivables_but_no_margins(rf, team):
    found = tabs(rf, team["ae"])
    assert found["budgets:receivables"] == reverse("budgets:receivables")
    assert not MARGINS & set(found)


@pytest.mark.parametrize("role", ["am", "ad", "gad", "finance", "management"])
def test_margins_are_for_managers_finance_and_management(rf, team, role):
    assert set(tabs(rf, team[role])) >= MARGINS


@pytest.mark.parametrize("role", ["ae", "am", "ad", "gad", "finance", "management"])
def test_costs_are_for_finance_alone(rf, team, role):
    assert ("budgets:account_cost_list" in tabs(rf, team[role])) is (role == "finance")


@pytest.mark.parametrize("role", ["department", "admin"])
def test_departments_and_admin_see_none(rf, team, role):
    assert tabs(rf, team[role]) == {}


def test_media_sees_plans_and_runs_alone(rf, team):
    media = make_user(role="department", department="media")
    assert [*tabs(rf, media)] == ["budgets:plan_list", "budgets:run_list"]


def test_management_sees_opportunities_finance_does_not(rf, team):
    assert "budgets:opportunity_list" in tabs(rf, team["management"])
    assert "budgets:opportunity_list" not in tabs(rf, team["finance"])


def test_lists_stand_under_the_tabs(sign_in, rf, team):
    page = sign_in(team["ae"])
    for name in ("plan_list", "run_list", "invoice_list", "monthly_list", "expense_list"):
        url = reverse(f"budgets:{name}")
        assert f'<a href="{url}" aria-current="page">' in page.get(url).content.decode()


@pytest.mark.parametrize("role", ["ae", "am", "finance", "management"])
def test_every_tab_opens(sign_in, rf, team, role):
    page = sign_in(team[role])
    for url in tabs(rf, team[role]).values():
        assert page.get(url).status_code == 200


def test_the_page_one_is_on_is_marked(sign_in, team):
    text = sign_in(team["am"]).get(reverse("budgets:growth")).content.decode()
    assert f'<a href="{reverse("budgets:growth")}" aria-current="page">' in text
    assert text.count('aria-current="page">Growth') == 1


def test_no_tab_twice():
    assert len({entry.view for entry in TABS}) == len(TABS)
