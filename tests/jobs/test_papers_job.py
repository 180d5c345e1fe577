"""The papers of request, brief and job sheet: what stands on them and what never does (7)."""

from datetime import date
from decimal import Decimal

import pytest

from agency.common import pdf
from archives.models import Document
from jobs.papers import brief as papers
from jobs.services import brief as briefs
from jobs.services.job import approve_job
from jobs.services.sheet import file_job_sheet
from tests.builders import make_client, make_contact, make_contract
from tests.jobs import make
from tests.jobs.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.papers]


@pytest.fixture
def client(ae, am, ad):
    client = make_client("LM", team=[ae, am, ad])
    make_contract(client)
    return client


@pytest.fixture
def job(client, ae):
    job = make.make_job(client, ae, state="requested", risk_note="The agency bears it")
    make.make_deliverable(job, spec="157 g")
    return job


@pytest.fixture
def brief(job, ae, am):
    brief = make.make_brief(
        job, state="draft", budget=Decimal("120000.00"), strategy_try="Planted strategy"
    )
    contact = make_contact(job.client)
    brief.facts.create(name="Photo", from_contact=contact, due_on=date(2026, 11, 24))
    brief.facts.create(name="Planted own fact", from_user=am, due_on=date(2026, 11, 24))
    job.questions.create(
        text="Planted question", asked_by=ae, answerer=am, due_on=date(2026, 11, 24)
    )
    return brief


def test_clients_page_never_holds_what_is_ours(brief):
    text = str(papers.brief_client(brief, "LM/BR/2026/001", NOW))
    assert "Planted" not in text
    assert "120" not in text
    assert "Photo" in text


def test_internal_face_adds_the_second_page(brief):
    inside = papers.brief_internal(brief, "LM/BR/2026/001", NOW)["internal"]
    assert inside["budget"] == "120,000.00"
    assert inside["strategy"] == "Planted strategy"
    assert [row["text"] for row in inside["questions"]] == ["Planted question"]


@pytest.mark.parametrize("kind", ["job", "creative"])
def test_internal_face_with_nothing_of_ours_has_no_empty_page(job, kind):
    brief = make.make_brief(job, state="draft", kind=kind)
    inside = papers.brief_internal(brief, "LM/BR/2026/001", NOW)
    assert "\f" not in pdf.text_of(pdf.render("jobs/pdf/brief_internal.html", inside))


def test_both_faces_are_filed_and_read_back(brief, ae):
    briefs.put_in_force(brief=brief, departments=[], by=ae, at=NOW)
    outside = Document.objects.get(kind="brief", face="client")
    inside = Document.objects.get(kind="brief", face="internal")
    assert (outside.size > 5000, inside.size > outside.size) == (True, True)
    assert outside.number == inside.number == "LM/BR/2026/001"


def test_request_names_who_asked_and_who_approved(job, am):
    make.make_brief(job, budget=Decimal("120000.00"))
    approve_job(job=job, by=am, at=NOW)
    paper = Document.objects.get(kind="job_request")
    assert (paper.number, paper.face) == ("LM/JR/2026/001", "internal")


def test_sheet_keeps_its_number_and_replaces_the_last(client, ae):
    job = make.signed_job(client, ae, state="active")
    make.make_order(job)
    first = file_job_sheet(job=job, by=ae, at=NOW)
    second = file_job_sheet(job=job, by=ae, at=NOW)
    first.refresh_from_db()
    assert (first.number, first.revision, first.state) == ("LM/JS/2026/001", 1, "superseded")
    assert (second.number, second.revision, second.face) == ("LM/JS/2026/001", 2, "internal")
