"""Cover for each other (R77, 4.4)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Client, StandIn
from accounts.permissions import acting_for, can, require
from accounts.services import appoint_stand_in, end_stand_in
from agency.common.errors import Refused
from agency.common.models import AuditEntry, Notification
from tests.builders import make_client, make_stand_in, make_user, when

pytestmark = pytest.mark.rule("R77")
AT = when("2026-11-19 11:37")
TODAY = date(2026, 11, 19)
LAST = date(2026, 11, 27)


def appoint(absent, deputy, by=None, **fields):
    values = {"starts_on": TODAY, "ends_on": LAST, "reason": "annual leave", **fields}
    return appoint_stand_in(absent=absent, deputy=deputy, by=by or absent, at=AT, **values)


def refused_at(field, absent, deputy, **fields):
    with pytest.raises(Refused) as refused:
        appoint(absent, deputy, **fields)
    assert refused.value.field == field


def test_the_deputy_has_the_rights_on_these_days_only(ae, other_ae):
    client = make_client(team=[ae])
    appoint(ae, other_ae)
    days = [AT - timedelta(days=1), AT, when("2026-11-27 23:59"), when("2026-11-28 00:00")]
    allowed = [can(other_ae, "meetings.issue_report", client, at) for at in days]
    assert allowed == [False, True, True, False]


def test_both_are_named_on_every_act(ae, other_ae):
    client = make_client(team=[ae])
    appoint(ae, other_ae)
    assert require(other_ae, "meetings.issue_report", client, AT) == ae
    assert acting_for(other_ae, "meetings.issue_report", client, AT) == ae
    assert require(ae, "meetings.issue_report", client, AT) is None


def test_both_are_told_once(ae, other_ae):
    appoint(ae, other_ae)
    told = Notification.objects.filter(kind="stand_in")
    assert {row.recipient for row in told} == {ae, other_ae}
    assert all(row.mail.to == row.recipient.email for row in told)


def test_it_is_in_the_trail(ae, other_ae):
    appoint(ae, other_ae)
    entry = AuditEntry.objects.get(verb="appoint_stand_in")
    assert (entry.actor, entry.subject_id) == (ae, StandIn.objects.get().pk)


def test_only_the_client_named(ae, other_ae):
    one, two = make_client(team=[ae]), make_client(team=[ae])
    appoint(ae, other_ae, client=one)
    assert list(Client.objects.visible_to(other_ae, AT)) == [one]
    assert not can(other_ae, "meetings.issue_report", two, AT)


def test_not_chained(ae, other_ae):
    client, third = make_client(team=[ae]), make_user(role="ae")
    appoint(ae, other_ae)
    make_stand_in(other_ae, third, TODAY, LAST)
    assert not can(third, "accounts.view_client", client, AT)


def test_not_backwards(ae, other_ae):
    client = make_client(team=[other_ae])
    appoint(ae, other_ae)
    assert not can(ae, "accounts.view_client", client, AT)


@pytest.mark.parametrize(
    ("absent", "deputy", "fits"),
    [
        ("ae", "ae", True),
        ("ae", "am", True),
        ("am", "ae", True),
        ("ad", "am", True),
        ("ad", "ae", False),
        ("gad", "ad", True),
        ("gad", "am", False),
        ("ae", "finance", False),
        ("ae", "admin", False),
        ("finance", "finance", True),
        ("finance", "am", False),
    ],
)
def test_at_most_one_rank_below(db, absent, deputy, fits):
    pair = make_user(role=absent), make_user(role=deputy)
    if fits:
        assert appoint(*pair).pk
    else:
        refused_at("deputy", *pair)


def test_an_ae_standing_in_for_an_am_signs_nothing(am, ae):
    client = make_client(team=[am])
    appoint(am, ae)
    assert can(ae, "meetings.confirm_end", client, AT)
    assert not can(ae, "meetings.sign_status", client, AT)


def test_nobody_for_himself(ae):
    refused_at("deputy", ae, ae)


def test_nobody_who_left(ae):
    refused_at("deputy", ae, make_user(role="ae", is_active=False))


def test_one_a_client_and_day(ae, other_ae):
    client = make_client(team=[ae])
    appoint(ae, other_ae, client=client)
    refused_at("starts_on", ae, make_user(role="ae"), client=client, starts_on=LAST)
    refused_at("starts_on", ae, make_user(role="ae"))


def test_the_day_after_is_free(ae, other_ae):
    appoint(ae, other_ae)
    after = LAST + timedelta(days=1)
    assert appoint(ae, make_user(role="ae"), starts_on=after, ends_on=after).pk


def test_a_deputy_who_is_away_covers_nobody(ae, other_ae):
    make_stand_in(other_ae, make_user(role="ae"), LAST, LAST)
    refused_at("deputy", ae, other_ae)


def test_a_client_of_the_absent_person_only(ae, other_ae):
    refused_at("client", ae, other_ae, client=make_client())


def test_not_in_the_past(ae, other_ae):
    refused_at("starts_on", ae, other_ae, starts_on=TODAY - timedelta(days=1))


def test_the_days_in_order(ae, other_ae):
    refused_at("ends_on", ae, other_ae, starts_on=LAST, ends_on=TODAY)


def test_a_reason_is_given(ae, other_ae):
    refused_at("reason", ae, other_ae, reason="away")


def test_for_ones_own_people_only(am, ae, other_ae):
    make_client(team=[am, ae])
    assert appoint(ae, other_ae, by=am).made_by == am
    with pytest.raises(PermissionDenied):
        appoint(other_ae, ae, by=am)


def test_an_ae_for_nobody_else(ae, other_ae):
    with pytest.raises(PermissionDenied):
        appoint(other_ae, ae, by=ae)


def test_the_admin_for_everybody(ae, other_ae):
    assert appoint(ae, other_ae, by=make_user(role="admin")).absent == ae


def test_ended_early_the_rights_are_gone_at_once(ae, other_ae):
    client = make_client(team=[ae])
    row = make_stand_in(ae, other_ae, TODAY - timedelta(days=3), LAST)
    end_stand_in(stand_in=row, by=ae, at=AT)
    assert not can(other_ae, "accounts.view_client", client, AT)
    assert can(other_ae, "accounts.view_client", client, AT - timedelta(days=1))


def test_ended_before_it_began_it_never_was(ae, other_ae):
    row = make_stand_in(ae, other_ae, LAST, LAST)
    assert end_stand_in(stand_in=row, by=ae, at=AT) is None
    assert (StandIn.objects.count(), AuditEntry.objects.filter(verb="end_stand_in").count()) == (
        0,
        1,
    )


def test_what_is_over_is_not_ended(ae, other_ae):
    row = make_stand_in(ae, other_ae, date(2026, 11, 2), date(2026, 11, 3))
    with pytest.raises(Refused):
        end_stand_in(stand_in=row, by=ae, at=AT)


def test_a_deputy_does_not_end_it(ae, other_ae):
    row = make_stand_in(ae, other_ae, TODAY, LAST)
    with pytest.raises(PermissionDenied):
        end_stand_in(stand_in=row, by=other_ae, at=AT)
