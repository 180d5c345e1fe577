"""Two versions of an estimate side by side, in words; words for numbers."""

from decimal import Decimal

import pytest

from jobs import wording
from jobs.reports.compare import compare, others
from tests.jobs import make
from tests.jobs.drafts import D

LINES = [
    {"text": "Photographer", "quantity": D(2), "unit_cost": D(12500), "price": D("29412.50")},
    {"text": "Retouching", "quantity": D(6), "price": D("6108.36")},
    {"text": "Film", "price": D("8800.22")},
]


@pytest.fixture
def pair(job):
    """pair(lines, **fields): the first version with LINES, and the next one with these lines."""

    def pair(lines, **fields):
        old = make.make_estimate(job, LINES)
        type(old).objects.filter(pk=old.pk).update(state="withdrawn")
        return old, make.make_estimate(job, lines, revision=2, **fields)

    return pair


pytestmark = pytest.mark.django_db


def states(pairs):
    return [(pair.state, str(pair.new or pair.old)) for pair in pairs]


def test_same_lines(pair):
    pairs, head = compare(*pair(LINES), True)
    assert states(pairs) == [("same", "Photographer"), ("same", "Retouching"), ("same", "Film")]
    assert head == ()


def test_changed_added_dropped(pair):
    lines = [
        {**LINES[0], "quantity": D(3)}, LINES[1], {"text": "Printing", "price": D("7270.77")},
    ]  # fmt: skip
    pairs, _head = compare(*pair(lines), True)
    assert states(pairs) == [
        ("changed", "Photographer"), ("same", "Retouching"), ("dropped", "Film"),
        ("added", "Printing"),
    ]  # fmt: skip
    assert [found.sentence for found in pairs if found.state != "same"] == [
        "Photographer: quantity 2 → 3", "Dropped: Film, 8,800.22", "New: Printing, 7,270.77",
    ]  # fmt: skip
    assert pairs[0].names == {"quantity"}


def test_reworded_line_is_the_same_line(pair):
    lines = [{**LINES[0], "text": "Photographer, Berlin"}, *LINES[1:]]
    pairs, _head = compare(*pair(lines), True)
    assert pairs[0].sentence == "Photographer, Berlin: what Photographer → Photographer, Berlin"


def test_same_words_twice_are_two_lines(pair):
    pairs, _head = compare(*pair([*LINES, LINES[2]]), True)
    assert states(pairs)[2:] == [("same", "Film"), ("added", "Film")]


def test_order_alone_is_no_change(pair):
    pairs, _head = compare(*pair(LINES[::-1]), True)
    assert {found.state for found in pairs} == {"same"}


@pytest.mark.parametrize(("sees_cost", "names"), [(True, {"unit_cost"}), (False, set())])
def test_cost_only_for_who_may_see_it(pair, sees_cost, names):
    lines = [{**LINES[0], "unit_cost": D(13000)}, *LINES[1:]]
    pairs, _head = compare(*pair(lines), sees_cost)
    assert pairs[0].names == names


def test_everything_else_that_changes(pair):
    lines = [
        {**LINES[0], "group": "Shooting", "is_optional": True, "chosen": False,
         "vat_rate": D("0.13"), "fixed_price": D("10"), "markup_rate": D("0.2")},
        *LINES[1:],
    ]  # fmt: skip
    pairs, _head = compare(*pair(lines), True)
    assert pairs[0].changes == (
        ("group", "–", "Shooting"), ("markup", "17.65%", "20%"), ("fixed price", "–", "10.00"),
        ("VAT", "6%", "13%"), ("optional", "no", "yes"), ("chosen", "yes", "no"),
    )  # fmt: skip


def test_head(pair):
    _pairs, head = compare(*pair(LINES, contingency_rate=D("0.05"), note_client="Hello"), True)
    assert head == (("contingency", "0%", "5%"), ("note to the client", "–", "Hello"))


def test_others_are_of_the_same_change_order(pair, job, ae):
    old, new = pair(LINES)
    make.make_estimate(job, change=1)
    assert others(new) == [old]
    assert others(old) == [new]


@pytest.mark.parametrize(
    ("function", "value", "words"),
    [
        ("rate_text", "0.1765", "17.65%"),
        ("rate_text", "0.0600", "6%"),
        ("rate_text", "0.1000", "10%"),
        ("rate_text", "0.0000", "0%"),
        ("quantity_text", "5000.000", "5,000"),
        ("quantity_text", "1.500", "1.5"),
        ("quantity_text", "-10.000", "−10"),
        ("unit_text", "12500.0000", "12,500.00"),
        ("unit_text", "1.2360", "1.2360"),
        ("unit_text", "-0.1250", "−0.1250"),
        ("rate_text", None, ""),
        ("quantity_text", None, ""),
        ("unit_text", None, ""),
    ],
)
def test_words_of_numbers(function, value, words):
    assert getattr(wording, function)(value and Decimal(value)) == words
