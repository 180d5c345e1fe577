"""Rows of several tables come in one query, and are rows of their models again."""

from datetime import date

import pytest
from django.db.models import Value

from accounts.models import Client, Contact, Todo
from agency.common.gathered import gathered
from tests.builders import make_client, make_contact, make_user

pytestmark = pytest.mark.django_db
CONTACT = ("id", "name", "created_at", "client__id", "client__name", "client__group__name")


@pytest.fixture
def contact():
    return make_contact(make_client("LM"))


def test_a_row_knows_its_facts_and_those_of_its_relations(contact, django_assert_num_queries):
    rows = Contact.objects.annotate(mark=Value("new"))
    with django_assert_num_queries(1):
        ((name, found),) = gathered({"people": (rows, (*CONTACT, "mark"))})
        assert (name, found.name, found.mark) == ("people", contact.name, "new")
        assert found == contact
        assert found.created_at == contact.created_at
        assert found.client == contact.client
        assert found.client.group.name == contact.client.group.name


def test_rows_of_several_tables_cost_one_query(contact, django_assert_num_queries):
    sources = {
        "people": (Contact.objects.order_by("name"), ("id", "name")),
        "clients": (Client.objects.filter(code="LM"), ("id", "code")),
        "none": (Client.objects.filter(code="XX"), ("id", "code")),
    }
    with django_assert_num_queries(1):
        found = gathered(sources)
    assert {(name, type(row), row.pk) for name, row in found} == {
        ("people", Contact, contact.pk),
        ("clients", Client, contact.client_id),
    }


def test_a_relation_that_is_not_there_is_none(contact):
    owner, day = make_user(), date(2026, 11, 24)
    Todo.objects.create(owner=owner, text="Own", due_on=day)
    Todo.objects.create(owner=owner, text="Theirs", due_on=day, client=contact.client)
    paths = ("text", "due_on", "client__id", "client__name")
    rows = {row.text: row for _name, row in gathered({"to-dos": (Todo.objects.all(), paths)})}
    assert rows["Own"].client is None
    assert rows["Theirs"].client.name == contact.client.name
    assert rows["Theirs"].due_on == day


def test_rows_cut_to_so_many_are_the_first_of_their_order(contact):
    for name in ("Bo", "An", "Cy"):
        make_contact(contact.client, name, is_key=False)
    others = Contact.objects.exclude(pk=contact.pk).order_by("name")[:2]
    found = gathered({"first": (others, ("name",)), "client": (Client.objects.all(), ("code",))})
    assert {row.name for name, row in found if name == "first"} == {"An", "Bo"}
