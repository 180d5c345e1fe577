"""What the database itself forbids of a letter, and the questions it answers."""

import pytest
from django.db import IntegrityError, transaction

from archives.models import Letter
from tests.archives.letters import make_letter
from tests.archives.papers import NOON, make_document
from tests.builders import from_kept, make_client, make_stand_in, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R68")]
ae, people, customer, paper = from_kept("ae", "people", "customer", "paper")


def make_kept():
    ae = make_user()
    customer = make_client("LM", team=[ae])
    people = {
        "ae": ae, "stranger": make_user(), "finance": make_user(role="finance"),
        "management": make_user(role="management"), "admin": make_user(role="admin"),
        "creative": make_user(role="department", department="creative"), "deputy": make_user(),
    }  # fmt: skip
    make_stand_in(ae, people["deputy"], NOON.date(), NOON.date())
    return {"ae": ae, "people": people, "customer": customer, "paper": make_document(customer)}


SEEN = {
    "ae": True, "deputy": True, "finance": True, "management": True,
    "stranger": False, "creative": False, "admin": False,
}  # fmt: skip


@pytest.mark.parametrize(("who", "is_seen"), SEEN.items())
def test_a_clients_letter_is_seen_by(who, is_seen, ae, people, customer):
    make_letter(customer, ae)
    assert Letter.objects.visible_to(people[who], NOON).exists() is is_seen


@pytest.mark.parametrize(
    ("who", "is_seen"), {**SEEN, "deputy": False}.items(), ids=lambda value: str(value)
)
def test_a_paper_of_the_agency_is_seen_by(who, is_seen, ae, people):
    make_letter(None, ae, "memo")
    assert Letter.objects.visible_to(people[who], NOON).exists() is is_seen


def refused(row, **fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Letter.objects.filter(pk=row.pk).update(**fields)


def test_issued_without_number_or_paper_it_cannot_be(ae, customer, paper):
    row = make_letter(customer, ae)
    refused(row, state="issued")
    refused(row, state="issued", number="LM/FX/2026/001")
    refused(row, state="issued", document=paper)


def test_a_draft_has_no_number(ae, customer):
    refused(make_letter(customer, ae), number="LM/FX/2026/001")


def test_a_draft_was_not_sent(ae, customer):
    refused(make_letter(customer, ae), sent_at=NOON, sent_via="fax")


def test_sent_says_by_what_way(ae, customer, paper):
    row = make_letter(customer, ae)
    issued = {"state": "issued", "number": "LM/FX/2026/001", "document": paper}
    refused(row, **issued, sent_at=NOON)
    refused(row, **issued, sent_via="fax")


def test_a_number_is_given_once(ae, customer, paper):
    rows = [make_letter(customer, ae), make_letter(customer, ae)]
    issued = {"state": "issued", "number": "LM/FX/2026/001", "document": paper}
    Letter.objects.filter(pk=rows[0].pk).update(**issued)
    refused(rows[1], **issued)


FOUND = [
    ("样品", True), ("周喆", True), ("周五", True), ("样品 周五", True), ("绿麦公司", True),
    ("样品 周日", False), ("LM-FX", False),
]  # fmt: skip


@pytest.mark.parametrize(("words", "is_found"), FOUND)
def test_it_is_found_by_the_words_in_it(words, is_found, ae, customer):
    make_letter(customer, ae, company="绿麦公司")
    assert Letter.objects.worded(words).exists() is is_found


def test_it_is_found_by_its_number_with_either_stroke(ae, customer, paper):
    row = make_letter(customer, ae)
    issued = {"state": "issued", "number": "LM/FX/2026/001", "document": paper}
    Letter.objects.filter(pk=row.pk).update(**issued)
    assert Letter.objects.worded("LM-FX-2026").get() == Letter.objects.worded("fx/2026").get()


def test_it_is_called_by_number_and_subject(ae, customer):
    row = make_letter(customer, ae)
    assert str(row) == "样品送达时间"
    row.number = "LM/FX/2026/001"
    assert str(row) == "LM/FX/2026/001 样品送达时间"
