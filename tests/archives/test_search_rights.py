"""Who finds what: as many papers as the person may see, in hits and in counts (Z14, 4.1)."""

import random
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from archives.models import Document
from archives.search.hits import find
from archives.search.question import read
from tests.archives.papers import NOON, make_document
from tests.builders import from_kept, make_client, make_stand_in, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R39")]
TODAY = date(2026, 11, 30)
PEOPLE = ("ae", "creative", "finance", "management", "gad", "deputy", "stranger", "admin", "gone")
users, customer = from_kept("users", "customer")


def make_kept():
    users = {
        "ae": make_user(), "finance": make_user(role="finance"), "gad": make_user(role="gad"),
        "creative": make_user(role="department", department="creative"),
        "management": make_user(role="management"), "admin": make_user(role="admin"),
        "deputy": make_user(), "stranger": make_user(), "gone": make_user(is_active=False),
    }  # fmt: skip
    customer = make_client("LM", team=[users["ae"]])
    customer.assignments.create(
        user=users["creative"], role="department", starts_on=date(2026, 1, 1)
    )
    customer.group.head = users["gad"]
    customer.group.save()
    make_stand_in(users["ae"], users["deputy"], date(2026, 11, 1), date(2026, 11, 30))
    for kind in ("estimate", "brief", "contact_report", "expense_receipt"):
        make_document(customer, kind=kind, title="礼盒文件", text="独有词语")
    make_document(None, kind="memo", title="礼盒内部便笺")
    return {"users": users, "customer": customer}


SEEN = {
    "ae": 4, "creative": 2, "finance": 5, "management": 5, "gad": 4, "deputy": 4, "stranger": 0,
    "admin": 0, "gone": 0,
}  # fmt: skip


@pytest.mark.parametrize("person", PEOPLE)
def test_each_finds_a_phrase_where_he_may_see_it(person, users):
    assert find(read("独有词语"), users[person], NOON, TODAY).total == min(SEEN[person], 4)
    assert find(read("有独词语"), users[person], NOON, TODAY).total == 0


@pytest.mark.parametrize("person", PEOPLE)
def test_each_finds_what_he_may_see(person, users):
    result = find(read("礼盒"), users[person], NOON, TODAY)
    assert (result.total, len(result.hits)) == (SEEN[person], SEEN[person])
    assert sum(result.facets.get("kind", {}).values()) == SEEN[person]


@pytest.mark.parametrize("person", PEOPLE)
def test_hits_are_those_of_the_list(person, users):
    hits = {hit.paper.pk for hit in find(read("礼盒"), users[person], NOON, TODAY).hits}
    seen = Document.objects.visible_to(users[person], NOON)
    assert hits == set(seen.values_list("pk", flat=True))


def test_a_departments_kinds_are_not_even_counted(users):
    facets = find(read("独有词语"), users["creative"], NOON, TODAY).facets
    assert facets["kind"] == {"brief": 1, "contact_report": 1}


def test_the_deputys_sight_ends_with_the_absence(users):
    after = NOON.replace(month=12, day=1)
    assert find(read("礼盒"), users["deputy"], after, date(2026, 12, 1)).total == 0


def questions_of(user):
    with CaptureQueriesContext(connection) as asked:
        find(read("礼盒"), user, NOON, TODAY)
    return len(asked)


def test_a_stranger_cannot_tell_by_the_number_of_questions(users):
    """Nothing is asked that only somebody with hits would ask, but for the hits themselves."""
    make_client("YL", team=[users["stranger"]])
    nothing = find(read("没有这样的词"), users["ae"], NOON, TODAY)
    with CaptureQueriesContext(connection) as asked:
        find(read("没有这样的词"), users["ae"], NOON, TODAY)
    assert nothing.total == 0
    assert questions_of(users["stranger"]) == len(asked)


def sentence(dice):
    letters = [chr(code) for code in dice.sample(range(0x4E00, 0x9FA5), 30)]
    return "".join(letters)


def test_any_piece_of_any_sentence_is_found(customer, users):
    dice = random.Random(39)
    sentences = [sentence(dice) for _number in range(12)]
    paper = make_document(customer, kind="brief", title="句子", text="。".join(sentences))
    for text in sentences:
        start, length = dice.randrange(26), dice.randint(1, 4)
        hits = find(read(text[start : start + length]), users["ae"], NOON, TODAY).hits
        assert [hit.paper for hit in hits] == [paper]


SPELLINGS = ["LM/CR/2026/077", "LM-CR-2026-077", "lmcr2026077", "lm/cr/2026/077",
             "ＬＭ/CR/2026/077", "LM CR 2026 077", "CR/2026/077", "2026/077", "077"]  # fmt: skip


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_number_is_found_in_every_spelling(typed, customer, users):
    paper = make_document(customer, number="LM/CR/2026/077", title="编号文件")
    assert find(read(typed), users["ae"], NOON, TODAY).hits[0].paper == paper
