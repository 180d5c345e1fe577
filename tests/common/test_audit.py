from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from agency.common.models import AuditEntry
from agency.common.services import audit
from agency.common.services.audit import breaks, head
from agency.common.verbs import unit, verb
from tests.builders import make_user, unguarded, when

AT = when("2026-11-19 11:37")


def write(actor, verb, **extra):
    with unit():
        audit(actor=actor, verb=verb, subject=actor, at=AT, **extra)


@pytest.fixture
def chain(ae):
    for number in range(1, 6):
        write(ae, f"verb{number}", changes={"n": number})
    return list(AuditEntry.objects.order_by("pk"))


def tamper(sql, *values):
    """As an owner of the database might, past the triggers."""
    with unguarded() as cursor:
        cursor.execute(sql, values)


def test_entry_says_who_did_what(ae):
    changes = {"due": [date(2026, 11, 20), None], "net": Decimal("12.50"), "at": AT, "n": 3}
    write(ae, "issue_report", client_code="GI", changes=changes, ip="2001:0db8::1")
    entry = AuditEntry.objects.of(ae).get()
    assert (entry.actor, entry.verb, entry.client_code) == (ae, "issue_report", "GI")
    assert (entry.label, entry.at, entry.ip) == (ae.name, AT, "2001:db8::1")
    assert entry.changes == {
        "due": ["2026-11-20", None],
        "net": "12.50",
        "at": "2026-11-19T03:37:00+00:00",
        "n": 3,
    }
    assert list(breaks()) == []


def test_entries_are_written_by_the_outermost_verb(ae):
    with unit():
        with unit():
            audit(actor=ae, verb="inner", subject=ae, at=AT)
        assert AuditEntry.objects.count() == 0
        audit(actor=ae, verb="outer", subject=ae, at=AT)
    assert list(AuditEntry.objects.values_list("verb", flat=True)) == ["inner", "outer"]


def test_audit_outside_a_verb_is_an_error(ae):
    with pytest.raises(RuntimeError):
        audit(actor=ae, verb="x", subject=ae)


def test_a_failed_verb_leaves_no_entry(ae):
    @verb
    def fail():
        audit(actor=ae, verb="x", subject=ae)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE common_auditentry SET label = 'x'",
        "DELETE FROM common_auditentry",
        "TRUNCATE common_auditentry",
    ],
)
def test_the_database_refuses_every_change(chain, sql):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert AuditEntry.objects.count() == 5


def test_whole_chain_is_whole(chain):
    assert list(breaks(known_head=chain[-1].hash)) == []
    assert head() == chain[-1].hash


def test_update_is_found_and_named(chain):
    tamper("UPDATE common_auditentry SET label = 'x' WHERE id = %s", chain[2].pk)
    assert list(breaks()) == [f"entry {chain[2].pk}: it was changed"]


def test_delete_is_found_at_the_next_entry(chain):
    tamper("DELETE FROM common_auditentry WHERE id = %s", chain[1].pk)
    assert [line.split(":")[0] for line in breaks()] == [f"entry {chain[2].pk}"]


def test_swap_is_found(chain):
    first, second = chain[1].pk, chain[2].pk
    tamper("UPDATE common_auditentry SET id = 0 WHERE id = %s", first)
    tamper("UPDATE common_auditentry SET id = %s WHERE id = %s", first, second)
    tamper("UPDATE common_auditentry SET id = %s WHERE id = 0", second)
    assert len(list(breaks())) == 3


def test_cut_tail_is_found_by_a_head_noted_before(chain):
    noted = head()
    tamper("DELETE FROM common_auditentry WHERE id >= %s", chain[3].pk)
    assert list(breaks()) == []
    assert len(list(breaks(known_head=noted))) == 1


def test_command_says_the_head_and_fails_on_a_break(chain):
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert f"5 entries, head {chain[-1].hash}" in out.getvalue()
    tamper("DELETE FROM common_auditentry WHERE id = %s", chain[0].pk)
    with pytest.raises(CommandError):
        call_command("verify_audit", stdout=StringIO())


def test_command_compares_with_a_head_noted_before(chain):
    with pytest.raises(CommandError):
        call_command("verify_audit", head="0" * 64, stdout=StringIO())


def test_hash_covers_the_person_acted_for(ae):
    write(ae, "x", behalf_of=make_user())
    entry = AuditEntry.objects.get()
    tamper("UPDATE common_auditentry SET behalf_of_id = NULL")
    assert list(breaks()) == [f"entry {entry.pk}: it was changed"]
