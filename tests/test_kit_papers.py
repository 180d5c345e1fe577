"""What each paper of the kit is filled with, as plain data (R68)."""

from datetime import timedelta

import pytest

from agency.kit_papers import BY_NAME, PAPERS
from archives.kinds import Kind
from budgets.models import AnnualBudget
from meetings.models import Meeting
from tests.budgets.make import make_budget
from tests.builders import from_kept, make_client, make_user
from tests.jobs import make
from tests.jobs.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R68")]
ae, customer, job, planned = from_kept("ae", "customer", "job", "planned")
(meeting,) = from_kept("meeting")
TEN = [
    *("fax", "memo", "agenda", "contact-report", "budget-form", "job-request", "job-sheet"),
    *("brief", "creative-brief", "schedule"),
]


def make_kept():
    ae = make_user()
    customer = make_client("LM", name="绿麦食品", team=[ae], paper_language="zh")
    job = make.make_job(customer, ae, title="礼盒海报", number="LM-26-031")
    times = {"starts_at": NOW, "planned_end": NOW + timedelta(hours=1)}
    meeting = Meeting.objects.create(client=customer, kind="face", title="提案会", ae=ae, **times)
    planned = make.make_job(customer, ae, title="门店海报")
    make.make_timeline(planned, rows=[{"name": "打样", "client_visible": True}, {"name": "内审"}])
    kept = {"ae": ae, "customer": customer, "job": job}
    return {**kept, "planned": planned, "meeting": meeting}


def filled(name, row, user, face="client"):
    return BY_NAME[name].fill(row, user, NOW, face)


def test_the_kit_has_the_papers_in_their_order():
    assert [paper.name for paper in PAPERS] == TEN
    assert {paper.kind for paper in PAPERS} <= {*Kind}


@pytest.mark.parametrize("name", ["brief", "creative-brief", "schedule"])
def test_a_job_without_one_has_the_form_with_the_jobs_head(name, ae, job):
    _template, data = filled(name, job, ae)
    assert (data["jobs"], data["job_title"]) == (["LM-26-031"], "礼盒海报")
    assert data["client"]["name"] == "绿麦食品"
    assert data["number"].startswith("编号 ____")
    assert data["due_on"] == job.due_on


def test_a_brief_is_filled_from_the_newest_version(ae, job):
    make.make_brief(job, state="superseded", objective="旧目标", version=1)
    make.make_brief(job, state="in_force", objective="新目标", version=2)
    _template, data = filled("brief", job, ae)
    assert [part["text"] for part in data["parts"] if part["key"] == "objective"] == ["新目标"]


def test_a_schedule_is_that_of_the_plan(ae, planned):
    template, data = filled("schedule", planned, ae)
    assert template == "jobs/pdf/timeline.html"
    assert data["face"] == "client"


def test_the_inner_schedule_has_the_rows_that_the_client_does_not_see(ae, planned):
    names = {
        face: [row["name"] for row in filled("schedule", planned, ae, face)[1]["rows"]]
        for face in ("client", "internal")
    }
    assert names == {"client": ["打样"], "internal": ["打样", "内审"]}


def test_a_creative_brief_is_filled_from_its_own_kind(ae, job):
    make.make_brief(job, state="in_force", objective="工作目标")
    make.make_brief(job, state="draft", kind="creative", objective="创意目标", strategy_try="反差")
    template, data = filled("creative-brief", job, ae, "internal")
    assert template == "jobs/pdf/brief_internal.html"
    assert data["paper"] == "creative_brief"
    assert [part["text"] for part in data["parts"] if part["key"] == "objective"] == ["创意目标"]
    assert "internal" not in filled("creative-brief", job, ae)[1]


def test_a_request_is_filled_before_anybody_has_approved_it(ae, customer):
    asked = make.make_job(customer, ae, state="requested", number="")
    _template, data = filled("job-request", asked, ae)
    assert [row["as"] for row in data["signers"] if row["person"] is None] == ["approved_by"]


def test_a_sheet_says_what_was_ordered(ae, job):
    _template, data = filled("job-sheet", job, ae)
    assert data["costs"] == "0.00"
    assert data["author"]["name"] == ae.name


def test_a_budget_form_is_that_of_the_newest_version(ae, customer):
    make_budget(customer, state="draft", media="1200.00")
    _template, data = filled("budget-form", customer, ae)
    assert data["total"] == "1,200.00"


def test_a_client_without_budget_has_the_form_with_its_name(ae, customer):
    AnnualBudget.objects.all().delete()
    _template, data = filled("budget-form", customer, ae)
    assert data["client"]["name"] == "绿麦食品"
    assert data["currency"] == customer.currency


def test_an_agenda_is_that_of_the_meeting_in_either_face(ae, meeting):
    _template, data = filled("agenda", meeting, ae)
    assert data["meeting"]["title"] == "提案会"
    assert "internal" not in data
    assert "internal" in filled("agenda", meeting, ae, "internal")[1]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_an_ae_fills_any_and_a_department_what_it_reads(paper):
    assert paper.may_fill(make_user())
    creative = make_user(role="department", department="creative")
    is_theirs = paper.name in ("contact-report", "job-sheet", "brief", "creative-brief", "schedule")
    assert paper.may_fill(creative) is is_theirs


def test_management_writes_no_letters():
    management = make_user(role="management")
    assert not BY_NAME["fax"].may_fill(management)
    assert BY_NAME["budget-form"].may_fill(management)
