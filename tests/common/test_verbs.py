"""Verbs that wait for each other: a row that others hold, a counter held for a print (B2, C5)."""

import threading
from contextlib import contextmanager

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from agency.common.errors import Stale
from agency.common.middleware import Refusals
from agency.common.models import Sequence
from agency.common.services import next_number
from agency.common.verbs import lock, verb

pytestmark = pytest.mark.django_db(transaction=True)
SOON = "200ms"


@contextmanager
def somebody_else():
    """A transaction of another process; rolled back at the end."""
    facts = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    with psycopg.connect(**{name: facts[name] for name in names}) as other:
        yield other
        other.rollback()


def be_impatient():
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [SOON])


def lock_timeout():
    with connection.cursor() as cursor:
        return cursor.execute("SHOW lock_timeout").fetchone()[0]


@verb
def change(user):
    be_impatient()
    return lock(user)


def test_a_row_that_others_hold_too_long_is_said_to_be_busy(ae):
    with somebody_else() as other:
        other.execute("SELECT 1 FROM accounts_user WHERE id = %s FOR UPDATE", [ae.pk])
        with pytest.raises(Stale) as said:
            change(ae)
    assert str(said.value) == "Somebody else is changing this just now. Please try again."
    assert change(ae) == ae


def test_within_somebody_elses_transaction_the_fault_is_his(ae):
    with somebody_else() as other:
        other.execute("SELECT 1 FROM accounts_user WHERE id = %s FOR UPDATE", [ae.pk])
        with pytest.raises(OperationalError), transaction.atomic():
            change(ae)


def test_a_wait_outside_a_verb_is_the_same_409(ae, rf):
    with somebody_else() as other:
        other.execute("SELECT 1 FROM accounts_user WHERE id = %s FOR UPDATE", [ae.pk])
        with pytest.raises(OperationalError) as failed, transaction.atomic():
            change(ae)
    page = Refusals(None).process_exception(rf.post("/", {"text": "kept"}), failed.value)
    assert page.status_code == 409
    assert "Somebody else is changing this just now." in page.content.decode()
    assert "kept" in page.content.decode()
    assert Refusals(None).process_exception(rf.post("/"), OperationalError("gone")) is None


def test_a_lock_is_left_out_only_as_a_fault(ae, settings):
    settings.FAULT = "skip_lock"
    with somebody_else() as other:
        other.execute("SELECT 1 FROM accounts_user WHERE id = %s FOR UPDATE", [ae.pk])
        assert change(ae) == ae


def test_a_number_waits_for_the_print_of_the_one_before(ae):
    Sequence.objects.create(key="LM/CR/2026", last=4)
    with somebody_else() as other, transaction.atomic():
        other.execute("UPDATE common_sequence SET last = 5 WHERE key = 'LM/CR/2026'")
        be_impatient()
        printed = threading.Timer(0.8, other.commit)
        printed.start()
        assert next_number("LM/CR/2026") == 6
        printed.join()
        assert lock_timeout() == SOON
