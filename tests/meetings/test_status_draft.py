"""The weekly report is drafted from what lives (R28, 8.1)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from archives.models import Observation
from meetings.models import StatusLine
from meetings.services import status, status_lines
from tests.archives.quarters import make_quarterly
from tests.builders import from_kept, make_brand, make_user, when
from tests.jobs.make import make_job
from tests.meetings import make, weeks
from tests.meetings.weeks import FRIDAY, MONDAY, WEEK, WHY, refusal

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R28")]
make_kept = weeks.make_world
client, contact, ae, job = from_kept("client", "contact", "ae", "job")


def keys(report):
    return list(report.lines.values_list("source_key", "section"))


def test_a_line_begins_empty_with_its_next_date(client, job):
    report = weeks.draft(client)
    line = weeks.line_of(report)
    assert (report.state, report.due_at, report.author) == ("draft", weeks.DUE, None)
    assert (line.source_key, line.section, line.title) == (f"job:{job.pk}", "creative", "Poster")
    assert (line.current, line.next_step, line.next_on) == ("", "", date(2026, 12, 10))


def test_asked_again_it_is_the_same(client):
    assert weeks.draft(client) == weeks.draft(client, FRIDAY)


def test_jobs_actions_and_what_has_ended(client, contact, ae):
    make_job(client, ae, "active", kind="media", title="Spots", due_on=date(2026, 12, 1))
    make_job(client, ae, "active", kind="fee", title="Retainer")
    make_job(client, ae, "delivered", title="Old")
    rows = [make.action(contact=contact, due_on=date(2026, 11, 25))]
    make.issued(client, contact, ae, data=make.typed(contact, actions=rows))
    lines = weeks.draft(client).lines.all()
    found = [(line.title, line.section, line.next_by) for line in lines]
    assert found == [("Send the poster", "creative", contact), ("Spots", "media", None),
                     ("Poster", "creative", None)]  # fmt: skip


def test_no_media_is_said_by_the_system(client):
    client.no_media = True
    client.save()
    line = weeks.draft(client).lines.get(is_empty_section=True)
    assert (line.section, line.current) == ("media", "本客户没有约定的媒介工作。")


@pytest.mark.parametrize("state", ["resting", "prospect", "closed"])
def test_none_for_a_client_that_is_not_active(client, state):
    client.status = state
    client.save()
    assert refusal(weeks.draft, client=client, at=MONDAY) == ["The client is not active."]


def test_none_for_a_week_without_working_days_or_not_begun(client):
    assert refusal(weeks.draft, client=client, at=when("2026-11-23 05:59:59")) == [
        "The week has not begun yet."
    ]
    feast = date(2026, 2, 16)
    assert refusal(weeks.draft, client=client, at=when("2026-02-16 06:00"), week=feast) == [
        "The week has no working day: there is no report."
    ]


def test_by_hand_it_needs_the_right_on_the_client(client):
    with pytest.raises(PermissionDenied):
        status.draft_status(client=client, week=WEEK, at=MONDAY, by=make_user(role="ae"))


def test_what_is_new_comes_in_and_what_ended_is_marked(client, ae, job):
    report = weeks.draft(client)
    make_job(client, ae, "active", title="Flyer")
    job.state = "delivered"
    job.save()
    status.refresh_status(report=report, at=FRIDAY)
    found = dict(report.lines.values_list("title", "ended_on"))
    assert found == {"Poster": date(2026, 11, 27), "Flyer": None}


def test_what_was_taken_out_stays_out(client, ae):
    report = weeks.draft(client)
    status_lines.remove_line(line=weeks.line_of(report), reason=WHY, by=ae, at=FRIDAY)
    status.refresh_status(report=report, at=FRIDAY)
    assert not report.lines.exists()


def test_the_count_of_queries_does_not_grow(client, ae, django_assert_max_num_queries):
    for number in range(40):
        make_job(client, ae, "active", title=f"Job {number}", number=f"LM-26-9{number:02}")
    with django_assert_max_num_queries(30):
        weeks.draft(client)
    assert StatusLine.objects.count() == 41


@pytest.mark.rule("R48")
def test_research_begins_with_the_quarterly_report_and_what_was_observed(client, ae):
    quarter = make_quarterly(client, created_at=MONDAY)
    make_quarterly(client, "issued", ae, quarter=2)
    brand = make_brand(client)
    for on in (date(2026, 11, 20), date(2026, 11, 23), date(2026, 8, 1)):
        Observation.objects.create(
            brand=brand, on=on, kind="price", text="Cheap", source="Shelf", seen_by=ae
        )
    lines = weeks.draft(client).lines.filter(section="research")
    assert [(line.source_key, line.title, line.next_on) for line in lines] == [
        (f"quarterly:{quarter.pk}", "市场及竞争季报 2026 年第 3 季度", date(2026, 10, 10)),
        ("observations:2026-Q4", "市场及竞争对手观察，2026 年第 4 季度", None),
    ]


@pytest.mark.rule("R48")
def test_issued_the_quarterly_report_is_said_once_more(client, ae):
    quarter = make_quarterly(client)
    report = weeks.draft(client)
    quarter.delete()
    report = status.refresh_status(report=report, at=FRIDAY, by=ae)
    line = report.lines.get(section="research")
    assert line.ended_on == FRIDAY.date()
