"""Figures of the weekly report: on time, copied, up to date by 18:00 (6.8, 8.7)."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.urls import reverse

from meetings.reports.status_figures import figures
from tests.builders import from_kept, make_client, make_user, when
from tests.meetings.pages import text_of
from tests.meetings.status_rows import add_empty, add_line, make_status

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R32")]
report, ae, am, other = from_kept("report", "ae", "am", "other")
AT = when("2026-11-28 09:00")
FRIDAY = when("2026-11-27 12:00")


def make_kept():
    """One week in time with a line of two unchanged, and one that nobody has submitted."""
    ae, am, other = make_user("ae"), make_user("am", "am"), make_user("other")
    report = make_status(make_client("LM", team=[ae, am]), "issued", ae, am, signed_at=FRIDAY)
    poster = add_line(report, "Poster", unchanged_reason="At the fair", unchanged_run=1)
    add_line(report, "Film", ended_on=date(2026, 11, 24))
    add_empty(report, "media")
    for day, clock in ((23, "17:59"), (24, "18:00"), (25, "09:00")):
        poster.days.create(day=date(2026, 11, day), at=when(f"2026-11-{day} {clock}"),
                           kind="changed", by=ae, created_by=ae)  # fmt: skip
    make_status(make_client("XY", team=[other]))
    return {"report": report, "ae": ae, "am": am, "other": other}


def one(user, by="author"):
    (row,) = figures(user, AT)[by]
    return row


@pytest.mark.rule("R30")
def test_in_time_is_what_both_signed_by_the_due_time(ae, other):
    assert (one(ae).due, one(ae).kept, one(ae).rate) == (1, 1, D(1))
    row = one(other)
    assert (row.label, row.due, row.kept, row.rate) == ("Not submitted yet", 1, 0, D(0))


def test_the_copy_rate_is_of_lines_of_work(ae):
    assert (one(ae).lines, one(ae).unchanged, one(ae).copy_rate) == (2, 1, D("0.5"))


@pytest.mark.rule("R31")
def test_fresh_is_what_was_said_before_18_00_while_the_report_was_open(ae):
    row = one(ae)
    # Poster Monday to Thursday (signed on Friday noon), Film on Monday alone
    assert (row.asked, row.fresh, row.fresh_rate) == (5, 2, D("0.4"))


def test_each_sees_his_own_and_the_am_those_of_her_clients(ae, am, other):
    assert [row.label for row in figures(am, AT)["client"]] == ["Client LM"]
    assert [row.label for row in figures(other, AT)["client"]] == ["Client XY"]


def test_a_period_of_weeks_narrows_them(am):
    assert figures(am, AT, since=date(2026, 11, 24))["client"] == []


def test_the_page_opens_the_lists_behind_the_figures(client, am, report):
    client.force_login(am)
    page = client.get(reverse("meetings:status_figures") + "?since=2026-11-01")
    assert "50.0%" in text_of(page)
    behind = f"{reverse('meetings:status_list')}?author={report.author_id}&is_unchanged=true"
    assert str(report) in text_of(client.get(behind))
    assert page.content.decode().count("is_unchanged=true") == 2


def test_rows_stand_by_name_and_nobodys_last(report, ae, am):
    make_status(report.client, week=date(2026, 11, 16))
    assert [row.label for row in figures(am, AT)["author"]] == ["ae", "Not submitted yet"]
