"""The next version of a media plan: it takes the place of a change order (3.8)."""

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.models import AuditEntry
from archives.models import Document
from budgets.models import MediaLine
from budgets.services import plan_lines
from budgets.services.plan import follow_brief
from budgets.services.plan_revising import revise_plan
from jobs.services import brief as briefs
from jobs.services.chain import refuse, submit
from jobs.services.completion import sums_of
from jobs.services.papers import signed_sums
from jobs.services.start import may_start
from tests.archives.papers import make_document
from tests.budgets import plans
from tests.budgets.plan_way import HOUR, NOW, REASON, D, PlanTeam
from tests.builders import from_kept
from tests.jobs import make as jobs
from tests.jobs.drafts import fresh, refusal

MISSED = "The station changed its programme."
pytestmark = [pytest.mark.django_db, pytest.mark.rule("R60")]
LATER = NOW + 2 * HOUR


def make_kept():
    team = PlanTeam(code="LM")
    return {"team": team, "signed": team.signed()}


team, signed = from_kept("team", "signed")


def revise(plan, by, **given):
    return revise_plan(plan=plan, by=by, at=LATER, reason=REASON, **given)


def line_of(plan, vehicle):
    return plan.lines.get(vehicle=vehicle)


def test_the_next_version_holds_the_same_lines_by_thread(team, signed):
    draft = revise(signed, team.ae)
    assert (draft.state, draft.revision, draft.number) == ("draft", 2, signed.number)
    assert (draft.supersedes, draft.total) == (signed, signed.total)
    threads = [list(row.lines.values_list("thread", "media_price")) for row in (signed, draft)]
    assert threads[0] == threads[1]
    assert not draft.approvals.exists()
    assert AuditEntry.objects.of(draft).get(verb="revise_plan").changes["reason"] == REASON


def test_of_a_signed_plan_it_needs_a_reason(team, signed):
    assert refusal(revise_plan, plan=signed, by=team.ae, at=LATER, reason="more")


def test_one_unsigned_version_at_a_time(team, signed):
    revise(signed, team.ae)
    assert "unsigned media plan" in refusal(revise, plan=signed, by=team.ae).message


def test_the_media_department_opens_nothing_signed(team, signed):
    with pytest.raises(PermissionDenied):
        revise(signed, plans.worker(team.job))


def test_the_signed_one_holds_until_the_new_one_is_signed(team, signed):
    jobs.make_timeline(team.job)
    sent = team.sent(revise(signed, team.ae), at=LATER)
    assert fresh(signed).state == "signed"
    assert may_start(job=team.job, kind="media", at=LATER) == []
    assert sent.state == "sent"


def test_signed_the_old_one_gives_way_in_the_same_act(team, signed):
    row = team.signed(revise(signed, team.ae), at=LATER)
    old = fresh(signed)
    assert (old.state, old.superseded_at) == ("superseded", LATER)
    assert (row.state, row.signed_at) == ("signed", LATER)
    papers = Document.objects.filter(kind="media_plan")
    assert set(papers.values_list("revision", "state")) == {(1, "superseded"), (2, "issued")}


def test_marks_go_with_the_thread_as_they_are_at_the_signature(team, signed):
    draft = revise(signed, team.ae)
    proof = make_document(team.client, kind="other")
    tv, paper, radio = (line.vehicle for line in signed.lines.all())
    signed.lines.update(booked_on=NOW.date())
    signed.lines.filter(vehicle=tv).update(run_ok="run", proof=proof)
    signed.lines.filter(vehicle=paper).update(
        run_ok="missed", missed_reason=MISSED, made_good_by=line_of(signed, radio)
    )
    row = team.signed(draft, at=LATER)
    assert list(row.lines.values_list("run_ok", "proof", "booked_on")) == [
        ("run", proof.pk, NOW.date()), ("missed", None, NOW.date()), ("open", None, NOW.date()),
    ]  # fmt: skip
    assert line_of(row, paper).made_good_by == line_of(row, radio)


