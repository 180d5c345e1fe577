import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from agency.common.errors import Refused
from archives.models import ClientAnswer
from archives.services import confirm_answer, record_answer
from tests.archives.papers import NOON, make_document
from tests.builders import make_client, make_contact


@pytest.fixture
def paper(client_):
    return make_document(client_, number="LM/CR/2026/014")


def record(paper, contact, by, given="accepted", proof=None, **values):
    proof = proof or make_document(paper.client, kind="return_proof", content=b"scan")
    return record_answer(
        document=paper, contact=contact, answer=given, proof=proof, by=by, at=NOON, **values
    )


@pytest.mark.rule("R21")
def test_return_on_paper_counts_at_once(paper, client_, ae):
    row = record(paper, make_contact(client_), ae)

    assert (row.link, row.recorded_by, row.proof.kind) == (None, ae, "return_proof")
    assert list(ClientAnswer.objects.counting()) == [row]


def test_proof_must_be_filed_for_that(paper, client_, ae):
    with pytest.raises(Refused) as refusal:
        record(paper, make_contact(client_), ae, proof=make_document(client_, kind="fax"))
    assert refusal.value.field == "proof"

    foreign = make_document(make_client(), kind="return_proof")
    with pytest.raises(Refused):
        record(paper, make_contact(client_), ae, proof=foreign)


def test_paper_answer_needs_the_right(paper, client_, other_ae):
    with pytest.raises(PermissionDenied):
        record(paper, make_contact(client_), other_ae)


def test_paper_answer_is_by_a_contact_of_the_client(paper, ae):
    with pytest.raises(Refused, match="not a contact"):
        record(paper, make_contact(make_client()), ae)


@pytest.fixture
def signed(client_, ae):
    paper = make_document(client_, kind="estimate", number="LM/PE/2026/001")
    proof = make_document(client_, kind="signature_proof", content=b"scan")
    return record(paper, make_contact(client_), ae, "signed", proof)


def test_signature_on_paper_counts_once_another_person_confirmed_it(signed, am):
    assert list(ClientAnswer.objects.counting()) == []

    confirm_answer(answer=signed, by=am, at=NOON)

    signed.refresh_from_db()
    assert (signed.confirmed_by, signed.confirmed_at) == (am, NOON)
    assert list(ClientAnswer.objects.counting()) == [signed]


def test_recorder_cannot_confirm(client_, am):
    paper = make_document(client_, kind="estimate", number="LM/PE/2026/001")
    proof = make_document(client_, kind="signature_proof", content=b"scan")
    row = record(paper, make_contact(client_), am, "signed", proof)

    with pytest.raises(Refused, match="cannot confirm"):
        confirm_answer(answer=row, by=am, at=NOON)


def test_ae_cannot_confirm(signed, ae):
    with pytest.raises(PermissionDenied):
        confirm_answer(answer=signed, by=ae, at=NOON)


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        # foreign keys are looked at now, so that TRUNCATE meets the trigger and not them
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


def test_confirmation_is_kept_too(signed, am, ad):
    confirm_answer(answer=signed, by=am, at=NOON)

    with pytest.raises(DatabaseError, match="kept as it was given"):
        run("UPDATE archives_clientanswer SET confirmed_at = now()")
