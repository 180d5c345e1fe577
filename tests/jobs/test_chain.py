"""The chain in our house: submit, approve, refuse, withdraw, and the holes in it (3.6)."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Assignment
from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry, Notification
from jobs.models import Brief, Job, OutgoingCheck
from jobs.services.chain import (
    approve,
    decide,
    due_step,
    needs_second_director,
    refuse,
    submit_estimate,
    withdraw_estimate,
)
from tests.builders import assign, make_user
from tests.jobs import make
from tests.jobs.way import HOUR, NOW, REASON, TOTAL, D, Team

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return Team(code="LM")


def told(kind):
    return set(Notification.objects.filter(kind=kind).values_list("recipient", flat=True))


def manager(row, by, total=None, **more):
    total = row.total if total is None else total
    return approve(paper=row, step="manager", by=by, at=NOW, control_total=total, **more)


# --- submit -------------------------------------------------------------------------------------


@pytest.mark.rule("R56", "R58")
def test_submission_freezes_numbers_and_tells_the_manager(team):
    row = team.submitted()
    assert (row.state, row.number, row.total) == ("submitted", "LM/PE/2026/001", TOTAL)
    assert (row.submitted_by, row.submitted_at) == (team.ae, NOW)
    assert len(row.data_sha256) == 64
    assert due_step(row) == "manager"
    assert told("step_waiting") == {team.am.pk}
    assert AuditEntry.objects.of(row).filter(verb="submit_estimate").count() == 1


def test_the_figures_of_the_worked_example(team):
    row = team.submitted()
    found = (row.subtotal, row.contingency, row.net, row.vat, row.cost, row.margin)
    expected = "49809.70 2490.49 52300.19 3646.97 40837.31 8972.39"
    assert found == tuple(map(Decimal, expected.split()))


def test_numbers_are_dense_and_a_change_order_goes_by_its_base(team):
    other = Team(code="QP")
    assert other.submitted().number == "QP/PE/2026/001"
    assert team.submitted().number == "LM/PE/2026/001"
    job = make.make_job(team.client, team.ae)
    row = make.make_estimate(job)
    make.make_line(row, cost=D("100"), price=D("100"), markup_rate=D("0"))
    assert submit_estimate(estimate=row, by=team.ae, at=NOW).number == "LM/PE/2026/002"


@pytest.mark.rule("R58")
def test_everything_missing_is_said_at_once(team):
    make.make_deliverable(team.job, "Poster A1")
    row = team.draft(lines=())
    with pytest.raises(Refused) as refused:
        submit_estimate(estimate=row, by=team.ae, at=NOW)
    words = str(refused.value)
    assert "There is no line yet." in words
    assert "“Poster A1” has no line" in words
    row.refresh_from_db()
    assert (row.state, row.number) == ("draft", "")


@pytest.mark.rule("R78")
def test_a_dear_line_needs_three_quotes_or_a_reason(team):
    row = team.draft(quotes_reason="")
    with pytest.raises(Refused, match="Fewer than three supplier quotes"):
        submit_estimate(estimate=row, by=team.ae, at=NOW)


def test_the_brief_is_still_in_force(team):
    row = team.draft()
    Brief.objects.filter(pk=row.brief_id).update(state="superseded")
    with pytest.raises(Refused, match="The brief has changed"):
        submit_estimate(estimate=row, by=team.ae, at=NOW)


def test_nothing_is_submitted_for_a_job_that_has_ended(team):
    row = team.draft()
    Job.objects.filter(pk=team.job.pk).update(state="cancelled")
    with pytest.raises(Refused, match="This job has ended"):
        submit_estimate(estimate=row, by=team.ae, at=NOW)


def test_who_submits_for_the_author_is_an_author_too(team):
    row = submit_estimate(estimate=team.draft(), by=team.am, at=NOW)
    with pytest.raises(Refused, match="Whoever wrote or changed"):
        manager(row, team.am)


def test_submission_wants_the_right_and_the_version_shown(team):
    row = team.draft()
    with pytest.raises(PermissionDenied):
        submit_estimate(estimate=row, by=make_user(role="finance"), at=NOW)
    with pytest.raises(Stale):
        submit_estimate(estimate=row, by=team.ae, at=NOW, row_version=row.row_version + 1)


# --- approve ------------------------------------------------------------------------------------


@pytest.mark.rule("R56", "Z12", "R71")
def test_manager_then_director(team):
    row = manager(team.submitted(), team.am)
    assert (row.state, row.control_total) == ("manager_ok", TOTAL)
    check = OutgoingCheck.objects.get()
    assert (check.state, check.kind, check.sha256) == ("passed", "estimate", row.data_sha256)
    assert (check.author, check.checker, check.expected_total) == (team.ae, team.am, TOTAL)
    row = approve(paper=row, step="director", by=team.ad, at=NOW)
    assert row.state == "approved"
    assert list(row.approvals.values_list("step", "decision", "by")) == [
        ("manager", "approved", team.am.pk),
        ("director", "approved", team.ad.pk),
    ]
    assert told("approved") == {team.ae.pk, team.am.pk, team.ad.pk}


@pytest.mark.rule("R58")
@pytest.mark.parametrize("typed", [TOTAL - D("0.01"), TOTAL + D("0.01"), D("0"), None])
def test_the_control_total_is_compared_to_the_cent(team, typed):
    row = team.submitted()
    with pytest.raises(Refused) as refused:
        approve(paper=row, step="manager", by=team.am, at=NOW, control_total=typed)
    assert refused.value.field == "control_total"
    row.refresh_from_db()
    assert (row.state, row.approvals.count(), OutgoingCheck.objects.count()) == ("submitted", 0, 0)


@pytest.mark.rule("Z12")
@pytest.mark.parametrize(
    ("total", "limit", "expected"),
    [(TOTAL, None, False), (TOTAL, TOTAL, False), (TOTAL, TOTAL - D("0.01"), True)],
)
def test_a_second_director_above_the_limit_only(team, total, limit, expected):
    team.client.director_limit = limit
    team.client.save()
    row = manager(team.submitted(), team.am)
    assert needs_second_director(row) == expected
    row = approve(paper=row, step="director", by=team.ad, at=NOW)
    assert row.state == ("director_ok" if expected else "approved")
    if expected:
        assert due_step(row) == "director2"
        row = approve(paper=row, step="director2", by=team.gad, at=NOW)
        assert row.state == "approved"


def test_each_step_has_a_working_day(team):
    row = team.submitted()
    assert row.step_due_at == row.next_notice_at
    assert row.step_due_at - NOW == 24 * HOUR


def test_a_page_of_yesterday_approves_nothing(team):
    row = team.submitted()
    with pytest.raises(Stale):
        manager(row, team.am, row_version=row.row_version - 1)
    with pytest.raises(Stale, match="The total was changed"):
        approve(paper=row, step="manager", by=team.am, at=NOW, control_total=TOTAL, total=TOTAL + 1)


def test_the_client_does_not_sign_by_this_door(team):
    with pytest.raises(Refused, match="by his own link"):
        decide(paper=team.sent(), step="client", decision="approved", by=team.ae, at=NOW)


def test_nobody_to_approve_is_told_to_ae_and_admin(team):
    admin = make_user(role="admin")
    Assignment.objects.filter(user=team.am).delete()
    Assignment.objects.filter(user=team.ad).delete()
    team.gad.is_active = False
    team.gad.save()
    row = team.submitted()
    assert row.state == "submitted"
    assert told("no_approver") == {team.ae.pk, admin.pk}
    assert told("step_waiting") == set()


# --- refuse -------------------------------------------------------------------------------------


@pytest.mark.rule("R61")
def test_a_refusal_reaches_the_author_and_everybody_who_said_yes(team):
    row = manager(team.submitted(), team.am)
    Notification.objects.all().delete()
    row = refuse(paper=row, step="director", by=team.ad, at=NOW, reason=REASON)
    assert (row.state, row.closed_reason) == ("refused", REASON)
    assert {team.ae.pk, team.am.pk} <= told("refused")
    assert row.approvals.get(step="director").reason == REASON
    assert REASON in Notification.objects.filter(kind="refused").first().label


@pytest.mark.rule("R61")
@pytest.mark.parametrize("reason", ["", "no", "xxxxxxxxxxxx"])
def test_no_refusal_without_a_reason(team, reason):
    row = team.submitted()
    with pytest.raises(Refused):
        refuse(paper=row, step="manager", by=team.am, at=NOW, reason=reason)
    row.refresh_from_db()
    assert row.state == "submitted"


def test_the_author_does_not_refuse_either(team):
    row = team.submitted(by=team.am)
    with pytest.raises(Refused, match="Whoever wrote"):
        refuse(paper=row, step="manager", by=team.am, at=NOW, reason=REASON)


# --- withdraw -----------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["draft", "submitted", "manager_ok", "approved", "sent"])
def test_withdrawn_from_anywhere_before_the_signature(team, state):
    row = getattr(team, state)()
    row = withdraw_estimate(estimate=row, by=team.ae, at=NOW, reason=REASON)
    assert (row.state, row.closed_reason, due_step(row)) == ("withdrawn", REASON, "")


def test_withdrawing_wants_a_reason_once_submitted(team):
    row = team.submitted()
    with pytest.raises(Refused):
        withdraw_estimate(estimate=row, by=team.ae, at=NOW, reason="")


def test_only_the_author_or_a_manager_withdraws(team):
    second = make_user(role="ae")
    assign(team.client, second, role="ae", is_lead=False)
    row = team.submitted()
    with pytest.raises(Refused, match="Only the author"):
        withdraw_estimate(estimate=row, by=second, at=NOW, reason=REASON)
    assert withdraw_estimate(estimate=row, by=team.am, at=NOW, reason=REASON).state == "withdrawn"


def test_a_signed_one_is_not_withdrawn(team):
    with pytest.raises(Refused, match="Signed"):
        withdraw_estimate(estimate=team.signed(), by=team.ae, at=NOW, reason=REASON)
