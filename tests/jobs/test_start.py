"""May work begin, and each reason why not (R52, R57, R62, R83)."""

import pytest

from jobs.models import Job
from jobs.services.start import may_start
from tests.builders import make_client, make_contract, make_user
from tests.jobs import make
from tests.jobs.make import DUE, NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def job(ae):
    """A job with all that its start needs, except the client's signature."""
    job = make.make_job(make_client(team=[ae]), ae, risk_note="The agency bears it till then")
    brief = make.make_brief(job)
    for department in ("creative", "production", "media"):
        make.confirm(brief, department)
    make.make_brief(job, kind="creative")
    make.make_timeline(job)
    return job


def reasons(job, kind, department=""):
    job = Job.objects.get(pk=job.pk)
    return may_start(job=job, kind=kind, at=NOW, department=department)


def test_nothing_is_in_the_way(job):
    assert reasons(job, "creative") == []
    assert reasons(job, "planning", "creative") == []


@pytest.mark.rule("R50")
@pytest.mark.parametrize("state", ["requested", "rejected", "cancelled", "delivered", "closed"])
def test_only_an_approved_or_active_job_starts(job, ae, state):
    other = make.make_job(job.client, ae, state=state, risk_note="The agency bears it")
    assert reasons(other, "creative")[0] == f"The job is “{other.get_state_display()}”."


@pytest.mark.rule("R92")
def test_archived_job_does_not_start(job):
    Job.objects.filter(pk=job.pk).update(archived_at=NOW)
    assert reasons(job, "creative") == ["The job is archived."]


@pytest.mark.rule("R50")
def test_nothing_starts_without_a_brief(job, ae):
    bare = make.make_job(job.client, ae, risk_note="The agency bears it")
    assert "There is no job brief in force." in reasons(bare, "creative")


@pytest.mark.rule("R52")
@pytest.mark.parametrize(
    ("needed_for", "kind", "bars"),
    [
        ("all", "creative", True),
        ("creative", "creative", True),
        ("production", "creative", False),
        ("production", "supplier", True),
        ("media", "creative", False),
    ],
)
def test_awaited_fact_bars_who_needs_it(job, ae, needed_for, kind, bars):
    brief = job.briefs.get(kind="job")
    brief.facts.create(name="Product photo", needed_for=needed_for, due_on=DUE, from_user=ae)
    awaited = f"Awaited: Product photo from {ae}."
    assert (awaited in reasons(job, kind)) is bars


@pytest.mark.rule("R52")
@pytest.mark.parametrize("state", ["received", "not_needed"])
def test_stated_fact_bars_nobody(job, state):
    job.briefs.get(kind="job").facts.create(name="Product photo", state=state)
    assert reasons(job, "creative") == []


@pytest.mark.rule("R52")
def test_department_that_has_not_answered_bars(job):
    job.briefs.get(kind="job").confirmations.filter(department="creative").update(
        enough=None, at=None, by=None
    )
    assert reasons(job, "creative") == [
        "Creative department has not confirmed that the brief is enough."
    ]
    assert reasons(job, "planning", "media") == []


@pytest.mark.rule("R52")
def test_department_that_misses_something_bars_with_its_words(job):
    rows = job.briefs.get(kind="job").confirmations.filter(department="creative")
    rows.update(enough=False, missing="The new logo")
    assert reasons(job, "creative") == ["Creative department says what is missing: The new logo"]


@pytest.mark.rule("R83")
def test_creative_work_waits_for_the_signed_creative_brief(job):
    job.briefs.filter(kind="creative").update(state="superseded")
    assert reasons(job, "creative") == ["There is no signed creative brief in force."]
    assert reasons(job, "planning", "creative") == []


@pytest.mark.rule("R62")
def test_nothing_starts_without_a_timeline(job):
    job.timelines.update(state="superseded")
    assert reasons(job, "creative") == ["There is no timeline in force."]


@pytest.mark.rule("R62")
def test_fee_job_needs_no_timeline(job, ae):
    make_contract(job.client)
    fee = make.make_job(job.client, ae, kind="fee")
    make.confirm(make.make_brief(fee), "creative")
    make.make_brief(fee, kind="creative")
    assert reasons(fee, "creative") == []


@pytest.mark.rule("R57")
@pytest.mark.parametrize("kind", ["production", "supplier"])
def test_production_waits_for_the_signature(job, kind):
    assert reasons(job, kind) == ["The client has not signed the production estimate."]


@pytest.mark.rule("R57")
@pytest.mark.parametrize("state", ["submitted", "manager_ok", "approved", "sent"])
def test_nothing_less_than_the_signature_is_enough(job, state):
    make.pass_to(make.make_estimate(job), state)
    assert reasons(job, "production") == ["The client has not signed the production estimate."]


@pytest.mark.rule("R57")
def test_signature_opens_production(job):
    make.pass_to(make.make_estimate(job), "signed")
    assert reasons(job, "production") == []
    assert reasons(job, "supplier") == []


@pytest.mark.rule("R57")
def test_early_creative_work_names_who_bears_the_risk(job):
    Job.objects.filter(pk=job.pk).update(risk_note="")
    words = "The client has not signed, and nobody has written down who bears the risk until then."
    assert reasons(job, "creative") == [words]
    make.pass_to(make.make_estimate(job), "signed")
    assert reasons(job, "creative") == []


@pytest.mark.rule("R57")
def test_media_waits_for_the_signed_plan(job):
    assert reasons(job, "media") == ["The client has not signed the media plan."]
    make.sign_plan(job)
    assert reasons(job, "media") == []


@pytest.mark.rule("R57")
@pytest.mark.parametrize(
    "said", [{"answer": "refused"}, {"confirmed_by": None, "confirmed_at": None}]
)
def test_a_refusal_or_a_scan_not_confirmed_is_no_signed_plan(job, said):
    make.sign_plan(job, **said)
    assert reasons(job, "media") == ["The client has not signed the media plan."]


@pytest.mark.rule("R57")
def test_void_plan_does_not_count(job):
    paper = make.sign_plan(job).document
    type(paper).objects.filter(pk=paper.pk).update(state="void", void_reason="A wrong month in it")
    assert reasons(job, "media") == ["The client has not signed the media plan."]


@pytest.mark.rule("R57")
def test_fee_job_waits_for_a_contract(job, ae):
    fee = make.make_job(job.client, ae, kind="fee")
    make.confirm(make.make_brief(fee), "production")
    assert reasons(fee, "production") == ["There is no contract in force."]
    make_contract(job.client)
    assert reasons(fee, "production") == []


@pytest.mark.rule("R60")
def test_changed_brief_asks_first_whether_a_change_order_is_needed(job):
    estimate = make.pass_to(make.make_estimate(job), "signed")
    type(estimate).objects.filter(pk=estimate.pk).update(scope_answer="asked")
    (words,) = reasons(job, "production")
    assert words.startswith("The brief has changed since the signature")


@pytest.mark.rule("R60")
def test_changed_part_waits_for_its_change_order(job):
    estimate = make.pass_to(make.make_estimate(job), "signed")
    type(estimate).objects.filter(pk=estimate.pk).update(scope_answer="yes")
    job.briefs.filter(kind="job").update(state="superseded")
    brief = make.make_brief(job)
    for department in ("creative", "production"):
        make.confirm(brief, department)
    assert reasons(job, "production") == ["The change order for the new brief is not signed yet."]
    change = make.make_estimate(job, change=1, number=f"{estimate.number}/CO1")
    make.pass_to(change, "signed", manager=make_user(role="am"))
    assert reasons(job, "production") == []
