"""What the clock says of jobs: estimates, questions and facts past their day (5.4)."""

from datetime import date, timedelta

import pytest

from agency.common.clock import run_step
from agency.common.models import Notification
from jobs.services import job as jobs
from jobs.tasks import STEPS
from tests.builders import make_client, make_contact, make_contract, when
from tests.jobs import make

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def client(ae, am, ad):
    client = make_client("LM", team=[ae, am, ad])
    make_contract(client)
    return client


@pytest.fixture
def approved(client, ae, am):
    job = make.make_job(client, ae, state="requested")
    make.make_brief(job)
    return jobs.approve_job(job=job, by=am, at=when("2026-11-19 15:00"))


def tick(name, at):
    step = next(step for step in STEPS if step.name == name)
    return list(run_step(step, when(at) if isinstance(at, str) else at))


def told(kind):
    rows = Notification.objects.filter(kind=kind, is_dropped=False)
    return {(row.recipient.role, row.level) for row in rows}


@pytest.mark.rule("R55")
def test_estimate_is_red_for_the_ae_then_for_the_manager(approved):
    assert tick("estimates missing", when("2026-11-23 18:00") - SECOND) == []
    assert tick("estimates missing", "2026-11-23 18:00") == ["estimates missing: estimate: due"]
    assert told("estimate_due") == {("ae", "breach")}
    assert tick("estimates missing", when("2026-11-25 18:00") - SECOND) == []
    tick("estimates missing", "2026-11-25 18:00")
    assert told("estimate_due") == {("ae", "breach"), ("am", "escalation")}
    assert tick("estimates missing", "2026-12-25 18:00") == []


@pytest.mark.rule("R55")
def test_after_a_stop_only_the_highest_slot_is_told(approved):
    tick("estimates missing", "2026-11-30 09:00")
    assert told("estimate_due") == {("am", "escalation")}


@pytest.mark.rule("R55")
def test_estimate_handed_in_is_no_matter_of_the_clock(approved):
    make.pass_to(make.make_estimate(approved), "submitted")
    assert tick("estimates missing", "2026-11-24 09:00") == []
    approved.refresh_from_db()
    assert approved.next_notice_at is None
    assert told("estimate_due") == set()


@pytest.mark.rule("R79")
def test_question_past_its_day_reminds_both_once(client, ae, am):
    job = make.make_job(client, ae)
    friday = date(2026, 11, 20)
    job.questions.create(text="Which logo?", asked_by=ae, answerer=am, due_on=friday)
    assert tick("questions past their day", when("2026-11-23 09:00") - SECOND) == []
    assert tick("questions past their day", "2026-11-23 09:00") != []
    assert told("question_due") == {("ae", "breach"), ("am", "breach")}
    assert tick("questions past their day", "2026-11-24 09:00") == []


@pytest.mark.rule("R79")
def test_answered_question_rests(client, ae, am):
    job = make.make_job(client, ae)
    at = when("2026-11-20 12:00")
    job.questions.create(
        text="Which?", asked_by=ae, answerer=am, due_on=at.date(), answer="Red", answered_at=at
    )
    assert tick("questions past their day", "2026-11-24 09:00") == []


@pytest.mark.rule("R52")
def test_fact_past_its_day_is_said_to_the_ae_once(client, ae):
    brief = make.make_brief(make.make_job(client, ae))
    contact = make_contact(client)
    brief.facts.create(name="Photo", from_contact=contact, due_on=date(2026, 11, 20))
    assert tick("facts past their day", "2026-11-20 18:00") == []
    tick("facts past their day", "2026-11-23 09:00")
    assert told("fact_due") == {("ae", "breach")}
    assert tick("facts past their day", "2026-11-24 09:00") == []


@pytest.mark.rule("R52")
def test_facts_of_old_versions_and_ended_jobs_are_left_alone(client, ae):
    old = make.make_brief(make.make_job(client, ae), state="superseded")
    ended = make.make_brief(make.make_job(client, ae, state="closed"))
    for brief in (old, ended):
        brief.facts.create(name="Photo", from_user=ae, due_on=date(2026, 11, 20))
    assert tick("facts past their day", "2026-11-24 09:00") == []
