"""What is in force and planned at an instant; whose year lacks a budget; two versions compared."""

from datetime import timedelta

import pytest

from budgets.models import AnnualBudget
from budgets.reports import awaiting
from budgets.reports.budget import budget_in_force, planned
from budgets.reports.budget_sheet import compare, sheet_of, whole
from tests.budgets.make import YEAR, make_budget, make_budget_line
from tests.builders import make_brand, make_client, make_user, when
from tests.jobs.make import NOW, D

pytestmark = pytest.mark.django_db
TICK = timedelta(seconds=1)


@pytest.fixture
def customer(ae, am):
    return make_client("LM", team=[ae, am])


@pytest.mark.rule("R33")
def test_version_counts_from_its_entry_until_the_next(customer):
    old = make_budget(customer, production="1500000.00")
    AnnualBudget.objects.update(state="superseded", superseded_at=NOW + 3 * TICK)
    new = make_budget(customer, version=2, production="12.00")
    AnnualBudget.objects.filter(pk=new.pk).update(authorised_at=NOW + 3 * TICK)
    instants = [NOW - TICK, NOW, NOW + 2 * TICK, NOW + 3 * TICK]
    found = [budget_in_force(customer, YEAR, at) for at in instants]
    assert found == [None, old, old, new]


def test_draft_is_never_in_force(customer):
    make_budget(customer, state="draft", media="12.00")
    assert budget_in_force(customer, YEAR, NOW) is None
    assert planned(customer, YEAR, "media", 12, NOW) is None


@pytest.mark.rule("R33")
def test_planned_to_october(customer):
    """6.4: 1,500,000.00 of production evenly is 1,250,000.00 to October."""
    budget = make_budget(customer, production="1500000.00", media="6000000.00")
    make_budget_line(budget, "production", D("12.00"), make_brand(customer))
    sums = [planned(customer, YEAR, "production", months, NOW) for months in (0, 10, 12)]
    assert sums == [D("0"), D("1250010.00"), D("1500012.00")]
    assert planned(customer, YEAR, "fee", 12, NOW) == D("0")


# --- duties ---------------------------------------------------------------------------------------


def due(user, at):
    return [
        (duty.sentence, str(duty.due_on))
        for duty in awaiting(user, at)
        if duty.url.endswith("/annual/new/")
    ]  # fmt: skip


def missing(year):
    return f"Annual budget {year} is not authorised yet"


def test_year_without_budget_waits_for_ae_and_am(ae, am, other_ae, customer):
    expected = [(missing(2026), "2026-01-01")]
    assert due(ae, NOW) == due(am, NOW) == expected
    assert due(other_ae, NOW) == []


def test_draft_is_no_budget_and_authorised_is(ae, customer):
    make_budget(customer, state="draft", media="12.00")
    assert due(ae, NOW) == [(missing(2026), "2026-01-01")]
    AnnualBudget.objects.all().delete()
    make_budget(customer, media="12.00")
    assert due(ae, NOW) == []


@pytest.mark.parametrize(("day", "is_due"), [("2026-12-01", False), ("2026-12-02", True)])
def test_next_year_waits_from_thirty_days_before_it(ae, customer, day, is_due):
    make_budget(customer, media="12.00")
    expected = [(missing(2027), "2027-01-01")] if is_due else []
    assert due(ae, when(f"{day} 00:00")) == expected


def test_fiscal_year_from_april(ae):
    customer = make_client(team=[ae], fiscal_start_month=4)
    make_budget(customer, year=2026, media="12.00")
    assert due(ae, when("2027-03-01 23:59")) == []
    assert due(ae, when("2027-03-02 00:00")) == [(missing(2027), "2027-04-01")]
    assert due(ae, when("2027-04-01 00:00")) == [(missing(2027), "2027-04-01")]


@pytest.mark.parametrize("status", ["prospect", "resting", "closed"])
def test_only_clients_at_work_need_a_budget(ae, status):
    make_client(team=[ae], status=status)
    assert due(ae, NOW) == []


def test_empty_post_is_skipped_upward(ad):
    make_client(team=[ad])
    assert due(ad, NOW) == [(missing(2026), "2026-01-01")]


def test_head_of_the_group_when_nobody_else_is_there():
    head = make_client().group.head
    assert due(head, NOW) == [(missing(2026), "2026-01-01")]
    assert due(make_user(role="gad"), NOW) == []


# --- sheets ---------------------------------------------------------------------------------------


def test_sheet_has_sums_of_categories_and_months(customer):
    budget = make_budget(customer, media="12.00", production="24.00")
    make_budget_line(budget, "media", D("120.00"), make_brand(customer, name="B"))
    sheet = sheet_of(budget)
    assert [(row.category, row.amount) for row in sheet.categories] == [
        ("media", D("132.00")), ("production", D("24.00")),
    ]  # fmt: skip
    assert (sheet.amount, sheet.months[0], sheet.is_whole) == (D("156.00"), D("13.00"), True)
    assert [len(parts) for _row, parts in sheet.groups] == [2, 0]


def test_compare_holds_rows_of_either_version(customer):
    old = make_budget(customer, media="12.00", production="24.00")
    AnnualBudget.objects.update(state="superseded", superseded_at=NOW)
    new = make_budget(customer, version=2, media="12.00", fee="36.00")
    before, after = sheet_of(old), sheet_of(new)
    pairs = compare(before, after)
    assert [(pair.row.category, pair.difference[0]) for pair in pairs] == [
        ("media", D("0")), ("production", D("-2.00")), ("fee", D("3.00")),
    ]  # fmt: skip
    assert [pair.is_changed for pair in pairs] == [False, True, True]
    assert [total for _kind, _months, total in whole(before, after).lines] == [
        D("36.00"), D("48.00"), D("12.00"),
    ]  # fmt: skip
