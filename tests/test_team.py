from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.permissions import people_under
from agency.team import team_of
from tests.builders import assign, make_user, when
from tests.meetings.make import action, issued, log, make_account, typed

pytestmark = pytest.mark.django_db
NOW = when("2026-11-24 14:00")


def test_people_under_are_of_lower_rank_on_my_clients(ae, am, other_ae):
    make_account(ae, am)
    make_account(other_ae)
    assert list(people_under(am, NOW)) == [ae]


def test_ae_has_nobody_below(ae, am):
    make_account(ae, am)
    assert list(people_under(ae, NOW)) == []


@pytest.mark.rule("R80")
def test_running_and_overdue_reports_are_counted(ae, am):
    client, contact = make_account(ae, am)
    log(client, contact, ae, ended_at=NOW - timedelta(hours=30), at=NOW)
    log(client, contact, ae, ended_at=NOW - timedelta(hours=2), at=NOW)
    (member,) = team_of(am, NOW)
    assert (member.person, member.running, member.overdue) == (ae, 2, 1)


def test_overdue_actions_are_counted(ae, am):
    client, contact = make_account(ae, am)
    rows = [action("a", user=ae, due_on=date(2026, 11, 20))]
    issued(client, contact, ae, data=typed(contact, actions=rows))
    assert team_of(am, NOW)[0].actions_overdue == 1


def test_rate_counts_what_was_due_this_month(ae, am):
    client, contact = make_account(ae, am)
    issued(client, contact, ae, ended_at=when("2026-11-10 10:00"))
    late = when("2026-11-13 10:00")
    issued(client, contact, ae, ended_at=when("2026-11-12 09:59"), at=late)
    assert team_of(am, NOW)[0].rate == Decimal("0.5")


def test_rate_is_none_when_nothing_was_due(ae, am):
    make_account(ae, am)
    assert team_of(am, NOW)[0].rate is None


def test_months_start_at_local_midnight(ae, am):
    client, contact = make_account(ae, am)
    issued(client, contact, ae, ended_at=when("2026-10-30 23:59:59"))
    issued(client, contact, ae, ended_at=when("2026-10-31 00:00"), at=when("2026-11-02 10:00"))
    assert team_of(am, NOW)[0].months[-2:] == [1, 0]


def test_another_teams_reports_do_not_count(ae, am, other_ae):
    make_account(ae, am)
    client, contact = make_account(other_ae, make_user(role="am"))
    log(client, contact, other_ae, ended_at=NOW - timedelta(hours=30), at=NOW)
    assert [member.running for member in team_of(am, NOW)] == [0]


@pytest.mark.rule("R80")
def test_manager_helping_as_ae_has_nobody_below_there(ae, am):
    client, _contact = make_account(ae)
    assign(client, am, role="ae")
    assert team_of(am, NOW) == []