def test_months_to_come_can_be_cut(team, signed):
    draft = revise(signed, team.ae)
    plan_lines.remove_line(line=draft.lines.last(), by=team.ae, at=LATER)
    draft.refresh_from_db()
    row = team.signed(draft, at=LATER)
    assert row.lines.count() == signed.lines.count() - 1
    assert row.total < signed.total


def test_what_has_run_cannot_be_cut(team, signed):
    draft = revise(signed, team.ae)
    line = signed.lines.last()
    plan_lines.remove_line(line=draft.lines.last(), by=team.ae, at=LATER)
    MediaLine.objects.filter(pk=line.pk).update(run_ok="missed", missed_reason=MISSED)
    said = str(refusal(submit, paper=fresh(draft), by=team.ae, at=LATER))
    assert f"“{line}” of the signed plan has run or was missed" in said


def test_a_refused_version_is_revised_without_a_reason(team, signed):
    row = team.submitted(revise(signed, team.ae))
    row = refuse(paper=row, step="manager", by=team.am, at=LATER, reason=REASON)
    draft = revise_plan(plan=row, by=team.ae, at=LATER)
    assert (draft.revision, draft.supersedes) == (3, signed)


def test_only_the_newest_ended_version_is_revised(team, signed):
    row = team.submitted(revise(signed, team.ae))
    row = refuse(paper=row, step="manager", by=team.am, at=LATER, reason=REASON)
    newer = team.submitted(revise_plan(plan=row, by=team.ae, at=LATER))
    refuse(paper=newer, step="manager", by=team.am, at=LATER, reason=REASON)
    assert "newer revision" in refusal(revise_plan, plan=row, by=team.ae, at=LATER).message


def test_a_draft_is_not_revised(team, signed):
    draft = revise(signed, team.ae)
    assert refusal(revise_plan, plan=draft, by=team.ae, at=LATER)


def put_next_brief_in_force(team):
    draft = briefs.draft_brief(job=team.job, kind="job", by=team.ae, at=LATER)
    typed = {"message": "Two gift boxes", "reason": REASON}
    briefs.save_brief(brief=draft, typed=typed, by=team.ae, at=LATER)
    return briefs.put_in_force(brief=draft, departments=[], by=team.ae, at=LATER)


@pytest.mark.rule("R51")
def test_new_brief_marks_the_draft_until_it_goes_by_it(client, team, signed):
    jobs.make_deliverable(team.job)
    draft = revise(signed, team.ae)
    put_next_brief_in_force(team)
    client.force_login(team.ae)
    page = client.get(team.job.get_absolute_url()).content.decode()
    assert (page.count("brief changed"), fresh(draft).brief_changed) == (1, True)
    assert not fresh(signed).brief_changed
    assert not follow_brief(plan=fresh(draft), by=team.ae, at=LATER).brief_changed


def test_completion_form_sums_the_signed_plan(team, signed):
    team.job.costs.create(kind="bill", on=NOW.date(), amount="400000.00")
    assert sums_of(team.job) == (D("489172.50"), D("400000.00"))
    assert signed_sums(team.job) == (D("489172.50"), D("415796.62"))


def test_the_media_department_takes_up_what_came_back(sign_in):
    team = PlanTeam(code="MD")
    back = refuse(paper=team.submitted(), step="manager", by=team.am, at=LATER, reason=REASON)
    page, url = sign_in(plans.worker(team.job)), f"{back.get_absolute_url()}revise/"
    assert url in page.get(back.get_absolute_url()).content.decode()
    assert page.post(url, {"row_version": fresh(back).row_version}).status_code == 302
    draft = team.job.media_plans.get(revision=2)
    with pytest.raises(PermissionDenied):
        submit(paper=draft, by=draft.author, at=LATER)


def test_no_other_department_takes_it_up(team, signed):
    with pytest.raises(PermissionDenied):
        revise(signed, plans.worker(team.job, "creative"))
