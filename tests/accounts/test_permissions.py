"""The table of rights (4.2) and the standing it is asked with (4.1, 4.4)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Client, User
from accounts.permissions import COLUMNS, TABLE, Rights, acting_for, can, require
from tests.builders import assign, make_client, make_group, make_stand_in, make_user, when

pytestmark = pytest.mark.django_db
NOW = when("2026-11-19 14:00")
TODAY = date(2026, 11, 19)
DAY = timedelta(days=1)


def test_every_row_has_a_cell_for_every_role():
    assert {tuple(cells) for cells in TABLE.values()} == {COLUMNS}
    assert set(COLUMNS) == set(User.Role.values)


@pytest.mark.parametrize(
    ("role", "allowed"),
    [("ae", True), ("am", True), ("ad", True), ("department", False)],
)
def test_report_is_issued_by_ranks_in_scope(role, allowed):
    user = make_user(role=role)
    client = make_client(team=[user])
    assert can(user, "meetings.issue_report", client, NOW) is allowed


@pytest.mark.parametrize("role", ["ae", "am", "ad", "gad", "department", "admin"])
def test_nobody_has_rights_on_a_foreign_client(role):
    client = make_client(team=[make_user()])
    assert not can(make_user(role=role), "accounts.view_client", client, NOW)


@pytest.mark.parametrize("role", ["finance", "management"])
def test_finance_and_management_see_every_client(role):
    assert can(make_user(role=role), "accounts.view_client", make_client(), NOW)


@pytest.mark.rule("R91")
def test_gad_has_the_rights_of_a_director_on_clients_of_the_group():
    gad = make_user(role="gad")
    client = make_client(group=make_group(head=gad))
    assert can(gad, "meetings.confirm_end", client, NOW)
    assert list(Client.objects.visible_to(gad, NOW)) == [client]


def test_admin_manages_people_and_sees_no_client():
    admin = make_user(role="admin")
    client = make_client(team=[make_user()])
    assert can(admin, "accounts.manage_users", None, NOW)
    assert not can(admin, "accounts.view_client", client, NOW)
    assert list(Client.objects.visible_to(admin, NOW)) == []


def test_am_helping_as_ae_has_the_rights_of_an_ae_there():
    am = make_user(role="am")
    client = make_client()
    assign(client, am, role="ae")
    assert can(am, "meetings.issue_report", client, NOW)
    assert not can(am, "meetings.confirm_end", client, NOW)


def test_rank_never_exceeds_the_title():
    ae = make_user(role="ae")
    client = make_client()
    assign(client, ae, role="am")
    assert Rights(ae, NOW).role_on(client) == "ae"


@pytest.mark.parametrize(("days", "allowed"), [(-1, False), (0, True), (1, True)])
def test_assignment_counts_to_its_last_day(days, allowed):
    ae, client = make_user(), make_client()
    assign(client, ae, ends_on=TODAY + days * DAY)
    assert can(ae, "accounts.view_client", client, NOW) is allowed


def test_assignment_of_tomorrow_gives_nothing_today():
    ae, client = make_user(), make_client()
    assign(client, ae, starts_on=TODAY + DAY)
    assert not can(ae, "accounts.view_client", client, NOW)


@pytest.mark.rule("R77")
@pytest.mark.parametrize(
    ("first", "last", "allowed"), [(0, 0, True), (-3, -1, False), (1, 3, False)]
)
def test_stand_in_has_rights_on_his_days_only(first, last, allowed):
    absent, deputy = make_user(), make_user()
    client = make_client(team=[absent])
    make_stand_in(absent, deputy, TODAY + first * DAY, TODAY + last * DAY)
    assert can(deputy, "meetings.issue_report", client, NOW) is allowed
    assert Client.objects.visible_to(deputy, NOW).exists() is allowed


@pytest.mark.rule("R77")
def test_act_of_a_stand_in_names_whom_he_acts_for():
    absent, deputy = make_user(), make_user()
    client = make_client(team=[absent])
    make_stand_in(absent, deputy, TODAY, TODAY)
    assert require(deputy, "meetings.issue_report", client, NOW) == absent
    assert acting_for(deputy, "meetings.issue_report", client, NOW) == absent
    assert require(absent, "meetings.issue_report", client, NOW) is None


@pytest.mark.rule("R77")
def test_stand_in_for_one_client_has_no_right_on_another():
    absent, deputy = make_user(), make_user()
    one, other = make_client(team=[absent]), make_client(team=[absent])
    make_stand_in(absent, deputy, TODAY, TODAY, client=one)
    assert list(Client.objects.visible_to(deputy, NOW)) == [one]
    assert not can(deputy, "accounts.view_client", other, NOW)


@pytest.mark.rule("R77")
def test_cover_is_not_chained():
    first, second, third = make_user(), make_user(), make_user()
    client = make_client(team=[first])
    make_stand_in(first, second, TODAY, TODAY)
    make_stand_in(second, third, TODAY, TODAY)
    assert not can(third, "accounts.view_client", client, NOW)


@pytest.mark.rule("R77")
def test_ae_standing_in_for_an_am_does_not_sign_in_his_place():
    am, ae = make_user(role="am"), make_user()
    client = make_client(team=[am])
    make_stand_in(am, ae, TODAY, TODAY)
    assert can(ae, "meetings.issue_report", client, NOW)
    assert not can(ae, "jobs.approve_manager", client, NOW)


def test_inactive_person_can_nothing():
    ae = make_user()
    client = make_client(team=[ae])
    ae.is_active = False
    assert not can(ae, "accounts.view_client", client, NOW)


def test_missing_right_is_refused_by_name():
    with pytest.raises(PermissionDenied, match=r"meetings\.issue_report"):
        require(make_user(), "meetings.issue_report", make_client(), NOW)


def test_system_may_do_what_the_clock_does():
    assert require(None, "meetings.issue_report", make_client(), NOW) is None


def test_own_cell_needs_that_it_is_ones_own():
    finance = make_user(role="finance")
    assert not can(finance, "meetings.work_action", make_client(), NOW)
    assert can(finance, "meetings.work_action", make_client(), NOW, own=True)


def test_audit_titles_are_the_admins_without_a_client():
    admin = make_user(role="admin")
    assert can(admin, "accounts.view_audit", None, NOW)
    assert not can(admin, "accounts.view_audit", make_client(), NOW)


def test_any_number_of_questions_costs_one_query(django_assert_num_queries):
    ae, absent = make_user(), make_user(role="am")
    clients = [make_client(team=[ae]), make_client(team=[absent]), make_client(team=[ae, absent])]
    make_stand_in(absent, ae, TODAY, TODAY)
    with django_assert_num_queries(1):
        rights = Rights(ae, NOW)
        assert all(rights.can("accounts.view_client", client) for client in clients)
        ranks = [rights.rank_on(client) for client in clients]
    assert ranks == [1, 2, 2]
    with django_assert_num_queries(1):
        narrow = Rights(ae, NOW, clients[2])
        assert [one.acting_for for one in narrow.standings(clients[2])] == [None, absent]


def test_of_two_absent_people_the_one_who_left_last_is_acted_for():
    deputy, early, late = make_user(role="am"), make_user(role="am"), make_user(role="am")
    client = make_client(team=[late, early])
    make_stand_in(early, deputy, TODAY - 2 * DAY, TODAY)
    make_stand_in(late, deputy, TODAY - DAY, TODAY)
    assert acting_for(deputy, "jobs.approve_job", client, NOW) == late


def test_what_was_asked_before_is_asked_anew():
    """The question is put together once a day; its answer is never kept."""
    ae, client = make_user(), make_client()
    assert not can(ae, "accounts.view_client", client, NOW)
    row = assign(client, ae)
    assert can(ae, "accounts.view_client", client, NOW)
    row.delete()
    assert not can(ae, "accounts.view_client", client, NOW)
