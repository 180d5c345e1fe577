"""Everything that stands between a draft and its issue is said at once, at its field."""

from dataclasses import replace
from datetime import date

import pytest

from meetings import services
from meetings.services.typed import ActionData, PointData, of_report
from tests.builders import make_contact, make_user, when
from tests.meetings import make

pytestmark = pytest.mark.django_db
AT = when("2026-11-19 12:00")
DAY = date(2026, 11, 25)


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad)


@pytest.fixture
def fields(account, ae):
    """The fields that `missing` names for a call with this text."""

    def find(**typed):
        client, contact = account
        data = make.typed(contact, **typed)
        report = make.log(client, contact, ae, data=data)
        return [field for field, _message in services.missing(report, AT)]

    return find


def test_a_complete_draft_lacks_nothing(fields, ae):
    assert fields() == []
    assert fields(actions=[ActionData("Poster", user=ae, due_on=DAY)]) == []


@pytest.mark.rule("R18")
def test_a_report_has_points(fields):
    assert fields(points=[]) == ["points"]


@pytest.mark.rule("R18", "R25")
def test_a_client_reads_at_least_one_point(fields):
    assert fields(points=[PointData("opinion", "Too slow")]) == ["points"]


@pytest.mark.rule("R18")
def test_a_problem_says_how_it_is_solved(fields):
    points = [PointData(text="Fine"), PointData("problem", "The gold is greenish")]
    assert fields(points=points) == ["points-2-solution"]
    points[1] = replace(points[1], solution="Print again")
    assert fields(points=points) == []


@pytest.mark.rule("R19")
def test_no_action_needs_the_tick(fields):
    assert fields(actions=[], no_action=False) == ["actions"]


@pytest.mark.rule("R19")
def test_the_tick_beside_actions_contradicts_them(fields, ae):
    actions = [ActionData("Poster", user=ae, due_on=DAY)]
    assert fields(actions=actions, no_action=True) == ["actions"]


@pytest.mark.rule("R19")
def test_an_action_has_owner_date_and_words(fields, ae):
    actions = [
        ActionData("Poster"),
        ActionData("", user=ae, due_on=DAY),
    ]
    assert fields(actions=actions) == ["actions-1-owner", "actions-1-due_on", "actions-2-text"]


@pytest.mark.rule("R19")
def test_an_owner_who_has_left_is_named(fields):
    gone = make_user(is_active=False)
    assert fields(actions=[ActionData("Poster", user=gone, due_on=DAY)]) == ["actions-1-owner"]


@pytest.mark.rule("R21")
@pytest.mark.parametrize(
    ("contact_fields", "expected"),
    [({"is_active": False}, ["returner"]), ({"email": ""}, ["returner"]), ({}, [])],
)
def test_the_returner_can_be_written_to(account, fields, contact_fields, expected):
    client, _contact = account
    assert fields(returner=make_contact(client, **contact_fields)) == expected


@pytest.mark.rule("R21")
def test_another_channel_needs_no_address(account, fields):
    client, _contact = account
    assert fields(returner=make_contact(client, email=""), channel="fax") == []
    assert fields(returner=None) == ["returner"]


@pytest.mark.rule("R14")
def test_items_of_a_meeting_do_not_stay_open(account, ae):
    client, contact = account
    item = services.ItemData("Poster", minutes=20)
    meeting = make.invited(
        client, ae, contact, "2026-11-19 10:00", "2026-11-19 11:00", items=[item]
    )
    end = when("2026-11-19 11:00")
    report = services.hold_meeting(meeting=meeting, ended_at=end, row_version=None, by=ae, at=AT)
    data = replace(of_report(report), points=[PointData(text="Fine")], no_action=True)
    services.save_draft(report=report, data=data, row_version=None, by=ae, at=AT)
    assert [field for field, _m in services.missing(report, AT)] == ["items", "actions"]
    outcomes = {meeting.items.get().pk: ("concluded", "")}
    services.set_outcomes(meeting=meeting, outcomes=outcomes, row_version=None, by=ae, at=AT)
    report.refresh_from_db()
    assert [field for field, _m in services.missing(report, AT)] == []


@pytest.mark.rule("R14")
def test_a_provisional_report_asks_for_the_end_first(account, ae):
    client, contact = account
    meeting = make.invited(client, ae, contact, "2026-11-19 10:00", "2026-11-19 11:00")
    make.tick(AT)
    meeting.refresh_from_db()
    assert services.missing(meeting.report, AT)[0][0] == "end"
