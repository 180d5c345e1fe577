import uuid

import pytest

from accounts.models import Brand, Contact, Todo
from accounts.services.edits import change, check, check_order, differences, insert, made_before
from agency.common.errors import Refused
from tests.builders import make_brand, make_client, make_user, when

pytestmark = pytest.mark.django_db
DAY = when("2026-11-19 14:00").date()


def test_row_of_the_same_form_is_found():
    key = uuid.uuid4()
    todo = Todo.objects.create(owner=make_user(), text="x", due_on=DAY, form_key=key)
    assert made_before(Todo, key) == todo
    assert made_before(Todo, uuid.uuid4()) is None
    assert made_before(Todo, None) is None


def test_constraint_is_refused_at_its_field():
    client = make_client()
    with pytest.raises(Refused) as refused:
        insert(Contact(client=client, name="何嘉宁", address_as="何总", can_sign=True))
    assert refused.value.field == "email"


def test_empty_field_is_refused_at_its_field():
    with pytest.raises(Refused) as refused:
        check(Brand(client=make_client(), name=""))
    assert refused.value.field == "name"


def test_all_reasons_come_at_once():
    with pytest.raises(Refused) as refused:
        check(Contact(client=make_client(), name="", address_as=""))
    assert {field for field, _words in refused.value.reasons} >= {"name", "address_as"}


def test_differences_hold_what_really_differs():
    brand = make_brand(make_client(), name="Crisp", category="snacks")
    assert differences(brand, {"name": "Crunch", "category": "snacks"}) == {
        "name": ["Crisp", "Crunch"]
    }


def test_change_of_nothing_saves_nothing():
    brand = make_brand(make_client(), name="Crisp")
    assert change(brand, {"name": "Crisp"}) == {}
    assert Brand.objects.get().row_version == 0


def test_change_raises_the_version():
    brand = make_brand(make_client(), name="Crisp")
    change(brand, {"name": "Crunch"})
    assert Brand.objects.get().row_version == 1


def test_days_must_be_in_order():
    with pytest.raises(Refused) as refused:
        check_order(DAY, DAY.replace(day=18))
    assert refused.value.field == "ends_on"
    assert check_order(DAY, DAY) is None
    assert check_order(DAY, None) is None
