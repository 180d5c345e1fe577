"""The job from its request to its end, each guard and each wrong hand (3.5)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry, Notification
from archives.models import Document
from jobs.models import Job
from jobs.reports.missing import missing_papers
from jobs.services import brief as briefs
from jobs.services import ending
from jobs.services import job as jobs
from tests.builders import make_brand, make_client, make_contract, make_stand_in, make_user, when
from tests.jobs import make
from tests.jobs.make import DUE, NOW

pytestmark = pytest.mark.django_db
WHY = "The client asked for it today"


@pytest.fixture
def client(ae, am, ad):
    client = make_client("LM", team=[ae, am, ad])
    make_contract(client)
    return client


def request(client, by, **fields):
    defaults = {"title": "Autumn poster", "kind": "production", "due_on": DUE}
    rows = [{"name": "Poster A1", "medium": "print", "quantity": 3}]
    fields = {"deliverables": rows, **defaults, **fields}
    return jobs.request_job(client=client, by=by, at=NOW, **fields)


def requested(client, by, **fields):
    job = request(client, by, **fields)
    make.make_brief(job)
    return job


def test_request_tells_the_manager_and_logs(client, ae, am):
    job = request(client, ae)
    assert (job.state, job.number, job.ae) == ("requested", "", ae)
    assert job.deliverables.get().quantity == 3
    assert job.logs.get().to_state == "requested"
    assert Notification.objects.get(recipient=am).kind == "step_waiting"
    assert AuditEntry.objects.filter(verb="request_job", client_code="LM").count() == 1


def test_same_form_twice_is_one_job(client, ae):
    key = "0b1ce4f8-3f29-4f6e-9c6e-5a7ef4d0d4a1"
    assert request(client, ae, form_key=key) == request(client, ae, form_key=key)
    assert Job.objects.count() == 1


def test_foreign_ae_asks_for_nothing_here(client, other_ae):
    with pytest.raises(PermissionDenied):
        request(client, other_ae)


def test_brand_of_another_client_is_refused(client, ae):
    with pytest.raises(Refused) as refused:
        request(client, ae, brand=make_brand(make_client()))
    assert refused.value.field == "brand"


def test_due_date_in_the_past_is_refused(client, ae):
    with pytest.raises(Refused) as refused:
        request(client, ae, due_on=date(2026, 11, 18))
    assert refused.value.field == "due_on"
    assert request(client, ae, due_on=date(2026, 11, 19)).pk


@pytest.mark.rule("R50", "R55")
def test_approval_gives_number_paper_and_the_clock_of_the_estimate(client, ae, am):
    job = jobs.approve_job(job=requested(client, ae), by=am, at=when("2026-11-19 15:00"))
    assert (job.state, job.number, job.approved_by) == ("approved", "LM-26-001", am)
    assert job.estimate_due_at == when("2026-11-23 18:00")  # the example of 5.4
    paper = Document.objects.get(kind="job_request")
    assert (paper.face, paper.number) == ("internal", "LM/JR/2026/001")
    assert paper.job_numbers.get().job_number == "LM-26-001"
    assert Notification.objects.filter(recipient=ae, kind="approved").exists()


@pytest.mark.rule("R40", "R50")
def test_papers_of_a_brief_filed_before_the_number_name_the_job_too(client, ae, am):
    job = request(client, ae)
    draft = briefs.draft_brief(job=job, kind="job", by=ae, at=NOW)
    parts = dict.fromkeys(("background", "objective", "audience", "message"), "Words of it")
    draft = briefs.save_brief(brief=draft, typed=parts, by=ae, at=NOW)
    briefs.put_in_force(brief=draft, departments=(), by=ae, at=NOW)
    jobs.approve_job(job=job, by=am, at=NOW)
    papers = Document.objects.filter(kind="brief", job_numbers__job_number="LM-26-001")
    assert sorted(papers.values_list("face", flat=True)) == ["client", "internal"]
    assert not [gap for gap in missing_papers(Job.objects.get(pk=job.pk)) if gap.is_open]


@pytest.mark.rule("R50")
def test_numbers_run_on_and_a_refused_approval_burns_none(client, ae, am):
    with pytest.raises(Refused) as refused:
        jobs.approve_job(job=request(client, ae), by=am, at=NOW)
    assert refused.value.message == "There is no job brief in force."
    for number in ("LM-26-001", "LM-26-002"):
        assert jobs.approve_job(job=requested(client, ae), by=am, at=NOW).number == number


def test_who_asked_does_not_approve(client, ae, am, ad):
    job = requested(client, am)
    with pytest.raises(Refused):
        jobs.approve_job(job=job, by=am, at=NOW)
    assert jobs.approve_job(job=job, by=ad, at=NOW).approved_by == ad


@pytest.mark.rule("R77")
def test_nobody_approves_as_stand_in_of_who_asked(client, am):
    deputy = make_user(role="am")
    make_stand_in(am, deputy, NOW.date(), NOW.date())
    job = requested(client, am)
    with pytest.raises(Refused):
        jobs.approve_job(job=job, by=deputy, at=NOW)


def test_ae_does_not_approve(client, ae):
    with pytest.raises(PermissionDenied):
        jobs.approve_job(job=requested(client, make_ae(client)), by=ae, at=NOW)


def make_ae(client):
    from_team = make_user(role="ae")
    client.assignments.create(user=from_team, role="ae", starts_on=date(2020, 1, 1))
    return from_team


@pytest.mark.rule("R41")
def test_no_contract_in_force_wants_the_managers_reason(ae, am):
    client = make_client("NC", team=[ae, am])
    job = requested(client, ae)
    with pytest.raises(Refused) as refused:
        jobs.approve_job(job=job, by=am, at=NOW)
    assert refused.value.field == "contract_reason"
    with pytest.raises(Refused):
        jobs.approve_job(job=job, by=am, at=NOW, contract_reason="aaaaaaaaaaaa")
    approved = jobs.approve_job(job=job, by=am, at=NOW, contract_reason=WHY)
    assert approved.contract_reason == WHY


def test_stale_page_approves_nothing(client, ae, am):
    job = requested(client, ae)
    with pytest.raises(Stale):
        jobs.approve_job(job=job, by=am, at=NOW, row_version=job.row_version + 1)


def test_job_is_approved_once(client, ae, am, ad):
    job = jobs.approve_job(job=requested(client, ae), by=am, at=NOW)
    with pytest.raises(Refused):
        jobs.approve_job(job=job, by=ad, at=NOW)


def test_rejection_has_a_reason_and_reaches_who_asked(client, ae, am):
    job = requested(client, ae)
    with pytest.raises(Refused):
        jobs.reject_job(job=job, reason="no", by=am, at=NOW)
    jobs.reject_job(job=job, reason=WHY, by=am, at=NOW)
    job.refresh_from_db()
    assert (job.state, job.number) == ("rejected", "")
    assert job.logs.last().reason == WHY
    assert WHY in Notification.objects.get(recipient=ae, kind="refused").label


def test_change_is_recorded_old_and_new(client, ae):
    job = request(client, ae)
    jobs.update_job(job=job, by=ae, at=NOW, title="Winter poster", row_version=job.row_version)
    entry = AuditEntry.objects.get(verb="update_job")
    assert entry.changes["title"] == ["Autumn poster", "Winter poster"]


def test_ended_job_is_not_changed(client, ae):
    job = make.make_job(client, ae, state="closed")
    with pytest.raises(Refused):
        jobs.update_job(job=job, by=ae, at=NOW, title="Another")


# --- its end -------------------------------------------------------------------------------------


@pytest.fixture
def active(client, ae):
    return make.make_job(client, ae, state="active", makes_ads=False)


def test_delivery_waits_for_open_orders_and_checks(active, ae):
    make.make_order(active)
    make.make_check(active, title="Poster proof")
    with pytest.raises(Refused) as refused:
        ending.deliver_job(job=active, by=ae, at=NOW)
    assert [message for _field, message in refused.value.reasons] == [
        "Not done yet: Creative · Creative department.",
        "Not checked yet: Poster proof.",
    ]


@pytest.mark.rule("R71")
def test_job_that_makes_ads_is_delivered_only_checked(client, ae):
    job = make.make_job(client, ae, state="active")
    with pytest.raises(Refused) as refused:
        ending.deliver_job(job=job, by=ae, at=NOW)
    assert refused.value.message == "Nothing has passed the outgoing check yet."
    make.make_check(job, state="passed")
    assert ending.deliver_job(job=job, by=ae, at=NOW).state == "delivered"


@pytest.mark.rule("R73")
def test_failed_file_without_a_new_one_keeps_the_job_back(active, ae):
    make.make_check(active, state="failed", title="Poster proof")
    with pytest.raises(Refused) as refused:
        ending.deliver_job(job=active, by=ae, at=NOW)
    assert refused.value.message == "Failed its check and was not replaced: Poster proof."


def test_delivered_job_is_opened_again_by_the_manager(active, ae, am):
    job = ending.deliver_job(job=active, by=ae, at=NOW)
    with pytest.raises(PermissionDenied):
        ending.reopen_job(job=job, reason=WHY, by=ae, at=NOW)
    job = ending.reopen_job(job=job, reason=WHY, by=am, at=NOW)
    assert (job.state, job.delivered_at) == ("active", None)


def test_cancelling_takes_the_open_orders_back(active, am):
    order = make.make_order(active)
    ending.cancel_job(job=active, reason=WHY, by=am, at=NOW)
    order.refresh_from_db()
    active.refresh_from_db()
    assert (active.state, order.state, order.withdraw_reason) == ("cancelled", "withdrawn", WHY)


def test_signed_job_ends_only_with_the_clients_word(client, ae, am):
    job = make.signed_job(client, ae)
    with pytest.raises(Refused) as refused:
        ending.cancel_job(job=job, reason=WHY, by=am, at=NOW)
    assert refused.value.field == "proof"
    proof = make.make_document(client, kind="return_proof")
    assert ending.cancel_job(job=job, reason=WHY, by=am, at=NOW, proof=proof).state == "cancelled"


def test_a_signed_media_plan_ends_with_the_clients_word_too(ae, am):
    job = make.make_job(make_client(team=[ae, am]), ae, kind="media", state="active")
    make.sign_plan(job)
    with pytest.raises(Refused) as refused:
        ending.cancel_job(job=job, reason=WHY, by=am, at=NOW)
    assert refused.value.field == "proof"


def test_closed_job_is_opened_by_the_director_only(client, ae, am, ad):
    job = make.make_job(client, ae, state="closed")
    with pytest.raises(PermissionDenied):
        ending.unclose_job(job=job, reason=WHY, by=am, at=NOW)
    job = ending.unclose_job(job=job, reason=WHY, by=ad, at=NOW)
    assert (job.state, job.closed_at) == ("active", None)


@pytest.mark.rule("R92")
def test_archived_job_rests_and_comes_back(active, am, ae):
    order = make.make_order(active)
    with pytest.raises(Refused):
        ending.archive_job(job=active, reason=WHY, by=am, at=NOW)
    order.state, order.withdraw_reason = "withdrawn", WHY
    order.save()
    with pytest.raises(PermissionDenied):
        ending.archive_job(job=active, reason=WHY, by=ae, at=NOW)
    job = ending.archive_job(job=active, reason=WHY, by=am, at=NOW)
    assert job not in Job.objects.at_work()
    assert job in Job.objects.archived()
    job = ending.bring_back_job(job=job, by=am, at=NOW)
    assert job in Job.objects.at_work()
    assert job.logs.count() == 2
