"""The list's filter "papers missing" says the same of every job as the job's own page (R40)."""

from itertools import product
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archives.completeness import completeness
from archives.models import Document, DocumentJob, Waiver
from jobs.models import CompletionForm, Job
from jobs.reports.missing import (
    STAGES,
    WANTS,
    counted,
    lacks_papers,
    missing_papers,
    percent,
)
from tests.builders import make_client, make_contract
from tests.jobs import make
from tests.jobs.desk import listed
from tests.jobs.make import DUE, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R40")]
KINDS = [want.kind for want in WANTS]
FACES = {"timeline": ("client", "internal")}
WHOLE = {(kind, face) for kind in KINDS for face in FACES.get(kind, ("client",))}
STATES = tuple(Job.State)


@pytest.fixture
def client_lm(ae, am, ad):
    return make_client("LM", team=[ae, am, ad])


@pytest.fixture
def page(sign_in, ae):
    return sign_in(ae)


class Shelf:
    """Jobs with rows of papers, many at once: nobody reads the files."""

    def __init__(self, client, ae, am):
        self.client, self.ae, self.am = client, ae, am
        self.papers, self.names, self.waivers = [], [], []

    def job(self, held=WHOLE, state="closed", paper="issued", waived=(), **fields):
        job = make.make_job(self.client, self.ae, state=state, approved_by=self.am, **fields)
        for kind, face in held:
            self.papers.append(
                Document(
                    client=self.client, kind=kind, face=face, state=paper, title="Paper",
                    name="paper.pdf", dated_on=DUE, year=2026, mime="application/pdf", size=1,
                    sha256=uuid4().hex * 2, created_at=NOW,
                    void_reason="Filed by mistake" if paper == "void" else "",
                )
            )  # fmt: skip
            self.names.append(job.number)
        self.waivers += [
            Waiver(client=self.client, job_number=job.number, kind=kind, by=self.am,
                   reason="The client keeps it", created_at=NOW)
            for kind in waived
        ]  # fmt: skip
        return job

    def fill(self):
        papers = Document.objects.bulk_create(self.papers)
        DocumentJob.objects.bulk_create(
            DocumentJob(document=paper, job_number=number, created_at=NOW)
            for paper, number in zip(papers, self.names, strict=True)
            if number
        )
        Waiver.objects.bulk_create(self.waivers)


@pytest.fixture
def shelf(client_lm, ae, am):
    return Shelf(client_lm, ae, am)


def lacking():
    return set(Job.objects.filter(lacks_papers()))


def with_gaps():
    return {job for job in Job.objects.all() if any(gap.is_open for gap in missing_papers(job))}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", Job.Kind)
def test_each_paper_taken_away_is_missing_in_both_or_in_neither(shelf, kind, state):
    for makes_ads, gone in product((True, False), [None, *KINDS]):
        held = {paper for paper in WHOLE if paper[0] != gone}
        shelf.job(held, state, kind=kind, makes_ads=makes_ads)
    shelf.fill()
    assert lacking() == with_gaps()
    assert bool(lacking()) == (state in STAGES)


@pytest.mark.parametrize("paper", Document.State)
def test_papers_of_every_state_count_alike(shelf, paper):
    for state in STATES:
        shelf.job(state=state, paper=paper)
    shelf.fill()
    assert lacking() == with_gaps()
    assert bool(lacking()) == (paper in ("draft", "void", "superseded"))


def test_one_face_of_a_timeline_is_not_the_timeline(shelf):
    half = [shelf.job(WHOLE - {("timeline", face)}, "active") for face in FACES["timeline"]]
    shelf.job(state="active")
    shelf.fill()
    assert lacking() == with_gaps() == set(half)


def test_the_database_counts_as_the_page_of_each_job_does(shelf):
    shelf.job(WHOLE - {("brief", "client")}, waived=["brief", "contact_report"])
    shelf.job({("brief", "client"), ("timeline", "client")}, state="active")
    shelf.job(set(), state="approved", waived=["job_request", "brief"])
    shelf.job(set(), state="requested")
    shelf.job(WHOLE, kind="media", makes_ads=False)
    shelf.fill()

    jobs = list(counted(Job.objects.all()))

    assert len(jobs) == 5
    assert [percent(job) for job in jobs] == [completeness(missing_papers(job)) for job in jobs]


