"""Papers a job must hold at each stage, what is missing, and what may be waived (R40, 9.4)."""

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused
from archives.completeness import completeness
from archives.models import Waiver
from jobs.reports.missing import missing_papers
from jobs.services.waiver import waive_paper
from tests.builders import make_client
from tests.jobs import make
from tests.jobs.make import DUE, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R40")]
WHY = "The client keeps it himself"
ACTIVE = ["job_request", "brief", "timeline", "estimate", "signature_proof", "creative_brief",
          "start_order"]  # fmt: skip
CLOSED = [*ACTIVE, "outgoing_check", "contact_report", "completion_form", "production_invoice",
          "ad_file"]  # fmt: skip


@pytest.fixture
def client(ae, am, ad):
    return make_client("LM", team=[ae, am, ad])


def kinds(job, **more):
    return [str(gap.kind) for gap in missing_papers(job, **more)]


def paper(job, kind, **fields):
    document = make.make_document(job.client, kind=kind, **fields)
    document.job_numbers.create(job_number=job.number)


def state(job, kind):
    return next(gap.state for gap in missing_papers(job) if gap.kind == kind)


def test_stages_add_up(client, ae):
    job = make.make_job(client, ae)
    assert kinds(job) == ["job_request", "brief"]
    assert kinds(job, stage="active") == ACTIVE
    assert kinds(job, stage="closed") == CLOSED


def test_request_and_refused_jobs_need_none(client, ae):
    assert missing_papers(make.make_job(client, ae, state="requested")) == []
    assert missing_papers(make.make_job(client, ae, state="rejected")) == []


def test_job_without_ads_needs_neither_creative_brief_nor_ad(client, ae):
    job = make.make_job(client, ae, makes_ads=False)
    left_out = ("creative_brief", "outgoing_check", "ad_file")
    assert kinds(job, stage="closed") == [kind for kind in CLOSED if kind not in left_out]


def test_media_and_fee_jobs_have_their_own(client, ae):
    media = make.make_job(client, ae, kind="media", makes_ads=False)
    assert kinds(media, stage="active") == [
        "job_request", "brief", "timeline", "media_plan", "signature_proof", "start_order",
    ]  # fmt: skip
    assert kinds(media, stage="closed")[-1] == "media_invoice"
    fee = make.make_job(client, ae, kind="fee", makes_ads=False)
    assert kinds(fee, stage="closed") == ["job_request", "brief"]


def test_ordered_cost_wants_its_bill(client, ae):
    job = make.signed_job(client, ae, state="delivered")
    assert "supplier_bill" not in kinds(job)
    job.costs.create(kind="order", amount=100, on=DUE, supplier=make.make_supplier())
    assert "supplier_bill" in kinds(job)


def test_paper_is_missing_begun_there_or_void(client, ae):
    job = make.make_job(client, ae)
    assert state(job, "brief") == "missing"
    make.make_brief(job, state="draft")
    assert state(job, "brief") == "draft"
    paper(job, "brief", state="void", void_reason=WHY)
    assert state(job, "brief") == "draft"
    paper(job, "brief")
    assert state(job, "brief") == "there"


def test_timeline_needs_both_faces(client, ae):
    job = make.make_job(client, ae, state="active")
    paper(job, "timeline", face="client")
    assert state(job, "timeline") == "draft"
    paper(job, "timeline", face="internal")
    assert state(job, "timeline") == "there"


def test_paper_of_another_job_does_not_count(client, ae):
    job, other = make.make_job(client, ae), make.make_job(client, ae)
    paper(other, "brief")
    assert state(job, "brief") == "missing"


def test_waived_paper_leaves_both_counts(client, ae, am):
    job = make.make_job(client, ae)
    paper(job, "brief")
    assert completeness(missing_papers(job)) == 50
    with pytest.raises(PermissionDenied):
        waive_paper(job=job, kind="job_request", reason=WHY, by=ae, at=NOW)
    waive_paper(job=job, kind="job_request", reason=WHY, by=am, at=NOW)
    assert state(job, "job_request") == "waived"
    assert completeness(missing_papers(job)) == 100


def test_waiving_needs_a_reason_and_a_paper_that_can_be_spared(client, ae, am):
    job = make.make_job(client, ae)
    for kind in ("brief", "estimate", "signature_proof", "completion_form", "poem"):
        with pytest.raises(Refused):
            waive_paper(job=job, kind=kind, reason=WHY, by=am, at=NOW)
    with pytest.raises(Refused):
        waive_paper(job=job, kind="ad_file", reason="no", by=am, at=NOW)
    assert Waiver.objects.count() == 0


def test_waiving_twice_is_once(client, ae, am):
    job = make.make_job(client, ae)
    for _time in range(2):
        waive_paper(job=job, kind="ad_file", reason=WHY, by=am, at=NOW)
    assert Waiver.objects.count() == 1


def test_question_is_asked_in_one_query(client, ae, django_assert_num_queries):
    job = make.make_job(client, ae, state="closed")
    with django_assert_num_queries(1):
        missing_papers(job)
