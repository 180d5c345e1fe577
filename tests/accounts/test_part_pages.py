"""Pages of contacts, contracts, assignments, stand-ins and to-dos."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import Assignment, Contact, StandIn, Todo
from tests.accounts.pages import LONG, address, contact_data, errors, key
from tests.builders import make_client, make_contact, make_stand_in, make_user


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", LONG),
        ("name", "a\nb"),
        ("address_as", ""),
        ("title", LONG),
        ("email", "no address"),
        ("email", "a@b.example\r\nBcc: c@d.example"),
        ("email", "taken@client.example"),
        ("mobile", "1" * 31),
        ("language", "fr"),
        ("sign_limit", "abc"),
        ("sign_limit", "99999999999999"),
        ("form_key", ""),
    ],
)
def test_a_contact_that_cannot_be_is_said_at_the_field(signed_in, ae, field, value):
    client = make_client(team=[ae])
    make_contact(client, email="taken@client.example")
    data = contact_data(**{field: value})
    response = signed_in(ae).post(address("contact_create", client.pk), data)
    assert (response.status_code, errors(response)) == (422, [field])
    assert Contact.objects.count() == 1


def test_a_contact_is_added_and_shown(signed_in, ae):
    client, browser = make_client(team=[ae]), signed_in(ae)
    response = browser.post(address("contact_create", client.pk), contact_data())
    assert response.headers["Location"] == f"{client.get_absolute_url()}?tab=people"
    page = browser.get(address("contact_detail", Contact.objects.get().pk)).content.decode()
    assert "he@client.example" in page


def test_management_does_not_read_personal_notes(signed_in, db):
    contact = make_contact(make_client(), notes="likes green tea")
    page = signed_in(make_user(role="management")).get(address("contact_detail", contact.pk))
    assert "green tea" not in page.content.decode()


@pytest.mark.rule("R41")
def test_a_contact_leaves_by_a_page_that_says_what_follows(signed_in, ae):
    contact = make_contact(make_client(team=[ae]))
    browser, where = signed_in(ae), address("contact_deactivate", contact.pk)
    assert "die at once" in browser.get(where).content.decode()
    browser.post(where, {"row_version": 0})
    contact.refresh_from_db()
    assert not contact.is_active


def contract_data(**fields):
    base = {
        "form_key": key(),
        "number": "C-1",
        "title": "Frame",
        "kind": "project",
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "notice_days": 30,
        "media_mode": "included",
        "media_billing": "agency",
        "commission_rate": "15",
        "service_fee_rate": "0",
        "markup_rate": "17.65",
        "contingency_rate": "0",
        "vat_rate": "6",
        "credit_days": 30,
        "monthly_fee": "0",
    }
    return {**base, **fields}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", ""),
        ("title", LONG),
        ("starts_on", "2026-02-30"),
        ("ends_on", "2025-12-31"),
        ("ends_on", "0000-00-00"),
        ("kind", "x"),
        ("commission_rate", "12.345"),
        ("vat_rate", "abc"),
        ("credit_days", "-1"),
        ("monthly_fee", "NaN"),
    ],
)
def test_a_contract_that_cannot_be_is_said_at_the_field(signed_in, am, field, value):
    where = address("contract_create", make_client(team=[am]).pk)
    response = signed_in(am).post(where, contract_data(**{field: value}))
    assert (response.status_code, errors(response)) == (422, [field])


def test_a_contract_is_added(signed_in, am):
    client = make_client(team=[am])
    signed_in(am).post(address("contract_create", client.pk), contract_data())
    contract = client.contracts.get()
    assert str(contract) == "C-1 Frame"
    rates = (contract.commission_rate, contract.markup_rate, contract.vat_rate)
    assert rates == (Decimal("0.1500"), Decimal("0.1765"), Decimal("0.0600"))
    page = signed_in(am).get(address("contract_update", contract.pk))
    assert page.context["form"]["markup_rate"].value() == "17.65"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("user", ""),
        ("user", "999999"),
        ("role", "ad"),
        ("starts_on", "yesterday"),
        ("ends_on", "2020-01-01"),
    ],
)
def test_an_assignment_that_cannot_be(signed_in, am, other_ae, field, value):
    client = make_client(team=[am])
    data = {"form_key": key(), "user": other_ae.pk, "role": "ae", "starts_on": "2026-11-19"}
    where = address("assignment_create", client.pk)
    response = signed_in(am).post(where, {**data, field: value})
    assert (response.status_code, errors(response)) == (422, [field])
    assert not Assignment.objects.filter(user=other_ae).exists()


@pytest.mark.rule("R77")
def test_a_stand_in_is_appointed_on_a_page(signed_in, ae, other_ae):
    browser = signed_in(ae)
    data = {
        "form_key": key(),
        "absent": ae.pk,
        "deputy": other_ae.pk,
        "starts_on": "2099-01-01",
        "ends_on": "2099-01-05",
        "reason": "annual leave",
    }
    foreign = browser.post(address("stand_in_create"), {**data, "absent": other_ae.pk})
    assert errors(foreign) == ["absent"]
    backwards = browser.post(address("stand_in_create"), {**data, "ends_on": "2098-01-01"})
    assert errors(backwards) == ["ends_on"]
    browser.post(address("stand_in_create"), data)
    assert StandIn.objects.get().deputy == other_ae


@pytest.mark.rule("R77")
def test_the_list_of_stand_ins_is_ones_own(signed_in, ae, other_ae):
    make_stand_in(ae, other_ae, date(2099, 1, 1), date(2099, 1, 2), reason="a long journey")
    assert "a long journey" in signed_in(ae).get(address("stand_in_list")).content.decode()
    stranger = make_user(role="ae")
    assert (
        "a long journey" not in signed_in(stranger).get(address("stand_in_list")).content.decode()
    )


@pytest.mark.rule("R70")
def test_a_todo_is_noted_done_and_reopened(signed_in, ae):
    browser = signed_in(ae)
    data = {"form_key": key(), "text": "call the printer", "due_on": "2026-11-20"}
    browser.post(address("todo_create"), data)
    todo = Todo.objects.get(owner=ae)
    browser.post(address("todo_done", todo.pk))
    todo.refresh_from_db()
    assert todo.done_at is not None
    browser.post(address("todo_reopen", todo.pk))
    todo.refresh_from_db()
    assert todo.done_at is None


@pytest.mark.rule("R70")
def test_a_todo_names_no_foreign_client(signed_in, ae):
    data = {"form_key": key(), "text": "x", "due_on": "2026-11-20", "client": make_client().pk}
    response = signed_in(ae).post(address("todo_create"), data)
    assert (errors(response), Todo.objects.count()) == (["client"], 0)
