import uuid
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from accounts import services
from accounts.models import Todo
from agency.common.errors import Refused, Stale
from tests.builders import make_client, when

pytestmark = pytest.mark.django_db
NOW = when("2026-11-19 14:00")
DAY = date(2026, 11, 20)


def add(by, text="Call back", **fields):
    return services.add_todo(text=text, due_on=DAY, by=by, at=NOW, **fields)


@pytest.mark.rule("R70")
def test_todo_belongs_to_whoever_noted_it(ae, am):
    todo = add(ae)
    assert list(Todo.objects.visible_to(ae)) == [todo]
    assert list(Todo.objects.visible_to(am)) == []


@pytest.mark.rule("R70")
def test_nobody_finishes_another_persons_todo(ae, am):
    todo = add(ae)
    with pytest.raises(PermissionDenied):
        services.finish_todo(todo=todo, by=am, at=NOW)
    assert Todo.objects.open().count() == 1


def test_done_twice_keeps_the_first_time(ae):
    todo = add(ae)
    services.finish_todo(todo=todo, by=ae, at=NOW)
    services.finish_todo(todo=todo, by=ae, at=when("2026-11-20 10:00"))
    assert Todo.objects.get().done_at == NOW


def test_reopened_todo_is_open_again(ae):
    todo = add(ae)
    services.finish_todo(todo=todo, by=ae, at=NOW)
    services.reopen_todo(todo=todo, by=ae, at=NOW)
    assert list(Todo.objects.open()) == [todo]


def test_same_form_twice_makes_one(ae):
    key = uuid.uuid4()
    assert add(ae, form_key=key) == add(ae, form_key=key)
    assert Todo.objects.count() == 1


def test_foreign_client_is_refused_at_its_field(ae):
    with pytest.raises(Refused) as refused:
        add(ae, client=make_client())
    assert refused.value.field == "client"


def test_own_client_may_be_named(ae):
    client = make_client(team=[ae])
    assert add(ae, client=client).client == client


def test_change_from_a_page_of_before_is_stale(ae):
    todo = add(ae)
    services.change_todo(todo=todo, by=ae, at=NOW, row_version=0, text="One")
    with pytest.raises(Stale):
        services.change_todo(todo=todo, by=ae, at=NOW, row_version=0, text="Two")


@pytest.mark.rule("R92")
def test_open_todos_of_a_client_go_to_the_successor(ae, am):
    client = make_client(team=[ae])
    mine, other = add(ae, client=client), add(ae)
    services.reassign(old=ae, new=am, client=client, by=None, at=NOW)
    assert list(Todo.objects.visible_to(am)) == [mine]
    assert list(Todo.objects.visible_to(ae)) == [other]


@pytest.mark.rule("R92")
def test_open_duties_are_counted_by_client(ae):
    client = make_client(team=[ae])
    add(ae, client=client)
    done = add(ae)
    services.finish_todo(todo=done, by=ae, at=NOW)
    assert services.open_duties(ae) == {client: 1}
