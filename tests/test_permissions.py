"""Every address × 12 kinds of person × GET and POST × own and foreign thing (C8).

The table is agency/rights.py; what stands in the addresses comes from tests/rights_things.py.
"""

import pytest
from django.template.backends.django import Template
from django.urls import get_resolver, reverse

from agency.rights import LINES, PEOPLE
from tests.rights_world import THINGS, kept_world

pytestmark = pytest.mark.django_db


def names(resolver=None, prefix=""):
    """The names of all addresses; an address without a name is given by its pattern."""
    for one in (resolver or get_resolver()).url_patterns:
        if hasattr(one, "url_patterns"):
            space = f"{prefix}{one.namespace}:" if one.namespace else prefix
            yield from names(one, space)
        else:
            yield f"{prefix}{one.name or one.pattern}"


@pytest.fixture(scope="module")
def whole_world(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept_world(django_db_blocker, tmp_path_factory.mktemp("files")) as world:
        yield world


@pytest.fixture
def world(whole_world, settings, db):
    settings.STORAGE_ROOT, settings.FRAME_COUNT = whole_world.store, ""
    whole_world.begin()
    return whole_world


@pytest.fixture
def undrawn(world, monkeypatch):
    """The table asks who gets which answer, not how it looks: the pages stay empty.

    Each of them is drawn in tests/browser/test_every_page.py.
    """
    monkeypatch.setattr(Template, "render", lambda *_args, **_named: "")
    return world


def test_each_address_has_a_line_and_each_line_an_address():
    assert sorted(names()) == sorted(LINES)


def test_each_thing_can_be_made():
    wanted = {line.thing for line in LINES.values()} - {""}
    assert wanted == set(THINGS)


@pytest.mark.rule("C8")
@pytest.mark.parametrize("name", LINES)
def test_the_answers_of(name, undrawn):
    sides = [True, False] if LINES[name].thing else [True]
    asked = [
        (method, person, is_own)
        for method in ("GET", "POST")
        for person in PEOPLE
        for is_own in sides
    ]
    wrong = [fault for one in asked if (fault := fault_of(undrawn, name, *one))]
    assert wrong == []


def fault_of(world, name, method, person, is_own):
    """What differs from the table, in words; "" when nothing does."""
    line, answer = LINES[name], world.ask(method, name, person, is_own)
    wanted = line.answer(method, person, is_own)
    where = f"{method} {person} {'own' if is_own else 'foreign'}"
    if answer.status_code != wanted:
        return f"{where}: {answer.status_code}, not {wanted}"
    if line.mark(person, is_own) == "L" and "/login/?next=" not in answer.headers["Location"]:
        return f"{where}: led to {answer.headers['Location']}"
    return ""


def test_a_foreign_thing_and_none_at_all_look_the_same(world):
    """404 says nothing about what another client has (Z14)."""
    browser = world.browsers["AE"]
    foreign = browser.get(reverse("accounts:client_detail", args=[world.foreign.customer.pk]))
    nothing = browser.get(reverse("accounts:client_detail", args=[999_999]))
    assert (foreign.status_code, foreign.content) == (404, nothing.content)
