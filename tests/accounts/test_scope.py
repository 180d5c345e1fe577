from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Brand, Client, Contact
from accounts.models.scope import local_day, scope
from tests.builders import (
    assign,
    make_brand,
    make_client,
    make_contact,
    make_group,
    make_stand_in,
    make_user,
    when,
)

pytestmark = pytest.mark.django_db
NOW = when("2026-11-19 14:00")
TODAY = NOW.date()


def seen(user, at=NOW):
    return set(Client.objects.visible_to(user, at))


def test_everything_is_no_filter_at_all():
    assert scope(make_user(role="finance"), NOW) is None


@pytest.mark.parametrize("user", [AnonymousUser()])
def test_stranger_has_no_scope(user):
    make_client()
    assert seen(user) == set()


def test_person_who_left_has_no_scope(ae):
    make_client(team=[ae])
    ae.is_active = False
    assert seen(ae) == set()


def test_scope_is_asked_anew_each_time(ae):
    assert seen(ae) == set()
    client = make_client(team=[ae])
    assert seen(ae) == {client}
    client.assignments.all().delete()
    assert seen(ae) == set()


def test_scope_joins_own_covered_and_headed_clients():
    gad, absent = make_user(role="gad"), make_user()
    own, headed = make_client(team=[gad]), make_client(group=make_group(head=gad))
    covered, foreign = make_client(team=[absent]), make_client()
    make_stand_in(absent, gad, TODAY, TODAY)
    assert seen(gad) == {own, headed, covered}
    assert foreign not in seen(gad)


def test_cover_ends_with_its_last_day():
    absent, deputy = make_user(), make_user()
    client = make_client(team=[absent])
    make_stand_in(absent, deputy, TODAY, TODAY)
    assert seen(deputy) == {client}
    assert seen(deputy, NOW + timedelta(days=1)) == set()


def test_cover_gives_no_more_than_the_absent_person_has():
    absent, deputy = make_user(), make_user()
    client = make_client()
    assign(client, absent, ends_on=TODAY - timedelta(days=1))
    make_stand_in(absent, deputy, TODAY, TODAY)
    assert seen(deputy) == set()


def test_rows_of_a_client_follow_its_scope(ae):
    mine, foreign = make_client(team=[ae]), make_client()
    brand, contact = make_brand(mine), make_contact(mine)
    make_brand(foreign)
    make_contact(foreign)
    assert list(Brand.objects.visible_to(ae, NOW)) == [brand]
    assert list(Contact.objects.visible_to(ae, NOW)) == [contact]


def test_scope_is_one_query(ae, django_assert_num_queries):
    make_client(team=[ae])
    with django_assert_num_queries(1):
        list(Contact.objects.visible_to(ae, NOW))


def test_day_is_the_agencys():
    assert local_day(when("2026-11-19 23:59")) == TODAY
    assert local_day(when("2026-11-20 00:00")) == TODAY + timedelta(days=1)
