"""Assignments and who is meant by a post (R80, Z19, 4.1)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Client
from accounts.services import assign, end_assignment, make_lead, people, recipients_of
from agency.common.errors import Refused
from tests.builders import (
    assign as put,
)
from tests.builders import make_client, make_group, make_stand_in, make_user, when

AT = when("2026-11-19 11:37")
TODAY = date(2026, 11, 19)


def on(client, user, by, role="ae", **fields):
    return assign(client=client, user=user, role=role, starts_on=TODAY, by=by, at=AT, **fields)


def test_assign_lets_the_person_see_the_client(am, other_ae):
    client = make_client(team=[am])
    on(client, other_ae, by=am)
    assert list(Client.objects.visible_to(other_ae, AT)) == [client]


def test_an_am_assigns_aes_only(am, ad):
    client = make_client(team=[am])
    with pytest.raises(PermissionDenied):
        on(client, ad, by=am, role="ad")


def test_an_ae_assigns_nobody(ae, other_ae):
    with pytest.raises(PermissionDenied):
        on(make_client(team=[ae]), other_ae, by=ae)


def test_the_role_is_never_above_the_title(ad, ae):
    with pytest.raises(Refused) as refused:
        on(make_client(team=[ad]), ae, by=ad, role="am")
    assert refused.value.field == "role"


def test_an_am_helping_as_ae_has_ae_rights_there(am, ad):
    client = make_client(team=[ad])
    on(client, am, by=ad, role="ae")
    with pytest.raises(PermissionDenied):
        on(client, make_user(role="ae"), by=am)


def test_somebody_who_left_is_not_assigned(ad):
    gone = make_user(role="ae", is_active=False)
    with pytest.raises(Refused) as refused:
        on(make_client(team=[ad]), gone, by=ad)
    assert refused.value.field == "user"


def test_nobody_serves_a_client_twice_a_day(ad, ae):
    client = make_client(team=[ad, ae])
    with pytest.raises(Refused) as refused:
        on(client, ae, by=ad)
    assert refused.value.field == "user"


@pytest.mark.rule("R80")
def test_one_lead_a_role_and_day(ad, am):
    client = make_client(team=[ad, am])
    with pytest.raises(Refused) as refused:
        on(client, make_user(role="am"), by=ad, role="am", is_lead=True)
    assert refused.value.field == "is_lead"


@pytest.mark.rule("R80")
def test_make_lead_changes_the_lead_today_and_keeps_the_past(ad, am):
    client = make_client(team=[ad, am])
    other = make_user(role="am")
    row = put(client, other, role="am", is_lead=False)
    make_lead(assignment=row, by=ad, at=AT)
    assert people(client=client, role="am", at=AT) == [other]
    assert people(client=client, role="am", at=AT - timedelta(days=1)) == [am]


def test_an_ended_assignment_hides_the_client_from_the_next_day(am, ae):
    client = make_client(team=[am, ae])
    row = client.assignments.get(user=ae)
    end_assignment(assignment=row, ends_on=TODAY, by=am, at=AT)
    assert list(Client.objects.visible_to(ae, AT)) == [client]
    assert list(Client.objects.visible_to(ae, AT + timedelta(days=1))) == []


def test_an_assignment_does_not_end_in_the_past(am, ae):
    row = make_client(team=[am, ae]).assignments.get(user=ae)
    with pytest.raises(Refused) as refused:
        end_assignment(assignment=row, ends_on=date(2026, 11, 1), by=am, at=AT)
    assert refused.value.field == "ends_on"


def test_the_ae_on_the_row_stands_before_the_lead(ae, other_ae):
    client = make_client(team=[ae])
    assert people(client=client, role="ae", at=AT, named=other_ae) == [other_ae]
    assert people(client=client, role="ae", at=AT) == [ae]


def test_a_stand_in_is_told_too(ae, other_ae):
    client = make_client(team=[ae])
    make_stand_in(ae, other_ae, TODAY, TODAY)
    assert people(client=client, role="ae", at=AT) == [ae, other_ae]
    assert people(client=client, role="ae", at=AT + timedelta(days=1)) == [ae]


def test_a_stand_in_for_another_client_is_not_told(ae, other_ae):
    client, elsewhere = make_client(team=[ae]), make_client(team=[ae])
    make_stand_in(ae, other_ae, TODAY, TODAY, client=elsewhere)
    assert recipients_of(user=ae, client=client, at=AT) == [ae]


def test_an_empty_post_is_skipped_upward(ad):
    client = make_client(team=[ad])
    assert people(client=client, role="ae", at=AT) == [ad]


@pytest.mark.rule("R91")
def test_the_head_of_the_group_is_the_gad(db):
    gad = make_user(role="gad")
    client = make_client(group=make_group(head=gad))
    assert people(client=client, role="gad", at=AT) == [gad]
    assert people(client=client, role="am", at=AT) == [gad]


def test_the_successor_steps_in_for_who_left(am, other_ae):
    gone = make_user(role="ae", is_active=False, successor=other_ae)
    client = make_client(team=[am])
    put(client, gone)
    assert people(client=client, role="ae", at=AT) == [other_ae]


def test_nobody_at_all(db):
    head = make_user(role="gad", is_active=False)
    assert people(client=make_client(group=make_group(head=head)), role="ae", at=AT) == []
