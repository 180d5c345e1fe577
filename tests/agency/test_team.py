"""How the people below a manager stand (R80)."""

from datetime import timedelta
from decimal import Decimal

import pytest

from agency.team import month_start, team_of
from tests.builders import make_client, when
from tests.meetings import make

AT = when("2026-11-24 15:00")


@pytest.fixture
def team(ae, am):
    return make_client(team=[ae, am])


@pytest.mark.rule("R80")
def test_manager_sees_those_below_on_the_own_clients(ae, am, other_ae, team):
    make_client(team=[other_ae])
    assert [row.person for row in team_of(am, AT)] == [ae]
    assert team_of(ae, AT) == []


@pytest.mark.rule("R80")
def test_without_reports_there_is_no_figure(am, team):
    (row,) = team_of(am, AT)
    assert (row.running, row.overdue, row.actions_overdue, row.rate) == (0, 0, 0, None)
    assert row.months == [None] * 6


def test_months_begin_on_the_local_first():
    assert month_start(AT) == when("2026-11-01 00:00")
    assert month_start(AT, 2) == when("2026-09-01 00:00")
    assert month_start(when("2026-01-31 00:00"), 1) == when("2025-12-01 00:00")


@pytest.mark.rule("R80")
def test_figure_is_the_share_of_reports_issued_in_time(ae, am):
    client, contact = make.make_account(ae, am)
    ended = AT - timedelta(days=3)
    for hours in (20, 24, 25):
        make.issued(client, contact, ae, ended + timedelta(hours=hours), ended_at=ended)
    (row,) = team_of(am, AT)
    assert row.rate == Decimal(2) / 3
    assert row.months == [None] * 5 + [row.rate]
