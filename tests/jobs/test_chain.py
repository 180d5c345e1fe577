"""The chain in our house: submit, approve, refuse, withdraw, and the holes in it (3.6)."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, connection, transaction

from accounts.models import Assignment
from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry, Notification, OutboxMail
from archives.models import Document
from jobs.models import Brief, Estimate, EstimateApproval, EstimateLine, Job, OutgoingCheck
from jobs.services.chain import (
    approve,
    decide,
    due_step,
    needs_second_director,
    refuse,
    submit_estimate,
    withdraw_estimate,
)
from jobs.services.lines import add_rows, delete_line, save_line
from jobs.services.revising import revise_estimate
from jobs.services.signing import sign_by_link
from tests.builders import assign, make_client, make_stand_in, make_user
from tests.jobs import make
from tests.jobs.way import HOUR, LINES, NOW, REASON, TOTAL, D, Team, link_of, sign

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _blank_papers(settings):
    """Nobody reads the papers of these tests: tests/jobs/test_estimate_papers.py does."""
    settings.FAULT = "pdf_blank"


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


# --- the thirteen holes -------------------------------------------------------------------------


@pytest.mark.rule("R56", "Z12")
def test_hole_1_a_draft_is_not_approved(team):
    row = team.draft()
    for step, by in (("manager", team.am), ("director", team.ad), ("director2", team.gad)):
        with pytest.raises(Refused, match="This step is not due"):
            approve(paper=row, step=step, by=by, at=NOW, control_total=row.total)
    assert not EstimateApproval.objects.exists()


@pytest.mark.rule("R56", "Z12")
def test_hole_2_nobody_approves_twice(team):
    row = manager(team.submitted(), team.am)
    with pytest.raises(Refused, match="This step is not due"):
        manager(row, team.am)
    row = approve(paper=row, step="director", by=team.ad, at=NOW)
    with pytest.raises(Refused, match="This step is not due"):
        approve(paper=row, step="director", by=team.gad, at=NOW)
    assert row.approvals.count() == 2


@pytest.mark.rule("Z12")
def test_hole_2b_the_manager_is_not_the_director_as_well(team):
    """The AD took the manager step of an AM's paper: the director step is somebody else's."""
    row = team.submitted(by=team.am)
    row = manager(row, team.ad)
    with pytest.raises(Refused, match="You have approved an earlier step"):
        approve(paper=row, step="director", by=team.ad, at=NOW)
    assert approve(paper=row, step="director", by=team.gad, at=NOW).state == "approved"


@pytest.mark.rule("R58")
def test_hole_3_what_was_changed_behind_the_chain_is_not_approved(team):
    """Even a hand on the database that gets past the trigger changes the hash."""
    row = team.submitted()
    from_outside("UPDATE jobs_estimateline SET text = 'Twice' WHERE estimate_id = %s", row.pk)
    with pytest.raises(Refused, match="not those that were submitted"):
        manager(row, team.am)


@pytest.mark.rule("R58")
def test_hole_3b_totals_that_do_not_add_up_are_not_approved(team):
    row = team.submitted()
    from_outside("UPDATE jobs_estimateline SET price = price + 1 WHERE estimate_id = %s", row.pk)
    with pytest.raises(Refused, match="not those that were submitted"):
        manager(row, team.am)


def from_outside(sql, key):
    """As a superuser with the triggers off: what no application can do."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, [key])
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.mark.rule("R56")
def test_hole_4_no_line_is_edited_or_added_after_submission(team):
    row = team.submitted()
    line = row.lines.first()
    for change in (
        lambda: save_line(estimate=row, line=line, data={"quantity": D("9")}, by=team.ae, at=NOW),
        lambda: save_line(estimate=row, data=dict(LINES[0]), by=team.ae, at=NOW),
        lambda: add_rows(estimate=row, rows=[dict(LINES[0])], by=team.ae, at=NOW),
        lambda: delete_line(line=line, by=team.ae, at=NOW),
    ):
        with pytest.raises(Refused, match="Not possible"):
            change()
    assert row.lines.count() == 4


@pytest.mark.rule("R56")
def test_hole_4b_the_database_itself_refuses_it(team):
    row = team.submitted()
    for change in (
        lambda: row.lines.update(price=D("1")),
        lambda: row.lines.first().delete(),
        lambda: EstimateLine.objects.create(
            estimate=row, text="More", unit="x", position=9, unit_cost=D("1")
        ),
        lambda: Estimate.objects.filter(pk=row.pk).update(vat=D("0"), total=row.net),
    ):
        with pytest.raises(Error, match="frozen"), transaction.atomic():
            change()


@pytest.mark.rule("Z12")
def test_hole_5_a_copy_carries_no_approvals(team):
    row = refuse(paper=manager(team.submitted(), team.am), step="director", by=team.ad, at=NOW,
                 reason=REASON)  # fmt: skip
    draft = revise_estimate(estimate=row, by=team.ae, at=NOW)
    assert (draft.state, draft.revision, draft.number) == ("draft", 2, row.number)
    assert (draft.approvals.count(), draft.submitted_at, draft.data_sha256) == (0, None, "")
    assert (draft.control_total, draft.signed_at, draft.total) == (None, None, TOTAL)
    with pytest.raises(Refused, match="This step is not due"):
        approve(paper=draft, step="director", by=team.ad, at=NOW)


