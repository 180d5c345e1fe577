"""Weekly reports and prepared meetings of the demo (domain.md section 11)."""

import pytest

from agency.demo import weeks
from meetings.models import Meeting, RoomBooking, StatusReport
from meetings.reports.status_problems import problems
from tests.demo.world import NOW

pytestmark = pytest.mark.django_db


def report_of(code, back):
    return StatusReport.objects.get(
        client__code=code, week=weeks.week_of_now(NOW) - back * weeks.WEEK
    )


def test_weeks_are_issued_in_time():
    report = report_of("LM", 1)
    assert (report.state, report.is_late(NOW)) == ("issued", False)
    assert {report.document.face, report.internal_document.face} == {"client", "internal"}


def test_one_is_late_with_its_reason():
    report = report_of("LM", weeks.LATE)
    assert (report.is_late(NOW), report.late_reason) == (True, weeks.WHY_LATE)


def test_one_is_held_by_the_copy_guard():
    report = report_of("YL", 1)
    assert report.state == "draft"
    assert "copied" in {problem.code for problem in problems(report, NOW)}


def test_this_week_has_lines_nobody_has_written():
    assert report_of("LM", 0).lines.filter(current="").exists()


def test_no_report_for_the_client_at_rest():
    assert not StatusReport.objects.filter(
        client__code="QL", week__gt=weeks.week_of_now(NOW) - 3 * weeks.WEEK
    ).exists()


def test_an_urgent_meeting_with_a_late_agenda_and_its_reason():
    meeting = Meeting.objects.get(title="包装说明紧急碰头")
    assert (meeting.is_urgent, meeting.urgent_by) == (True, "孟珺")
    assert meeting.agenda_late_reason


def test_a_meeting_without_pack_and_press_check_begins_in_three_hours():
    meeting = Meeting.objects.get(title="冬季礼盒打样会")
    open_rows = meeting.preparations.filter(required=True, documents=None, not_needed="")
    assert (open_rows.exists(), meeting.press_checks.exists()) == (True, False)


def test_the_second_to_ask_for_a_room_took_the_other():
    rooms = RoomBooking.objects.filter(meeting__title__in=["周一例会", "含片陈列碰头"])
    assert set(rooms.values_list("room__name", flat=True)) == {"望海厅", "听雨室"}
