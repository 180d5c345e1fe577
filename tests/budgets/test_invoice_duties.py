"""What home asks of whom about invoices (R69), and what the database forbids."""

from datetime import date, timedelta
from decimal import Decimal as D

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from budgets.models import ClosedMonth, Invoice, Payment
from budgets.reports import awaiting
from tests.budgets import make
from tests.budgets.desk_invoice import REASON, House
from tests.builders import make_client, make_stand_in, make_user
from tests.jobs.make import NOW, make_supplier

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def house():
    return House()


def groups(user):
    at = timezone.now()
    return [str(duty.group) for duty in awaiting(user, at) if "/invoices/" in duty.url]


def late(house, days=1):
    on = TODAY - timedelta(days=days)
    return make.make_invoice(
        house.job, "1000.00", state="issued", issued_on=on - timedelta(days=30), due_on=on
    )


# --- home ---------------------------------------------------------------------------------------


def test_draft_of_finance_is_checked_by_ae_or_am(house):
    make.make_invoice(house.job, "5.00", author=house.finance)
    assert groups(house.ae) == groups(house.am) == ["Check"]
    assert groups(house.finance) == []


def test_invoices_of_one_job_are_told_apart_by_their_totals(house):
    for net in ("1000.00", "2000.50"):
        make.make_invoice(house.job, net, author=house.finance)
    said = [duty.sentence for duty in awaiting(house.am, timezone.now())]
    title = house.job.title
    assert [f"Invoice over {total}, {title}" in said for total in ("1,060.00", "2,120.53")] == [
        True, True,
    ]  # fmt: skip


def test_who_changed_a_draft_is_not_asked_to_check_it(house):
    row = make.make_invoice(house.job, "5.00", author=house.finance)
    row.editors.add(house.ae)
    assert (groups(house.ae), groups(house.am)) == ([], ["Check"])


def test_empty_draft_waits_for_its_author(house):
    make.make_invoice(house.job, "0.00", author=house.finance)
    assert groups(house.am) == []


def test_every_person_of_finance_is_asked_to_issue(house):
    make.make_invoice(house.job, "5.00", state="checked")
    assert groups(house.finance) == groups(make_user(role="finance")) == ["Issue"]
    assert groups(house.am) == []


def test_late_money_is_the_aes_from_the_day_after(house):
    late(house, days=0)
    assert groups(house.ae) == []
    late(house)
    assert groups(house.ae) == ["Money"]


def test_stand_in_sees_the_duty_of_the_absent(house):
    deputy = make_user(role="ae")
    late(house)
    make_stand_in(house.ae, deputy, TODAY, TODAY)
    duties = [duty for duty in awaiting(deputy, timezone.now()) if "/invoices/" in duty.url]
    assert [(str(duty.group), duty.person) for duty in duties] == [("Money", house.ae)]


def test_what_is_void_credited_or_paid_asks_nothing(house):
    make.make_invoice(house.job, "5.00", state="void", void_reason=REASON)
    long_ago = date(2020, 1, 1)
    make.make_invoice(house.job, "5.00", state="paid", due_on=long_ago, issued_on=long_ago)
    make.make_invoice(house.job, "5.00", state="credited", due_on=NOW.date())
    assert groups(house.ae) == groups(house.am) == groups(house.finance) == []


def test_other_clients_duties_are_others(house):
    other = make_user(role="ae")
    make_client(team=[other])
    late(house)
    assert groups(other) == []


# --- questions of the model ---------------------------------------------------------------------


def test_open_amount_is_total_and_credits_less_payments(house):
    row = Invoice(total=D("106.00"), credited=D("-10.60"), paid=D("50.00"), state="part_paid")
    assert row.open_amount == D("45.40")
    assert Invoice(total=D("106.00"), state="draft").open_amount == 0


@pytest.mark.parametrize(
    ("state", "due", "is_late"),
    [("issued", -1, True), ("issued", 0, False), ("part_paid", -1, True), ("paid", -1, False),
     ("credited", -1, False), ("draft", -1, False)],
)  # fmt: skip
def test_overdue_is_derived(state, due, is_late):
    row = Invoice(state=state, due_on=TODAY + timedelta(days=due))
    assert row.is_overdue(TODAY) is is_late


def test_receivable_is_ours_and_open(house):
    row = late(house)
    make.make_invoice(house.job, "1.00", state="paid")
    make.make_invoice(house.job, "-1.00", state="issued", kind="credit", credits=row)
    make.make_invoice(house.job, "2.00", state="issued", issuer="media_owner")
    assert list(Invoice.objects.receivable()) == [row]


# --- what the database forbids ------------------------------------------------------------------


def forbids(name, act, **values):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        act(**values)


def test_number_of_an_owner_is_there_once(house):
    fields = {"issuer": "media_owner", "supplier": make_supplier(), "number": "A-1"}
    make.make_invoice(house.job, "1.00", state="issued", **fields)
    forbids("invoice_owner_number_once", make.make_invoice, job=house.job, net="1.00", **fields)
    fields["supplier"] = make_supplier("North Bridge")
    assert make.make_invoice(house.job, "1.00", state="issued", **fields).pk


def test_credits_come_to_the_total_at_most(house):
    row = make.make_invoice(house.job, "100.00", state="issued")
    rows = Invoice.objects.filter(pk=row.pk)
    forbids("invoice_credited_up_to_total", rows.update, credited=D("-106.01"))
    forbids("invoice_credited_up_to_total", rows.update, credited=D("0.01"))
    assert rows.update(credited=D("-106.00")) == 1


def test_void_invoice_stays_void(house):
    row = make.make_invoice(house.job, "1.00", state="void", void_reason=REASON)
    forbids("stays void", Invoice.objects.filter(pk=row.pk).update, state="draft")


def test_line_does_not_move_to_an_issued_invoice(house):
    issued = make.make_invoice(house.job, "1.00", state="issued")
    draft = make.make_invoice(house.job, "1.00")
    forbids("are frozen", draft.lines.update, invoice=issued)
    assert draft.lines.update(text="Changed") == 1


def test_reversal_bears_its_reason(house):
    row = make.make_invoice(house.job, "1.00", state="issued")
    given = {"invoice": row, "on": TODAY, "at": NOW, "entered_by": house.finance}
    payment = Payment.objects.create(amount=D("1.00"), **given)
    forbids(
        "payment_negative_reverses", Payment.objects.create, amount=D("-1.00"), reverses=payment,
        **given,
    )  # fmt: skip


def test_month_is_there_once_by_its_first(house):
    ClosedMonth.objects.create(month=date(2026, 1, 1))
    forbids("month", ClosedMonth.objects.create, month=date(2026, 1, 1))
    forbids("closed_month_is_a_first", ClosedMonth.objects.create, month=date(2026, 1, 2))
