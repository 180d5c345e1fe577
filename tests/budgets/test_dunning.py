"""A word with the client about money overdue: every refusal, the letter, the trail (R87)."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from agency.common.errors import Refused
from agency.common.models import AuditEntry, OutboxMail
from archives.models import Dispatch, Document
from budgets.models import Dunning
from budgets.services.dunning import record_dunning
from tests.archives.papers import make_document
from tests.budgets import owed
from tests.builders import from_kept, make_client, make_contact, make_user, when
from tests.jobs.make import make_job

ae, am, finance, invoice, contact = from_kept("ae", "am", "finance", "invoice", "contact")
AT = when("2026-11-30 10:00")
TODAY = date(2026, 11, 30)
pytestmark = pytest.mark.rule("R87")


def make_kept():
    ae, am = make_user(), make_user(role="am")
    client = make_client("LM", team=[ae, am, make_user(role="ad")], name="绿麦食品")
    make_document(client)
    return {
        "ae": ae, "am": am, "finance": make_user(role="finance"), "contact": make_contact(client),
        "invoice": owed.bill(make_job(client, ae), "1060.00", "2026-10-01", "2026-10-31"),
    }  # fmt: skip


def talk(invoice, by, **fields):
    given = {"kind": "call", "on": TODAY, "text": "They pay on Friday", "at": AT, **fields}
    return record_dunning(invoice=invoice, by=by, **given)


def letter(invoice, by, contact, **fields):
    return talk(invoice, by, **{"kind": "letter", "text": "", "contacts": [contact], **fields})


def refused(field, invoice, by, **fields):
    with pytest.raises(Refused) as error:
        talk(invoice, by, **fields)
    assert (error.value.reasons[0][0] or "") == field
    assert not Dunning.objects.exists()


def test_call_is_noted_with_its_promise_and_counted(invoice, am, finance):
    first = talk(invoice, am, promise_on=date(2026, 12, 4))
    second = talk(invoice, finance, kind="meeting", on=date(2026, 11, 27), text="At their office")
    assert (first.step, first.kind, first.promise_on) == (1, "call", date(2026, 12, 4))
    assert (second.step, second.by, second.document) == (2, finance, None)
    entry = AuditEntry.objects.filter(verb="record_dunning").first()
    assert entry.client_code == "LM"


@pytest.mark.parametrize(
    ("field", "fields"),
    [
        ("text", {"text": "  "}), ("on", {"on": date(2026, 12, 1)}),
        ("on", {"on": date(2026, 9, 30)}), ("promise_on", {"promise_on": date(2026, 11, 29)}),
        ("contacts", {"kind": "letter"}), ("on", {"kind": "letter", "on": date(2026, 11, 29)}),
        ("promise_on", {"kind": "letter", "promise_on": date(2026, 12, 1)}),
    ],
)  # fmt: skip
def test_refusals_stand_at_their_field(invoice, am, field, fields):
    refused(field, invoice, am, **fields)


def test_a_call_is_sent_to_nobody(invoice, am, contact):
    refused("contacts", invoice, am, contacts=[contact])


def test_only_what_is_overdue_and_open(invoice, am):
    refused("", invoice, am, at=when("2026-10-31 23:59"), on=date(2026, 10, 31))
    type(invoice).objects.filter(pk=invoice.pk).update(state="paid", paid=invoice.total)
    refused("", invoice, am)


def test_media_owner_gets_no_letter_but_may_be_called(invoice, am, contact):
    theirs = owed.bill(invoice.job, "9.00", "2026-10-01", kind="commission", in_budget=False)
    refused("kind", theirs, am, kind="letter", text="", contacts=[contact])
    assert talk(theirs, am).step == 1


def test_ae_management_and_other_clients_may_not(invoice, ae):
    others = make_user(role="am")
    for person in (ae, make_user(role="management"), others):
        with pytest.raises(PermissionDenied):
            talk(invoice, person)


def test_same_form_twice_is_noted_once(invoice, am):
    key = uuid.uuid4()
    assert talk(invoice, am, form_key=key) == talk(invoice, am, form_key=key)
    assert Dunning.objects.count() == 1


def test_letter_is_numbered_filed_and_mailed(invoice, finance, contact):
    found = letter(invoice, finance, contact)
    paper = found.document
    assert (paper.kind, paper.number, paper.face) == ("dunning", "LM/DL/2026/001", "client")
    assert paper.state == Document.State.ISSUED
    assert [row.contact for row in Dispatch.objects.filter(document=paper)] == [contact]
    mail = OutboxMail.objects.get(key=f"dunning:{found.pk}:c{contact.pk}")
    assert "LM/DL/2026/001" in mail.subject
    assert invoice.number in mail.text


def test_letter_to_another_clients_contact_leaves_nothing(invoice, finance):
    with pytest.raises(Refused):
        letter(invoice, finance, make_contact(make_client()))
    assert not Dunning.objects.exists()
    assert not Document.objects.filter(kind="dunning").exists()


def test_what_was_noted_is_never_changed(invoice, am):
    found = talk(invoice, am)
    for statement in ("UPDATE budgets_dunning SET text = 'x' WHERE id = %s",
                      "DELETE FROM budgets_dunning WHERE id = %s"):  # fmt: skip
        with pytest.raises(Exception, match="never changed"), transaction.atomic():
            connection.cursor().execute(statement, [found.pk])
