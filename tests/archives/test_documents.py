from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction

from accounts.services import make_link
from agency.common.errors import Refused
from agency.common.models import AuditEntry
from archives import storage
from archives.kinds import FILED_BY_HAND, Compartment, Kind
from archives.models import Document, DocumentJob
from archives.services import file_document, may_void, supersede, void_document
from tests.archives.papers import NOON, PDF, make_document
from tests.builders import make_client, make_contact, make_user

REASON = "filed under the wrong client"


@pytest.mark.rule("R38")
def test_issued_paper_is_filed_with_all_it_needs(ae):
    client = make_client(code="LM")

    paper = make_document(
        client, number="LM/CR/2026/014", by=ae, job_numbers=["LM-26-001", "LM-26-002"], pages=2
    )

    assert storage.read_file(paper.sha256) == PDF
    assert (paper.state, paper.issued_at, paper.year) == ("issued", NOON, 2026)
    assert (paper.created_by, paper.mime, paper.size) == (ae, "application/pdf", len(PDF))
    assert list(paper.job_numbers.values_list("job_number", flat=True)) == [
        "LM-26-001",
        "LM-26-002",
    ]
    entry = AuditEntry.objects.get(verb="file_document")
    assert (entry.actor, entry.client_code) == (ae, "LM")
    assert entry.changes["sha256"] == paper.sha256


def test_number_carries_two_faces_and_many_revisions_once(db):
    client = make_client()
    make_document(client, number="X/CR/1", face="client")
    make_document(client, number="X/CR/1", face="internal")
    make_document(client, number="X/CR/1", face="client", revision=2)

    with pytest.raises(DatabaseError, match="document_number_once"), transaction.atomic():
        make_document(client, number="X/CR/1", face="client")


def test_name_is_cleaned_at_this_door_too(db):
    paper = make_document(make_client(), name="../a\r\nb\u202e.pdf")

    assert paper.name == "ab.pdf"


def test_text_given_is_not_looked_for(db):
    make_document(make_client(), text="what it says")
    unread = make_document(make_client())

    assert list(Document.objects.unread()) == [unread]


def test_unknown_fact_is_a_fault_of_the_caller(db):
    with pytest.raises(TypeError):
        file_document(
            client=None, kind=Kind.MEMO, title="x", content=b"x", name="x", face="internal",
            dated_on=NOON.date(), by=None, at=NOON, colour="red",
        )  # fmt: skip


def test_agency_paper_needs_no_client(db):
    paper = make_document(None, kind=Kind.MEMO)

    assert (paper.client, paper.client_code) == (None, "")


@pytest.mark.rule("R38")
def test_every_kind_has_its_compartment():
    parts = {part: set(part.kinds) for part in Compartment}

    assert sum(map(len, parts.values())) == len(Kind)
    assert {"receivables_statement", "fee_invoice"} <= parts[Compartment.MONEY]
    assert {"estimate", "job_request", "completion_form"} <= parts[Compartment.PRODUCTION]
    assert parts[Compartment.MEDIA] == {"media_plan", "media_invoice", "commission_invoice"}
    assert {"contract", "contact_report", "return_proof"} <= parts[Compartment.CLIENT]
    assert Document(kind="contract").compartment == Compartment.CLIENT


def test_superseded_paper_stays_and_its_links_die(db):
    client = make_client()
    paper = make_document(client)
    link = make_link(
        contact=make_contact(client),
        subject=paper,
        purpose="return",
        sha256=paper.sha256,
        expires_at=NOON + timedelta(days=30),
        at=NOON,
    )

    supersede(document=paper, at=NOON)

    paper.refresh_from_db()
    link.refresh_from_db()
    assert (paper.state, link.state) == ("superseded", "revoked")
    assert storage.read_file(paper.sha256) == PDF


def test_paper_is_superseded_once(db):
    paper = make_document(make_client())
    supersede(document=paper, at=NOON)

    with pytest.raises(Refused, match="Superseded"):
        supersede(document=paper, at=NOON)


# --- void ---------------------------------------------------------------------------------------


def test_manager_declares_a_hand_filed_paper_void(ae, am):
    paper = make_document(make_client(team=[ae, am]), kind=Kind.MEMO)

    void_document(document=paper, reason=REASON, by=am, at=NOON)

    paper.refresh_from_db()
    assert (paper.state, paper.void_reason) == ("void", REASON)
    assert storage.read_file(paper.sha256) == PDF
    assert AuditEntry.objects.get(verb="void_document").changes == {"reason": REASON}


def test_void_needs_right_and_reason(ae, am):
    paper = make_document(make_client(team=[ae, am]), kind=Kind.MEMO)

    with pytest.raises(PermissionDenied):
        void_document(document=paper, reason=REASON, by=ae, at=NOON)
    with pytest.raises(Refused) as refusal:
        void_document(document=paper, reason="wrong", by=am, at=NOON)
    assert refusal.value.field == "reason"
    assert may_void(paper, am, NOON) is True
    assert may_void(paper, ae, NOON) is False


