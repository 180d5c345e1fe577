import time

import pytest
from django.db import connection

from agency.common.clock import Step, run_step
from agency.common.models import AuditEntry, Sequence
from agency.common.services import audit, next_number
from tests.builders import when

AT = when("2026-11-20 11:00")


def count(item, at):
    next_number(item)
    if item == "poison":
        raise ZeroDivisionError
    return f"{item} at {at:%H:%M}"


def step(*items):
    return Step("counts", lambda at: items, count)


@pytest.mark.django_db(transaction=True)
def test_a_failing_item_hinders_no_other_and_leaves_nothing():
    lines = list(run_step(step("a", "poison", "b"), AT))
    assert lines == ["counts: a at 11:00", "counts: FAILED poison", "counts: b at 11:00"]
    assert set(Sequence.objects.values_list("key", flat=True)) == {"a", "b"}


def test_a_dry_run_says_what_is_due_and_does_nothing(db):
    assert list(run_step(step("a", "b"), AT, dry_run=True)) == ["counts: a", "counts: b"]
    assert Sequence.objects.count() == 0


def test_a_step_that_cannot_even_look_is_named(db):
    def look(at):
        raise ZeroDivisionError

    assert list(run_step(Step("blind", look, count), AT)) == ["blind: FAILED"]


def test_nothing_is_begun_after_the_budget(db):
    lines = list(run_step(step("a", "b"), AT, until=time.monotonic() - 1))
    assert lines == ["counts: to be continued"]
    assert Sequence.objects.count() == 0


def test_an_act_may_have_nothing_to_say_and_may_audit(ae):
    def act(item, at):
        audit(actor=None, verb="expire", subject=item, at=at)

    assert list(run_step(Step("quiet", lambda at: [ae], act), AT)) == []
    assert AuditEntry.objects.get().verb == "expire"


@pytest.mark.django_db(transaction=True)
def test_an_item_does_not_wait_for_the_disk_and_what_follows_does():
    def shown(item=None, at=None):
        with connection.cursor() as cursor:
            cursor.execute("SHOW synchronous_commit")
            return cursor.fetchone()[0]

    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = on")
    try:
        assert list(run_step(Step("commit", lambda at: [1], shown), AT)) == ["commit: off"]
        assert shown() == "on"
    finally:
        connection.close()
