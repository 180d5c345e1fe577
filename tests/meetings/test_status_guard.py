"""What a line is compared with (8.4), over the weeks."""

from datetime import date
from decimal import Decimal as D

import pytest

from meetings.models import StatusLine
from meetings.services import status, status_lines
from meetings.services.status_guard import Guard, last_reason
from tests.builders import from_kept, when
from tests.meetings import weeks
from tests.meetings.status_rows import make_status
from tests.meetings.weeks import FRIDAY, SAID, WEEK, WHY

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R32")]
make_kept = weeks.make_world
client, ae, am, job = from_kept("client", "ae", "am", "job")
LAST, BEFORE = date(2026, 11, 16), date(2026, 11, 9)


def issued(client, ae, am, job, week=LAST, **fields):
    """Last week's report as it went out, with one line of the job."""
    revision = fields.pop("revision", 1)
    report = make_status(client, "issued", ae, am, week=week, revision=revision)
    said = {"source_key": f"job:{job.pk}", "section": "creative", "title": "Poster", **SAID}
    StatusLine.objects.create(report=report, position=1, **{**said, **fields})
    return report


def test_a_line_follows_that_of_the_same_work(client, ae, am, job):
    last = issued(client, ae, am, job)
    line = weeks.line_of(weeks.draft(client))
    assert (line.former, line.current) == (weeks.line_of(last), "")


def test_it_is_compared_with_it(client, ae, am, job):
    issued(client, ae, am, job)
    line = weeks.line_of(weeks.draft(client))
    found = weeks.write(line, ae, FRIDAY, **{**SAID, "current": f"{SAID['current']} 11月27日！"})
    assert (found.similarity, found.verdict) == (D("1.000"), "copied")


def test_the_last_issued_counts_not_the_week_before(client, ae, am, job):
    issued(client, ae, am, job, BEFORE, current="Long ago")
    last = issued(client, ae, am, job)
    make_status(client, "draft", week=date(2026, 12, 7))
    assert weeks.line_of(weeks.draft(client)).former == weeks.line_of(last)


def test_a_week_without_report_is_leapt_over(client, ae, am, job):
    old = issued(client, ae, am, job, BEFORE)
    make_status(client, "submitted", ae, week=LAST)
    assert weeks.line_of(weeks.draft(client)).former == weeks.line_of(old)


def test_a_revision_takes_the_place_of_what_it_replaced(client, ae, am, job):
    first = issued(client, ae, am, job)
    report = weeks.draft(client)
    type(report).objects.filter(pk=first.pk).update(state="superseded")
    second = issued(client, ae, am, job, revision=2)
    status.refresh_status(report=report, at=FRIDAY)
    assert weeks.line_of(report).former == weeks.line_of(second)


def test_found_later_it_is_judged_anew(client, ae, am, job):
    report = weeks.draft(client)
    weeks.write(weeks.line_of(report), ae)
    assert weeks.line_of(report).similarity == D("0.000")
    issued(client, ae, am, job)
    status.refresh_status(report=report, at=FRIDAY)
    assert weeks.line_of(report).similarity == D("1.000")


def test_without_predecessor_all_of_the_section_is(client, ae, am, job):
    issued(client, ae, am, job, source_key="free:1", ended_on=WEEK)
    line = weeks.line_of(weeks.draft(client))
    assert (line.former, weeks.write(line, ae).similarity) == (None, D("1.000"))


def test_other_sections_are_not(client, ae, am, job):
    issued(client, ae, am, job, source_key="free:1", section="finance", ended_on=WEEK)
    line = weeks.line_of(weeks.draft(client))
    assert weeks.write(line, ae).similarity == D("0.000")
    assert weeks.write(line, ae, section="finance").similarity == D("1.000")


def test_a_section_that_had_no_work_is_nothing_to_copy(client, ae, am, job):
    issued(client, ae, am, job, source_key="", is_empty_section=True)
    line = weeks.line_of(weeks.draft(client))
    assert weeks.write(line, ae).similarity == D("0.000")


def test_last_week_is_read_once_for_all_lines(client, ae, am, job, django_assert_num_queries):
    issued(client, ae, am, job, source_key="free:1", ended_on=WEEK)
    line = weeks.write(weeks.line_of(weeks.draft(client)), ae)
    guard = Guard(line.report)
    with django_assert_num_queries(2):
        for _round in range(3):
            guard.judge(line)


@pytest.mark.parametrize("reason", ["", WHY])
def test_the_last_reason_is_last_weeks_until_there_is_one(client, ae, am, job, reason):
    issued(client, ae, am, job, unchanged_reason=reason, unchanged_run=bool(reason))
    line = weeks.line_of(weeks.draft(client))
    assert last_reason(line, date(2026, 11, 27)) == reason


def test_the_last_reason_is_the_last_day_s(client, ae, am, job):
    issued(client, ae, am, job, unchanged_reason=WHY, unchanged_run=1)
    line = weeks.line_of(weeks.draft(client))
    weeks.write(line, ae, when("2026-11-24 10:00"))
    reason = "Their director has fallen ill"
    status_lines.confirm_line(line=line, reason=reason, by=ae, at=when("2026-11-25 10:00"))
    weeks.write(line, ae, when("2026-11-26 10:00"), current="Nothing but the face is open")
    assert last_reason(line, date(2026, 11, 27)) == reason


def test_where_the_ae_had_put_it_an_action_stays(client, ae, am, job):
    issued(client, ae, am, job, source_key="free:7", section="research")
    (line,) = weeks.draft(client).lines.filter(section="research")
    assert line.source_key == "free:7"
