"""What waits for a person in the weekly report, on the home page (R31, R69)."""

from datetime import date

import pytest
from django.utils.translation import override

from accounts.awaiting import gather
from meetings.reports import SOURCES
from tests.builders import from_kept, make_client, make_user, when
from tests.meetings.status_rows import add_line, make_status

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R69")]
report, ae, am, ad = from_kept("report", "ae", "am", "ad")
TUESDAY = when("2026-11-24 09:00")
MONDAY = when("2026-11-23 15:00")
FRIDAY = when("2026-11-27 09:00")


def make_kept():
    team = {role: make_user(role, role) for role in ("ae", "am", "ad")}
    report = make_status(make_client("LM", team=team.values()))
    for title in ("Poster", "Film"):
        add_line(report, title, touched_at=MONDAY)
    add_line(report, "Old", touched_at=MONDAY, ended_on=date(2026, 11, 23))
    return {"report": report, **team}


def rows(user, at):
    with override("en"):
        return [(duty.group, duty.sentence, duty.due_at) for duty in gather(user, at, SOURCES)]


@pytest.mark.rule("R31")
def test_lines_not_touched_today_wait_for_the_ae(report, ae, am):
    words = "2 lines of the weekly report have not moved since Monday"
    assert rows(ae, TUESDAY) == [("Update", words, when("2026-11-24 18:00"))]
    assert rows(am, TUESDAY) == []
    assert rows(ae, when("2026-11-23 16:00")) == []


@pytest.mark.rule("R31")
def test_next_morning_they_are_late_since_the_evening(report, ae):
    report.lines.filter(title="Poster").update(touched_at=when("2026-11-24 10:00"))
    words = "2 lines of the weekly report have not moved since Monday"
    assert rows(ae, when("2026-11-25 09:00"))[0] == ("Update", words, when("2026-11-24 18:00"))


def test_nothing_is_asked_on_a_day_off(ae):
    assert rows(ae, when("2026-11-28 09:00"))[0][0] != "Update"


def test_the_day_before_it_is_to_be_written(report, ae):
    report.lines.update(touched_at=FRIDAY)
    words = "Weekly status report LM, week of 2026-11-23"
    assert rows(ae, FRIDAY) == [("Write", words, report.due_at)]


@pytest.mark.rule("R29")
def test_submitted_it_waits_for_the_am_and_for_the_ad_if_the_am_wrote_it(report, ae, am, ad):
    report.lines.update(touched_at=FRIDAY)
    submit(report, ae)
    assert [row[0] for row in rows(am, FRIDAY)] == ["Sign"]
    assert rows(ad, FRIDAY) == []
    submit(report, am)
    assert (rows(am, FRIDAY), [row[0] for row in rows(ad, FRIDAY)]) == ([], ["Sign"])


def submit(report, by):
    report.state, report.author, report.submitted_at = "submitted", by, FRIDAY
    report.save()
