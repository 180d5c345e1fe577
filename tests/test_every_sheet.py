"""Every list as XLSX: found by its class, so that a new one is asked too (B4, Z14).

The texts of everything on both sides begin like formulas, and say whose they are.
"""

import io
from itertools import cycle

import pytest
from django.apps import apps
from django.db import models
from django.db.models import Value
from django.db.models.functions import Concat, Left
from django.test import override_settings
from django.urls import get_resolver
from openpyxl import load_workbook

from accounts.models.scope import ScopedQuerySet
from agency.common.sheets import XLSX
from agency.common.views import ListPage
from agency.rights import BOUND, LINES, PEOPLE
from tests.builders import unguarded
from tests.rights_world import kept_world

pytestmark = [pytest.mark.django_db, pytest.mark.rule("C8")]
DANGERS = "=+-@"
WORDED = {"name", "title", "text", "subject", "reason", "place", "remark", "topic", "label"}
OURS = ("accounts", "archives", "jobs", "budgets", "meetings")


def classes(resolver=None, prefix=""):
    """{name of an address: class of its page}."""
    found = {}
    for one in (resolver or get_resolver()).url_patterns:
        if hasattr(one, "url_patterns"):
            found |= classes(one, f"{prefix}{one.namespace}:" if one.namespace else prefix)
        else:
            found[f"{prefix}{one.name}"] = getattr(one.callback, "view_class", object)
    return found


LISTS = sorted(name for name, page in classes().items() if issubclass(page, ListPage))


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    store = tmp_path_factory.mktemp("files")
    with override_settings(FAULT="pdf_blank"), kept_world(django_db_blocker, store) as world:
        with unguarded():
            mark_all(world)
        yield world


def mark_all(world):
    """Begin every text like a formula, with the side it belongs to; frozen rows as well."""
    signs = cycle(DANGERS)
    for model in apps.get_models():
        if model._meta.app_label not in OURS:
            continue
        fields = [field for field in model._meta.concrete_fields if is_words(field)]
        for whose, rows in sides_of(model, world):
            put = {field.name: begun(next(signs) + whose, field) for field in fields}
            if put:
                rows.update(**put)


def sides_of(model, world):
    rows = model._base_manager.all()
    asked = getattr(model, "objects", None)
    if asked is None or not isinstance(asked.all(), ScopedQuerySet):
        return [("HOUSE ", rows)]
    path = asked.all().client_path
    sides = [("OWN ", world.own), ("FAR ", world.foreign)]
    return [(whose, rows.filter(**{path: side.customer.pk})) for whose, side in sides]


def is_words(field):
    text = isinstance(field, models.CharField | models.TextField)
    return text and not field.choices and field.name in WORDED


def begun(words, field):
    text = Concat(Value(words), field.name, output_field=models.TextField())
    return Left(text, field.max_length) if field.max_length else text


def readers(name):
    """Who may read the list: the first bound to client A, and the first who sees all."""
    line = LINES[name]
    allowed = [person for person in PEOPLE[2:] if line.mark(person) in ("y", "*")]
    bound = [person for person in allowed if person in BOUND][:1]
    return [*bound, *[person for person in allowed if person not in BOUND][:1]]


def cells_of(answer):
    sheet = load_workbook(io.BytesIO(answer.content)).active
    head, *rows = sheet.iter_rows()
    return head, [cell for row in rows for cell in row if cell.value is not None]


def is_foreign(text):
    """Suppliers and templates are the whole house's, whoever made them."""
    return "FAR" in text and not text[1:].startswith("HOUSE")


@pytest.fixture
def ask(world, settings, db):
    settings.STORAGE_ROOT, settings.FRAME_COUNT = world.store, ""
    world.begin()

    def ask(name, person):
        return world.ask("GET", name, person, data={"format": "xlsx"})

    return ask


@pytest.mark.parametrize("name", LISTS)
def test_the_sheet_of(name, ask):
    for person in readers(name):
        answer = ask(name, person)
        assert (answer.status_code, answer["Content-Type"]) == (200, XLSX), person
        head, cells = cells_of(answer)
        assert all(cell.value and cell.font.bold for cell in head)
        assert [cell.coordinate for cell in [*head, *cells] if cell.data_type == "f"] == []
        texts = [cell.value for cell in cells if cell.data_type == "s"]
        if person in BOUND:
            assert [text for text in texts if is_foreign(text)] == []


def test_most_lists_hold_what_looks_like_a_formula(ask):
    """The control: else the test above would have looked at harmless sheets."""
    dangerous = set()
    for name in LISTS:
        _head, cells = cells_of(ask(name, readers(name)[0]))
        if any(str(cell.value).startswith(tuple(DANGERS)) for cell in cells):
            dangerous.add(name)
    assert len(dangerous) >= len(LISTS) * 3 // 4


def test_who_may_not_export_gets_no_sheet(ask):
    refused = {name: ask(name, "department").status_code for name in LISTS}
    assert set(refused.values()) == {403}
