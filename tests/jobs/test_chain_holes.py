"""The thirteen holes of the chain that must stay shut (3.6), and what stands around them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction

from accounts.models import Assignment
from agency.common.errors import Refused
from agency.common.models import AuditEntry, Notification, OutboxMail
from archives.models import Document
from jobs.models import Estimate, EstimateApproval, EstimateLine, Job
from jobs.services.chain import (
    approve,
    refuse,
    submit_estimate,
    withdraw_estimate,
)
from jobs.services.lines import add_rows, delete_line, save_line
from jobs.services.revising import revise_estimate
from jobs.services.signing import sign_by_link
from tests.builders import assign, make_client, make_stand_in, make_user, unguarded
from tests.jobs import make
from tests.jobs.way import HOUR, LINES, NOW, REASON, TOTAL, D, Team, link_of, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return Team(code="LM")


def told(kind):
    return set(Notification.objects.filter(kind=kind).values_list("recipient", flat=True))


def manager(row, by, total=None, **more):
    total = row.total if total is None else total
    return approve(paper=row, step="manager", by=by, at=NOW, control_total=total, **more)


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
    with unguarded() as cursor:
        cursor.execute(sql, [key])


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
