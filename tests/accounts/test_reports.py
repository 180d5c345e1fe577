"""What waits for a person here, and who is under whom (R69, R70, R77, R80)."""

from datetime import date, timedelta

import pytest

from accounts.duty import OnDuty
from accounts.models import AgencySettings, Todo
from accounts.reports import awaiting, client_names, house_name, is_over, my_people, team
from tests.builders import assign, make_client, make_group, make_stand_in, make_user, when

AT = when("2026-11-19 11:37")
TODAY = date(2026, 11, 19)
DAY = timedelta(days=1)


def note(owner, due_on=TODAY, **fields):
    return Todo.objects.create(owner=owner, text="call the printer", due_on=due_on, **fields)


def sentences(user):
    return [(str(duty.group), duty.sentence, duty.client) for duty in awaiting(user, AT)]


@pytest.mark.rule("R69", "R70")
def test_todos_of_today_and_before_are_due(ae, other_ae):
    client = make_client(team=[ae], name="Greenwheat")
    note(ae, TODAY - DAY, client=client)
    note(ae, TODAY + DAY)
    note(ae, done_at=AT)
    note(other_ae)
    assert sentences(ae) == [("To do", "call the printer", "Greenwheat")]


@pytest.mark.rule("R70")
def test_a_todo_is_due_until_the_end_of_its_day(ae):
    note(ae)
    [duty] = awaiting(ae, AT)
    assert duty.due_at == when("2026-11-20 00:00")


@pytest.mark.rule("R80")
def test_a_client_without_lead_am_is_the_ads(ad, am, ae):
    client = make_client(team=[ad, ae], name="Greenwheat")
    assert sentences(ad) == [("Name", "Account manager in charge", "Greenwheat")]
    assert sentences(ae) == []
    assign(client, am)
    assert sentences(ad) == []


@pytest.mark.rule("R80")
def test_an_am_who_left_leads_nothing(ad, am):
    make_client(team=[ad, am])
    am.is_active = False
    am.save()
    assert len(sentences(ad)) == 1


@pytest.mark.rule("R80")
def test_without_an_ad_it_is_the_gads(ad):
    gad = make_user(role="gad")
    client = make_client(group=make_group(head=gad))
    assert len(sentences(gad)) == 1
    assign(client, ad)
    assert (len(sentences(gad)), len(sentences(ad))) == (0, 1)


@pytest.mark.rule("R80")
def test_a_client_at_rest_needs_nobody(ad):
    make_client(team=[ad], status="resting")
    assert sentences(ad) == []


@pytest.mark.rule("R77")
def test_a_client_left_out_of_an_absence_is_the_ams(ae, am, other_ae):
    covered = make_client(team=[ae, am], name="Greenwheat")
    make_client(team=[ae, am], name="Bluewater")
    make_stand_in(ae, other_ae, TODAY + DAY, TODAY + 3 * DAY, client=covered)
    wanted = "Stand-in for ae, 20 Nov 2026 to 22 Nov 2026"
    assert sentences(am) == [("Appoint", wanted, "Bluewater")]


@pytest.mark.rule("R77")
def test_a_whole_absence_is_covered(ae, am, other_ae):
    make_client(team=[ae, am])
    make_stand_in(ae, other_ae, TODAY + DAY, TODAY + 3 * DAY)
    assert sentences(am) == []


@pytest.mark.rule("R77")
def test_a_deputy_who_has_left_covers_nobody(ae, am):
    make_client(team=[ae, am])
    make_stand_in(ae, make_user(role="ae", is_active=False), TODAY + DAY, TODAY + 3 * DAY)
    assert len(sentences(am)) == 1


@pytest.mark.rule("R80")
def test_my_people_are_those_of_lower_rank_on_my_clients(am, ae, other_ae, ad):
    make_client(team=[am, ae, ad])
    make_client(team=[other_ae])
    assert my_people(am, AT) == [ae]
    assert (is_over(am, ae, AT), is_over(am, other_ae, AT), is_over(ae, am, AT)) == (
        True,
        False,
        False,
    )


def test_an_am_helping_as_ae_is_over_nobody_there(am, ae):
    client = make_client(team=[ae])
    assign(client, am, role="ae", is_lead=False)
    assert my_people(am, AT) == []


def test_the_team_stands_by_rank(ae, am, ad):
    client = make_client(team=[ae, am, ad])
    names = [(title, [row.user for row in rows]) for title, rows in team(OnDuty(client, AT).rows)]
    assert names == [
        ("Account director", [ad]),
        ("Account manager", [am]),
        ("Account executive", [ae]),
    ]


def test_client_names_are_those_in_scope(ae):
    make_client(team=[ae], name="Greenwheat")
    make_client(name="Bluewater")
    assert client_names(ae, AT) == {"Greenwheat"}


def test_the_house_is_called_as_the_reader_speaks(db):
    assert house_name() == ""
    AgencySettings.objects.create(name="绿岛", name_en="Green Isle")
    assert house_name() == "Green Isle"


def test_the_admin_has_no_clients_duties(db):
    make_client()  # nobody leads it
    known = when("2026-05-04 10:00")  # a day whose year the library of holidays knows
    assert awaiting(make_user(role="admin"), known) == []


def test_the_queries_do_not_grow(ad, am, django_assert_num_queries):
    for _client in range(3):
        make_client(team=[ad, am, make_user(role="ae")])
    with django_assert_num_queries(2):
        awaiting(ad, AT)
    with django_assert_num_queries(2):
        awaiting(am, AT)
