"""Papers a job must hold at each stage, what is missing, and what may be waived (R40, 9.4)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused
from archives.completeness import completeness
from archives.models import Waiver
from jobs.models import CompletionForm
from jobs.reports.missing import STAGES, missing_papers
from jobs.services.waiver import waive_paper
from tests.builders import make_client, make_contract, when
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


# The table of 9.4, row by row: stage → what a job of the kind must hold from it on.
APPROVED, BOTH_CHECKS = ["job_request", "brief"], ["outgoing_check", "contact_report"]
TABLE = {
    "production": (
        APPROVED,
        ["timeline", "estimate", "signature_proof", "creative_brief", "start_order"],
        BOTH_CHECKS,
        ["completion_form", "production_invoice", "ad_file"],
    ),
    "media": (
        APPROVED,
        ["timeline", "media_plan", "signature_proof", "creative_brief", "start_order"],
        BOTH_CHECKS,
        ["completion_form", "media_invoice", "commission_invoice", "ad_file"],
    ),
    "fee": (APPROVED, [], [], ["contract", "fee_invoice"]),
}


@pytest.mark.parametrize("kind", TABLE)
def test_each_row_of_the_table_is_asked_of_each_kind_of_job(client, ae, kind):
    make_contract(client, media_mode="on_top")
    job, asked = make.make_job(client, ae, kind=kind), []
    for stage, row in zip(STAGES, TABLE[kind], strict=True):
        asked += row
        assert kinds(job, stage=stage) == asked


@pytest.mark.parametrize(
    ("terms", "is_asked"),
    [
        ({"media_mode": "included", "media_billing": "agency"}, False),
        ({"media_mode": "on_top"}, True),
        ({"media_billing": "direct"}, True),
        ({"media_billing": "direct", "is_archived": True}, False),
        ({"media_billing": "direct", "ends_on": DUE - timedelta(days=1)}, False),
        ({"media_billing": "direct", "ends_on": DUE}, True),
    ],
)
def test_a_commission_is_billed_apart_where_the_contract_says_so(client, ae, terms, is_asked):
    make_contract(client, **terms)
    job = make.make_job(client, ae, kind="media")
    assert ("commission_invoice" in kinds(job, stage="closed")) is is_asked


def test_the_estimate_that_counts_is_the_clients_face(client, ae):
    job = make.make_job(client, ae, state="active")
    paper(job, "estimate", face="internal")
    assert state(job, "estimate") == "draft"
    paper(job, "estimate", face="client")
    assert state(job, "estimate") == "there"


def test_every_file_has_its_check(client, ae):
    job = make.make_job(client, ae, state="delivered")
    make.make_check(job, state="passed")
    paper(job, "outgoing_check")
    assert state(job, "outgoing_check") == "there"
    failed = make.make_check(job, state="failed")
    assert state(job, "outgoing_check") == "draft"
    make.make_check(job, state="passed", follows=failed)
    assert state(job, "outgoing_check") == "there"
    make.make_check(job)
    assert state(job, "outgoing_check") == "draft"


def test_every_order_has_its_bill(client, ae):
    job = make.signed_job(client, ae, state="delivered")
    terms = {"amount": 100, "on": DUE, "supplier": make.make_supplier()}
    first, second = (job.costs.create(kind="order", **terms) for _number in range(2))
    paper(job, "supplier_bill")
    job.costs.create(kind="bill", order=first, **terms)
    assert state(job, "supplier_bill") == "draft"
    job.costs.create(kind="bill", order=second, **terms)
    assert state(job, "supplier_bill") == "there"


# approval, delivery, month the client's year begins with, budget year → invoices
RUNS = [
    ("2026-01-05 09:00", "2026-12-20 09:00", 1, 2026, 12),
    ("2025-12-15 09:00", "2026-12-20 09:00", 1, 2026, 12),
    ("2026-03-31 23:30", "2026-04-01 00:30", 1, 2026, 2),
    ("2026-04-10 09:00", "2026-04-20 09:00", 1, 2026, 1),
    ("2026-11-10 09:00", "2027-02-20 09:00", 1, 2026, 2),
    ("2025-11-10 09:00", "2026-10-20 09:00", 11, 2025, 12),
]


@pytest.mark.parametrize(("approved", "delivered", "starts", "year", "months"), RUNS)
def test_a_fee_job_has_an_invoice_for_each_month(
    client, ae, approved, delivered, starts, year, months
):
    client.fiscal_start_month = starts
    client.save()
    job = make.make_job(
        client, ae, kind="fee", state="closed", makes_ads=False, budget_year=year,
        approved_at=when(approved), delivered_at=when(delivered),
    )  # fmt: skip
    for _month in range(months - 1):
        paper(job, "fee_invoice")
    assert state(job, "fee_invoice") == ("draft" if months > 1 else "missing")
    paper(job, "fee_invoice")
    assert state(job, "fee_invoice") == "there"


def test_the_contract_of_a_fee_job_is_the_one_in_force(client, ae):
    job = make.make_job(client, ae, kind="fee", state="closed")
    assert state(job, "contract") == "missing"
    contract = make_contract(client, ends_on=DUE - timedelta(days=1))
    assert state(job, "contract") == "missing"
    contract.ends_on = DUE
    contract.save()
    assert state(job, "contract") == "there"


@pytest.mark.parametrize(
    ("kind", "said"), [("production_invoice", "unbilled_reason"), ("ad_file", "no_ad_reason")]
)
def test_the_completion_form_says_why_there_is_none(client, ae, am, kind, said):
    job = make.make_job(client, ae, state="closed")
    sums = {"signed_total": 0, "cost_total": 0, "delivered_on": DUE, "author": ae}
    form = CompletionForm.objects.create(job=job, **sums, **{said: WHY})
    assert state(job, kind) == "missing"
    form.state, form.approved_by, form.approved_at = "approved", am, NOW
    form.save()
    gap = next(gap for gap in missing_papers(job) if gap.kind == kind)
    assert (gap.state, gap.reason, gap.waiver) == ("waived", WHY, None)


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
