"""The four steps of every verb, and the one transaction around them (C5)."""

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import F
from psycopg import errors

from accounts.models import Todo
from agency.common.errors import Refused, Stale
from agency.common.models import AuditEntry
from agency.common.services import audit
from agency.common.verbs import (
    check_state,
    check_version,
    collect,
    is_busy,
    lock,
    lock_beside,
    save,
    unit,
    verb,
)
from meetings.models import ContactReport
from tests.builders import make_user, when

pytestmark = pytest.mark.django_db
NOW = when("2026-11-19 14:00")


def make_todo(**fields):
    return Todo.objects.create(owner=make_user(), text="Call", due_on=NOW.date(), **fields)


def note(row, name="test"):
    audit(actor=row.owner, verb=name, subject=row, client_code="", changes={}, at=NOW)


def broken(kind):
    """An error of the database as Django passes it on."""
    error = OperationalError("x")
    error.__cause__ = kind("x")
    return error


def test_entry_is_written_when_the_verb_closes():
    @verb
    def act(row):
        note(row)
        assert not AuditEntry.objects.exists()

    act(make_todo())
    assert AuditEntry.objects.get().verb == "test"


def test_verb_within_a_verb_writes_both_at_the_end():
    @verb
    def inner(row):
        note(row, "inner")

    @verb
    def outer(row):
        inner(row)
        assert not AuditEntry.objects.exists()
        note(row, "outer")

    outer(make_todo())
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "inner",
        "outer",
    ]


def test_refused_verb_leaves_neither_change_nor_entry():
    @verb
    def act(row):
        row.text = "Changed"
        save(row)
        note(row)
        raise Refused("no")

    todo = make_todo()
    with pytest.raises(Refused):
        act(todo)
    assert Todo.objects.get().text == "Call"
    assert not AuditEntry.objects.exists()


def test_audit_outside_a_verb_is_a_mistake():
    with pytest.raises(RuntimeError):
        collect({})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", [errors.DeadlockDetected, errors.SerializationFailure])
def test_deadlock_is_tried_once_more(kind):
    calls = []

    @verb
    def act():
        calls.append(1)
        if len(calls) == 1:
            raise broken(kind)
        return "done"

    assert act() == "done"
    assert len(calls) == 2


@pytest.mark.django_db(transaction=True)
def test_second_deadlock_is_a_conflict_in_words():
    @verb
    def act():
        raise broken(errors.DeadlockDetected)

    with pytest.raises(Stale):
        act()


@pytest.mark.django_db(transaction=True)
def test_other_faults_of_the_database_are_passed_on():
    calls = []

    @verb
    def act():
        calls.append(1)
        raise broken(errors.AdminShutdown)

    with pytest.raises(OperationalError):
        act()
    assert len(calls) == 1


@pytest.mark.django_db(transaction=True)
def test_row_held_too_long_is_a_conflict_at_once():
    calls = []

    @verb
    def act():
        calls.append(1)
        raise broken(errors.LockNotAvailable)

    with pytest.raises(Stale):
        act()
    assert len(calls) == 1


def test_busy_is_told_by_the_state_of_the_database():
    assert is_busy(broken(errors.LockNotAvailable))
    assert not is_busy(broken(errors.DeadlockDetected))


def test_lock_reads_the_row_as_it_is_now():
    todo = make_todo()
    Todo.objects.update(text="Newer")
    with unit():
        assert lock(todo).text == "Newer"
        assert lock(Todo, todo.pk).text == "Newer"


def test_locked_row_is_locked_for_others():
    todo = make_todo()
    with unit():
        lock(todo)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE mode = 'RowShareLock'")
            assert cursor.fetchone()[0] >= 1


def is_held(row):
    with connection.cursor() as cursor:
        cursor.execute("SELECT xmax <> '0' FROM accounts_todo WHERE id = %s", [row.pk])
        return cursor.fetchone()[0]


def test_lock_and_what_stands_beside_are_asked_together(django_assert_num_queries):
    todo = make_todo()
    assert not is_held(todo)
    with unit():
        with django_assert_num_queries(1):
            row = lock_beside(todo, "owner", whose=F("owner__name"))
            assert row.owner.name == row.whose
        assert is_held(todo)


def test_lock_takes_a_lazy_user_too(rf, ae):
    from_request = transaction.get_connection()
    assert from_request.in_atomic_block
    with unit():
        assert lock(ae) == ae


@pytest.mark.parametrize("version", [1, "1", 7])
def test_other_version_than_shown_is_stale(version):
    with pytest.raises(Stale):
        check_version(make_todo(), version)


@pytest.mark.parametrize("version", [0, "0", None])
def test_version_shown_or_none_asked_passes(version):
    assert check_version(make_todo(), version) is None


def test_state_not_listed_is_refused_by_its_name():
    report = ContactReport(state="accepted")
    with pytest.raises(Refused, match="Accepted"):
        check_state(report, "draft", "issued")


def test_save_raises_the_version():
    todo = make_todo()
    save(todo)
    save(todo, "text")
    assert Todo.objects.get().row_version == 2


def test_save_of_named_fields_leaves_the_others():
    todo = make_todo()
    todo.text, todo.due_on = "Other", None
    save(todo, "text")
    row = Todo.objects.get()
    assert (row.text, row.due_on) == ("Other", NOW.date())
