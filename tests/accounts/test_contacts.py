"""Contacts, brands, contracts of a client (R41)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import ClientLink, Contract
from accounts.services import (
    archive_contract,
    create_brand,
    create_contact,
    create_contract,
    create_product,
    deactivate_contact,
    make_link,
    reactivate_contact,
    set_brand_active,
    terms,
    update_brand,
    update_contact,
    update_contract,
    update_product,
)
from agency.common.errors import Refused
from tests.builders import make_brand, make_client, make_contact, make_user, when

AT = when("2026-11-19 11:37")
TODAY = date(2026, 11, 19)
REASON = "replaced by the new one"


def link_for(contact, purpose="view"):
    return make_link(
        contact=contact,
        subject=contact.client,
        purpose=purpose,
        sha256="b" * 64,
        expires_at=AT + timedelta(days=1),
        at=AT,
    )


def contract_for(client, number="C-1", **fields):
    values = {"title": "Frame", "starts_on": date(2026, 1, 1), **fields}
    return Contract.objects.create(client=client, number=number, **values)


@pytest.mark.rule("R41")
def test_a_deactivated_contact_loses_the_links_at_once(ae):
    contact = make_contact(make_client(team=[ae]))
    link = link_for(contact)
    deactivate_contact(contact=contact, by=ae, at=AT)
    link.refresh_from_db()
    contact.refresh_from_db()
    assert (link.state, contact.is_active, contact.ended_on) == ("revoked", False, TODAY)


@pytest.mark.rule("R41")
def test_links_stay_dead_when_the_contact_is_back(ae):
    contact = make_contact(make_client(team=[ae]))
    link = link_for(contact)
    deactivate_contact(contact=contact, by=ae, at=AT)
    reactivate_contact(contact=contact, by=ae, at=AT)
    link.refresh_from_db()
    contact.refresh_from_db()
    assert (link.state, contact.is_active, contact.ended_on) == ("revoked", True, None)


def test_who_may_no_longer_sign_loses_what_was_sent_for_signing_only(ae):
    contact = make_contact(make_client(team=[ae]), can_sign=True)
    sign, view = link_for(contact, "sign"), link_for(contact)
    update_contact(contact=contact, by=ae, at=AT, can_sign=False)
    states = [ClientLink.objects.get(pk=link.pk).state for link in (sign, view)]
    assert states == ["revoked", "open"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"can_sign": True, "email": ""}, "email"),
        ({"email": "he@client.example"}, "email"),
        ({"email": "no address"}, "email"),
        ({"name": "He\r\nBcc: x@y.example"}, "name"),
        ({"name": ""}, "name"),
        ({"name": "何" * 61}, "name"),
    ],
)
def test_a_contact_that_cannot_be(ae, values, field):
    client = make_client(team=[ae])
    make_contact(client, email="he@client.example")
    base = {"name": "何嘉宁", "address_as": "何总", "email": "other@client.example"}
    with pytest.raises(Refused) as refused:
        create_contact(client=client, by=ae, at=AT, **{**base, **values})
    assert refused.value.field == field


def test_addresses_are_kept_in_lower_case(ae):
    contact = create_contact(
        client=make_client(team=[ae]),
        by=ae,
        at=AT,
        name="何嘉宁",
        address_as="何总",
        email="He@Client.Example",
    )
    assert contact.email == "he@client.example"


@pytest.mark.parametrize("role", ["finance", "management", "department", "admin"])
def test_contacts_are_the_account_services(role, db):
    with pytest.raises(PermissionDenied):
        create_contact(
            client=make_client(), by=make_user(role=role), at=AT, name="何", address_as="何总"
        )


def test_another_clients_ae_adds_nothing(other_ae):
    with pytest.raises(PermissionDenied):
        create_brand(client=make_client(), by=other_ae, at=AT, name="Greenwheat")


def test_a_brand_has_its_name_once(ae):
    client = make_client(team=[ae])
    create_brand(client=client, by=ae, at=AT, name="Greenwheat")
    with pytest.raises(Refused) as refused:
        create_brand(client=client, by=ae, at=AT, name="Greenwheat")
    assert refused.value.field == "name"


def test_a_brand_is_archived_and_taken_up(ae):
    brand = make_brand(make_client(team=[ae]))
    assert not set_brand_active(brand=brand, is_active=False, by=ae, at=AT).is_active
    assert set_brand_active(brand=brand, is_active=True, by=ae, at=AT).is_active


def test_brand_and_product_change(ae):
    brand = make_brand(make_client(team=[ae]))
    assert update_brand(brand=brand, by=ae, at=AT, category="Food").category == "Food"
    product = create_product(brand=brand, by=ae, at=AT, name="Noodles")
    assert update_product(product=product, by=ae, at=AT, name="Rice").name == "Rice"


def test_the_contract_that_began_last_is_in_force(db):
    client = make_client()
    contract_for(client, "C-1", commission_rate=Decimal("0.10"))
    later = contract_for(client, "C-2", starts_on=date(2026, 6, 1), ends_on=date(2026, 12, 31))
    contract_for(client, "C-3", starts_on=date(2027, 1, 1))
    contract_for(client, "C-4", starts_on=date(2026, 7, 1), is_archived=True)
    assert terms(client=client, on=TODAY) == later
    assert terms(client=client, on=date(2026, 5, 31)).number == "C-1"


def test_without_a_contract_the_house_decides(db):
    house = terms(client=make_client(), on=TODAY)
    assert (house.commission_rate, house.markup_rate) == (Decimal("0.1500"), Decimal("0.1765"))


def test_contracts_are_made_by_am_and_finance(am, ae):
    client = make_client(team=[am, ae])
    values = {"client": client, "at": AT, "title": "Frame", "starts_on": TODAY}
    assert create_contract(by=am, number="C-1", **values).pk
    assert create_contract(by=make_user(role="finance"), number="C-2", **values).pk
    with pytest.raises(PermissionDenied):
        create_contract(by=ae, number="C-3", **values)


def test_a_contract_ends_after_it_began(am):
    contract = contract_for(make_client(team=[am]))
    with pytest.raises(Refused) as refused:
        update_contract(contract=contract, by=am, at=AT, ends_on=date(2025, 12, 31))
    assert refused.value.field == "ends_on"


def test_an_archived_contract_is_out_of_force_and_frozen(am):
    contract = contract_for(make_client(team=[am]))
    archive_contract(contract=contract, reason=REASON, by=am, at=AT)
    assert terms(client=contract.client, on=TODAY) != contract
    with pytest.raises(Refused):
        update_contract(contract=contract, by=am, at=AT, title="Other")
