"""Every address × 12 kinds of person × GET and POST × own and foreign thing (C8).

The table is agency/rights.py; what stands in the addresses comes from tests/rights_things.py.
"""

from itertools import product

import pytest
from django.core import signing
from django.db import transaction
from django.test import Client as Browser
from django.test import override_settings
from django.urls import get_resolver, reverse

from agency import links
from agency.rights import LINES, PEOPLE
from tests.builders import assign, make_stand_in, make_user
from tests.rights_side import TODAY, Side
from tests.rights_things import THINGS

pytestmark = pytest.mark.django_db


def names(resolver=None, prefix=""):
    """The names of all addresses; an address without a name is given by its pattern."""
    for one in (resolver or get_resolver()).url_patterns:
        if hasattr(one, "url_patterns"):
            space = f"{prefix}{one.namespace}:" if one.namespace else prefix
            yield from names(one, space)
        else:
            yield f"{prefix}{one.name or one.pattern}"


class World:
    """Both sides and a browser for each kind of person, made once."""

    def __init__(self):
        team = {role: make_user(role=role) for role in ("am", "ad", "gad", "department")}
        ae, other, deputy = (make_user(role="ae") for _person in range(3))
        self.own = Side("OWN", ae, [team["am"], team["ad"]], head=team["gad"])
        self.foreign = Side("FAR", other)
        assign(self.own.customer, team["department"])
        make_stand_in(ae, deputy, TODAY, TODAY)
        alone = {role: make_user(role=role) for role in ("finance", "management", "admin")}
        order = [ae, other, deputy, *list(team.values())[:3]]
        order += [alone["finance"], alone["management"], team["department"], alone["admin"]]
        self.people = dict(zip(PEOPLE[2:], order, strict=True))
        self.browsers = {person: self.browser(person) for person in PEOPLE}
        for name, side in product({line.thing for line in LINES.values()}, self.sides):
            side.kwargs(name)

    @property
    def sides(self):
        return [self.own, self.foreign]

    def browser(self, person):
        browser = Browser(raise_request_exception=False)
        if person in self.people:
            browser.force_login(self.people[person])
        if person == "link contact":
            opened = [self.own.kwargs("link")["pk"]]
            browser.cookies[links.COOKIE] = signing.dumps(opened, salt=links.SALT)
        return browser

    def ask(self, method, name, person, is_own):
        """The answer to one request; whatever it changed is taken back."""
        side = self.own if is_own else self.foreign
        address = reverse(name, kwargs=side.kwargs(LINES[name].thing))
        cookies = self.browsers[person].cookies.copy()
        with transaction.atomic():
            response = getattr(self.browsers[person], method.lower())(address)
            transaction.set_rollback(True)
        self.browsers[person].cookies = cookies
        return response


@pytest.fixture(scope="module")
def whole_world(django_db_setup, django_db_blocker, tmp_path_factory):
    store = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(STORAGE_ROOT=store):
        world = World()
        world.store = store
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(whole_world, settings):
    settings.STORAGE_ROOT, settings.FRAME_COUNT = whole_world.store, ""
    return whole_world


def test_each_address_has_a_line_and_each_line_an_address():
    assert sorted(names()) == sorted(LINES)


def test_each_thing_can_be_made():
    wanted = {line.thing for line in LINES.values()} - {""}
    assert wanted == set(THINGS)


@pytest.mark.rule("C8")
@pytest.mark.parametrize("name", LINES)
def test_the_answers_of(name, world):
    sides = [True, False] if LINES[name].thing else [True]
    asked = [
        (method, person, is_own)
        for method in ("GET", "POST")
        for person in PEOPLE
        for is_own in sides
    ]
    wrong = [fault for one in asked if (fault := fault_of(world, name, *one))]
    assert wrong == []


def fault_of(world, name, method, person, is_own):
    """What differs from the table, in words; "" when nothing does."""
    line, answer = LINES[name], world.ask(method, name, person, is_own)
    wanted = line.answer(method, person, is_own)
    where = f"{method} {person} {'own' if is_own else 'foreign'}"
    if wanted == 403 and not is_own and answer.status_code == 404:
        return ""  # of a foreign thing even the refusal need not be said
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