@pytest.mark.parametrize("fields", [{"kind": Kind.CONTACT_REPORT}, {"number": "X/MM/2026/001"}])
def test_house_papers_are_not_declared_void_here(am, fields):
    paper = make_document(make_client(team=[am]), **{"kind": Kind.MEMO, **fields})

    with pytest.raises(Refused, match="issued by the house"):
        void_document(document=paper, reason=REASON, by=am, at=NOON)
    assert may_void(paper, am, NOON) is False


def test_void_paper_is_no_longer_voided(am):
    paper = make_document(make_client(team=[am]), kind=Kind.MEMO)
    void_document(document=paper, reason=REASON, by=am, at=NOON)

    with pytest.raises(Refused, match="Void"):
        void_document(document=paper, reason=REASON, by=am, at=NOON)


# --- kept by the database -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE archives_document SET sha256 = repeat('0', 64)",
        "UPDATE archives_document SET number = 'LM/CR/2026/999'",
        "UPDATE archives_document SET client_id = client_id + 1",
        "UPDATE archives_document SET title = 'other'",
        "UPDATE archives_document SET state = 'draft'",
        "DELETE FROM archives_document",
        "TRUNCATE archives_document CASCADE",
    ],
)
def test_filed_paper_is_kept_by_the_database(db, statement):
    paper = make_document(make_client())

    with pytest.raises(DatabaseError, match="a filed paper"):
        run(statement)
    paper.refresh_from_db()
    assert paper.state == "issued"


def run(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        # foreign keys are looked at now, so that TRUNCATE meets the trigger and not them
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


def test_void_paper_does_not_come_back(am):
    paper = make_document(make_client(team=[am]), kind=Kind.MEMO)
    void_document(document=paper, reason=REASON, by=am, at=NOON)

    with pytest.raises(DatabaseError, match="does not come back"):
        run("UPDATE archives_document SET state = 'issued'")


def test_draft_may_change_and_go(db):
    paper = make_document(make_client(), state="draft")

    Document.objects.filter(pk=paper.pk).update(title="other")
    Document.objects.filter(pk=paper.pk).delete()
    assert Document.objects.count() == 0


# --- who sees what ------------------------------------------------------------------------------


def test_only_papers_of_ones_clients_are_there(ae, other_ae):
    paper = make_document(make_client(team=[ae]))

    assert list(Document.objects.visible_to(ae, NOON)) == [paper]
    assert list(Document.objects.visible_to(other_ae, NOON)) == []


def test_department_sees_its_kinds_only(db):
    creative = make_user(role="department", department="creative")
    media = make_user(role="department", department="media")
    client = make_client(team=[creative, media])
    report = make_document(client)
    plan = make_document(client, kind=Kind.MEDIA_PLAN)
    make_document(client, kind=Kind.FEE_INVOICE)

    assert set(Document.objects.visible_to(creative, NOON)) == {report}
    assert set(Document.objects.visible_to(media, NOON)) == {report, plan}


def test_words_find_number_title_name_client_and_contact(db):
    client = make_client(code="LM", name="绿麦食品")
    paper = make_document(
        client, title="媒介会议", number="LM/CR/2026/014", contact=make_contact(client, "周以宁")
    )
    make_document(make_client())

    for words in (
        *("绿麦 媒介", "LM-CR-2026-014", "周以宁", "paper.pdf LM", "2026/014", "介会", "綠麥"),
        *("ＬＭ", "lmcr2026014", "—", ""),
    ):
        assert paper in Document.objects.worded(words), words
    for words in ("绿麦 nothing", "介媒", "a'b\\", "LM/CR/2026/015"):
        assert not Document.objects.worded(words).exists(), words


def test_words_of_the_text_are_for_the_search_page(db):
    paper = make_document(make_client(), title="媒介会议", text="预算削减三成")
    assert Document.objects.worded("媒介").get() == paper
    assert not Document.objects.worded("削减").exists()


def test_a_paper_is_found_once_by_several_words(db):
    paper = make_document(make_client("LM"), title="媒介会议 媒介", content=b"one")
    assert list(Document.objects.worded("媒介 会议 LM 2026")) == [paper]


def test_jobs_are_named_once(db):
    paper = make_document(make_client(), job_numbers=["LM-26-001"])

    with pytest.raises(DatabaseError, match="document_job_number_once"), transaction.atomic():
        DocumentJob.objects.create(document=paper, job_number="LM-26-001")


def test_hand_filed_kinds_are_none_of_the_house():
    assert Kind.CONTACT_REPORT not in FILED_BY_HAND
    assert Kind.ESTIMATE not in FILED_BY_HAND
