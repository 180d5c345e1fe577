"""Every story about money is played to its end, once, with blank papers."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db.models import F
from django.utils import timezone

from accounts.models import Client
from agency.demo import budgets, jobs, money, people
from agency.demo.stage import Stage
from budgets.models import (
    ExpenseBudget,
    ExpenseRequest,
    Invoice,
    MediaPlan,
    MonthlyReport,
    Opportunity,
)
from budgets.reports.proof import findings
from budgets.reports.standing import book_of
from budgets.years import client_day, fiscal_year
from tests.builders import kept

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(scope="module", autouse=True)
def _played(django_db_setup, django_db_blocker, tmp_path_factory):
    store = tmp_path_factory.mktemp("demo") / "files"
    with kept(django_db_blocker, store), pytest.MonkeyPatch.context() as patch:
        patch.setattr("agency.demo.stage.clock", lambda _at, steps: ())
        patch.setattr("agency.demo.stage.Stage._send", lambda _stage: 0)
        begin, opens = NOW - money.BEFORE, NOW - timedelta(weeks=10)
        stage = Stage(*people.fill(begin), NOW, begin, lambda _line: None, opens=opens)
        stories = [jobs.whole_way, jobs.refused_by_client, jobs.checks]
        stories = [story(stage) for story in stories]
        for story in [*budgets.all_budgets(stage), *stories, *money.all_money(stage)]:
            stage.play(story)
        stage.run()
        yield


def today():
    return timezone.localdate(NOW)


def standing(code, category="production", years=0):
    client = Client.objects.get(code=code)
    book = book_of(client, fiscal_year(client, client_day(client, NOW)) + years)
    return next(row for row in book.rows(NOW) if row.category == category)


def test_the_money_adds_up():
    assert list(findings(NOW)) == []


def test_year_of_greenwheat_is_the_worked_one():
    row = standing("LM")
    assert (row.billed, row.in_execution) == (D("723200.00"), D("188500.50"))
    assert row.unexecuted == D("588299.50")


def test_media_of_greenwheat_are_those_of_the_worked_year():
    """Whichever year the months of the lines fall into."""
    rows = [standing("LM", "media", years) for years in (-1, 0, 1)]
    assert sum(row.billed for row in rows) == D("3496150.25")
    assert sum(row.in_execution for row in rows) == D("716449.75")


def test_anhe_is_over_committed():
    row = standing("AH")
    assert (row.in_execution, row.unexecuted) == (D("828500.50"), D("-51700.50"))


def test_plan_of_the_worked_example_is_signed_and_ran_but_for_the_newspaper():
    plan = MediaPlan.objects.get(total=D("596301.28"), state="signed")
    assert [line.run_ok for line in plan.lines.all()] == ["run", "missed", "open"]


def test_what_was_missed_is_made_good_by_another_medium():
    plan = MediaPlan.objects.get(title="全年品牌投放")
    assert plan.lines.get(run_ok="made_good").made_good_by == plan.lines.get(run_ok="run")


def test_other_plans_wait_or_are_drafted():
    assert MediaPlan.objects.get(state="manager_ok").service_fee_rate == D("0.03")
    assert MediaPlan.objects.get(state="draft").job.client.code == "LM"


@pytest.mark.parametrize("days", [12, 45, 97])
def test_invoices_are_overdue(days):
    due = today() - timedelta(days=days)
    rows = Invoice.objects.overdue(today()).filter(kind="production")
    assert rows.get(client__code="LM", due_on=due).open_amount > 0


def test_payment_was_promised_twice_and_not_kept():
    talks = Invoice.objects.get(due_on=today() - timedelta(days=97), client__code="LM").dunnings
    assert talks.filter(promise_on__lt=today()).count() == 2
    assert talks.get(kind="letter").document


def test_invoices_stand_at_every_step():
    states = set(Invoice.objects.values_list("state", flat=True))
    assert states >= {"draft", "checked", "issued", "part_paid", "paid"}
    assert Invoice.objects.get(kind="credit").net == D("-22300.00")
    assert Invoice.objects.get(issuer="media_owner").client.code == "HC"


def test_opportunities_stand_in_every_stage():
    assert set(Opportunity.objects.values_list("stage", flat=True)) == set(Opportunity.Stage)


def test_expenses_are_refused_over_budget_booked_and_afterwards():
    assert ExpenseRequest.objects.get(state="refused").reason
    assert ExpenseRequest.objects.get(state="approved").amount > D("4000")
    assert ExpenseRequest.objects.get(state="booked").receipt
    assert ExpenseRequest.objects.get(is_afterwards=True).state == "requested"
    assert ExpenseBudget.objects.count() == 4


def test_monthly_reports_are_issued_one_late_one_with_an_adjustment():
    rows = MonthlyReport.objects.filter(client__code="LM")
    assert rows.issued().count() == 5
    assert rows.get(issued_at__gt=F("due_at")).late_reason
    assert rows.get(state="draft").adjustments.count() == 1
