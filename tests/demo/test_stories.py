"""How calls and meetings of the demo end."""

import pytest

from archives.models import ClientAnswer
from meetings.models import ActionPoint, ContactReport, Meeting

pytestmark = pytest.mark.django_db


def report_of(title):
    return ContactReport.objects.get(meetings__title=title)


def test_two_calls_are_one_accepted_report():
    report = report_of("排期补充电话")
    assert (report.meetings.count(), report.state) == (2, "accepted")


def test_friday_report_is_deemed_accepted():
    assert ContactReport.objects.get(client__code="HC").state == "deemed_accepted"


def test_mail_that_came_back_stops_the_return():
    report = report_of("监测口径电话")
    assert (report.state, report.return_due_at) == ("issued", None)
    assert report.document.dispatches.get(contact__name="苏珺").mail.state == "bounced"


def test_signed_paper_is_an_answer_with_a_scan():
    answer = ClientAnswer.objects.get(proof__kind="return_proof")
    assert answer.document.kind == "contact_report"


def test_displeased_client_reached_management():
    assert report_of("海报校对电话").opinion_told_at is not None


def test_action_moved_three_times_keeps_its_days():
    action = ActionPoint.objects.get(text="与媒介部核对漏播补播清单")
    assert action.logs.count() >= 3


def test_action_done_is_open_again():
    action = ActionPoint.objects.get(text="更新广告指南第 3 章的标志净空")
    assert action.done_at is None


@pytest.mark.parametrize(
    ("title", "state"),
    [
        ("年末信函进度会", "agenda_sent"),
        ("货架卡完稿会", "cancelled"),
        ("网点屏幕验收会", "not_held"),
        ("冬季礼盒打样会", "planned"),
    ],
)
def test_meetings_end_as_told(title, state):
    assert Meeting.objects.get(title=title).state == state


def test_moved_meeting_remembers_its_first_time():
    assert Meeting.objects.get(title="年末信函进度会").moved_from is not None
