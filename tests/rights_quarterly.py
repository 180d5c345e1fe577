"""Observations and quarterly reports as the rights tests want them."""

from archives.models import Observation
from tests.archives.quarters import make_quarterly
from tests.builders import make_brand
from tests.rights_side import TODAY, pk, thing


@thing
def observation(side):
    facts = {"on": TODAY, "kind": "price", "text": "Cheaper", "source": "Shelf"}
    brand = make_brand(side.customer)
    return pk(Observation.objects.create(brand=brand, seen_by=side.ae, **facts))


def quarterly(side, year, state):
    return pk(make_quarterly(side.customer, state, side.ae, year=year, quarter=1))


@thing
def quarterly_report(side):
    return quarterly(side, 2026, "draft")


@thing
def submitted_quarterly_report(side):
    return quarterly(side, 2025, "submitted")


@thing
def signed_quarterly_report(side):
    return quarterly(side, 2024, "signed")


@thing
def issued_quarterly_report(side):
    return quarterly(side, 2023, "issued")
