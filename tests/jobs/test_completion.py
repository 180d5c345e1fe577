"""The completion form closes a job whose papers are whole (3.11, R40, R44, R46, R75, R84)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from agency.common.errors import Refused
from agency.common.models import Notification
from archives.models import Ad, Document
from jobs.services import completion
from jobs.services.waiver import waive_paper
from tests.builders import assign, make_client, make_user
from tests.jobs import make
from tests.jobs.make import DUE, NOW, D

pytestmark = pytest.mark.django_db
WHY = "Nobody will ever miss this one"
PAPERS = ("job_request", "brief", "creative_brief", "start_order", "outgoing_check",
          "contact_report", "signature_proof")  # fmt: skip


@pytest.fixture
def job(ae, am, ad):
    """A delivered job of which only the ads and the invoice are missing."""
    job = make.signed_job(make_client("LM", team=[ae, am, ad]), ae, state="delivered",
                          delivered_at=NOW)  # fmt: skip
    for kind in PAPERS:
        file(job, kind)
    for face in ("client", "internal"):
        file(job, "timeline", face=face)
    return job


def file(job, kind, **fields):
    paper = make.make_document(job.client, kind=kind, **fields)
    paper.job_numbers.create(job_number=job.number)
    return paper


def draft(job, ae, **typed):
    form = completion.draft_completion(job=job, by=ae, at=NOW)
    typed = {"delivered_on": DUE, "unbilled_reason": "Billed with the next job", **typed}
    return completion.save_completion(form=form, typed=typed, by=ae, at=NOW)


def with_ad(job, ae):
    return completion.record_ad(
        job=job, medium="print", title="Autumn poster", first_run=date(2026, 12, 1), by=ae, at=NOW
    )


def submitted(job, ae):
    with_ad(job, ae)
    return completion.submit_completion(form=draft(job, ae), by=ae, at=NOW)


def refusal(action, **kwargs):
    with pytest.raises(Refused) as refused:
        action(at=NOW, **kwargs)
    return [words for _field, words in refused.value.reasons]


@pytest.mark.rule("R44")
def test_job_that_makes_ads_wants_an_ad_or_a_reason(job, ae):
    form = draft(job, ae)
    words = refusal(completion.submit_completion, form=form, by=ae)
    assert words == ["Record the ads that were made, or say why there is none."]
    form = draft(job, ae, no_ad_reason="The client withdrew the poster")
    assert completion.submit_completion(form=form, by=ae, at=NOW).state == "submitted"


@pytest.mark.rule("R44")
def test_recorded_ad_stands_in_the_clients_record(job, ae):
    form = submitted(job, ae)
    ad = Ad.objects.get()
    assert (ad.client, ad.job_number, ad.year) == (job.client, job.number, 2026)
    assert list(form.ads.all()) == [ad]


@pytest.mark.rule("R40")
@pytest.mark.parametrize("kind", ["contact_report", "outgoing_check", "start_order"])
def test_missing_paper_keeps_the_form_back_until_waived(job, ae, am, kind):
    with_ad(job, ae)
    Document.objects.filter(kind=kind).update(state="void", void_reason="Filed twice by mistake")
    form = draft(job, ae)
    (words,) = refusal(completion.submit_completion, form=form, by=ae)
    assert words.startswith("Missing paper: ")
    waive_paper(job=job, kind=kind, reason=WHY, by=am, at=NOW)
    assert completion.submit_completion(form=form, by=ae, at=NOW).state == "submitted"


@pytest.mark.rule("R40")
def test_waiver_is_the_managers_and_never_of_the_chain(job, ae, am):
    with pytest.raises(PermissionDenied):
        waive_paper(job=job, kind="contact_report", reason=WHY, by=ae, at=NOW)
    for kind in ("estimate", "signature_proof", "brief", "completion_form"):
        assert refusal(waive_paper, job=job, kind=kind, reason=WHY, by=am)
    assert refusal(waive_paper, job=job, kind="nothing", reason=WHY, by=am)
    assert refusal(waive_paper, job=job, kind="contact_report", reason="no", by=am)


def test_no_invoice_wants_a_reason(job, ae):
    with_ad(job, ae)
    words = refusal(completion.submit_completion, form=draft(job, ae, unbilled_reason=""), by=ae)
    assert words == ["There is no invoice: please say why."]


def test_cost_above_the_estimate_is_explained(job, ae):
    with_ad(job, ae)
    make.make_order(job, "supplier", supplier=make.make_supplier())
    job.costs.create(kind="bill", on=DUE, amount=D("500.00"))
    form = draft(job, ae)
    words = refusal(completion.submit_completion, form=form, by=ae)
    assert words == ["The cost is above the estimate: please explain."]
    form = draft(job, ae, deviation="Two more proofs")
    form = completion.submit_completion(form=form, by=ae, at=NOW)
    assert form.cost_total == D("500.00")


def test_order_without_its_bill_keeps_the_form_back(job, ae):
    with_ad(job, ae)
    job.costs.create(kind="order", on=DUE, amount=D("500.00"))
    file(job, "supplier_bill")
    words = refusal(completion.submit_completion, form=draft(job, ae), by=ae)
    assert words == ["The supplier's bill is missing: Order 500.00."]


@pytest.mark.rule("R46")
def test_approval_closes_the_job_and_moves_its_papers(job, ae, am):
    form = completion.approve_completion(form=submitted(job, ae), by=am, at=NOW)
    job.refresh_from_db()
    assert (form.state, job.state, job.closed_at) == ("approved", "closed", NOW)
    faces = Document.objects.filter(kind="completion_form").values_list("face", "state")
    assert sorted(faces) == [("client", "history"), ("internal", "history")]
    assert Document.objects.get(kind="brief").state == "history"
    assert Document.objects.get(kind="contact_report").state == "issued"


def test_author_and_ae_do_not_approve(job, ae, am):
    form = submitted(job, am)
    assert refusal(completion.approve_completion, form=form, by=am)
    with pytest.raises(PermissionDenied):
        completion.approve_completion(form=form, by=ae, at=NOW)


def test_returned_form_goes_back_with_its_reason(job, ae, am):
    form = completion.return_completion(form=submitted(job, ae), reason=WHY, by=am, at=NOW)
    assert (form.state, form.returned_reason) == ("draft", WHY)
    assert WHY in Notification.objects.get(recipient=ae, kind="refused").label


def test_form_is_handed_in_and_approved_once(job, ae, am):
    form = submitted(job, ae)
    assert refusal(completion.submit_completion, form=form, by=ae)
    form = completion.approve_completion(form=form, by=am, at=NOW)
    assert refusal(completion.approve_completion, form=form, by=am)


@pytest.mark.parametrize("state", ["approved", "active", "closed"])
def test_only_a_delivered_job_has_a_form(ae, state):
    job = make.make_job(make_client(team=[ae]), ae, state=state)
    assert refusal(completion.draft_completion, job=job, by=ae)


@pytest.mark.rule("R75")
def test_department_with_an_order_rates_once(job, ae, am):
    artist = make_user(role="department", department="creative")
    assign(job.client, artist)
    make.make_order(job)
    completion.approve_completion(form=submitted(job, ae), by=am, at=NOW)
    job.refresh_from_db()
    rating = completion.rate_job(job=job, stars=4, text="Clear words", by=artist, at=NOW)
    assert (rating.department, rating.stars) == ("creative", 4)
    assert refusal(completion.rate_job, job=job, stars=5, by=artist)
    with pytest.raises(IntegrityError), transaction.atomic():
        job.ratings.create(by=ae, department="media", stars=6)


@pytest.mark.rule("R75")
def test_nobody_else_rates(job, ae, am):
    job = make.make_job(job.client, ae, state="closed")
    for user in (ae, am, make_user(role="department")):
        with pytest.raises(PermissionDenied):
            completion.rate_job(job=job, stars=5, by=user, at=NOW)


@pytest.mark.rule("R84")
def test_director_writes_a_review_note_and_the_manager_does_not(job, ae, am, ad):
    with pytest.raises(PermissionDenied):
        completion.write_review(job=job, kind="creative", text="Good", on=DUE, by=am, at=NOW)
    note = completion.write_review(job=job, kind="creative", text="Good", on=DUE, by=ad, at=NOW)
    assert Notification.objects.filter(recipient=ae, kind="review_note").exists()
    assert note.job == job