def test_hole_6_other_rates_of_job_or_contract_change_nothing_frozen(team):
    row = team.submitted()
    team.client.contracts.update(vat_rate=D("0.13"), contingency_rate=D("0.20"))
    row = manager(row, team.am)
    row = approve(paper=row, step="director", by=team.ad, at=NOW)
    row.refresh_from_db()
    assert (row.total, row.contingency_rate, row.vat_rate) == (TOTAL, D("0.0500"), D("0.0600"))
    with pytest.raises(Error, match="frozen"), transaction.atomic():
        Estimate.objects.filter(pk=row.pk).update(contingency_rate=D("0.20"))


@pytest.mark.rule("R57")
def test_hole_7_the_link_of_an_old_revision_signs_nothing(team):
    row = team.sent()
    old = link_of(row)
    row = withdraw_estimate(estimate=row, by=team.ae, at=NOW, reason=REASON)
    newer = team.sent(revise_estimate(estimate=row, by=team.ae, at=NOW))
    with pytest.raises(Refused):
        sign(row, link=old)
    newer.refresh_from_db()
    assert (newer.state, newer.revision) == ("sent", 2)
    assert Document.objects.get(pk=row.client_document_id).state == "superseded"


@pytest.mark.rule("R57")
def test_hole_8_nothing_is_signed_after_withdrawal(team):
    row = team.sent()
    link = link_of(row)
    withdraw_estimate(estimate=row, by=team.ae, at=NOW, reason=REASON)
    with pytest.raises(Refused):
        sign_by_link(link=link, typed_name="何嘉宁", sha256=link.sha256, at=NOW + HOUR)
    link.refresh_from_db()
    assert link.state == "revoked"


@pytest.mark.rule("R57")
def test_hole_9_two_tabs_sign_once(team):
    row = team.sent()
    link = link_of(row)
    first, second = sign(row, link=link), sign(row, link=link, at=NOW + 2 * HOUR)
    assert (first.pk, second.is_repeat) == (second.pk, True)
    assert AuditEntry.objects.of(row).filter(verb="sign_estimate").count() == 1
    assert row.approvals.filter(step="client").count() == 1


@pytest.mark.rule("Z12")
def test_hole_10_the_author_does_not_approve_through_a_stand_in(team):
    """The AM wrote it; his deputy, himself of rank AM, may not sign it for him."""
    deputy = make_user(role="am")
    stand_in(team, team.am, deputy)
    row = team.submitted(by=team.am)
    with pytest.raises(Refused, match="somebody else"):
        manager(row, deputy)


@pytest.mark.rule("Z12")
def test_hole_10b_an_author_who_stands_in_for_the_manager_does_not_approve(team):
    author = make_user(role="am")
    assign(team.client, author, role="ae", is_lead=False)
    stand_in(team, team.am, author)
    row = team.submitted(by=author)
    with pytest.raises(Refused, match="Whoever wrote"):
        manager(row, author)


def stand_in(team, absent, deputy):
    return make_stand_in(absent, deputy, NOW.date(), NOW.date(), client=team.client)


@pytest.mark.rule("Z12")
def test_hole_11_a_rank_taken_away_in_between_does_not_approve(team):
    row = team.submitted()
    Assignment.objects.filter(user=team.am).update(role="ae", is_lead=False)
    with pytest.raises(PermissionDenied):
        manager(row, team.am)
    team.am.role = "ae"
    team.am.save()
    Assignment.objects.filter(user=team.am).update(role="am")
    with pytest.raises(PermissionDenied):
        manager(row, team.am)


@pytest.mark.rule("R56", "Z12")
def test_hole_12_no_ae_comes_to_the_director_step_by_its_address(team):
    second = make_user(role="ae")
    assign(team.client, second, role="ae", is_lead=False)
    row = manager(team.submitted(), team.am)
    for by in (team.ae, second):
        with pytest.raises(PermissionDenied):
            approve(paper=row, step="director", by=by, at=NOW)
    with pytest.raises(PermissionDenied):
        approve(paper=row, step="director", by=team.am, at=NOW)


def test_hole_12b_the_client_of_a_job_does_not_change(team):
    row = team.submitted()
    other = make_client("QP", team=[team.ae])
    with pytest.raises(Error, match="a job stays with its client"), transaction.atomic():
        Job.objects.filter(pk=row.job_id).update(client=other)


@pytest.mark.rule("Z12")
def test_hole_13_an_approver_who_edited_a_line_is_an_author(team):
    row = team.draft()
    save_line(estimate=row, line=row.lines.first(), data={"unit": "day"}, by=team.am, at=NOW)
    row = submit_estimate(estimate=row, by=team.ae, at=NOW)
    with pytest.raises(Refused, match="Whoever wrote or changed"):
        manager(row, team.am)
    assert manager(row, team.ad).state == "manager_ok"


@pytest.mark.rule("R60")
def test_hole_14_no_negative_line_in_a_base_estimate(team):
    row = team.draft()
    with pytest.raises(Refused, match="only in a change order"):
        save_line(estimate=row, data={**LINES[0], "quantity": D("-1")}, by=team.ae, at=NOW)
    make.make_line(row, "Rebate", position=9, quantity=D("-1"), cost=D("-100"), price=D("-100"))
    with pytest.raises(Refused, match="only in a change order"):
        submit_estimate(estimate=row, by=team.ae, at=NOW)


def test_one_mail_and_one_notice_a_person_and_step(team):
    manager(team.submitted(), team.am)
    keys = list(OutboxMail.objects.values_list("key", flat=True))
    assert len(keys) == len(set(keys))
    assert Notification.objects.filter(kind="step_waiting", recipient=team.am).count() == 1
    assert Notification.objects.filter(kind="step_waiting", recipient=team.ad).count() == 1