def test_list_of_jobs_that_lack_papers_says_how_complete_each_is(shelf, page):
    shelf.job({("brief", "client")}, state="approved")
    shelf.fill()

    assert "50 %" in page.get(reverse("jobs:job_list"), {"papers": "missing"}).content.decode()
    assert "Papers complete" not in page.get(reverse("jobs:job_list")).content.decode()


def test_what_is_waived_is_not_missing(shelf):
    held = {paper for paper in WHOLE if paper[0] != "contact_report"}
    shelf.job(held, waived=["contact_report"])
    other = shelf.job(held, waived=["ad_file"])
    shelf.fill()
    assert lacking() == with_gaps() == {other}


def test_a_waiver_or_paper_of_another_job_does_not_count(shelf):
    bare = shelf.job(set(), "approved")
    shelf.job(state="approved", waived=["brief", "job_request"])
    shelf.fill()
    assert lacking() == with_gaps() == {bare}


def test_what_is_ordered_wants_its_bill_and_what_is_checked_its_form(client_lm, ae, am, shelf):
    held = WHOLE - {("supplier_bill", "client"), ("outgoing_check", "client")}
    plain, checked, own = (shelf.job(held, makes_ads=False) for _number in range(3))
    make.make_check(checked)
    make.make_check(own, kind="estimate")
    ordered = shelf.job(held, makes_ads=False)
    make.pass_to(make.make_estimate(ordered), "signed")
    ordered.costs.create(kind="order", amount=100, on=DUE, supplier=make.make_supplier())
    shelf.fill()
    assert lacking() == with_gaps() == {checked, ordered}
    assert plain not in lacking()


def test_what_one_paper_does_not_fill_is_counted_alike(client_lm, shelf):
    make_contract(client_lm, media_billing="direct")
    jobs = [shelf.job(kind=kind) for kind in ("production", "media", "fee", "fee")]
    jobs.append(shelf.job(WHOLE - {("estimate", "client")} | {("estimate", "internal")}))
    make.make_check(jobs[0])
    jobs[3].due_on = jobs[3].approved_at.date()
    jobs[3].save()
    shelf.fill()
    assert lacking() == with_gaps() == {jobs[0], jobs[2], jobs[4]}


def test_the_reasons_of_the_completion_form_count_alike(shelf, ae, am):
    bare = WHOLE - {("production_invoice", "client"), ("ad_file", "client")}
    jobs = [shelf.job(bare) for _number in range(2)]
    shelf.fill()
    sums = {"signed_total": 0, "cost_total": 0, "delivered_on": DUE, "author": ae}
    said = {"unbilled_reason": "Paid by the client's parent", "no_ad_reason": "Stopped"}
    agreed = {"state": "approved", "approved_by": am, "approved_at": NOW}
    CompletionForm.objects.create(job=jobs[0], **sums, **said)
    CompletionForm.objects.create(job=jobs[1], **sums, **said, **agreed)
    assert lacking() == with_gaps() == {jobs[0]}


def test_list_and_page_agree_in_all_states(page, shelf):
    jobs = [shelf.job(held, state) for state in STATES for held in (set(), WHOLE)]
    shelf.fill()
    shown = {
        job
        for job in jobs
        if any(gap.is_open for gap in page.get(job.get_absolute_url()).context["gaps"])
    }
    assert listed(page, "job_list", papers="missing") == shown
    assert {job.state for job in shown} == {"approved", "active", "delivered", "closed"}


def test_the_filter_asks_the_same_number_of_questions_however_many_jobs(
    page, shelf, django_assert_num_queries
):
    address = f"{reverse('jobs:job_list')}?papers=missing"
    shelf.job(set(), "approved")
    page.get(address)
    with CaptureQueriesContext(connection) as few:
        page.get(address)
    for state in ("approved", "active", "delivered", "closed"):
        shelf.job(set(), state)
    with django_assert_num_queries(len(few)):
        page.get(address)
    with django_assert_num_queries(1):
        assert len(lacking()) == 5
