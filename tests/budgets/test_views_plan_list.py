"""Plans as a list, a calendar, side by side, a sheet; the pages of runs; the block on the job."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from archives.models import Document
from budgets.reports.plan_views import Calendar, compare
from budgets.services import plan_runs
from tests.budgets import plans
from tests.budgets.plans import D
from tests.builders import from_kept, make_user
from tests.jobs import make as jobs
from tests.jobs.desk import sheet_of
from tests.jobs.drafts import fresh
from tests.jobs.make import NOW
from tests.meetings.pages import fields_of, text_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>"
PDF += b"endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
REASON = "The page was sold twice by the paper."
PAST = date(2026, 10, 1)
AHEAD = (timezone.localdate() + timedelta(days=40)).replace(day=1)


def make_kept():
    plan = plans.signed_plan(
        plans.media_job(), {"vehicle": "A", "month": PAST}, {"vehicle": "B", "month": PAST},
        {"vehicle": "Paper", "medium": "newspaper", "runs": 4, "bonus_runs": 1,
         "month": AHEAD},
    )  # fmt: skip
    draft = plans.draft_of(plans.media_job(ae=plan.author))
    return {"plan": plan, "draft": draft, "ae": plan.author}


plan, draft, ae = from_kept("plan", "draft", "ae")


@pytest.fixture
def desk(client, ae):
    client.force_login(ae)
    return client


def url(name, row):
    return reverse(f"budgets:{name}", args=[row.pk])


def post(desk, name, row, /, **typed):
    return desk.post(url(name, row), {**fields_of(desk.get(url(name, row))), **typed})


def listed(desk, name="plan_list", **asked):
    return list(desk.get(reverse(f"budgets:{name}"), asked).context["rows"])


# --- lists ---------------------------------------------------------------------------------------


def test_list_and_its_filters(desk, plan, draft, ae):
    assert set(listed(desk)) == {plan, draft}
    assert listed(desk, client=plan.client.pk) == [plan]
    assert listed(desk, state="draft") == [draft]
    assert listed(desk, state="running") == []
    assert listed(desk, month="2026-10") == [plan]
    assert listed(desk, month="2026-09") == []
    assert set(listed(desk, ae=ae.pk)) == {plan, draft}


def test_list_as_a_sheet(desk, plan):
    rows = sheet_of(desk.get(reverse("budgets:plan_list"), {"format": "xlsx", "state": "signed"}))
    assert [row[1] for row in rows if row[0] == plan.number] == ["Autumn poster"]


def test_lists_of_a_department(client, plan, draft):
    client.force_login(plans.worker(plan.job))
    assert listed(client) == [plan]
    assert len(listed(client, "run_list")) == 2
    client.force_login(plans.worker(plan.job, "creative"))
    for name in ("plan_list", "run_list"):
        assert client.get(reverse(f"budgets:{name}")).status_code == 403


def test_runs_that_are_open(desk, plan):
    assert [line.vehicle for line in listed(desk, "run_list")] == ["A", "B"]
    plan_runs.miss_line(line=plan.lines.get(vehicle="A"), reason=REASON, by=plan.author, at=NOW)
    assert [line.vehicle for line in listed(desk, "run_list")] == ["B"]
    assert [line.vehicle for line in listed(desk, "run_list", which="missed")] == ["A"]
    assert [line.vehicle for line in listed(desk, "run_list", month=f"{AHEAD:%Y-%m}")] == ["Paper"]
    plan.lines.filter(vehicle="Paper").update(booked_on=None)
    assert [line.vehicle for line in listed(desk, "run_list", which="unbooked")] == ["Paper"]


# --- calendar, versions, sheet --------------------------------------------------------------------


def test_calendar_adds_up(plan):
    calendar = Calendar(list(plan.lines.all()))
    assert calendar.months == [PAST, AHEAD]
    shown = [(str(label), [cell.price for cell in cells], sum_.price)
             for label, cells, sum_ in calendar.rows]  # fmt: skip
    assert shown == [
        ("TV", [D("2000.00"), D("0.00")], D("2000.00")),
        ("Newspaper", [D("0.00"), D("4000.00")], D("4000.00")),
    ]
    assert [cell.price for cell in calendar.feet] == [D("2000.00"), D("4000.00")]
    assert (calendar.total.price, calendar.total.runs, calendar.total.bonus) == (D("6000.00"), 6, 1)


def test_page_of_the_calendar(desk, plan, draft):
    page = text_of(desk.get(url("plan_calendar", plan)))
    for words in ("October 2026", "2,000.00", "+1 bonus", "6,000.00"):
        assert words in page
    assert "There is no line yet." in text_of(desk.get(url("plan_calendar", draft)))


def test_versions_by_thread(plan):
    newer = plans.next_version(plan, vehicle="A evening", runs=2)
    newer.lines.filter(vehicle="B").delete()
    plans.add(newer, vehicle="C")
    pairs, head = compare(plan, newer)
    assert [(pair.state, str(pair.new or pair.old)) for pair in pairs] == [
        ("changed", "A evening"), ("dropped", "B"), ("same", "Paper"), ("added", "C"),
    ]  # fmt: skip
    assert pairs[0].names == {"vehicle", "runs", "media_price"}
    assert head == ()


def test_page_of_two_versions(desk, plan):
    assert "no other version" in text_of(desk.get(url("plan_compare", plan)))
    newer = plans.next_version(plan, runs=2)
    newer.lines.filter(vehicle="B").delete()
    page = text_of(desk.get(url("plan_compare", newer)))
    for words in ("2 lines differ", "A: runs 1 → 2", "Dropped: B, October 2026, 1,000.00"):
        assert words in page


def test_sheet_reads_back(desk, plan):
    (first, *_others) = sheet_of(desk.get(url("plan_xlsx", plan)))
    assert first[:6] == ("TV", "A", "2026-10", 1, 1000, "0%")


def test_sheet_of_media(client, plan):
    client.force_login(plans.worker(plan.job))
    assert len(sheet_of(client.get(url("plan_xlsx", plan)))) == 3


# --- booking and running -----------------------------------------------------------------------


def test_page_of_runs(desk, plan, draft):
    page = text_of(desk.get(url("plan_runs", plan)))
    assert page.count("proof missing") == 2
    assert "It has run" in page
    page = text_of(desk.get(url("plan_runs", draft)))
    assert "Nothing is booked before the client has signed the plan." in page


def test_finance_reads_runs_without_acts(client, plan):
    client.force_login(make_user(role="finance"))
    assert "It has run" not in text_of(client.get(url("plan_runs", plan)))


def test_booked_on_the_page(desk, plan):
    plan.lines.update(booked_on=None)
    line = plan.lines.get(vehicle="A")
    type(plan).objects.update(signed_at=NOW.replace(year=2020))
    post(desk, "plan_book", plan, lines=[line.pk], booked_on="2020-12-01")
    assert fresh(line).booked_on == date(2020, 12, 1)


def test_run_files_its_proof(desk, plan):
    line = plan.lines.get(vehicle="A")
    post(desk, "plan_run", line, file=SimpleUploadedFile("tear.pdf", PDF))
    line = fresh(line)
    assert (line.run_ok, line.proof.kind, line.proof.face) == ("run", "clipping", "internal")
    assert line.proof.title == "A October 2026"


def test_run_by_a_paper_that_is_there(desk, plan):
    paper = plans.proof_of(plan)
    post(desk, "plan_run", plan.lines.get(vehicle="A"), proof=paper.pk)
    assert plan.lines.get(vehicle="A").proof == paper


def test_run_without_proof_files_nothing(desk, plan):
    papers = Document.objects.count()
    answer = post(desk, "plan_run", plan.lines.get(vehicle="A"))
    assert answer.status_code == 422
    assert "Please file the proof" in text_of(answer)
    assert Document.objects.count() == papers


def test_missed_and_made_good_on_the_pages(desk, plan):
    line, other = plan.lines.get(vehicle="A"), plan.lines.get(vehicle="B")
    assert post(desk, "plan_missed", line, reason="short").status_code == 422
    post(desk, "plan_missed", line, reason=REASON)
    assert REASON in text_of(desk.get(url("plan_runs", plan)))
    post(desk, "plan_run", other, proof=plans.proof_of(plan).pk)
    post(desk, "plan_make_good", line, line=other.pk)
    assert (fresh(line).run_ok, fresh(line).made_good_by) == ("made_good", other)


def test_booking_taken_back_on_the_page(desk, plan):
    line = plan.lines.get(vehicle="A")
    post(desk, "plan_unbook", line, reason=REASON)
    assert fresh(line).booked_on is None


def test_media_proves_on_the_page(client, plan):
    client.force_login(plans.worker(plan.job))
    line = plan.lines.get(vehicle="A")
    post(client, "plan_run", line, file=SimpleUploadedFile("log.pdf", PDF))
    assert fresh(line).run_ok == "run"


def test_other_client_has_no_runs(client, plan):
    client.force_login(make_user())
    line = plan.lines.first()
    for name, row in (("plan_runs", plan), ("plan_book", plan), ("plan_run", line)):
        assert client.get(url(name, row)).status_code == 404


# --- on the job's page ---------------------------------------------------------------------------


def on_job(page, job):
    return page.get(reverse("jobs:job_detail", args=[job.pk])).content.decode()


def test_job_page_shows_its_plan(desk, plan, draft):
    page = on_job(desk, plan.job)
    assert plan.number in page
    assert url("plan_runs", plan) in page
    assert "Production estimate" not in page
    assert url("plan_update", draft) in on_job(desk, draft.job)


def test_job_page_offers_a_new_plan(desk, ae, plan):
    job = plans.media_job(ae=ae)
    assert url("plan_create", job) in on_job(desk, job)
    assert url("plan_create", plan.job) not in on_job(desk, plan.job)
    assert url("plan_create", jobs.make_job(job.client, ae)) not in on_job(desk, job)


def test_job_page_of_departments(client, plan):
    jobs.confirm(plan.job.briefs.get(), "creative")
    client.force_login(plans.worker(plan.job))
    assert plan.number in on_job(client, plan.job)
    client.force_login(plans.worker(plan.job, "creative"))
    assert plan.number not in on_job(client, plan.job)
