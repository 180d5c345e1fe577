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
ae, customer, job, meeting = from_kept("ae", "customer", "job", "meeting")
NINE = [
    *("fax", "memo", "agenda", "contact-report", "budget-form", "job-request", "job-sheet"),
    *("brief", "schedule"),
]


def make_kept():
    ae = make_user()
    customer = make_client("LM", name="绿麦食品", team=[ae], paper_language="zh")
    job = make.make_job(customer, ae, title="礼盒海报", number="LM-26-031")
    times = {"starts_at": NOW, "planned_end": NOW + timedelta(hours=1)}
    meeting = Meeting.objects.create(client=customer, kind="face", title="提案会", ae=ae, **times)
    return {"ae": ae, "customer": customer, "job": job, "meeting": meeting}


def filled(name, row, user):
    return BY_NAME[name].fill(row, user, NOW)


def test_the_kit_has_the_nine_papers_in_their_order():
    assert [paper.name for paper in PAPERS] == NINE
    assert {paper.kind for paper in PAPERS} <= {*Kind}


@pytest.mark.parametrize("name", ["brief", "schedule"])
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


def test_a_schedule_is_that_of_the_plan(ae, job):
    make.make_timeline(job, rows=[{"name": "打样"}])
    template, data = filled("schedule", job, ae)
    assert template == "jobs/pdf/timeline.html"
    assert data["face"] == "client"


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


def test_an_agenda_is_that_of_the_meeting(ae, meeting):
    _template, data = filled("agenda", meeting, ae)
    assert data["meeting"]["title"] == "提案会"
    assert "internal" not in data


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_an_ae_fills_any_and_a_department_what_it_reads(paper):
    assert paper.may_fill(make_user())
    creative = make_user(role="department", department="creative")
    is_theirs = paper.name in ("contact-report", "job-sheet", "brief", "schedule")
    assert paper.may_fill(creative) is is_theirs


def test_management_writes_no_letters():
    management = make_user(role="management")
    assert not BY_NAME["fax"].may_fill(management)
    assert BY_NAME["budget-form"].may_fill(management)
