"""Lines without a word are told of the next working morning, in the client's time (R31, 5.4)."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from agency.common.models import CalendarDay
from meetings.services import status_lines
from tests.builders import SHANGHAI, from_kept, when
from tests.meetings import weeks
from tests.meetings.weeks import MONDAY, WHY, clock, levels, live, set_client, told

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R31")]
make_kept = weeks.make_world
client, contact, ae, am, ad, job = from_kept("client", "contact", "ae", "am", "ad", "job")
BERLIN = ZoneInfo("Europe/Berlin")
in_both_zones = pytest.mark.parametrize("zone", [SHANGHAI, BERLIN], ids=["Shanghai", "Berlin"])
SECOND = timedelta(seconds=1)
NAME = "LM 2026-W48"


def test_stale_the_next_morning_at_nine_the_ae_is_told(client, ae, am):
    weeks.draft(client)
    live(when("2026-11-24 08:59:59"))
    assert levels("status_stale") == []
    clock(when("2026-11-24 09:00"))
    assert told("status_stale", ae) == [f"1 line not brought up to date: {NAME}"]
    assert told("status_stale", am) == []


@pytest.mark.parametrize(("minute", "count"), [("17:59:59", 0), ("18:00:00", 0)])
def test_touched_on_the_day_it_is_not_red_in_the_morning(client, ae, minute, count):
    report = weeks.draft(client)
    weeks.write(weeks.line_of(report), ae, when(f"2026-11-23 {minute}"))
    live(when("2026-11-24 09:00"))
    assert len(levels("status_stale")) == count


@in_both_zones
@pytest.mark.parametrize(
    ("monday", "touched", "mornings"),
    [
        # nothing on Tuesday by 18:00 is stale on Wednesday morning
        ("2026-11-23", "2026-11-23", {"2026-11-24": 0, "2026-11-25": 1, "2026-11-26": 2}),
        # the holidays ask for nothing: Wednesday the last day before, Thursday the first after
        ("2026-09-28", "2026-09-30", {"2026-10-01": 0, "2026-10-02": 0}),
        # a Sunday worked for them is a day like another
        ("2026-09-14", "2026-09-18", {"2026-09-19": 0, "2026-09-20": 0}),
        ("2026-10-05", "2026-10-08", {"2026-10-09": 0, "2026-10-10": 1}),
    ],
)
def test_a_day_without_a_word_is_stale_the_next_morning(
    client, ae, zone, monday, touched, mornings
):
    set_client(client, timezone=zone.key)
    report = weeks.draft(client, when(f"{monday} 06:00", zone), date.fromisoformat(monday))
    weeks.write(weeks.line_of(report), ae, when(f"{touched} 17:59:59", zone))
    clock(when(f"{touched} 18:05", zone))
    for day, count in mornings.items():
        clock(when(f"{day} 09:00", zone) - SECOND)
        before = len(told("status_stale", ae))
        clock(when(f"{day} 09:00", zone))
        assert (before <= count, len(told("status_stale", ae))) == (True, count)
        clock(when(f"{day} 18:05", zone))


def test_after_three_working_days_the_manager_is_told(client, am):
    weeks.draft(client)
    live(when("2026-11-25 09:00"))
    assert told("status_stale", am) == []
    live(when("2026-11-26 09:00"))
    words = f"1 line not brought up to date for three working days: {NAME}"
    assert told("status_stale", am) == [words]


def test_on_days_off_nobody_is_told(client):
    weeks.draft(client)
    CalendarDay.objects.create(day=date(2026, 11, 24), is_working=False, name="Closed")
    live(when("2026-11-24 09:00"))
    assert levels("status_stale") == []


def test_lines_of_a_section_without_work_are_never_stale(client, ae, job):
    report = weeks.draft(client)
    weeks.empty(report, ae, at=MONDAY)
    status_lines.remove_line(line=weeks.line_of(report), reason=WHY, by=ae, at=MONDAY)
    job.state = "delivered"
    job.save()
    live(when("2026-11-26 09:00"))
    assert levels("status_stale") == []
