"""Places and menus: none leads nowhere, none shows what a person may not do."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser

from agency.common import nav
from agency.common.templatetags.ui import icon
from tests.builders import make_user

EVERYWHERE = [*nav.PLACES, *nav.NEW, *nav.MINE, nav.SEARCH]


@pytest.mark.parametrize("entry", EVERYWHERE, ids=lambda entry: entry.view)
def test_entry_leads_somewhere(entry):
    assert nav.address(entry.view).startswith("/")


ROLES = ["ae", "am", "ad", "finance", "management", "department", "admin"]


@pytest.mark.parametrize(
    ("role", "more"), [*((role, {}) for role in ROLES), ("department", {"department": "media"})]
)
def test_whatever_a_menu_shows_may_be_opened(client, db, role, more):
    user = make_user(role=role, **more)
    client.force_login(user)
    shown = nav.shown([*nav.PLACES, *nav.NEW, *nav.MINE], user)
    answers = {url: client.get(url).status_code for _entry, url in shown}
    assert {url: status for url, status in answers.items() if status != 200} == {}


def test_keys_of_places_are_single_and_different():
    keys = [entry.key for entry in nav.PLACES if entry.key]
    assert sorted(set(keys)) == sorted(keys)
    assert all(len(key) == 1 for key in keys)


def test_places_have_icons():
    assert all(icon(entry.icon).startswith("<svg") for entry in nav.PLACES)


def test_view_that_is_not_there_has_no_address():
    assert nav.address("jobs:job_list_of_tomorrow") == ""


def test_the_kit_lies_in_the_archive(client, ae):
    client.force_login(ae)
    page = client.get("/kit/").content.decode()
    (here,) = re.findall(r'<a href="([^"]+)" aria-current="page" data-go', page)
    assert here == nav.address("archives:document_list")


def test_right_on_the_own_opens_the_entry():
    class Person:
        def has_perm(self, permission, on=None):
            return on == nav.OWN

    entries = [
        nav.Entry("home", "Home", permission="x.y"),
        nav.Entry("home", "Mine", permission="x.y", on=nav.OWN),
    ]
    assert [entry.label for entry, _url in nav.shown(entries, Person())] == ["Mine"]


def labels(entries, **who):
    return [str(entry.label) for entry, _url in nav.shown(entries, make_user(**who))]


def test_media_goes_to_its_plans_and_no_other_department_does(db):
    assert "Media plans" in labels(nav.PLACES, role="department", department="media")
    assert "Media plans" not in labels(nav.PLACES, role="department", department="creative")
    assert "Media plans" not in labels(nav.PLACES, role="ae")


def test_management_reads_opportunities_and_begins_none(db):
    assert "Opportunities" in labels(nav.MINE, role="management")
    assert "New opportunity" not in labels(nav.NEW, role="management")
    assert "Opportunities" not in labels(nav.MINE, role="finance")


def test_ae_begins_opportunities_and_expense_requests_anywhere(db):
    assert {"New opportunity", "New expense request"} <= {*labels(nav.NEW, role="ae")}


def test_nobody_is_no_person_of_an_entry():
    assert not nav.Entry("home", "Home", people=nav.MEDIA).is_for(AnonymousUser())
