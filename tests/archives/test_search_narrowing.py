"""What the facets and the filters of a question narrow the papers to (9.3)."""

from datetime import date

import pytest

from archives.kinds import Compartment, Kind
from archives.models import Document
from archives.search.narrowing import CHOICES, Asked, chosen_of, conditions, narrowed
from archives.search.question import read
from tests.archives.papers import NOON, make_document
from tests.builders import from_kept, make_client, make_user, when

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R39")]
ae, customer, fax, contract = from_kept("ae", "customer", "fax", "contract")


def make_kept():
    ae = make_user(name="陆小满", username="lu")
    customer = make_client("LM", name="绿麦食品", name_en="Greenwheat", team=[ae])
    fax = make_document(customer, kind="fax", title="传真", by=ae, job_numbers=["LM-26-031"])
    contract = make_document(
        customer, kind="contract", title="合约", face="internal", dated_on=date(2025, 3, 1),
        at=when("2025-03-01 09:00"),
    )  # fmt: skip
    return {"ae": ae, "customer": customer, "fax": fax, "contract": contract}


def left(chosen):
    return {paper.title for paper in Document.objects.filter(narrowed(chosen_of(chosen)))}


@pytest.mark.parametrize(
    ("chosen", "titles"),
    [
        ({}, {"传真", "合约"}),
        ({"kind": "fax"}, {"传真"}),
        ({"part": "client"}, {"传真", "合约"}),
        ({"part": "money"}, set()),
        ({"year": "2025"}, {"合约"}),
        ({"state": "issued"}, {"传真", "合约"}),
        ({"state": "void"}, set()),
        ({"face": "internal"}, {"合约"}),
        ({"since": "2026-11-19"}, {"传真"}),
        ({"since": "2026-11-20"}, set()),
        ({"kind": "fax", "face": "internal"}, set()),
    ],
)
def test_facets_leave(chosen, titles, customer):
    assert left(chosen) == titles


def test_a_client_is_chosen_by_its_key(customer):
    assert left({"client": str(customer.pk)}) == {"传真", "合约"}
    assert left({"client": str(customer.pk + 1)}) == set()


@pytest.mark.parametrize("name", CHOICES)
@pytest.mark.parametrize("value", ["", "x", "'", "-1", "9" * 30, "0x1f", "\u00bd", "fax\0"])
def test_a_value_that_is_none_narrows_nothing(name, value):
    assert chosen_of({name: value}) == {}


def test_what_is_no_facet_is_left_out():
    assert chosen_of({"q": "x", "page": "2", "kind": "fax"}) == {"kind": "fax"}


@pytest.mark.parametrize("part", Compartment.values)
def test_every_compartment_may_be_chosen(part):
    assert chosen_of({"part": part}) == {"part": part}


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_may_be_chosen(kind):
    assert chosen_of({"kind": kind}) == {"kind": kind}


def asked(words, user):
    wanted = conditions(read(words), Asked(user, NOON))
    return {paper.title for paper in Document.objects.filter(wanted)}


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("client:LM", {"传真", "合约"}),
        ("client:greenwheat", {"传真", "合约"}),
        ("client:绿麦", {"传真", "合约"}),
        ("client:YL", set()),
        ("kind:fax", {"传真"}),
        ("kind:传真", {"传真"}),
        ("kind:合约 kind:fax", {"传真", "合约"}),
        ("job:lm-26-031", {"传真"}),
        ("job:LM-26-099", set()),
        ("year:2025", {"合约"}),
        ("year:25", set()),
        ("by:@me", {"传真"}),
        ("by:陆小满", {"传真"}),
        ("by:@lu", {"传真"}),
        ("is:issued", {"传真", "合约"}),
        ("is:signed", set()),
        ("face:internal", {"合约"}),
        ("before:2026-01-01", {"合约"}),
        ("after:2026-01-01", {"传真"}),
        ("after:2026", {"传真"}),
        ("before:nonsense", set()),
        ("kind:fax face:internal", set()),
    ],
)
def test_filters_in_the_box_leave(words, titles, ae, fax, contract):
    assert asked(words, ae) == titles


def test_a_client_out_of_sight_narrows_to_nothing(fax):
    assert asked("client:LM", make_user()) == set()
