"""Both sides of rights_side and a browser for each kind of person: the whole table, made once."""

import time
from contextlib import contextmanager

import pytest
from django.core import signing
from django.db import transaction
from django.test import Client as Browser
from django.urls import reverse

from agency import links
from agency.common.middleware import SEEN
from agency.rights import LINES, PEOPLE
from tests import rights_things
from tests.builders import assign, count_rows, kept, make_stand_in, make_user, settle
from tests.rights_side import TODAY, Side

THINGS = rights_things.THINGS
HOUR = 3600
REFUSED = {403, 404, 405}  # they were answered before anything could change


class World:
    """Both sides and a browser for each kind of person, made once.

    foreign: what is made of the other side, all of it unless said.
    """

    def __init__(self, foreign=THINGS):
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
        # in one order always: which job comes first decides which numbers are taken
        things = dict.fromkeys(line.thing for line in LINES.values())
        for name in things:
            self.own.kwargs(name)
            if name in foreign:
                self.foreign.kwargs(name)

    def browser(self, person):
        browser = Browser(raise_request_exception=False)
        if person in self.people:
            browser.force_login(self.people[person])
            session = browser.session
            session[SEEN] = int(time.time()) + HOUR  # no click is noted: all would be taken back
            session.save()
        if person == "link contact":
            opened = [self.own.kwargs("link")["pk"]]
            browser.cookies[links.COOKIE] = signing.dumps(opened, salt=links.SALT)
        return browser

    def begin(self):
        """What the requests of one test change is taken back to here."""
        self.point = transaction.savepoint()

    def ask(self, method, name, person, is_own=True, **sent):
        """The answer to one request; whatever it changed is taken back."""
        side = self.own if is_own else self.foreign
        address = reverse(name, kwargs=side.kwargs(LINES[name].thing))
        browser = self.browsers[person]
        cookies = browser.cookies.copy()
        response = getattr(browser, method.lower())(address, **sent)
        browser.cookies = cookies
        if response.status_code not in REFUSED:
            transaction.savepoint_rollback(self.point)
            transaction.set_rollback(False)
        return response


@contextmanager
def kept_world(blocker, store, **parts):
    """A World that the tests of one module share; nothing of it stays."""
    with kept(blocker, store), pytest.MonkeyPatch.context() as patch:
        # Nobody here reads the variables of a template, which the browser of tests would copy.
        patch.setattr("django.test.client.store_rendered_templates", lambda *_all, **_named: None)
        world = World(**parts)
        world.store = store
        settle()
        count_rows()
        yield world
