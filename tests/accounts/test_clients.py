"""Clients: made, changed, put to rest (R92, 4.1, 4.2)."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Client
from accounts.services import create_client, set_client_status, update_client
from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry
from tests.builders import make_client, make_group, make_user, when

AT = when("2026-11-19 11:37")
REASON = "the year's budget is spent"


def new(by, **values):
    fields = {"code": "LM", "name": "Greenwheat Foods", "group": make_group(), **values}
    return create_client(by=by, at=AT, **fields)


def test_create_client_makes_its_maker_the_lead(am):
    client = new(am)
    [row] = client.assignments.all()
    assert (row.user, row.role, row.is_lead, str(row.starts_on)) == (am, "am", True, "2026-11-19")


def test_create_client_by_finance_needs_an_ad(ad):
    finance = make_user(role="finance")
    with pytest.raises(Refused) as refused:
        new(finance)
    assert refused.value.field == "director"
    client = new(finance, director=ad)
    assert [(row.user, row.role) for row in client.assignments.all()] == [(ad, "ad")]


@pytest.mark.parametrize("role", ["ae", "management", "department", "admin"])
def test_create_client_by_the_wrong_role(role, db):
    with pytest.raises(PermissionDenied):
        new(make_user(role=role))
    assert not Client.objects.filter(code="LM").exists()


def test_create_client_refuses_the_house_code(am):
    with pytest.raises(Refused) as refused:
        new(am, code="HQ")
    assert refused.value.field == "code"


def test_create_client_refuses_a_taken_code_at_the_field(am):
    new(am)
    with pytest.raises(Refused) as refused:
        new(am, name="Another")
    assert [name for name, _text in refused.value.reasons] == ["code"]


def test_the_same_form_twice_makes_one_client(am):
    key = "6ff7ad66-56d4-4ba5-9e0a-1a2fdc1d5f45"
    group = make_group()
    first = new(am, form_key=key, group=group)
    assert new(am, form_key=key, group=group) == first
    assert Client.objects.filter(code="LM").count() == 1


def test_update_client_keeps_old_and_new_in_the_trail(ae):
    client = make_client("LM", team=[ae], name="Greenwheat")
    update_client(client=client, by=ae, at=AT, row_version=0, name="Greenwheat Foods")
    client.refresh_from_db()
    entry = AuditEntry.objects.get(verb="update_client")
    assert (client.name, client.row_version) == ("Greenwheat Foods", 1)
    assert entry.changes == {"name": ["Greenwheat", "Greenwheat Foods"]}
    assert (entry.actor, entry.client_code) == (ae, "LM")


def test_update_client_never_changes_the_code(am):
    client = make_client("LM", team=[am])
    assert update_client(client=client, by=am, at=AT, code="ZZ").code == "LM"


def test_update_client_from_a_stale_page(ae):
    client = make_client(team=[ae])
    update_client(client=client, by=ae, at=AT, row_version=0, sector="Food")
    with pytest.raises(Stale):
        update_client(client=client, by=ae, at=AT, row_version=0, sector="Drink")
    client.refresh_from_db()
    assert client.sector == "Food"


def test_terms_of_dealing_are_the_ams(ae, am):
    client = make_client(team=[ae, am])
    with pytest.raises(PermissionDenied):
        update_client(client=client, by=ae, at=AT, currency="EUR")
    assert update_client(client=client, by=am, at=AT, currency="EUR").currency == "EUR"


def test_finance_sets_terms_but_no_name(db):
    client, finance = make_client(), make_user(role="finance")
    assert update_client(client=client, by=finance, at=AT, sign_expiry_days=7).sign_expiry_days == 7
    with pytest.raises(PermissionDenied):
        update_client(client=client, by=finance, at=AT, name="Other")


@pytest.mark.rule("Z1")
def test_the_switch_of_the_report_clock_is_dated(am):
    client = make_client(team=[am])
    row = update_client(client=client, by=am, at=AT, report_clock="working")
    assert row.report_clock_since == AT
    later = when("2026-11-20 09:00")
    assert update_client(client=row, by=am, at=later, sector="Food").report_clock_since == AT


@pytest.mark.rule("R92")
def test_a_client_at_rest_stays_findable(am):
    client = make_client(team=[am])
    set_client_status(client=client, status="resting", reason=REASON, by=am, at=AT)
    found = Client.objects.visible_to(am, AT).get()
    assert (found.status, list(Client.objects.at_work())) == ("resting", [])


@pytest.mark.rule("R92")
def test_closing_needs_a_reason(am):
    client = make_client(team=[am])
    with pytest.raises(Refused) as refused:
        set_client_status(client=client, status="closed", reason="短", by=am, at=AT)
    client.refresh_from_db()
    assert (refused.value.field, client.status) == ("reason", "active")


def test_no_status_twice(am):
    client = make_client(team=[am])
    with pytest.raises(Refused):
        set_client_status(client=client, status="active", by=am, at=AT)


def test_an_ae_closes_nothing(ae):
    client = make_client(team=[ae])
    with pytest.raises(PermissionDenied):
        set_client_status(client=client, status="closed", reason=REASON, by=ae, at=AT)
