"""Briefs: versions, what they lack, who is told, who confirms, who comments (R50–R54, R83)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused, Stale
from agency.common.models import Notification
from archives.models import Document
from jobs.models import Brief, Estimate, Fact, Job
from jobs.services import brief as briefs
from tests.builders import assign, make_client, make_contact, make_user
from tests.jobs import make
from tests.jobs.make import NOW

pytestmark = pytest.mark.django_db
WHY = "The client moved the launch"
PARTS = {part: f"The {part} of it" for part in Brief.PARTS}


@pytest.fixture
def client(ae, am, ad):
    return make_client("LM", team=[ae, am, ad])


@pytest.fixture
def creative(client):
    user = make_user(role="department", department="creative")
    assign(client, user, "department")
    return user


@pytest.fixture
def job(client, ae):
    job = make.make_job(client, ae)
    make.make_deliverable(job)
    return job


def draft(job, by, kind="job", **typed):
    brief = briefs.draft_brief(job=job, kind=kind, by=by, at=NOW)
    return briefs.save_brief(brief=brief, typed={**PARTS, **typed}, by=by, at=NOW)


def force(brief, by, departments=(), **more):
    return briefs.put_in_force(brief=brief, departments=departments, by=by, at=NOW, **more)


@pytest.fixture
def in_force(job, ae):
    return force(draft(job, ae), ae, ["creative"])


def test_first_version_is_written_and_put_in_force(in_force):
    assert (in_force.version, in_force.state, in_force.in_force_at) == (1, "in_force", NOW)
    faces = Document.objects.filter(kind="brief").order_by("face")
    assert [(paper.face, paper.number) for paper in faces] == [
        ("client", "LM/BR/2026/001"), ("internal", "LM/BR/2026/001"),
    ]  # fmt: skip


def test_second_draft_is_the_first(job, ae):
    assert draft(job, ae) == briefs.draft_brief(job=job, kind="job", by=ae, at=NOW)


@pytest.mark.rule("R50")
def test_empty_parts_are_named(job, ae):
    brief = draft(job, ae, objective=" ", message="")
    with pytest.raises(Refused) as refused:
        force(brief, ae)
    assert refused.value.reasons == [
        ("objective", "“objective” is still empty."),
        ("message", "“message” is still empty."),
    ]


def test_job_without_deliverables_is_not_briefed(client, ae):
    with pytest.raises(Refused) as refused:
        force(draft(make.make_job(client, ae), ae), ae)
    assert refused.value.message == "The job has no deliverables yet."


@pytest.mark.rule("R51")
def test_change_is_a_new_version_with_reason_and_everybody_is_told(
    job, in_force, ae, am, ad, creative
):
    newer = draft(job, ae, message="Another message")
    assert (newer.version, newer.background) == (2, in_force.background)
    with pytest.raises(Refused) as refused:
        force(newer, ae)
    assert refused.value.field == "reason"
    briefs.save_brief(brief=newer, typed={"reason": WHY}, by=ae, at=NOW)
    make.make_order(job, kind="creative")
    force(newer, ae)
    in_force.refresh_from_db()
    assert in_force.state == "superseded"
    told = Notification.objects.filter(kind="brief_changed", subject_id=newer.pk)
    assert {row.recipient for row in told} == {am, ad, creative}
    assert all(WHY in row.label for row in told)


@pytest.mark.rule("R51")
def test_old_version_is_never_edited(in_force, ae):
    with pytest.raises(Refused):
        briefs.save_brief(brief=in_force, typed={"message": "Other"}, by=ae, at=NOW)


@pytest.mark.rule("R51")
def test_version_is_new_for_a_day(in_force):
    day = timedelta(hours=24)
    assert in_force.is_new(NOW + day - timedelta(seconds=1))
    assert not in_force.is_new(NOW + day)


def test_new_version_takes_the_place_of_the_old_paper(job, in_force, ae):
    force(draft(job, ae, reason=WHY), ae)
    papers = Document.objects.filter(kind="brief", face="client").order_by("revision")
    assert [(row.number, row.revision, row.state) for row in papers] == [
        ("LM/BR/2026/001", 1, "superseded"), ("LM/BR/2026/001", 2, "issued"),
    ]  # fmt: skip


def test_stale_draft_loses_nothing_silently(job, ae):
    brief = draft(job, ae)
    with pytest.raises(Stale):
        briefs.save_brief(brief=brief, typed=PARTS, by=ae, at=NOW, row_version=0)


def test_new_brief_marks_drafts_and_asks_about_signed_estimates(client, job, in_force, ae):
    signed = make.pass_to(make.make_estimate(job), "signed")
    change = make.make_estimate(job, change=1)
    force(draft(job, ae, reason=WHY), ae)
    signed.refresh_from_db()
    change.refresh_from_db()
    assert (signed.scope_answer, change.brief_changed) == ("asked", True)


@pytest.mark.rule("R60")
def test_scope_question_is_answered_once(job, ae):
    estimate = make.make_estimate(job, scope_answer="asked")
    with pytest.raises(Refused):
        briefs.answer_scope(estimate=estimate, needed=False, reason="no", by=ae, at=NOW)
    row = briefs.answer_scope(estimate=estimate, needed=False, reason=WHY, by=ae, at=NOW)
    assert (row.scope_answer, row.scope_reason) == (Estimate.ScopeAnswer.NO, WHY)
    with pytest.raises(Refused):
        briefs.answer_scope(estimate=estimate, needed=True, by=ae, at=NOW)


# --- the creative brief ---------------------------------------------------------------------------


@pytest.mark.rule("R83")
def test_creative_brief_is_signed_by_the_manager(job, in_force, ae, am):
    brief = draft(job, ae, kind="creative")
    with pytest.raises(PermissionDenied):
        force(brief, ae)
    signed = force(brief, am)
    assert (signed.signed_by, signed.signed_at) == (am, NOW)
    assert Document.objects.filter(kind="creative_brief").count() == 2


# --- facts ----------------------------------------------------------------------------------------


def rows(contact=None, **fields):
    base = {"name": "Product photo", "needed_for": "creative", "state": "awaited"}
    return [{**base, "from_contact": contact, "due_on": date(2026, 11, 24), **fields}]


@pytest.mark.rule("R52")
def test_awaited_fact_names_source_and_day(job, ae):
    brief = draft(job, ae)
    with pytest.raises(Refused) as refused:
        briefs.save_brief(brief=brief, typed={}, facts=rows(), by=ae, at=NOW)
    assert refused.value.field == "facts"
    contact = make_contact(job.client)
    briefs.save_brief(brief=brief, typed={}, facts=rows(contact), by=ae, at=NOW)
    assert brief.facts.get().source == contact


def test_fact_left_out_is_dropped_and_the_next_version_copies_them(job, ae):
    brief = draft(job, ae)
    two = [*rows(make_contact(job.client)), {"name": "Logo", "state": "received"}]
    briefs.save_brief(brief=brief, typed={}, facts=two, by=ae, at=NOW)
    kept = [{"pk": row.pk, "name": row.name} for row in brief.facts.filter(name="Logo")]
    briefs.save_brief(brief=brief, typed={}, facts=kept, by=ae, at=NOW)
    force(brief, ae)
    newer = briefs.draft_brief(job=job, kind="job", by=ae, at=NOW)
    assert [fact.name for fact in newer.facts.all()] == ["Logo"]
    assert [fact.name for fact in brief.facts.all()] == ["Logo"]


@pytest.mark.rule("R52")
def test_fact_comes_in(job, in_force, ae):
    fact = Fact.objects.create(
        brief=in_force, name="Photo", from_user=ae, due_on=date(2026, 11, 24), state="awaited"
    )
    assert briefs.state_fact(fact=fact, state="received", by=ae, at=NOW).state == "received"


# --- is it enough? --------------------------------------------------------------------------------


@pytest.mark.rule("R52")
def test_department_is_asked_and_says_what_is_missing(job, ae, creative):
    brief = force(draft(job, ae), ae, ["creative"])
    assert Notification.objects.filter(recipient=creative, kind="step_waiting").count() == 1
    row = brief.confirmations.get()
    with pytest.raises(Refused) as refused:
        briefs.confirm_brief(confirmation=row, enough=False, by=creative, at=NOW)
    assert refused.value.field == "missing"
    row = briefs.confirm_brief(
        confirmation=row, enough=False, missing="The photo", by=creative, at=NOW
    )
    assert (row.enough, row.missing, row.by) == (False, "The photo", creative)
    assert "The photo" in Notification.objects.get(recipient=ae, kind="refused").label


def test_the_answer_is_told_in_the_language_of_who_is_told(job, ae, creative):
    ae.language = "zh"
    ae.save()
    row = force(draft(job, ae), ae, ["creative"]).confirmations.get()
    briefs.confirm_brief(confirmation=row, enough=True, by=creative, at=NOW)
    label = Notification.objects.get(recipient=ae, kind="approved").label
    assert label.startswith("创意部 ")
    assert label.endswith("足以开工")


def test_other_department_does_not_answer(job, in_force, client):
    media = make_user(role="department", department="media")
    assign(client, media, "department")
    with pytest.raises(PermissionDenied):
        briefs.confirm_brief(
            confirmation=in_force.confirmations.get(), enough=True, by=media, at=NOW
        )


@pytest.mark.rule("R52")
def test_a_department_that_was_forgotten_is_asked_about_the_version_in_force(job, ae, creative):
    brief = force(draft(job, ae), ae)
    assert job not in Job.objects.visible_to(creative, NOW)
    briefs.ask_departments(brief=brief, departments=["creative"], by=ae, at=NOW)
    assert job in Job.objects.visible_to(creative, NOW)
    assert Notification.objects.filter(recipient=creative, kind="step_waiting").count() == 1
    briefs.confirm_brief(confirmation=brief.confirmations.get(), enough=True, by=creative, at=NOW)
    with pytest.raises(Refused, match="asked already"):
        briefs.ask_departments(brief=brief, departments=["creative", "media"], by=ae, at=NOW)
    assert brief.confirmations.count() == 1


def test_only_a_version_in_force_is_asked_about_and_not_by_a_department(
    job, ae, in_force, creative
):
    with pytest.raises(PermissionDenied):
        briefs.ask_departments(brief=in_force, departments=["media"], by=creative, at=NOW)
    with pytest.raises(Refused, match="at least one"):
        briefs.ask_departments(brief=in_force, departments=[], by=ae, at=NOW)
    newer = draft(job, ae, reason=WHY)
    with pytest.raises(Refused):
        briefs.ask_departments(brief=newer, departments=["media"], by=ae, at=NOW)


def test_new_version_asks_again(job, in_force, ae, creative):
    row = in_force.confirmations.get()
    briefs.confirm_brief(confirmation=row, enough=True, by=creative, at=NOW)
    newer = force(draft(job, ae, reason=WHY), ae, ["creative"])
    assert newer.confirmations.get().enough is None
    with pytest.raises(Refused):
        briefs.confirm_brief(confirmation=row, enough=True, by=creative, at=NOW)


# --- strategy try ---------------------------------------------------------------------------------


@pytest.mark.rule("R54")
def test_strategy_try_has_an_author_and_comments(job, ae, am):
    brief = draft(job, ae, strategy_try="Sell the crunch")
    assert brief.strategy_by == ae
    comment = briefs.comment_strategy(brief=brief, text="Sharper, please", by=am, at=NOW)
    assert brief.comments.get() == comment
    assert Notification.objects.get(recipient=ae, kind="strategy_comment").subject_id == brief.pk


def test_budget_is_kept_to_the_cent(job, ae):
    assert draft(job, ae, budget=Decimal("12000.50")).budget == Decimal("12000.50")


def test_nobody_of_another_client_writes_here(job, other_ae):
    with pytest.raises(PermissionDenied):
        briefs.draft_brief(job=job, kind="job", by=other_ae, at=NOW)
