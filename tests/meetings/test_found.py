"""Meetings that bear the words of a question (9.3)."""

from datetime import timedelta

import pytest

from archives.search.question import read
from meetings.models import Meeting
from meetings.reports.found import meetings
from tests.builders import from_kept, make_client, make_user, when
from tests.jobs.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R39")]
ae, customer = from_kept("ae", "customer")


def make_meeting(client, ae, starts_at, **fields):
    times = {"starts_at": starts_at, "planned_end": starts_at + timedelta(hours=1)}
    whole = {"kind": "face", "title": "礼盒提案", **times, **fields}
    return Meeting.objects.create(client=client, ae=ae, **whole)


def make_kept():
    ae = make_user()
    customer = make_client("LM", name="绿麦食品", team=[ae])
    make_meeting(customer, ae, when("2026-11-02 10:00"), address="望海厅")
    make_meeting(customer, ae, when("2026-11-09 10:00"), title="周会", objective="选定主视觉")
    return {"ae": ae, "customer": customer}


def found(words, user):
    wanted = meetings(read(words), user, NOW)
    return [wanted.told(row) for row in wanted.rows]


def names(words, user):
    return [row.name for row in found(words, user)]


@pytest.mark.parametrize(
    ("words", "found"),
    [("礼盒", ["礼盒提案"]), ("望海", ["礼盒提案"]), ("主视觉", ["周会"]),
     ("绿麦", ["周会", "礼盒提案"]), ("礼盒 周会", []), ("lm -周会", ["礼盒提案"])],
)  # fmt: skip
def test_a_meeting_is_found_by(words, found, ae):
    assert names(words, ae) == found


def test_the_newest_three_stand_there(ae, customer):
    for day in range(1, 6):
        make_meeting(customer, ae, when(f"2026-12-0{day} 10:00"), title=f"例会{day}")
    assert names("例会", ae) == ["例会5", "例会4", "例会3"]


def test_the_day_is_that_of_the_client(ae):
    far = make_client("AH", name="远方", team=[ae], timezone="America/Los_Angeles")
    make_meeting(far, ae, when("2026-11-19 09:00"), title="远程会")
    (row,) = found("远程会", ae)
    assert row.about == "远方 · 18 Nov 2026 · Draft"


def test_a_stranger_finds_none(ae):
    assert names("礼盒", make_user()) == []
