"""The draft of a media plan: begun once, its rates and sums to the cent, what it lacks (3.8)."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Stale
from agency.common.models import AuditEntry
from budgets.models import MediaPlan
from budgets.services import plan as service
from tests.budgets import plans
from tests.budgets.make import make_plan
from tests.budgets.plans import EXAMPLE, D
from tests.builders import from_kept, make_contract, make_user
from tests.jobs import make as jobs
from tests.jobs.drafts import fresh, refusal
from tests.jobs.make import NOW

pytestmark = pytest.mark.django_db


def make_kept():
    am = make_user(role="am")
    job = plans.media_job(team=[am])
    return {"job": job, "ae": job.ae, "am": am}


job, ae, am = from_kept("job", "ae", "am")


def create(job, by=None, **values):
    return service.create_plan(job=job, by=by or job.ae, at=NOW, **values)


def words(plan):
    return [text for _field, text in service.gaps(fresh(plan))]


@pytest.mark.rule("R55")
@pytest.mark.parametrize(
    ("mode", "fee", "net", "vat", "total", "payable"),
    [
        ("included", "0", "489172.50", "29350.35", "518522.85", "415796.62"),
        ("included", "0.03", "503847.68", "30230.86", "534078.54", "415796.62"),
        ("on_top", "0", "562548.38", "33752.90", "596301.28", "489172.50"),
    ],
)
def test_worked_example_through_the_verbs(job, mode, fee, net, vat, total, payable):
    plan = plans.draft_of(job, *EXAMPLE, mode=mode, service_fee_rate=D(fee))
    assert (plan.gross, plan.media_price) == (D("821245.00"), D("489172.50"))
    assert (plan.commission, plan.service_fee) == (
        D("73375.88"), D("14675.18") if D(fee) else D("0.00"),
    )  # fmt: skip
    assert [plan.client_net, plan.vat, plan.total, plan.payable] == [
        D(sum_) for sum_ in (net, vat, total, payable)
    ]


def test_lines_of_the_example(job):
    plan = plans.draft_of(job, *EXAMPLE, service_fee_rate=D("0.03"))
    rows = plan.lines.values_list("gross", "media_price", "commission", "service_fee")
    assert list(rows) == [
        (D("360000.00"), D("198000.00"), D("29700.00"), D("5940.00")),
        (D("346000.00"), D("233550.00"), D("35032.50"), D("7006.50")),
        (D("115245.00"), D("57622.50"), D("8643.38"), D("1728.68")),
    ]


def test_house_rates_without_a_contract(job):
    plan = create(job)
    assert (plan.commission_rate, plan.service_fee_rate, plan.vat_rate) == (
        D("0.1500"), D("0.0000"), D("0.0600"),
    )  # fmt: skip
    assert (plan.mode, plan.billing, plan.title) == ("included", "agency", "Autumn poster")
    assert (plan.currency, plan.author, plan.state) == ("CNY", job.ae, "draft")
    assert plan.brief == job.briefs.get()


def test_terms_of_the_contract_in_force(job):
    make_contract(
        job.client, media_mode="on_top", media_billing="direct", commission_rate=D("0.12"),
        service_fee_rate=D("0.03"), vat_rate=D("0.13"),
    )  # fmt: skip
    plan = create(job)
    assert (plan.mode, plan.billing) == ("on_top", "direct")
    assert (plan.commission_rate, plan.service_fee_rate, plan.vat_rate) == (
        D("0.12"), D("0.03"), D("0.13"),
    )  # fmt: skip


def test_later_terms_do_not_reach_a_draft(job):
    plan = create(job)
    make_contract(job.client, commission_rate=D("0.12"))
    assert fresh(plan).commission_rate == D("0.1500")


def test_asked_twice_it_is_one_draft(job):
    key = uuid4()
    first = create(job, form_key=key)
    assert create(job, form_key=key) == create(job) == first
    assert AuditEntry.objects.filter(verb="create_plan").count() == 1


def test_form_of_another_job_is_refused(job, am):
    key = uuid4()
    create(plans.media_job(), form_key=key)
    assert "for another job" in refusal(create, job=job, form_key=key).message


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "production"}, "belongs to a media job"),
        ({"state": "requested"}, "this one is “Requested”"),
        ({"state": "closed"}, "this one is “Closed”"),
        ({"archived_at": NOW}, "this one is “Archived”"),
    ],
)
def test_job_that_can_have_no_plan(job, fields, said):
    for name, value in {"closed_at": NOW, **fields}.items():
        setattr(job, name, value)
    job.save()
    assert said in refusal(create, job=job).message


def test_no_plan_without_a_brief_in_force(job):
    job.briefs.update(state="superseded")
    assert refusal(create, job=job).message == "There is no job brief in force."


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("submitted", "There is an unsigned media plan"),
        ("withdrawn", "Please revise the former plan"),
    ],
)
def test_second_plan_of_a_job(job, state, said):
    plan = make_plan(job)
    fields = {"number": "X", "data_sha256": "0" * 64, "submitted_at": NOW, "submitted_by": job.ae}
    MediaPlan.objects.filter(pk=plan.pk).update(state=state, **fields)
    assert said in refusal(create, job=job).message


def test_new_rate_reaches_every_line(job, am):
    plan = plans.draft_of(job, *EXAMPLE)
    row = service.update_plan(plan=plan, by=am, at=NOW, service_fee_rate=D("0.03"), mode="on_top")
    assert (row.client_net, row.row_version) == (D("577223.56"), plan.row_version + 1)
    assert [line.service_fee for line in row.lines.all()] == [
        D("5940.00"), D("7006.50"), D("1728.68"),
    ]  # fmt: skip
    assert list(row.editors.all()) == [am]
    entry = AuditEntry.objects.filter(verb="update_plan").get()
    assert set(entry.changes) == {"service_fee_rate", "mode"}


def test_same_head_is_no_change(job, am):
    plan = plans.draft_of(job)
    row = service.update_plan(plan=plan, by=am, at=NOW, title=plan.title)
    assert row.row_version == plan.row_version
    assert not row.editors.exists()


def test_head_of_an_older_page_is_stale(job):
    plan = plans.draft_of(job)
    service.update_plan(plan=plan, by=job.ae, at=NOW, title="Spring", row_version=0)
    with pytest.raises(Stale):
        service.update_plan(plan=plan, by=job.ae, at=NOW, title="Autumn", row_version=0)
    assert fresh(plan).title == "Spring"


def test_submitted_plan_is_shut(job):
    plan = plans.draft_of(job, {})
    fields = {"number": "X", "data_sha256": "0" * 64, "submitted_at": NOW, "submitted_by": job.ae}
    MediaPlan.objects.filter(pk=plan.pk).update(state="submitted", **fields)
    for verb in (service.update_plan, service.follow_brief, service.delete_plan):
        assert "already" in refusal(verb, plan=plan, by=job.ae, at=NOW).message
    assert "already" in refusal(plans.add, plan=plan).message


def test_dropped_draft(job):
    plan = plans.draft_of(job, {})
    service.delete_plan(plan=plan, by=job.ae, at=NOW)
    assert not job.media_plans.exists()
    assert AuditEntry.objects.filter(verb="delete_plan").count() == 1


def test_gaps_of_an_empty_draft(job):
    assert words(plans.draft_of(job)) == ["There is no line yet."]


def test_no_gap_in_the_example_and_a_bonus(job):
    bonus = {"runs": 0, "unit_gross": D("0"), "bonus_runs": 5}
    assert words(plans.draft_of(job, *EXAMPLE, bonus, {"fixed_price": D("0.00")})) == []


def test_gaps_of_lines(job):
    plan = plans.draft_of(
        job, {"vehicle": "A", "unit_gross": D("0")}, {"vehicle": "B", "runs": 0},
        {"vehicle": "C", "month": date(2025, 12, 1)}, {"vehicle": "D", "month": date(2027, 12, 1)},
        {"vehicle": "E", "month": date(2028, 1, 1)},
    )  # fmt: skip
    assert words(plan) == [
        "“A” has no price.",
        "“B” has neither a run nor a price.",
        "“C” runs in December 2025: outside the budget years 2026 and 2027.",
        "“E” runs in January 2028: outside the budget years 2026 and 2027.",
    ]


def test_budget_year_begins_with_the_clients_month(job):
    job.client.fiscal_start_month = 7
    job.client.save()
    plan = plans.draft_of(job, {"vehicle": "A", "month": date(2026, 6, 1)}, {"vehicle": "B"})
    assert [text[:3] for text in words(plan)] == ["“A”"]


def test_new_brief_is_a_gap_until_it_is_followed(job):
    plan = plans.draft_of(job, {})
    job.briefs.update(state="superseded")
    newer = jobs.make_brief(job)
    assert words(plan) == ["The brief has changed: please go through the lines by the new one."]
    service.follow_brief(plan=plan, by=job.ae, at=NOW)
    assert (words(plan), fresh(plan).brief) == ([], newer)


def test_media_writes_plans_of_its_jobs(job):
    by = plans.worker(job)
    plan = create(job, by=by)
    assert plan.author == by
    plans.add(plan, by=by)


@pytest.mark.parametrize("department", ["creative", "production"])
def test_no_other_department_writes_a_plan(job, department):
    jobs.confirm(job.briefs.get(), department)
    with pytest.raises(PermissionDenied):
        create(job, by=plans.worker(job, department))


def test_media_without_work_on_the_job(job):
    other = jobs.make_job(job.client, job.ae, kind="media")
    jobs.make_brief(other)
    with pytest.raises(PermissionDenied):
        create(other, by=plans.worker(job))


@pytest.mark.parametrize("role", ["finance", "management", "ae"])
def test_who_may_not_write_a_plan(job, role):
    with pytest.raises(PermissionDenied):
        create(job, by=make_user(role=role))


def test_plans_that_a_department_sees(job):
    plan = plans.draft_of(job)
    make_plan(jobs.make_job(job.client, job.ae, kind="media"))
    jobs.confirm(job.briefs.get(), "creative")
    assert list(MediaPlan.objects.visible_to(plans.worker(job))) == [plan]
    assert not MediaPlan.objects.visible_to(plans.worker(job, "creative")).exists()
