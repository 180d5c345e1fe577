"""A paper's words stand in the index from the moment it is filed (9.2)."""

import pytest
from django.db import connection, transaction

from accounts.models import Brand, Client, Contact
from archives.models import Document, SearchChunk
from archives.search import index
from archives.search.words import MAX_POSITION, joined, vector
from archives.tasks import document as tasks
from tests.archives.papers import NOON, make_document
from tests.builders import from_kept, make_brand, make_client, make_contact

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R39")]
customer, brand, contact, paper = from_kept("customer", "brand", "contact", "paper")


def make_kept():
    customer = make_client("LM", name="绿麦食品", name_en="Greenwheat Foods")
    brand, contact = make_brand(customer, name="麦香"), make_contact(customer, name="何嘉宁")
    paper = make_document(
        customer, number="LM/PE/2026/001", kind="estimate", title="制作费预估", brand=brand,
        contact=contact, topic="海报", source="晨光印务", job_numbers=["LM-26-001"],
    )  # fmt: skip
    return {"customer": customer, "brand": brand, "contact": contact, "paper": paper}


def weights(paper):
    """{lexeme: weight} of what the paper is called."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT lexeme, weights[1] FROM archives_searchchunk, unnest(words)"
            " WHERE document_id = %s AND seq = 0",
            [paper.pk],
        )
        return dict(cursor.fetchall())


def waiting():
    return list(tasks.without_words(NOON))


def look():
    return [tasks.keep_words(row, NOON) for row in waiting()]


@pytest.mark.parametrize(
    ("lexeme", "weight"),
    [
        ("lmpe2026001", "A"), ("lm26001", "A"), ("001", "A"), ("预估", "A"), ("麦香", "C"),
        ("嘉宁", "C"), ("greenwheat", "C"), ("印务", "C"), ("海报", "D"), ("2026", "A"),
    ],
)  # fmt: skip
def test_where_a_word_stands_says_how_much_it_counts(lexeme, weight, paper):
    found = weights(paper)[lexeme]
    assert found == ("B" if lexeme == "预估" else weight)


def test_the_kind_is_found_in_both_languages(paper):
    assert {"estimate", "production", "制作", "预估"} <= weights(paper).keys()


def test_a_filed_paper_waits_for_nothing(paper):
    assert waiting() == []


@pytest.mark.parametrize(
    ("model", "name"), [(Client, "name"), (Client, "code"), (Brand, "name"), (Contact, "name")]
)
def test_a_new_name_makes_its_papers_wait_whatever_door_it_came_by(model, name, paper):
    model.objects.filter(pk__isnull=False).update(**{name: "QQ"})
    assert waiting() == [paper]
    assert len(look()) == 1
    assert "qq" in weights(paper)
    assert waiting() == []


def test_another_field_makes_nothing_wait(contact, paper):
    Contact.objects.update(title="市场总监")
    Client.objects.update(status_weekday=3)
    assert waiting() == []


def test_what_was_filed_before_there_was_an_index_is_looked_at(paper):
    SearchChunk.objects.all().delete()
    Document.objects.update(words_at=None)
    look()
    assert weights(paper)["lmpe2026001"] == "A"


def test_a_filing_that_is_taken_back_leaves_no_words(customer):
    with transaction.atomic():
        make_document(customer, title="没有归档")
        transaction.set_rollback(True)
    assert not SearchChunk.objects.filter(body__contains="没有归档").exists()


def test_pieces_overlap_so_that_no_word_is_cut():
    text = "".join(chr(0x4E00 + number % 5000) for number in range(20_000))
    parts = index.pieces(text)
    assert [len(part) for part in parts] == [8_000, 8_000, 4_040]
    assert parts[0][-index.OVERLAP :] == parts[1][: index.OVERLAP]


def test_no_place_lies_beyond_what_the_index_can_hold():
    literal = vector("会" * 30_000)
    places = [int(place) for place in literal.rpartition(":")[2].split(",")]
    assert max(places) <= MAX_POSITION
    assert len(places) == 255


def test_words_of_two_parts_are_no_phrase():
    assert joined([("会", "A"), ("议", "B")]) == "'会':1A '议':3B"


def test_no_words_no_literal():
    assert vector("，。！ \n") == ""


def test_a_text_of_nothing_but_signs_is_a_piece_without_words(paper):
    paper.text = "…… — ……"
    index.put(paper, at=NOON)
    (row,) = SearchChunk.objects.filter(document=paper, seq=1)
    assert row.words == ""
