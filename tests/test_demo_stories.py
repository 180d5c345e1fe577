"""How stories of the demo end: played together, once, with blank papers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agency.demo import people, sittings, stories
from agency.demo.stage import Stage
from archives.models import ClientAnswer
from meetings.models import ActionPoint, ContactReport, Meeting
from tests.builders import kept

pytestmark = pytest.mark.django_db
STORIES = [
    *(stories.two_calls_in_one, stories.deemed_over_a_weekend, stories.bounced, stories.on_paper),
    *(stories.displeased, stories.action_moved_three_times, stories.action_reopened),
    *(sittings.moved_meeting, sittings.cancelled_meeting, sittings.client_did_not_come),
    sittings.in_three_hours,
]


@pytest.fixture(scope="module", autouse=True)
def _played(django_db_setup, django_db_blocker, tmp_path_factory):
    store = tmp_path_factory.mktemp("demo") / "files"
    with kept(django_db_blocker, store), pytest.MonkeyPatch.context() as patch:
        patch.setattr("agency.demo.stage.TICK", timedelta(days=4))
        play()
        yield


def play():
    now = timezone.now()
    users, clients = people.fill(now - timedelta(weeks=10))
    stage = Stage(users, clients, now, now - timedelta(weeks=5), lambda _line: None)
    for story in STORIES:
        stage.play(story(stage))
    stage.run()


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
    answer = ClientAnswer.objects.exclude(proof=None).get()
    assert answer.proof.kind == "return_proof"


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
        ("年末信函进度会", "planned"),
        ("货架卡完稿会", "cancelled"),
        ("网点屏幕验收会", "not_held"),
        ("冬季礼盒打样会", "planned"),
    ],
)
def test_meetings_end_as_told(title, state):
    assert Meeting.objects.get(title=title).state == state


def test_moved_meeting_remembers_its_first_time():
    assert Meeting.objects.get(title="年末信函进度会").moved_from is not None
