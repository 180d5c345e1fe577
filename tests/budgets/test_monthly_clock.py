"""The clock drafts the monthly report, reminds of it, says that there is no budget (5.4, 5.5)."""

from datetime import date, timedelta

import pytest

from agency.common.clock import run_step
from agency.common.models import Notification
from budgets.models import MonthlyReport
from budgets.services.monthly_clock import due_of
from budgets.tasks.monthly import STEPS
from tests.budgets import months, years
from tests.budgets.months import DRAFTED, DUE, IN_TIME, OCTOBER
from tests.builders import from_kept, make_client, when

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R33")]
client, ae, am, ad = from_kept("client", "ae", "am", "ad")
SECOND = timedelta(seconds=1)
THIRD, FOURTH = when("2026-11-04 09:00"), when("2026-11-05 09:00")


def make_kept():
    team = months.make_team()
    return {"client": months.make_client_of(team), **team}


def clock(at):
    return [line for step in STEPS for line in run_step(step, at)]


def told(kind="budget_due"):
    rows = Notification.objects.filter(kind=kind, is_dropped=False).order_by("pk")
    return [(row.recipient.username, row.level) for row in rows]


@pytest.mark.parametrize(
    ("month", "due"),
    [
        (date(2026, 10, 1), "2026-11-06 18:00"),
        (date(2026, 9, 1), "2026-10-13 18:00"),
        (date(2026, 1, 1), "2026-02-06 18:00"),
        (date(2026, 2, 1), "2026-03-06 18:00"),
    ],
)
def test_due_is_the_fifth_working_day(client, month, due):
    assert due_of(client, month) == when(due)


def test_drafted_at_six_of_the_first_once(client):
    assert clock(DRAFTED - SECOND) == []
    assert clock(DRAFTED) == ["monthly reports: LM 2026-10"]
    assert clock(DRAFTED) == clock(DRAFTED + SECOND) == []
    assert MonthlyReport.objects.get().created_by is None


def test_six_is_the_clients_own(client):
    client.timezone = "America/New_York"
    client.save()
    assert clock(when("2026-11-01 17:59:59")) == []
    # The clocks were put back that night: 06:00 there is 19:00 here.
    assert clock(when("2026-11-01 19:00")) == ["monthly reports: LM 2026-10"]


def test_after_a_stop_it_is_drafted_late(client):
    assert clock(months.LATE)[0] == "monthly reports: LM 2026-10"
    assert MonthlyReport.objects.get().due_at == DUE


@pytest.mark.parametrize("status", ["prospect", "resting", "closed"])
def test_only_active_clients_get_one(client, status):
    client.status = status
    client.save()
    assert clock(DRAFTED) == []


def test_the_budget_counts_that_was_in_force_at_the_cutoff(client):
    years.make_version(client, 2, at=when("2026-11-01 03:00"), production="1.00")
    assert clock(DRAFTED) == ["monthly reports: LM 2026-10"]
    assert MonthlyReport.objects.get().budget.version == 1


# --- reminders ----------------------------------------------------------------------------------


def test_reminded_on_the_third_and_fourth_day_breach_after_the_fifth(client):
    months.draft(client)
    assert clock(THIRD - SECOND) == []
    assert clock(THIRD) == ["monthly reports due: LM 2026-10: d3"]
    assert clock(FOURTH) == ["monthly reports due: LM 2026-10: d4"]
    assert told() == [("ae", "remind"), ("ae", "remind")]
    assert clock(DUE) == []
    assert clock(DUE + SECOND) == ["monthly reports due: LM 2026-10: due"]
    assert told()[2:] == [("ae", "breach"), ("am", "breach"), ("ad", "breach")]
    assert clock(DUE + timedelta(days=5)) == []


def test_submitted_the_manager_is_reminded_too(client, ae):
    months.submitted(client, ae, at=THIRD)
    clock(FOURTH)
    assert told() == [("ae", "remind"), ("am", "remind")]


def test_issued_nobody_is_reminded(client, ae, am):
    months.issued(client, ae, am, at=THIRD - SECOND)
    assert clock(FOURTH) == clock(DUE + SECOND) == []


def test_after_a_stop_only_the_highest_slot_is_told(client):
    months.draft(client)
    clock(DUE + SECOND)
    assert told() == [("ae", "breach"), ("am", "breach"), ("ad", "breach")]
    dropped = Notification.objects.filter(kind="budget_due", is_dropped=True)
    assert {row.key.split(":")[3] for row in dropped} == {"d3", "d4"}


def test_what_passed_before_the_draft_is_not_said(client):
    months.draft(client, at=IN_TIME)
    clock(IN_TIME + SECOND)
    assert told() == []


# --- no budget ----------------------------------------------------------------------------------


def test_without_a_budget_the_manager_learns_it_once(client, am):
    poor = make_client("NB", team=[am])
    assert clock(DRAFTED)[-1] == f"clients without a budget: {poor}"
    assert clock(DRAFTED + SECOND) == []
    assert told("no_budget") == [("am", "info")]


def test_past_the_due_time_nobody_hears_of_a_missing_budget(client, am):
    make_client("NB", team=[am])
    months.draft(client)
    assert clock(DUE + SECOND)[0].startswith("monthly reports due")
    assert told("no_budget") == []


def test_a_month_that_has_its_report_is_not_drafted_again(client, ae, am):
    months.issued(client, ae, am)
    assert clock(IN_TIME + SECOND) == []
    assert MonthlyReport.objects.get().month == OCTOBER
