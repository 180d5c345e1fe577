"""The AM proposes what the department may spend in a month, the AD sets it (R86)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from agency.common.models import AuditEntry, Notification
from budgets.models import ExpenseBudget
from budgets.reports.expense import month_of
from budgets.services.expense_budget import propose_month, set_month
from tests.budgets.business import D, make_expense
from tests.builders import from_kept, make_client, make_user
from tests.jobs.make import NOW
from tests.meetings.pages import send, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R86")]
NOVEMBER = date(2026, 11, 1)
PAGE = "/budgets/expenses/budget/"
ae, am, ad = from_kept("ae", "am", "ad")


def make_kept():
    ae, am, ad = (make_user(role=role) for role in ("ae", "am", "ad"))
    make_client("LM", team=[ae, am, ad])
    return {"ae": ae, "am": am, "ad": ad}


def propose(by, amount="500.00", kind="office"):
    return propose_month(NOVEMBER, [(kind, D(amount), None)], by=by, at=NOW)


def told():
    rows = Notification.objects.filter(kind="expense").order_by("pk")
    return [(row.recipient, row.label) for row in rows]


def test_a_proposal_allows_nothing_and_the_director_hears_of_it(am, ad):
    propose(am)
    office = month_of(NOVEMBER)[0]
    assert (office.amount, office.proposed, office.proposed_by) == (None, D("500.00"), am)
    assert told() == [(ad, f"Expense budget of 2026-11 proposed by {am}: to be set")]
    assert AuditEntry.objects.filter(verb="propose_expense_budget").count() == 1
    assert make_expense(am, "approved", kind="office").amount - office.left == D("300.00")


def test_what_the_director_sets_ends_the_proposal_and_its_author_hears(am, ad):
    propose(am)
    set_month(NOVEMBER, [("office", D("450.00"), None)], by=ad, at=NOW)
    office = month_of(NOVEMBER)[0]
    assert (office.amount, office.proposed, office.proposed_by) == (D("450.00"), None, None)
    assert told()[-1] == (am, f"Expense budget of 2026-11 set by {ad}")


@pytest.mark.parametrize("role", ["ae", "finance", "management", "department"])
def test_others_propose_nothing(role):
    with pytest.raises(PermissionDenied):
        propose(make_user(role=role))


def test_database_wants_who_set_and_who_proposed(ad):
    for fields in ({"amount": 5}, {"proposed": 5}, {"amount": -1, "set_by": ad}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ExpenseBudget.objects.create(year=2026, month=11, kind="office", **fields)


def test_pages_of_both(am, ad, sign_in):
    page = sign_in(am)
    assert "Propose the amounts" in text_of(page.get(f"{PAGE}?month=2026-11"))
    send(page, f"{PAGE}propose/?month=2026-11", office="700")
    assert "700.00" in text_of(page.get(f"{PAGE}?month=2026-11"))
    page = sign_in(ad)
    form = page.get(f"{PAGE}set/?month=2026-11")
    assert f"Proposed by {am}: 700.00" in text_of(form)
    send(page, f"{PAGE}set/?month=2026-11")
    assert ExpenseBudget.objects.get(kind="office").amount == D("700.00")
