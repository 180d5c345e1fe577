"""The forms of a job as they lie on the desk (R68)."""

import pytest
from django.template.loader import render_to_string

from agency.common.pdf.blank import ROOM
from jobs.models import Brief
from jobs.papers import blank

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R68")]
FORMS = {
    "jobs/pdf/job_request.html": blank.job_request,
    "jobs/pdf/job_sheet.html": blank.job_sheet,
    "jobs/pdf/brief_internal.html": blank.brief,
    "jobs/pdf/timeline_blank.html": blank.timeline,
}
LANGUAGES = ["zh", "en", "both"]


def drawn(template, lang="zh"):
    return render_to_string(template, FORMS[template](lang))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("template", FORMS)
def test_it_draws_in_each_language_without_a_fact(template, lang):
    text = drawn(template, lang)
    assert "None" not in text
    assert ">–<" not in text
    assert "&lt;span" not in text


@pytest.mark.parametrize("template", FORMS)
def test_it_has_the_letterhead_and_a_line_for_the_number(template):
    text = drawn(template)
    assert 'class="letterhead"' in text
    assert "编号 ____" in text


@pytest.mark.parametrize("template", FORMS)
def test_the_name_of_the_file_holds_no_markup(template):
    title = drawn(template).split("<title>")[1].split("</title>")[0]
    assert "<" not in title


@pytest.mark.parametrize("template", FORMS)
def test_its_face_is_that_of_the_filled_one(template):
    is_internal = 'body class="internal' in drawn(template)
    assert is_internal is (template != "jobs/pdf/timeline_blank.html")


def test_a_request_has_a_box_for_each_kind_of_job():
    text = drawn("jobs/pdf/job_request.html")
    assert text.count('class="box"') == 3
    assert all(word in text for word in ("制作", "媒介", "月费"))


def test_a_request_is_signed_by_author_and_manager():
    data = blank.job_request("zh")
    assert [row["as"] for row in data["signers"]] == ["author", "approved_by"]
    assert {row["person"] for row in data["signers"]} == {None}


def test_a_sheet_has_rows_for_orders_and_receivers():
    data = blank.job_sheet("zh")
    assert len(data["orders"]) == 6
    assert [row["as"] for row in data["signers"]] == ["author", "received_by", "received_by"]
    assert data["orders"][0]["supplier"] is ROOM


def test_a_brief_has_every_part_of_the_model():
    parts = [part["key"] for part in blank.brief("zh")["parts"]]
    assert parts == list(Brief.PARTS)


def test_a_brief_keeps_strategy_and_budget_on_the_page_of_our_own():
    text = drawn("jobs/pdf/brief_internal.html")
    outside, inside = text.split('class="new-page"')
    assert "策略试写" in inside
    assert "策略试写" not in outside


def test_a_timeline_has_the_clients_duties_first_and_weeks_to_draw_in():
    text = drawn("jobs/pdf/timeline_blank.html")
    assert text.index("请客户配合") < text.index("步骤")
    assert text.count('<col class="weeks">') == blank.WEEKS
    assert text.count('<td class="no">') == blank.STEPS


def test_signatures_have_lines_for_name_and_date():
    text = drawn("jobs/pdf/job_request.html")
    assert text.count('<p class="line first">姓名</p>') == 2
    assert text.count('<p class="line">日期</p>') == 2
