"""Tables of an app at once: also such as point to one another, there and back."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from agency.common.operations import CreateModels

pytestmark = pytest.mark.django_db


def table(name, other):
    key = models.AutoField(primary_key=True)
    link = models.ForeignKey(f"circle.{other}", models.PROTECT, null=True, related_name="+")
    return migrations.CreateModel(name, [("id", key), ("other", link)])


HEN, EGG = table("Hen", "egg"), table("Egg", "hen")
BOTH = CreateModels([HEN, EGG])


def made():
    """The state before and after, as a migration hands them over: the one before is rendered."""
    before = ProjectState()
    assert before.apps.all_models["circle"] == {}
    after = before.clone()
    BOTH.state_forwards("circle", after)
    return before, after


def tables():
    names = connection.introspection.table_names()
    return sorted(name for name in names if name.startswith("circle_"))


def test_no_model_is_built_before_the_state_knows_all():
    _before, after = made()
    assert "apps" not in vars(after)
    assert sorted(after.apps.all_models["circle"]) == ["egg", "hen"]


def test_tables_in_a_circle_are_made_with_their_keys_and_dropped():
    before, after = made()
    with connection.schema_editor() as editor:
        BOTH.database_forwards("circle", editor, before, after)
    assert tables() == ["circle_egg", "circle_hen"]
    with connection.cursor() as cursor:
        keys = connection.introspection.get_relations(cursor, "circle_hen")
    assert [found[:2] for found in keys.values()] == [("id", "circle_egg")]
    with connection.schema_editor() as editor:
        BOTH.database_backwards("circle", editor, after, before)
    assert tables() == []


def test_it_says_what_it_makes():
    assert BOTH.describe() == "Create models Hen, Egg"
    assert BOTH.migration_name_fragment == "hen_egg"
    assert BOTH.deconstruct() == ("CreateModels", ([HEN, EGG],), {})
