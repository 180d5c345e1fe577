"""Every verb of the monthly report from every state: what section 3.4 does not name is refused."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.utils import translation

from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry, Notification
from budgets.models import MonthlyReport
from budgets.papers import monthly as papers
from budgets.reports.monthly_inside import inside
from budgets.services import monthly, monthly_adjust, monthly_issue
from budgets.views import monthly_drawn as drawn
from tests.budgets import make, months, years
from tests.budgets.months import DUE, IN_TIME, LATE, OCTOBER, REMARK, TOLD, WHY
from tests.builders import from_kept, make_client, when

pytestmark = pytest.mark.django_db
client, ae, am, ad, reports = from_kept("client", "ae", "am", "ad", "reports")
STATES = ("draft", "submitted", "signed", "issued", "superseded")


def make_kept():
    """A report in each state, each of a month of its own."""
    team = months.make_team()
    client = months.make_client_of(team)
    budget = client.budgets.get()
    reports = {}
    for number, state in enumerate(STATES, 1):
        first = "issued" if state == "superseded" else state
        row = months.make_monthly(client, budget, date(2026, number, 1), first)
        MonthlyReport.objects.filter(pk=row.pk).update(state=state)
        reports[state] = row.pk
    return {"client": client, "reports": reports, **team}


def report_in(reports, state):
    return MonthlyReport.objects.get(pk=reports[state])


VERBS = {
    "edit": (monthly.edit_monthly, {"typed": {}}, ("draft", "submitted", "signed")),
    "correct": (monthly.correct_monthly, {"typed": {}}, ("submitted",)),
    "submit": (monthly.submit_monthly, {}, ("draft",)),
    "return": (monthly.return_monthly, {"reason": TOLD}, ("submitted", "signed")),
    "sign": (monthly_issue.sign_monthly, {}, ("submitted",)),
    "issue": (monthly_issue.issue_monthly, {}, ("signed",)),
    "reissue": (monthly_issue.reissue_monthly, {"reason": WHY}, ("issued",)),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", VERBS)
def test_a_verb_is_for_its_states_alone(reports, am, name, state):
    verb, given, allowed = VERBS[name]
    report = report_in(reports, state)
    MonthlyReport.objects.filter(pk=report.pk).update(opportunities=REMARK)
    if state in allowed:
        assert verb(report=report, by=am, at=IN_TIME, **given)
    else:
        with pytest.raises(Refused, match="Not possible"):
            verb(report=report, by=am, at=IN_TIME, **given)


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_shown_another_version_is_stale(reports, am, name):
    verb, given, allowed = VERBS[name]
    report = report_in(reports, allowed[0])
    with pytest.raises(Stale):
        verb(report=report, by=am, at=IN_TIME, row_version=report.row_version + 1, **given)


@pytest.mark.parametrize("name", VERBS)
def test_a_verb_raises_the_version_and_leaves_its_line_in_the_trail(reports, am, name):
    verb, given, allowed = VERBS[name]
    report = report_in(reports, allowed[0])
    MonthlyReport.objects.filter(pk=report.pk).update(opportunities=REMARK)
    verb(report=report, by=am, at=IN_TIME, row_version=report.row_version, **given)
    after = MonthlyReport.objects.get(pk=report.pk)
    assert after.row_version > report.row_version
    assert AuditEntry.objects.filter(verb=f"{name}_monthly", client_code="LM").count() == 1


@pytest.mark.parametrize("state", ["submitted", "signed", "issued", "superseded"])
def test_adjustments_are_for_drafts_alone(reports, ae, state):
    given = {"category": "media", "column": "budget", "amount": D("1.00"), "reason": WHY}
    with pytest.raises(Refused, match="Not possible"):
        monthly_adjust.add_adjustment(report=report_in(reports, state), by=ae, at=IN_TIME, **given)


def test_an_edit_of_what_is_signed_drops_both_signatures(reports, am):
    report = report_in(reports, "signed")
    typed = {"comment": "One word more"}
    report = monthly.edit_monthly(report=report, typed=typed, by=am, at=IN_TIME)
    assert (report.state, report.signed_by, report.signed_at, report.submitted_at) == (
        "draft", None, None, None
    )  # fmt: skip


def test_nobody_is_told_of_what_he_did_himself(reports, am):
    report = report_in(reports, "signed")
    MonthlyReport.objects.filter(pk=report.pk).update(author=am, signed_by=None)
    report.author = am
    monthly.edit_monthly(report=report, typed={"comment": "x"}, by=am, at=IN_TIME)
    assert not Notification.objects.filter(kind="refused").exists()


# --- words and drawings -------------------------------------------------------------------------


def test_a_report_is_known_by_its_month_until_it_has_a_number(client):
    report = MonthlyReport(client=client, month=OCTOBER)
    assert str(report) == "LM 2026-10"
    report.revision = 2
    assert str(report) == "LM 2026-10/R2"
    report.number = "LM/MB/2026/010"
    assert str(report) == "LM/MB/2026/010/R2"


@pytest.mark.parametrize(
    ("issued", "now", "is_late"),
    [
        (None, DUE, False),
        (None, DUE + timedelta(microseconds=1), True),
        (DUE, LATE, False),
        (DUE + timedelta(microseconds=1), LATE, True),
    ],
)
def test_late_to_the_instant(client, issued, now, is_late):
    report = MonthlyReport(client=client, month=OCTOBER, due_at=DUE, issued_at=issued)
    assert report.is_late(now) is is_late
    report.revision = 2
    assert report.is_late(now) is False


def test_notices_are_in_the_readers_language(client, ae, am):
    am.language = "zh"
    am.save()
    months.submitted(client, ae)
    notice = Notification.objects.get(kind="step_waiting", recipient=am)
    assert notice.label == "请审阅并签字：LM 2026-10"


def test_a_category_without_a_budget_has_no_share(client):
    assert papers._share(D("5"), D("0")) == "–"
    assert papers._length(D("5"), D("0"), papers.BAR) == papers.BAR
    assert papers._length(D("0"), D("0"), papers.BAR) == 0
    assert papers._length(D("-5"), D("100"), papers.BAR) == 0


def test_piles_grow_month_by_month(client):
    months.half_billed(client)
    report = months.draft(client)
    with translation.override("en"):
        year = drawn.drawn_months(report.rows, report)
    piles = year["piles"]
    assert [pile.billed for pile in piles[8:]] == [0, *[D("300000.00")] * 3]
    assert piles[-1].in_execution == D("188500.50")
    assert piles[-1].planned == year["budget"] == D("7500000.00")
    assert piles[9].words.startswith("October 2026: billed 300,000.00, in execution 0.00")


def test_corrections_name_the_text(client, ae, am):
    report = months.submitted(client, ae)
    typed = {"comment": "A word"}
    report = monthly.correct_monthly(report=report, typed=typed, by=am, at=IN_TIME)
    ((name, old, new, by),) = drawn.drawn_corrections(report)
    assert (str(name), old, new, by) == ("comment", "", "A word", "am")


# --- what only our side reads -------------------------------------------------------------------


def test_margin_of_what_was_signed_by_the_cutoff(client):
    job = years.job_of(client, title="Poster")
    years.signed(job, "1000.00", cost=D("700.00"))
    years.signed(years.job_of(client), "500.00", at=when("2026-11-01 00:00:01"), cost=D("1.00"))
    film = years.job_of(client, kind="media")
    lines = [{"unit_gross": D("2000.00"), "month": OCTOBER}]
    plan = make.sign_plan(make.make_plan(film, lines, commission_rate=D("0.15")))
    years.dated(plan, years.YEAR_BEGAN, signed_at=years.YEAR_BEGAN)
    margins = {row["category"]: row for row in inside(months.draft(client), LATE)["margins"]}
    assert (margins["production"]["signed"], margins["production"]["margin"]) == (
        "1000.00", "300.00"
    )  # fmt: skip
    assert D(margins["media"]["margin"]) == D("300.00")


@pytest.mark.rule("R35")
def test_the_forecast_looks_ahead_to_the_years_end(client):
    client.opportunities.create(
        kind="organic", title="Spring", income=D("10000.00"), month=date(2026, 12, 1),
        probability=D("0.30"), stage="lead", owner=client.assignments.first().user,
    )  # fmt: skip
    rows = inside(months.draft(client), LATE)["forecast"]
    assert [row["month"] for row in rows] == ["2026-11-01", "2026-12-01"]
    assert rows[1]["amount"] == "3000.00"


def test_receivables_are_the_clients_own(client, ae):
    other = make_client("OT", team=[ae])
    make.make_invoice(years.job_of(other), "1000.00", "issued")
    mine = make.make_invoice(years.job_of(client), "100.00", "issued", due_on=date(2026, 11, 30))
    owed = inside(months.draft(client), LATE)["receivables"]
    assert (owed["open"], owed["overdue"], owed["rows"]) == (str(mine.total), "0.00", [])
