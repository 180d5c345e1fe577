"""Who may do what with invoices (4.2), and how little the pages ask of the database."""

from datetime import timedelta
from decimal import Decimal as D
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgets.models import Invoice, Payment
from budgets.services.bank import Chosen, book_rows
from budgets.services.invoice import draft_invoices, set_fapiao, update_invoice, void_invoice
from budgets.services.invoice_check import check_invoice
from budgets.services.invoice_credit import credit_invoice
from budgets.services.invoice_issue import issue_invoice
from budgets.services.months import close_month
from budgets.services.payment import pay_invoice
from tests.budgets import make
from tests.budgets.desk_invoice import REASON, House
from tests.builders import assign, make_client, make_user
from tests.jobs.make import NOW, make_job

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
ROLES = ("ae", "am", "other", "finance", "management", "department", "admin")
MOST = 15


def make_kept():
    """One invoice in each state, and a person of each kind."""
    house = House(code="LM")
    house.signed("5000.00")
    people = {name: make_user(role=name) for name in ROLES[3:]}
    people |= {"ae": house.ae, "am": house.am, "other": make_user(role="ae")}
    assign(house.client, people["department"])
    make_client("QQ", team=[people["other"]])
    author = make_user(role="ae")
    rows = {
        state: make.make_invoice(house.job, "1000.00", state=state, author=author)
        for state in ("draft", "checked", "issued")
    }
    return {
        "house": house, "rows": SimpleNamespace(**rows), "people": SimpleNamespace(**people),
    }  # fmt: skip


def draft(world, by):
    draft_invoices(job=world.house.job, amounts={"line:0": D("1.00")}, by=by, at=NOW)


def update(world, by):
    update_invoice(invoice=world.rows.draft, lines=[], by=by, at=NOW)


def check(world, by):
    row = world.rows.draft
    check_invoice(invoice=row, control_total=row.total, by=by, at=NOW)


def void(world, by):
    void_invoice(invoice=world.rows.draft, reason=REASON, by=by, at=NOW)


def issue(world, by):
    issue_invoice(invoice=world.rows.checked, by=by, at=NOW)


def pay(world, by):
    pay_invoice(invoice=world.rows.issued, on=TODAY, amount=D("1.00"), by=by, at=NOW)


def credit(world, by):
    row = world.rows.issued
    amounts = {row.lines.get().pk: D("1.00")}
    credit_invoice(invoice=row, amounts=amounts, reason=REASON, by=by, at=NOW)


def fapiao(world, by):
    set_fapiao(invoice=world.rows.issued, number="1", by=by, at=NOW)


def book(world, by):
    rows = [Chosen(1, "k", TODAY, D("1.00"), "", world.rows.issued)]
    book_rows(rows=rows, by=by, at=NOW)


def close(world, by):
    close_month(month=TODAY.replace(day=1) - timedelta(days=1), by=by, at=NOW)


ALLOWED = {
    draft: ("ae", "am", "finance"),
    update: ("ae", "am", "finance"),
    check: ("ae", "am"),
    void: ("finance",),
    issue: ("finance",),
    pay: ("finance",),
    credit: ("finance",),
    fapiao: ("finance",),
    book: ("finance",),
    close: ("finance",),
}
REFUSED = [
    (verb, role) for verb, allowed in ALLOWED.items() for role in ROLES if role not in allowed
]


@pytest.mark.parametrize(
    ("verb", "role"), REFUSED, ids=[f"{verb.__name__}-{role}" for verb, role in REFUSED]
)
def test_verb_asks_the_right_itself(verb, role, kept):
    before = list(Invoice.objects.values())
    with pytest.raises(PermissionDenied):
        verb(kept, getattr(kept.people, role))
    assert list(Invoice.objects.values()) == before
    assert not Payment.objects.exists()


@pytest.mark.parametrize("role", ["other", "department", "admin"])
def test_what_one_may_not_see_is_not_there(kept, role):
    assert not Invoice.objects.visible_to(getattr(kept.people, role)).exists()


@pytest.mark.parametrize("role", ["ae", "am", "finance", "management"])
def test_what_one_may_see_is_all_there(kept, role):
    assert Invoice.objects.visible_to(getattr(kept.people, role)).count() == 3


# --- questions ----------------------------------------------------------------------------------


def asked(page, path):
    with CaptureQueriesContext(connection) as found:
        assert page.get(path).status_code == 200
    return len(found)


def grown(job, number):
    for _row in range(number):
        make.make_invoice(job, "1.00", state="issued")


@pytest.mark.parametrize("role", ["ae", "finance"])
def test_list_asks_no_more_for_more_rows(kept, sign_in, role):
    page, path = sign_in(getattr(kept.people, role)), reverse("budgets:invoice_list")
    page.get(path)
    few = asked(page, path)
    grown(kept.house.job, 20)
    assert asked(page, path) == few <= MOST


@pytest.mark.parametrize("name", ["invoice_detail", "invoice_credit", "invoice_pay"])
def test_pages_of_an_invoice_ask_little(kept, sign_in, name):
    page, row = sign_in(kept.people.finance), kept.rows.issued
    path = reverse(f"budgets:{name}", args=[row.pk])
    page.get(path)
    assert asked(page, path) <= MOST


def test_draft_page_asks_no_more_for_more_lines(kept, sign_in):
    page, house = sign_in(kept.people.ae), kept.house
    path = reverse("budgets:invoice_create", args=[house.job.pk])
    page.get(path)
    few = asked(page, path)
    house.job = make_job(house.client, house.ae)
    house.signed("100.00")
    for change in range(1, 8):
        house.signed("10.00", change=change, cost=D("0"))
    assert asked(page, reverse("budgets:invoice_create", args=[house.job.pk])) <= few <= MOST
