"""Two people press at the same instant on the same money: one of them wins (3.9).

Both verbs are held wherever they lock a row, each on a connection of its own. Through HTTP, in
tests/test_races_budgets.py: the last unbilled amount issued twice, pay and pay, close and issue.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal as D
from threading import Barrier

import pytest
from django.db import connections

from agency.common.errors import Refused
from budgets.models import Invoice, Payment
from budgets.services.bank import Chosen, book_rows
from budgets.services.invoice import draft_invoices
from budgets.services.invoice_credit import credit_invoice
from budgets.services.invoice_issue import issue_invoice
from budgets.services.invoice_sources import propose
from budgets.services.months import close_month
from budgets.services.payment import pay_invoice, reverse_payment
from tests.budgets import make
from tests.budgets.desk_invoice import REASON, House
from tests.jobs.make import NOW

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
TODAY = NOW.date()
OCTOBER = date(make.YEAR, 10, 1)


@pytest.fixture(autouse=True)
def _hold_at_locks(settings):
    settings.FAULT = "at_lock:0.05,pdf_blank"


@pytest.fixture
def house(db):
    house = House()
    house.signed()
    return house


def together(*calls):
    """What each call gave: its result, or the words of its refusal."""
    barrier = Barrier(len(calls))

    def run(call):
        try:
            barrier.wait(timeout=10)
            return call()
        except Refused as error:
            return str(error.message)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def winners(answers):
    return [one for one in answers if not isinstance(one, str)]


def losers(answers):
    return [one for one in answers if isinstance(one, str)]


def test_issue_and_issue_of_one_invoice(house):
    row = house.checked()
    answers = together(*(
        lambda: issue_invoice(invoice=row, by=house.finance, at=NOW) for _ in range(2)
    ))  # fmt: skip
    assert len(winners(answers)) == 1
    assert house.client.documents.filter(kind="production_invoice").count() == 1


def test_numbers_stay_dense_when_many_issue(house):
    rows = [house.checked(house.part("10.00")) for _ in range(4)]
    answers = together(*(
        lambda row=row: issue_invoice(invoice=row, by=house.finance, at=NOW) for row in rows
    ))  # fmt: skip
    ends = sorted(row.number.rsplit("/", 1)[1] for row in winners(answers))
    assert ends == ["001", "002", "003", "004"]


def test_draft_and_draft_of_the_same_part_have_one_winner(house):
    key = propose(house.job, NOW)[0].key
    given = {"job": house.job, "amounts": {key: D("1000.00")}, "by": house.ae, "at": NOW}
    answers = together(*(lambda: draft_invoices(**given) for _ in range(2)))
    assert len(winners(answers)) == 1
    assert Invoice.objects.get().net == D("1000.00")


def issued(house):
    return make.make_invoice(house.job, "1000.00", state="issued")


def test_reversal_and_reversal_have_one_winner(house):
    row = issued(house)
    given = {"by": house.finance, "at": NOW}
    payment = pay_invoice(invoice=row, on=TODAY, amount=D("60.00"), **given)
    answers = together(*(
        lambda: reverse_payment(payment=payment, reason=REASON, **given) for _ in range(2)
    ))  # fmt: skip
    assert len(winners(answers)) == 1
    row.refresh_from_db()
    assert (row.paid, Payment.objects.count()) == (D("0.00"), 2)


def test_credit_and_credit_of_the_whole_have_one_winner(house):
    row = issued(house)
    given = {"reason": REASON, "by": house.finance, "at": NOW}
    amounts = {row.lines.get().pk: D("1000.00")}
    answers = together(*(
        lambda: credit_invoice(invoice=row, amounts=dict(amounts), **given) for _ in range(2)
    ))  # fmt: skip
    assert len(winners(answers)) == 1
    row.refresh_from_db()
    assert (row.state, row.credited) == ("credited", D("-1060.00"))


def test_credit_and_payment_never_come_to_more_than_the_total(house):
    row = issued(house)
    given = {"by": house.finance, "at": NOW}
    amounts = {row.lines.get().pk: D("1000.00")}
    together(
        lambda: credit_invoice(invoice=row, amounts=amounts, reason=REASON, **given),
        lambda: pay_invoice(invoice=row, on=TODAY, amount=D("1060.00"), **given),
    )
    row.refresh_from_db()
    assert row.state == "credited"
    assert row.paid in (0, D("1060.00"))


def test_row_of_the_bank_is_booked_once_by_two(house):
    row = issued(house)
    chosen = Chosen(1, "mark", TODAY, D("60.00"), "Bank", row)
    answers = together(*(
        lambda: book_rows(rows=[chosen], by=house.finance, at=NOW) for _ in range(2)
    ))  # fmt: skip
    assert losers(answers) == ["Row 1 is booked already."]
    assert Payment.objects.get().amount == D("60.00")


def test_close_and_close_have_one_winner(house):
    given = {"month": OCTOBER, "by": house.finance, "at": NOW}
    answers = together(*(lambda: close_month(**given) for _ in range(2)))
    assert len(winners(answers)) == 1
    assert "closed already" in losers(answers)[0]
