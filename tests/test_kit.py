"""The stationery kit: ten papers, blank or filled from what is known (R68)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from agency.common.pdf import page_counts, text_of
from agency.kit_papers import BY_NAME, PAPERS
from meetings.models import AgendaItem, Meeting
from tests.archives.papers import page
from tests.builders import assign, from_kept, make_client, make_user
from tests.jobs import make
from tests.jobs.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R68")]
ae, stranger, customer, job, meeting = from_kept("ae", "stranger", "customer", "job", "meeting")
HEADINGS = {
    "fax": "传真", "memo": "便笺", "agenda": "会议议程", "contact-report": "会晤报告",
    "budget-form": "预算执行表", "job-request": "工作号申请表", "job-sheet": "工作表",
    "brief": "工作简要", "creative-brief": "创意简报", "schedule": "工作进度表",
}  # fmt: skip
PAGES = {"contact-report": 2, "brief": 3, "creative-brief": 3}


def make_kept():
    ae, stranger = make_user(), make_user()
    customer = make_client("LM", name="绿麦食品", team=[ae], paper_language="zh")
    make_client("YL", team=[stranger])
    job = make.make_job(customer, ae, title="礼盒海报")
    times = {"starts_at": NOW, "planned_end": NOW + timedelta(hours=1)}
    meeting = Meeting.objects.create(client=customer, kind="face", title="提案会", ae=ae, **times)
    AgendaItem.objects.create(meeting=meeting, title="主视觉选定", minutes=20, position=1)
    return {"ae": ae, "stranger": stranger, "customer": customer, "job": job, "meeting": meeting}


def row_of(paper, customer, job, meeting):
    return {"Client": customer, "Job": job, "Meeting": meeting}[paper.source.__name__]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_a_blank_form_has_its_pages_its_letterhead_and_no_fact(paper, settings):
    settings.FAULT = ""
    pdf = paper.print_blank("zh")
    text = text_of(pdf)
    assert page_counts([pdf]) == [PAGES.get(paper.name, 1)]
    assert HEADINGS[paper.name] in text
    assert "编号 ____" in text
    assert not {"–", "草稿", "<span"} & {*text.split()}


FILLED = [paper for paper in PAPERS if paper.source]


@pytest.mark.parametrize("paper", FILLED, ids=lambda paper: paper.name)
def test_filled_it_bears_what_is_known(paper, ae, customer, job, meeting, settings):
    settings.FAULT = ""
    row = row_of(paper, customer, job, meeting)
    text = text_of(paper.print_filled(row, ae, NOW))
    assert "绿麦食品" in text
    assert {"Client": "预算", "Job": "礼盒海报", "Meeting": "提案会"}[paper.source.__name__] in text


def test_a_contact_report_form_has_the_meetings_items(ae, meeting):
    _template, data = BY_NAME["contact-report"].fill(meeting, ae, NOW, "client")
    assert [item["title"] for item in data["items"]] == ["主视觉选定"]


def test_the_page_offers_all_ten(client, ae):
    client.force_login(ae)
    text = page(client.get(reverse("kit")))
    assert text.count("/blank/?language=both") == 10
    assert text.count("/fill/") == 8


def test_it_is_filled_from_ones_own_alone(client, ae, stranger, customer, job):
    address, asked = reverse("kit_fill", args=["brief"]), {"client": customer.pk, "of": job.pk}
    client.force_login(ae)
    assert client.get(address, asked)["Content-Type"] == "application/pdf"
    assert "礼盒海报" in page(client.get(address, {"client": customer.pk}))
    client.force_login(stranger)
    assert client.get(address, asked).status_code == 404
    assert client.get(address, {"of": job.pk}).status_code == 404


def test_a_department_fills_what_is_its_own_to_read(client, customer):
    client.force_login(make_user(role="department", department="creative"))
    text = page(client.get(reverse("kit")))
    assert "/kit/brief/fill/" in text
    assert "/kit/budget-form/fill/" not in text


@pytest.mark.parametrize("name", ["nothing", "fax"])
def test_what_is_no_paper_to_fill_is_not_there(name, client, ae):
    client.force_login(ae)
    assert client.get(reverse("kit_fill", args=[name])).status_code == 404


TWO_FACED = [paper for paper in FILLED if paper.faces]


@pytest.mark.parametrize("paper", TWO_FACED, ids=lambda paper: paper.name)
def test_either_face_is_printed_and_the_inner_one_says_so(
    paper, ae, customer, job, meeting, settings
):
    settings.FAULT = ""
    row = row_of(paper, customer, job, meeting)
    texts = {face: text_of(paper.print_filled(row, ae, NOW, face=face)) for face in paper.faces}
    assert "内部文件" in texts["internal"]
    assert "内部文件" not in texts["client"]


def test_both_faces_are_offered_where_there_are_two(client, ae, customer, job):
    client.force_login(ae)
    asked = {"client": customer.pk}
    brief = page(client.get(reverse("kit_fill", args=["creative-brief"]), asked))
    sheet = page(client.get(reverse("kit_fill", args=["job-sheet"]), asked))
    assert (brief.count("face=client"), brief.count("face=internal")) == (3, 3)
    assert (sheet.count("face=client"), sheet.count("face=internal")) == (0, 0)


@pytest.mark.parametrize("face", ["other", "internal"])
def test_a_face_that_a_paper_has_not_is_not_there(face, client, ae, customer, job):
    client.force_login(ae)
    asked = {"client": customer.pk, "of": job.pk, "face": face}
    assert client.get(reverse("kit_fill", args=["job-sheet"]), asked).status_code == 404


def test_a_department_has_the_clients_face_of_what_was_said(client, customer, meeting):
    creative = make_user(role="department", department="creative")
    assign(customer, creative)
    client.force_login(creative)
    address, asked = reverse("kit_fill", args=["contact-report"]), {"client": customer.pk}
    assert "face=internal" not in page(client.get(address, asked))
    answers = {
        face: client.get(address, {**asked, "of": meeting.pk, "face": face}).status_code
        for face in ("client", "internal")
    }
    assert answers == {"client": 200, "internal": 404}
