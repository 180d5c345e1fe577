"""Two at once on one client's year: one authorised version, one draft, one number."""

import pytest
from django.db import connection

from agency.common.errors import Refused
from agency.common.models import Sequence
from archives.models import Document
from budgets.models import AnnualBudget
from budgets.services import budget as service
from tests.archives.papers import make_document
from tests.budgets.make import YEAR, make_budget
from tests.builders import make_client, make_contact
from tests.jobs.make import NOW
from tests.serving import together

pytestmark = pytest.mark.django_db(transaction=True)


def outcome(call):
    """call() on a connection of its own; what it refused, in words."""

    def run():
        try:
            return call()
        except Refused as error:
            return str(error)
        finally:
            connection.close()

    return run


@pytest.mark.rule("R33")
def test_one_authorised_version_for_two_at_once(am):
    customer = make_client("LM", team=[am])
    draft = make_budget(customer, state="draft", media="12.00")
    facts = {
        "contact": make_contact(customer), "authorised_on": NOW.date(),
        "proof": make_document(customer), "by": am, "at": NOW,
    }  # fmt: skip
    call = outcome(lambda: service.authorise_budget(budget=draft, **facts))
    answers = together([call, call])
    assert sorted(map(str, answers)) == [
        f"LM {YEAR} v1", "Not possible: this is “Authorised” already.",
    ]  # fmt: skip
    assert Document.objects.filter(kind="budget_form").count() == 1
    assert Sequence.objects.get(key=f"LM/BF/{YEAR}").last == 1


def test_one_draft_for_two_at_once(ae):
    customer = make_client(team=[ae])
    call = outcome(lambda: service.draft_budget(client=customer, year=YEAR, by=ae, at=NOW))
    first, second = together([call, call])
    assert first == second == AnnualBudget.objects.get()
