"""Who may be named on a client's papers."""

import pytest

from accounts.forms.cast import Cast, key_of
from tests.builders import assign, make_client, make_contact, make_user, when

AT = when("2026-11-19 12:00")


@pytest.fixture
def client_of(ae, am):
    return make_client("LM", team=[ae, am])


def names(cast):
    return [str(row) for row in cast.users.values()]


def test_me_first_then_the_team_then_helpers(client_of, ae, am):
    make_user("media1", role="department")
    cast = Cast(client_of, AT, me=am)
    assert names(cast) == [str(am), str(ae), str(client_of.group.head), "media1"]


def test_people_of_other_clients_are_not_offered(client_of, other_ae):
    make_client("YL", team=[other_ae])
    make_user(role="management")
    make_user(role="admin")
    assert str(other_ae) not in names(Cast(client_of, AT))
    assert len(names(Cast(client_of, AT))) == 3


def test_who_has_left_goes_unless_named_already(client_of, ae, am):
    am.is_active = False
    am.save()
    assert str(am) not in names(Cast(client_of, AT, me=ae))
    assert str(am) in names(Cast(client_of, AT, me=ae, also=[am, None]))


def test_who_served_last_year_is_not_offered(client_of):
    former = make_user(role="ae")
    assign(client_of, former, is_lead=False, ends_on="2025-12-31")
    assert str(former) not in names(Cast(client_of, AT))


def test_contacts_are_the_clients_own_and_active(client_of):
    chen = make_contact(client_of, "何嘉宁")
    gone = make_contact(client_of, "走远了", is_active=False)
    make_contact(make_client("YL"), "陌生人")
    assert list(Cast(client_of, AT).contacts) == [key_of(chen)]
    assert key_of(gone) in Cast(client_of, AT, also=[gone]).contacts


def test_the_main_contact_is_a_reachable_key_contact(client_of):
    make_contact(client_of, "叶知秋")
    key = make_contact(client_of, "何嘉宁", is_key=True)
    assert Cast(client_of, AT).main_contact == key


def test_without_an_address_anybody_is_better_than_nobody(client_of):
    silent = make_contact(client_of, "何嘉宁", email="")
    assert Cast(client_of, AT).main_contact == silent
    assert Cast(make_client("YL"), AT).main_contact is None


def test_owners_are_of_both_sides_the_clients_marked(client_of, ae):
    contact = make_contact(client_of, "何嘉宁")
    empty, ours, theirs = Cast(client_of, AT, me=ae).owner_choices
    assert empty[0] == ""
    assert ours[1][0] == (key_of(ae), str(ae))
    assert theirs == (str(client_of), [(key_of(contact), "▲ 何嘉宁")])


def test_people_are_read_once(client_of, ae, django_assert_num_queries):
    cast = Cast(client_of, AT, me=ae)
    with django_assert_num_queries(3):
        for _row in range(5):
            assert cast.people
            assert cast.owner_choices


def test_nobody_has_an_empty_key(client_of, ae):
    assert (key_of(None), key_of(ae)) == ("", f"u{ae.pk}")
