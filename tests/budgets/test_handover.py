"""Expense requests of a person who leaves go to the successor (R92)."""

import pytest

from agency.common.models import AuditEntry, Notification
from budgets.models import ExpenseRequest
from budgets.services.handover import open_duties, reassign
from tests.budgets.business import make_expense
from tests.budgets.make import make_invoice
from tests.builders import from_kept, make_client, make_user
from tests.jobs.drafts import fresh, refusal
from tests.jobs.make import NOW, make_job

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R92")]
ae, am, ad, heir, account = from_kept("ae", "am", "ad", "heir", "account")


def make_kept():
    ae, am, ad, heir = (make_user(role=role) for role in ("ae", "am", "ad", "ae"))
    return {"ae": ae, "am": am, "ad": ad, "heir": heir,
            "account": make_client("LM", team=[ae, am, ad])}  # fmt: skip


def hand(ae, new, client):
    return reassign(old=ae, new=new, client=client, by=None, at=NOW)


def test_what_is_not_spent_is_a_duty_of_its_client_or_of_none(ae, account):
    for state in ExpenseRequest.State.values:
        make_expense(ae, state, account)
    make_expense(ae, "draft")
    assert open_duties(ae) == {account: 3, None: 1}


def test_each_goes_to_the_successor_of_its_client(ae, heir, account):
    here, house = make_expense(ae, "approved", account), make_expense(ae, "draft")
    assert hand(ae, heir, account) == 1
    assert (fresh(here).author, fresh(house).author) == (heir, ae)
    assert hand(ae, heir, None) == 1
    assert fresh(house).author == heir
    assert open_duties(ae) == {}
    assert AuditEntry.objects.filter(verb="handed_over").count() == 2


def test_a_request_goes_to_whoever_decides_for_the_successor(ae, am, ad, account):
    row = make_expense(ae, "requested", account)
    hand(ae, am, account)
    row = fresh(row)
    assert (row.author, row.level) == (am, 4)
    told = Notification.objects.filter(kind="expense").values_list("recipient", flat=True)
    assert list(told) == [account.group.head_id]


def test_nobody_takes_over_what_he_decided(ae, am, account):
    row = make_expense(ae, "approved", account, decided_by=am, number="LM/EX/1")
    error = refusal(hand, ae=ae, new=am, client=account)
    assert (error.field, "LM/EX/1" in error.message) == ("heir", True)
    assert fresh(row).author == ae


def test_a_draft_invoice_is_a_duty_and_keeps_its_author(ae, heir, account):
    draft = make_invoice(make_job(account, ae=ae), "100.00")
    assert open_duties(ae) == {account: 1}
    assert (hand(ae, heir, account), fresh(draft).author) == (1, ae)
