"""Receipts and booking of expenses: up to a tenth more, above that decided again (3.14)."""

import pytest
from django.core.exceptions import PermissionDenied

from archives.models import Document
from budgets.services import expense as service
from budgets.services.expense_who import deciders
from budgets.services.spending import book_expense, spend_expense
from tests.archives.papers import make_document, upload
from tests.budgets.business import TODAY, D, allow, make_expense
from tests.builders import from_kept, make_client, make_user
from tests.jobs.drafts import fresh, refusal
from tests.jobs.make import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R86")]


def make_kept():
    ae, am, ad = (make_user(role=role) for role in ("ae", "am", "ad"))
    client = make_client("LM", team=[ae, am, ad])
    make_document(client)
    allow("100000")
    return {"ae": ae, "am": am, "ad": ad, "account": client, "finance": make_user(role="finance")}


ae, am, ad, account, finance = from_kept("ae", "am", "ad", "account", "finance")


def spend(row, spent, by=None, **fields):
    file = fields.pop("file", None) or upload()
    return spend_expense(
        expense=row, spent=D(spent), upload=file, on=TODAY, by=by or row.author, at=NOW, **fields
    )


@pytest.mark.parametrize("has_client", [True, False])
def test_receipt_is_filed_with_what_was_spent(ae, account, has_client):
    client = account if has_client else None
    row = spend(make_expense(ae, "approved", client=client), "280.50")
    assert (row.state, row.spent) == ("spent", D("280.50"))
    paper = row.receipt
    assert (paper.kind, paper.face, paper.client) == ("expense_receipt", "internal", client)


@pytest.mark.parametrize(("spent", "state"), [("330.00", "spent"), ("330.01", "requested")])
def test_a_tenth_more_is_spent_a_cent_above_is_decided_again(ae, ad, spent, state):
    row = spend(make_expense(ae, "approved"), spent)
    assert row.state == state
    assert (set(deciders(row, row.level, NOW)) == {ad}) is (state == "requested")


def test_excess_decided_by_the_next_rank_counts_as_spent(ae, am, ad):
    row = make_expense(ae, "requested")
    row = service.approve_expense(expense=row, by=am, at=NOW)
    row = spend(row, "400")
    with pytest.raises(PermissionDenied):
        service.approve_expense(expense=row, by=am, at=NOW)
    row = service.approve_expense(expense=row, by=ad, at=NOW)
    assert (row.state, row.spent, row.decided_by) == ("spent", D("400.00"), ad)
    assert (row.document.number, row.document.revision) == (row.number, 2)
    assert fresh(row.document.replaces).state == Document.State.SUPERSEDED


def test_excess_refused_and_not_to_be_taken_back(ae, ad):
    row = spend(make_expense(ae, "approved"), "400")
    assert "spent" in str(refusal(service.cancel_expense, expense=row, by=ae, at=NOW))
    row = service.refuse_expense(expense=row, reason="Far beyond the request", by=ad, at=NOW)
    assert row.state == "refused"


def test_what_is_spent_takes_from_the_month(ae):
    spend(make_expense(ae, "approved", amount=D("90000")), "99000")
    row = service.create_expense(
        by=ae, at=NOW, kind="transport", on=TODAY, amount=D("1000.01"), purpose="Taxi"
    )
    assert service.request_expense(expense=row, by=ae, at=NOW).level == 3


def test_only_the_author_enters_it(ae, am):
    row = make_expense(ae, "approved")
    with pytest.raises(PermissionDenied):
        spend(row, "300", by=am)
    assert not Document.objects.filter(kind="expense_receipt").exists()


@pytest.mark.parametrize("spent", ["0", "-1", "1000000000000"])
def test_amount_that_cannot_be(ae, spent):
    assert refusal(spend, row=make_expense(ae, "approved"), spent=spent).field == "spent"
    assert not Document.objects.filter(kind="expense_receipt").exists()


@pytest.mark.parametrize("state", ["draft", "requested", "refused", "spent", "booked"])
def test_only_what_is_approved_is_spent(ae, state):
    assert "already" in str(refusal(spend, row=make_expense(ae, state), spent="300"))


def test_empty_file_is_no_receipt(ae):
    row = make_expense(ae, "approved")
    assert refusal(spend, row=row, spent="300", file=upload(b"")).field == "file"
    assert fresh(row).state == "approved"


def test_finance_books_it(ae, finance):
    row = book_expense(expense=make_expense(ae, "spent"), by=finance, at=NOW)
    assert (row.state, row.booked_by, row.booked_at) == ("booked", finance, NOW)
    assert "already" in str(refusal(book_expense, expense=row, by=finance, at=NOW))


@pytest.mark.parametrize("role", ["ae", "gad", "management", "admin", "department"])
def test_nobody_else_books(ae, role):
    with pytest.raises(PermissionDenied):
        book_expense(expense=make_expense(ae, "spent"), by=make_user(role=role), at=NOW)
