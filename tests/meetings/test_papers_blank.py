"""Agenda and contact report as forms for the hand, and the report's form for one meeting (R68)."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string

from agency.common.pdf.blank import ROOM
from meetings import papers_blank
from meetings.models import AgendaItem, Attendee, Meeting
from tests.builders import from_kept, make_client, make_contact, make_user
from tests.jobs.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R68")]
AGENDA, REPORT = "meetings/pdf/agenda_client.html", "meetings/pdf/contact_report_blank.html"
FORMS = {AGENDA: papers_blank.agenda, REPORT: papers_blank.contact_report}
(meeting,) = from_kept("meeting")


def make_kept():
    ae = make_user(name="陆小满")
    customer = make_client("LM", name="绿麦食品", team=[ae], paper_language="zh")
    times = {"starts_at": NOW, "planned_end": NOW + timedelta(hours=1)}
    meeting = Meeting.objects.create(client=customer, kind="face", title="提案会", ae=ae, **times)
    Attendee.objects.create(meeting=meeting, user=ae, task="记录")
    Attendee.objects.create(meeting=meeting, contact=make_contact(customer, name="周喆"))
    items = [("主视觉选定", "client", True), ("排期", "us", False)]
    for position, (title, source, is_disputed) in enumerate(items):
        AgendaItem.objects.create(
            meeting=meeting, title=title, source=source, is_disputed=is_disputed, minutes=20,
            position=position,
        )  # fmt: skip
    return {"meeting": meeting}


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
@pytest.mark.parametrize("template", FORMS)
def test_it_draws_in_each_language_without_a_fact(template, lang):
    text = render_to_string(template, FORMS[template](lang))
    assert "None" not in text
    assert ">–<" not in text
    assert "&lt;span" not in text


@pytest.mark.parametrize("template", FORMS)
def test_the_client_may_have_it(template):
    data = FORMS[template]("zh")
    assert data["face"] == "client"
    assert "internal" not in data


def test_an_agenda_has_numbered_items_and_a_box_for_each_place():
    data = papers_blank.agenda("zh")
    assert [item["no"] for item in data["items"]] == [1, 2, 3, 4, 5, 6]
    assert data["meeting"]["where"].count('class="box"') == 4


def test_an_agenda_has_room_for_the_last_decisions():
    text = render_to_string(AGENDA, papers_blank.agenda("zh"))
    assert "上次会晤的决定" in text


def test_a_topic_asks_for_discussion_decision_problem_and_solution():
    kinds = [point["kind"] for point in papers_blank.topic(ROOM)["points"]]
    assert kinds == ["discussion", "decision", "problem"]
    assert papers_blank.topic(ROOM)["points"][2]["solution"].count("rule") == 1


def test_a_topic_has_as_many_lines_for_the_discussion_as_asked():
    points = papers_blank.topic(ROOM, discussed=5)["points"]
    assert points[0]["text"].count('"rule"') == 5


def test_a_report_has_the_clients_return_and_the_words_on_silence():
    text = render_to_string(REPORT, papers_blank.contact_report("zh"))
    assert "客户回传" in text
    assert "48 个工作小时内" in text
    assert "电子发出" not in text


def test_a_report_has_a_box_for_each_kind_of_meeting():
    data = papers_blank.contact_report("zh")
    assert data["meetings"][0]["kind"].count('class="box"') == 4


def test_a_meetings_form_names_who_was_invited(meeting):
    data = papers_blank.report_of(meeting, NOW)
    assert [person["name"] for person in data["present_client"]] == ["周喆"]
    assert [person["name"] for person in data["present_ours"]] == ["陆小满"]


def test_a_meetings_form_has_its_items_with_their_marks(meeting):
    items = papers_blank.report_of(meeting, NOW)["items"]
    marks = [(item["title"], item["source"], item["is_disputed"]) for item in items]
    assert marks == [("主视觉选定", "client", True), ("排期", "us", False)]


def test_a_meetings_form_leaves_number_and_time_of_issue_open(meeting):
    data = papers_blank.report_of(meeting, NOW)
    assert data["issued_at"] is ROOM
    assert data["number"].startswith("编号 ____")


def test_a_meetings_form_draws(meeting):
    text = render_to_string(REPORT, papers_blank.report_of(meeting, NOW))
    assert all(word in text for word in ("绿麦食品", "提案会", "周喆", "主视觉选定", "面谈"))
    assert "None" not in text


def test_a_meeting_without_items_has_the_forms_own(meeting):
    meeting.items.all().delete()
    items = papers_blank.report_of(meeting, NOW)["items"]
    assert [item["title"] for item in items] == [ROOM, ROOM]


def test_a_meeting_without_a_contact_has_room_for_them(meeting):
    meeting.attendees.filter(contact__isnull=False).delete()
    assert papers_blank.report_of(meeting, NOW)["present_client"] is ROOM
