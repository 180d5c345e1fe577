"""The media plan's way through the chain that estimates take, and the holes in it (3.6, 3.8)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction

from agency.common.errors import Stale
from agency.common.models import AuditEntry, Notification, OutboxMail
from archives.models import Document
from budgets.models import MediaLine, MediaPlan
from jobs.models import OutgoingCheck, StartOrder
from jobs.reports.missing import checked
from jobs.services.chain import approve, refuse, submit, withdraw
from jobs.services.sending import confirm_prices, expire, renew, send
from jobs.services.signing import confirm_scan, paper_of, record_scan, refuse_by_link
from jobs.services.start import may_start
from tests.budgets import plans
from tests.budgets.plan_way import HOUR, NOW, REASON, TOTAL, D, PlanTeam, link_of, sign
from tests.builders import from_kept, make_contact, make_user
from tests.jobs import make as jobs
from tests.jobs.drafts import refusal

pytestmark = pytest.mark.django_db


def make_kept():
    team = PlanTeam(code="LM")
    jobs.make_timeline(team.job)
    return {"team": team, "draft": team.draft()}


team, draft = from_kept("team", "draft")


def told(kind):
    return set(Notification.objects.filter(kind=kind).values_list("recipient", flat=True))


def forbidden(function, *args, **kwargs):
    with pytest.raises(Error), transaction.atomic():
        function(*args, **kwargs)
    return True


# --- submit -------------------------------------------------------------------------------------


@pytest.mark.rule("R56")
def test_submission_freezes_numbers_and_tells_the_manager(team, draft):
    row = team.submitted(draft)
    assert (row.state, row.number, row.total) == ("submitted", "LM/MP/2026/001", TOTAL)
    assert (row.submitted_by, row.submitted_at, len(row.data_sha256)) == (team.ae, NOW, 64)
    assert told("step_waiting") == {team.am.pk}
    assert AuditEntry.objects.of(row).filter(verb="submit_plan").count() == 1


def test_everything_missing_is_said_at_once(team):
    row = plans.draft_of(team.job, {"runs": 1, "unit_gross": D("0")})
    team.job.briefs.update(state="superseded")
    words = str(refusal(submit, paper=row, by=team.ae, at=NOW))
    assert "has no price" in words
    assert "The brief has changed" in words


def test_a_plan_without_lines_is_not_handed_in(team, draft):
    draft.lines.all().delete()
    assert "There is no line yet." in str(refusal(submit, paper=draft, by=team.ae, at=NOW))


def test_nothing_is_handed_in_for_a_job_that_ended(team, draft):
    team.job.state = "cancelled"
    team.job.save()
    said = str(refusal(submit, paper=draft, by=team.ae, at=NOW))
    assert "This job has ended: no media plan is submitted any more." in said


@pytest.mark.rule("R56")
def test_the_media_department_writes_but_an_ae_hands_in(team, draft):
    media = plans.worker(team.job)
    plans.add(draft, by=media)
    draft.refresh_from_db()
    with pytest.raises(PermissionDenied):
        submit(paper=draft, by=media, at=NOW)
    row = submit(paper=draft, by=team.ae, at=NOW)
    assert list(row.editors.all()) == [media]


def test_of_an_older_page_nothing_is_handed_in(team, draft):
    with pytest.raises(Stale):
        submit(paper=draft, by=team.ae, at=NOW, row_version=draft.row_version + 1)


# --- approve, refuse ----------------------------------------------------------------------------


@pytest.mark.rule("R56", "R58", "R71")
def test_manager_then_director(team, draft):
    row = team.approved(draft)
    assert row.state == "approved"
    said = list(row.approvals.values_list("step", "by", "data_sha256"))
    assert said == [(step, by.pk, row.data_sha256) for step, by in
                    (("manager", team.am), ("director", team.ad))]  # fmt: skip
    check = OutgoingCheck.objects.get()
    assert (check.kind, check.state, check.sha256) == ("media_plan", "passed", row.data_sha256)
    assert not checked().exists()


@pytest.mark.rule("R58")
@pytest.mark.parametrize("cent", ["0.01", "-0.01"])
def test_a_cent_off_the_control_total(team, draft, cent):
    row = team.submitted(draft)
    said = refusal(
        approve, paper=row, step="manager", by=team.am, at=NOW, control_total=TOTAL + D(cent)
    )
    assert said.message == "Your own addition does not give the total of the media plan."


def test_steps_come_in_order(team, draft):
    row = team.submitted(draft)
    said = refusal(approve, paper=row, step="director", by=team.ad, at=NOW)
    assert "the media plan is “With the account manager”" in said.message


def test_who_wrote_a_line_does_not_approve(team, draft):
    plans.add(draft, by=team.am)
    draft.refresh_from_db()
    row = team.submitted(draft)
    said = refusal(approve, paper=row, step="manager", by=team.am, at=NOW, control_total=row.total)
    assert said.message == "Whoever wrote or changed a media plan does not approve it."


def test_an_ae_has_no_step(team, draft):
    row = team.manager_ok(draft)
    with pytest.raises(PermissionDenied):
        approve(paper=row, step="director", by=team.ae, at=NOW)


def test_above_the_limit_a_second_director_says_yes(team, draft):
    team.client.director_limit = TOTAL - D("0.01")
    team.client.save()
    row = team.approved(draft)
    assert row.state == "director_ok"
    assert approve(paper=row, step="director2", by=team.gad, at=NOW).state == "approved"


@pytest.mark.rule("R61")
def test_refusal_has_a_reason_and_reaches_the_author(team, draft):
    row = team.manager_ok(draft)
    assert refusal(refuse, paper=row, step="director", by=team.ad, at=NOW, reason="no")
    row = refuse(paper=row, step="director", by=team.ad, at=NOW, reason=REASON)
    assert (row.state, row.closed_reason) == ("refused", REASON)
    assert {team.ae.pk, team.am.pk} <= told("refused")


@pytest.mark.parametrize("field", ["media_price", "gross", "commission", "service_fee"])
def test_figures_that_do_not_add_up_are_not_approved(team, draft, field):
    line = draft.lines.first()
    MediaLine.objects.filter(pk=line.pk).update(**{field: getattr(line, field) + D("0.01")})
    row = team.submitted(draft)
    said = refusal(approve, paper=row, step="manager", by=team.am, at=NOW, control_total=row.total)
    assert "not those that were submitted" in said.message


# --- what the database forbids ------------------------------------------------------------------


def test_lines_of_a_submitted_plan_are_frozen(team, draft):
    row = team.submitted(draft)
    line = row.lines.first()
    same = MediaLine.objects.filter(pk=line.pk)
    assert forbidden(same.update, runs=99)
    assert forbidden(same.update, media_price=D("1"))
    assert forbidden(same._raw_delete, "default")
    assert forbidden(same.update, booked_on=NOW.date())
    assert refusal(plans.add, plan=row)


def test_the_plan_itself_is_frozen_and_skips_no_step(team, draft):
    same = MediaPlan.objects.filter(pk=draft.pk)
    assert forbidden(same.update, state="approved")
    row = team.submitted(draft)
    assert forbidden(same.update, total=row.total + 1, vat=row.vat + 1)
    assert forbidden(same.update, mode="on_top")
    assert forbidden(same.update, state="sent")
    assert forbidden(same._raw_delete, "default")


def test_no_author_in_the_approvals_and_no_change_of_one(team, draft):
    row = team.submitted(draft)
    given = {"step": "manager", "decision": "approved", "at": NOW, "data_sha256": row.data_sha256}
    assert forbidden(row.approvals.create, by=team.ae, **given)
    kept = row.approvals.create(by=team.am, **given)
    assert forbidden(type(kept).objects.filter(pk=kept.pk).update, by=team.ad)


# --- send, sign ---------------------------------------------------------------------------------


@pytest.mark.rule("R57")
def test_sent_with_both_faces_and_a_link(team, draft):
    row = team.sent(draft)
    assert (row.state, row.sent_to) == ("sent", team.signer)
    papers = Document.objects.filter(kind="media_plan")
    assert set(papers.values_list("face", "number")) == {
        ("client", row.number), ("internal", row.number),
    }  # fmt: skip
    assert paper_of(link_of(row)) == row
    mail = OutboxMail.objects.get(key__startswith=f"plan:{row.pk}")
    assert "媒介计划" in mail.subject


def test_only_to_a_contact_who_may_sign_so_much(team, draft):
    row = team.approved(draft)
    poor = make_contact(team.client, can_sign=True, sign_limit=TOTAL - D("0.01"))
    said = refusal(send, paper=row, contact=poor, by=team.ae, at=NOW)
    assert said.field == "contact"


@pytest.mark.rule("R57")
def test_signed_by_link_media_may_start(team, draft):
    row = team.sent(draft)
    assert "The client has not signed the media plan." in start_reasons(team)
    sign(row)
    row.refresh_from_db()
    assert (row.state, row.signed_by, row.signed_at) == ("signed", team.signer, NOW + HOUR)
    assert start_reasons(team) == []
    assert StartOrder.objects.filter(pk=jobs.make_order(team.job, "media").pk).exists()
    assert AuditEntry.objects.of(row).filter(verb="sign_plan").count() == 1


def start_reasons(team):
    return may_start(job=team.job, kind="media", at=NOW + HOUR)


def test_finance_and_the_team_learn_of_the_signature(team, draft):
    finance = make_user(role="finance")
    team.signed(draft)
    assert {finance.pk, team.ae.pk, team.am.pk, team.ad.pk} <= told("signed")


def test_signed_is_signed_once(team, draft):
    row = team.sent(draft)
    link = link_of(row)
    assert not sign(row, link=link).is_repeat
    assert sign(row, link=link).is_repeat


@pytest.mark.rule("R61")
def test_the_client_refuses_in_words(team, draft):
    row = team.sent(draft)
    link = link_of(row)
    refuse_by_link(link=link, typed_name="何嘉宁", sha256=link.sha256, reason=REASON, at=NOW + HOUR)
    row.refresh_from_db()
    assert (row.state, row.closed_reason) == ("refused", REASON)
    assert start_reasons(team) == ["The client has not signed the media plan."]


@pytest.mark.rule("R57")
def test_a_scan_counts_once_a_second_person_has_looked(team, draft):
    row = team.sent(draft)
    record_scan(paper=row, contact=team.signer, proof=team.scan(), by=team.ae, at=NOW + HOUR)
    assert start_reasons(team) != []
    with pytest.raises(PermissionDenied):
        confirm_scan(paper=row, by=team.ae, at=NOW + HOUR)
    assert confirm_scan(paper=row, by=team.am, at=NOW + HOUR).state == "signed"
    assert start_reasons(team) == []


def test_who_recorded_it_does_not_confirm_it(team, draft):
    row = team.sent(draft)
    record_scan(paper=row, contact=team.signer, proof=team.scan(), by=team.am, at=NOW + HOUR)
    assert refusal(confirm_scan, paper=row, by=team.am, at=NOW + HOUR)


# --- out of time, taken back --------------------------------------------------------------------


def test_expired_to_the_second_then_renewed(team, draft):
    row = team.sent(draft)
    early = row.expires_at - HOUR / 3600
    assert expire(paper=row, at=early) is None
    gone = expire(paper=row, at=row.expires_at)
    assert gone.state == "expired"
    later = gone.expires_at + HOUR
    assert refusal(renew, paper=gone, by=team.ae, at=later).field == "costs_confirmed"
    confirm_prices(paper=gone, by=team.am, at=later)
    again = renew(paper=gone, by=team.ae, at=later)
    assert (again.state, again.total) == ("sent", TOTAL)


def test_withdrawn_the_link_is_dead(team, draft):
    row = team.sent(draft)
    link = link_of(row)
    assert withdraw(paper=row, by=team.ae, at=NOW + HOUR, reason=REASON).state == "withdrawn"
    assert refusal(sign, estimate=row, link=link)
    assert set(Document.objects.filter(kind="media_plan").values_list("state", flat=True)) == {
        "superseded"
    }


def test_another_clients_manager_has_no_step(team, draft):
    row, other = team.submitted(draft), PlanTeam()
    with pytest.raises(PermissionDenied):
        approve(paper=row, step="manager", by=other.am, at=NOW, control_total=row.total)
