"""The monthly report is drafted, written, submitted, corrected, given back (3.4, R33-R37)."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from agency.common.errors import Stale
from agency.common.models import Notification
from budgets.models import MonthlyReport
from budgets.reports.monthly_figures import draw, months_of, standings
from budgets.services import monthly
from tests.budgets import months, years
from tests.budgets.months import DRAFTED, DUE, IN_TIME, OCTOBER, REMARK, TOLD, refusal
from tests.builders import from_kept, make_client, make_stand_in, make_user, when

pytestmark = pytest.mark.django_db
make_kept = months.make_half_billed
client, ae, am, ad, job = from_kept("client", "ae", "am", "ad", "job")


def told(kind, user):
    rows = Notification.objects.filter(kind=kind, recipient=user, is_dropped=False)
    return [row.label for row in rows.order_by("pk")]


# --- drafting -----------------------------------------------------------------------------------


@pytest.mark.rule("R33")
def test_draft_holds_the_figures_of_the_cutoff(client):
    report = months.draft(client)
    assert (report.state, report.due_at, report.cutoff_at) == ("draft", DUE, years.CUTOFF)
    production = standings(report.rows)[0]
    assert (production.budget, production.billed) == (D("1500000.00"), D("300000.00"))
    assert (production.in_execution, production.unexecuted) == (D("188500.50"), D("1011499.50"))


@pytest.mark.rule("R33")
def test_months_hold_what_is_billed_and_what_is_expected(client):
    rows = {row.month: row for row in months_of(months.draft(client).rows)}
    assert len(rows) == 12
    assert (rows[OCTOBER].kind, rows[OCTOBER].total) == ("billed", D("300000.00"))
    december = rows[date(2026, 12, 1)]
    assert (december.kind, december.amounts) == ("expected", {"production": D("188500.50")})
    assert rows[date(2026, 11, 1)].total == 0


@pytest.mark.rule("R36")
def test_each_figure_has_its_jobs(client, job):
    (row,) = months.draft(client).rows["jobs"]
    assert (row["number"], row["signed"], row["billed"]) == (job.number, "488500.50", "300000.00")
    assert row["in_execution"] == "188500.50"


def test_asked_again_the_draft_is_the_same(client):
    assert months.draft(client) == months.draft(client, at=IN_TIME)


def test_the_month_must_be_over(client):
    words = refusal(monthly.draft_monthly, client=client, month=date(2026, 11, 1))
    assert words == ["The month is not over yet."]
    second = when("2026-10-31 23:59:59")
    assert refusal(monthly.draft_monthly, client=client, month=OCTOBER, at=second) == words
    assert months.draft(client, at=years.CUTOFF)


def test_no_report_without_a_budget_in_force_at_the_cutoff(kept):
    poor = make_client("NB")
    words = refusal(monthly.draft_monthly, client=poor, month=OCTOBER)
    assert words == ["No annual budget was in force at the end of the month."]
    years.make_year(poor, at=when("2026-11-01 00:00:01"), production="100000.00")
    assert refusal(monthly.draft_monthly, client=poor, month=OCTOBER) == words


def test_no_report_of_a_resting_client(client):
    client.status = "resting"
    client.save()
    assert refusal(monthly.draft_monthly, client=client, month=OCTOBER) == [
        "The client is not active."
    ]


def test_by_hand_it_needs_the_right_on_the_client(client):
    stranger = make_user(role="ae")
    with pytest.raises(PermissionDenied):
        monthly.draft_monthly(client=client, month=OCTOBER, at=DRAFTED, by=stranger)


def test_a_draft_is_drawn_anew_with_each_change(client, ae, job):
    report = months.draft(client)
    years.billed(job, "50000.00", date(2026, 10, 31))
    report = monthly.edit_monthly(report=report, typed={"comment": "x"}, by=ae, at=IN_TIME)
    assert standings(report.rows)[0].billed == D("350000.00")


def test_what_is_dated_after_the_cutoff_is_the_next_months(client, job):
    years.billed(job, "50000.00", date(2026, 11, 1))
    assert standings(months.draft(client).rows)[0].billed == D("300000.00")


# --- writing and submitting ---------------------------------------------------------------------


@pytest.mark.rule("R35")
@pytest.mark.parametrize("remark", ["", "   ", "aaaaaaaaaaaa", "Too short"])
def test_without_a_remark_it_is_not_submitted(client, ae, remark):
    report = months.written(client, ae, opportunities=remark)
    assert refusal(monthly.submit_monthly, report=report, by=ae) == [
        "Say what we should propose: at least one remark."
    ]


@pytest.mark.rule("R37")
def test_over_committed_it_wants_what_the_client_was_told(client, ae):
    months.over_committed(client)
    report = months.written(client, ae)
    words = refusal(monthly.submit_monthly, report=report, by=ae)
    assert words == ["The budget is over-committed: say what the client was told, when, by whom."]
    report = monthly.edit_monthly(report=report, typed={"over_note": TOLD}, by=ae, at=IN_TIME)
    assert monthly.submit_monthly(report=report, by=ae, at=IN_TIME).state == "submitted"


@pytest.mark.rule("R37")
def test_to_the_cent_nothing_is_over(client, ae, job):
    rest = years.job_of(client, title="The rest")
    years.signed(rest, "1011499.50")
    assert months.submitted(client, ae).state == "submitted"
    years.signed(rest, "0.01", change=1)
    assert standings(draw(MonthlyReport.objects.get()))[0].unexecuted == D("-0.01")


@pytest.mark.rule("R34")
def test_submitting_names_the_author_and_tells_the_manager(client, ae, am, ad):
    report = months.submitted(client, ae)
    assert (report.author, report.submitted_at) == (ae, IN_TIME)
    assert told("step_waiting", am) == ["Please read and sign: LM 2026-10"]
    assert told("step_waiting", ad) == []


def test_submitted_by_the_manager_it_goes_to_the_director(client, am, ad):
    months.submitted(client, am)
    assert told("step_waiting", ad) == ["Please read and sign: LM 2026-10"]
    assert told("step_waiting", am) == []


def test_nobody_to_sign_is_told_to_author_and_admin(ae):
    admin = make_user(role="admin")
    lonely = months.make_client_of({"ae": ae}, "LO")
    lonely.group.head.is_active = False
    lonely.group.head.save()
    months.submitted(lonely, ae)
    text = ["No approver for LO 2026-10: appoint a stand-in"]
    assert (told("no_approver", ae), told("no_approver", admin)) == (text, text)


def test_only_a_draft_is_submitted(client, ae):
    report = months.submitted(client, ae)
    (words,) = refusal(monthly.submit_monthly, report=report, by=ae)
    assert words.startswith("Not possible")


@pytest.mark.parametrize("role", ["finance", "management", "department", "ae"])
def test_others_write_and_submit_nothing(client, ae, role):
    report, other = months.written(client, ae), make_user(role=role)
    for action, more in (
        (monthly.edit_monthly, {"typed": {}}),
        (monthly.submit_monthly, {}),
        (monthly.return_monthly, {"reason": REMARK}),
    ):
        with pytest.raises(PermissionDenied):
            action(report=report, by=other, at=IN_TIME, **more)


def test_shown_before_a_change_it_is_stale(client, ae):
    report = months.draft(client)
    shown = report.row_version
    months.written(client, ae)
    for action, more in ((monthly.edit_monthly, {"typed": {}}), (monthly.submit_monthly, {})):
        with pytest.raises(Stale):
            action(report=report, by=ae, at=IN_TIME, row_version=shown, **more)


def test_an_edit_after_submission_makes_it_a_draft_again(client, ae):
    report = months.submitted(client, ae)
    report = monthly.edit_monthly(report=report, typed={"comment": "More"}, by=ae, at=IN_TIME)
    assert (report.state, report.submitted_at) == ("draft", None)


def test_an_edit_that_changes_nothing_leaves_the_signature(client, ae):
    report = months.submitted(client, ae)
    typed = {"opportunities": REMARK}
    assert monthly.edit_monthly(report=report, typed=typed, by=ae, at=IN_TIME).state == "submitted"


# --- the manager --------------------------------------------------------------------------------


@pytest.mark.rule("R34")
def test_the_manager_corrects_and_the_author_reads_old_and_new(client, ae, am):
    report = months.submitted(client, ae)
    new = f"{REMARK}, with two sketches"
    report = monthly.correct_monthly(report=report, typed={"opportunities": new}, by=am, at=IN_TIME)
    assert (report.state, report.author, report.opportunities) == ("submitted", ae, new)
    (row,) = report.corrections
    assert (row["field"], row["old"], row["new"]) == ("opportunities", REMARK, new)
    assert told("refused", ae) == ["am has corrected LM 2026-10 before signing it."]


def test_a_correction_leaves_a_remark(client, ae, am):
    report = months.submitted(client, ae)
    words = refusal(monthly.correct_monthly, report=report, typed={"opportunities": ""}, by=am)
    assert words == ["Say what we should propose: at least one remark."]


def test_the_author_corrects_nothing_himself(client, am):
    report = months.submitted(client, am)
    words = refusal(monthly.correct_monthly, report=report, typed={}, by=am)
    assert words == ["Whoever submitted the report does not sign it."]


def test_returned_it_is_a_draft_with_its_reason(client, ae, am):
    report = months.submitted(client, ae)
    report = monthly.return_monthly(report=report, reason=TOLD, by=am, at=IN_TIME)
    assert (report.state, report.return_reason, report.submitted_at) == ("draft", TOLD, None)
    assert told("refused", ae) == [f"Returned by am: LM 2026-10. {TOLD}"]
    assert monthly.submit_monthly(report=report, by=ae, at=IN_TIME).return_reason == ""


def test_a_return_wants_a_reason_and_the_right(client, ae, am):
    report = months.submitted(client, ae)
    assert refusal(monthly.return_monthly, report=report, reason="no", by=am) == [
        "Please give a reason of at least 10 characters."
    ]
    with pytest.raises(PermissionDenied):
        monthly.return_monthly(report=report, reason=TOLD, by=ae, at=IN_TIME)


def test_a_stand_in_of_the_manager_may_return_it_only_by_his_own_title(client, ae, am):
    low, high = make_user(role="ae"), make_user(role="am")
    report = months.submitted(client, ae)
    make_stand_in(am, low, date(2026, 11, 1), date(2026, 11, 5), client=client)
    make_stand_in(am, high, date(2026, 11, 6), date(2026, 11, 6), client=client)
    with pytest.raises(PermissionDenied):
        monthly.return_monthly(report=report, reason=TOLD, by=low, at=IN_TIME)
    assert monthly.return_monthly(report=report, reason=TOLD, by=high, at=DUE).is_draft


# --- what the database forbids ------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "submitted"},
        {"month": date(2026, 10, 2)},
        {"state": "issued", "opportunities": REMARK},
    ],
)
def test_the_database_holds_what_a_report_needs(client, fields):
    report = months.draft(client)
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthlyReport.objects.filter(pk=report.pk).update(**fields)
