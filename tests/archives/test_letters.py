"""Faxes and memos: drafted, issued under a number, filed, noted as sent (R68)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from agency.common.errors import Refused
from agency.common.models import AuditEntry
from agency.common.pdf import text_of
from archives.models import Document, Letter
from archives.services import letters
from archives.storage import read_file
from tests.archives.letters import make_letter
from tests.archives.papers import NOON, make_document, page
from tests.builders import from_kept, make_client, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R68")]
ae, other, finance, customer = from_kept("ae", "other", "finance", "customer")


def make_kept():
    ae = make_user()
    customer = make_client("LM", name="绿麦食品", team=[ae])
    make_document(customer)  # the store is taken into use
    return {
        "ae": ae, "other": make_user(), "finance": make_user(role="finance"), "customer": customer
    }  # fmt: skip


def issue(letter, by, at=NOON):
    return letters.issue_letter(letter=letter, by=by, at=at)


def test_a_number_is_drawn_at_issue_by_client_kind_and_year(ae, customer):
    drafts = [make_letter(customer, ae), make_letter(customer, ae), make_letter(None, ae, "memo")]
    assert {row.number for row in drafts} == {""}
    numbers = [issue(row, ae).number for row in drafts]
    assert numbers == ["LM/FX/2026/001", "LM/FX/2026/002", "HQ/MM/2026/001"]


@pytest.mark.parametrize(("kind", "face"), [("fax", "client"), ("memo", "internal")])
def test_issued_it_is_filed_and_found_by_its_words(kind, face, ae, customer):
    paper = issue(make_letter(customer, ae, kind, job_number="LM-26-031"), ae).document
    assert (paper.kind, paper.face, paper.number[:5]) == (
        kind,
        face,
        f"LM/{'FX' if kind == 'fax' else 'MM'}",
    )
    assert "请于周五前送达" in paper.text
    assert [row.job_number for row in paper.job_numbers.all()] == ["LM-26-031"]


def test_issued_it_is_changed_no_more(ae, customer):
    row = issue(make_letter(customer, ae), ae)
    for act in (letters.update_letter, letters.issue_letter, letters.discard_letter):
        with pytest.raises(Refused):
            act(letter=row, by=ae, at=NOON)


def test_a_draft_is_discarded_by_its_author_alone(ae, finance, customer):
    row = make_letter(customer, ae)
    with pytest.raises(Refused):
        letters.discard_letter(letter=row, by=finance, at=NOON)
    letters.discard_letter(letter=row, by=ae, at=NOON)
    assert not Letter.objects.exists()
    assert AuditEntry.objects.filter(verb="discard_letter").count() == 1


def test_a_strangers_letter_is_neither_seen_nor_written(ae, other, customer):
    row = make_letter(customer, ae)
    assert not Letter.objects.visible_to(other, NOON).exists()
    with pytest.raises(PermissionDenied):
        issue(row, other)


def test_a_paper_of_the_agency_is_its_authors(ae, other, finance):
    row = make_letter(None, ae, "memo")
    seen = [Letter.objects.visible_to(user, NOON).exists() for user in (ae, other, finance)]
    assert seen == [True, False, True]
    for user in (other, finance):
        with pytest.raises(PermissionDenied):
            issue(row, user)


def test_sent_is_noted_once_and_not_before_the_issue(ae, customer):
    row = issue(make_letter(customer, ae), ae)
    sent = {"letter": row, "via": "fax", "by": ae}
    with pytest.raises(Refused):
        letters.note_sent(**sent, sent_at=NOON - timedelta(minutes=1), at=NOON)
    with pytest.raises(Refused):
        letters.note_sent(**sent, sent_at=NOON + timedelta(minutes=1), at=NOON)
    assert letters.note_sent(**sent, sent_at=NOON, at=NOON).sent_via == "fax"
    with pytest.raises(Refused):
        letters.note_sent(**sent, sent_at=NOON, at=NOON)


@pytest.mark.parametrize("field", ["to", "subject", "body"])
def test_an_empty_letter_is_not_issued(field, ae, customer):
    with pytest.raises(Refused):
        issue(make_letter(customer, ae, **{field: " "}), ae)
    assert Document.objects.count() == 1


def test_a_long_fax_counts_its_own_pages(ae, customer, settings):
    settings.FAULT = ""
    row = issue(make_letter(customer, ae, body="一行字\n" * 90), ae)
    text = text_of(read_file(row.document.sha256))
    assert "LM/FX/2026/001" in text
    assert text.count("\f") + 1 == 3
    assert "3" in text.split("总页数")[1][:6]


def test_from_the_form_to_the_list_and_back(client, ae, customer):
    client.force_login(ae)
    typed = {
        "client": customer.pk,
        "to": "周喆",
        "subject": "样品",
        "body": "收悉",
        "language": "en",
    }
    new = client.get(reverse("archives:memo_create")).context["form"]["form_key"].value()
    client.post(reverse("archives:memo_create"), {**typed, "form_key": new})
    (row,) = Letter.objects.all()
    assert "样品" in page(
        client.get(reverse("archives:letter_list"), {"q": "收悉", "kind": "memo"})
    )
    client.post(reverse("archives:letter_issue", args=[row.pk]), {"row_version": 0})
    assert "LM/MM/" in page(client.get(row.get_absolute_url()))
    assert (
        client.get(reverse("archives:letter_pdf", args=[row.pk]))["Content-Type"]
        == "application/pdf"
    )
