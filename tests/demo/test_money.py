"""Every story about money, played to its end."""

from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.db.models import F
from django.utils import timezone

from budgets.models import (
    ExpenseBudget,
    ExpenseRequest,
    Invoice,
    MediaPlan,
    MonthlyReport,
    Opportunity,
)
from budgets.reports.proof import findings
from tests.demo.world import NOW, standing, year_of

pytestmark = pytest.mark.django_db
FIRST_WHOLE = 4


def today():
    return timezone.localdate(NOW)


def test_the_money_adds_up():
    assert list(findings(NOW)) == []


def test_year_of_greenwheat_is_the_worked_one():
    row = standing("LM")
    assert (row.billed, row.in_execution) == (D("723200.00"), D("188500.50"))
    assert row.unexecuted == D("588299.50")


def test_media_of_greenwheat_are_those_of_the_worked_year():
    """In the first three months of a year what ran stands in the year before it."""
    is_whole = today().month >= FIRST_WHOLE
    rows = [standing("LM", "media", year) for year in ((0,) if is_whole else (-1, 0))]
    assert sum(row.billed for row in rows) == D("3496150.25")
    assert sum(row.in_execution for row in rows) == D("716449.75")
    if is_whole:
        assert rows[0].unexecuted == D("1787400.00")


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


def test_draft_that_failed_the_control_total_is_not_checked():
    draft = Invoice.objects.get(state="draft")
    assert draft.job.title == "冬季礼盒上市海报"


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


def test_yulan_is_behind_its_plan():
    rows = [standing("YL", category) for category in ("media", "production")]
    assert {row.pace_word for row in rows} == {"behind"}
    assert all(row.committed > 0 for row in rows)


def test_anhe_spends_its_media_ahead_of_plan():
    """In the last month of the year nobody is ahead within the budget."""
    row = standing("AH", "media")
    assert row.pace == D("115.0") or row.unexecuted == 0


def test_bank_was_billed_its_fee_of_each_month():
    client, year = year_of("HC")
    bills = Invoice.objects.filter(client=client, kind="fee", budget_year=year)
    assert {(bill.net, bill.po_number) for bill in bills} == {(D("60000.00"), "HC-PO-1001")}
    assert standing("HC", "fee").billed == 60000 * bills.count()


def test_client_at_rest_has_no_report_open():
    reports = MonthlyReport.objects.filter(client__code="QL")
    assert set(reports.values_list("state", flat=True)) <= {"issued"}


def test_plan_was_cut_by_a_month():
    old, new = MediaPlan.objects.filter(title="澜行 SUV 全年电视投放").order_by("revision")
    assert (old.state, new.state) == ("superseded", "signed")
    assert old.lines.count() - new.lines.count() == 1


def test_key_contact_gets_each_issued_report():
    for report in MonthlyReport.objects.issued():
        assert report.document.dispatches.get().contact.is_key
