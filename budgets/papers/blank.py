"""The budget form as it lies on the desk: twelve months, every category, to be filled by hand."""

from agency.common.pdf.blank import PERSON, ROOM
from archives.papers import blank_head
from budgets.models import Category
from budgets.years import MONTHS

CURRENCY = "______"


def budget_form(lang):
    places = [ROOM for _category in Category.values]
    return {
        **blank_head("client", lang),
        "year": ROOM,
        "period": ("", ""),
        "version": "",
        "po_number": ROOM,
        "currency": CURRENCY,
        "categories": [f"job_{category}" for category in Category.values],
        "months": [{"month": None, "sums": places, "total": ROOM} for _month in range(MONTHS)],
        "sums": places,
        "total": ROOM,
        "brands": [],
        "signers": [{"as": role, "person": PERSON} for role in ("ae", "am")],
        "signer": None,
        "authorised_on": None,
    }
