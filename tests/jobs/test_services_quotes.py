"""Supplier quotes of a line (R78)."""

import pytest

from jobs.services import lines as lines_service
from tests.archives.papers import make_document
from tests.builders import make_client
from tests.jobs.drafts import D, quote, refusal, three
from tests.jobs.make import NOW

pytestmark = pytest.mark.django_db


# --- quotes ------------------------------------------------------------------------------------


@pytest.mark.rule("R78")
def test_quotes_of_a_line(draft, add, am):
    line = add(unit_cost=D("100"))
    one, two, _three = three()
    quotes = [quote(one), quote(two, "90", chosen=True)]
    row = lines_service.save_quotes(line=line, quotes=quotes, by=am, at=NOW)
    assert [(row.supplier, row.amount) for row in line.quotes.all()] == [
        (two, D("90.00")), (one, D("100.00")),
    ]  # fmt: skip
    assert row.supplier == two
    assert list(draft.editors.all()) == [am]
    lines_service.save_quotes(line=line, quotes=quotes[:1], by=am, at=NOW)
    assert line.quotes.count() == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("twice", "Each supplier quotes once."),
        ("chosen", "Only one quote can be chosen."),
        ("nothing", "A quote is an amount above 0."),
        ("paper", "This paper belongs to another client."),
    ],
)
def test_quotes_that_cannot_be(add, ae, change, message):
    line = add()
    one, two, _three = three()
    quotes = {
        "twice": [quote(one), quote(one)],
        "chosen": [quote(one, chosen=True), quote(two, chosen=True)],
        "nothing": [quote(one, "0")],
        "paper": [quote(one, document=make_document(make_client(), kind="supplier_quote"))],
    }[change]
    error = refusal(lines_service.save_quotes, line=line, quotes=quotes, by=ae, at=NOW)
    assert error.message == message
    assert not line.quotes.exists()
