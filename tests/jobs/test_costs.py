"""Outside costs within what was signed; errors found later (R53, R57, R59)."""

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused
from agency.common.models import Notification
from jobs.models import Cost
from jobs.services import costs
from tests.builders import assign, make_client, make_user
from tests.jobs import make
from tests.jobs.make import DUE, NOW, D

pytestmark = pytest.mark.django_db


@pytest.fixture
def printer():
    return make.make_supplier("Lantern Print")


@pytest.fixture
def job(ae, am, printer):
    """An active job: 1,000.00 of printing and 500.00 of paper signed, the supplier at work."""
    job = make.make_job(make_client(team=[ae, am]), ae, state="active")
    brief = make.make_brief(job)
    make.confirm(brief, "production")
    make.make_timeline(job)
    lines = [{"text": "Printing", "cost": D("1000.00")}, {"text": "Paper", "cost": D("500.00")}]
    make.pass_to(make.make_estimate(job, lines, cost=D("1500.00")), "signed")
    make.make_order(job, "supplier", supplier=printer)
    return job


def line(job, text="Printing"):
    return job.estimates.get().lines.get(text=text)


def enter(job, by, amount, printer, **fields):
    defaults = {"kind": "order", "on": DUE, "line": line(job), "supplier": printer}
    return costs.enter_cost(job=job, amount=D(amount), by=by, at=NOW, **{**defaults, **fields})


def test_order_within_the_line_is_entered(job, ae, printer):
    cost = enter(job, ae, "799.99", printer)
    assert (cost.amount, cost.over_by) == (D("799.99"), None)
    assert not Notification.objects.filter(kind="line_used").exists()


@pytest.mark.rule("R59")
def test_at_80_and_100_percent_ae_and_am_are_told_once_each(job, ae, am, printer):
    for amount in ("800.00", "100.00", "100.00"):
        enter(job, ae, amount, printer)
    labels = [row.label for row in Notification.objects.filter(recipient=am, kind="line_used")]
    assert [label.split(" ")[0] for label in sorted(labels)] == ["100", "80"]
    assert Notification.objects.filter(recipient=ae, kind="line_used").count() == 2


@pytest.mark.rule("R59")
def test_above_the_line_wants_the_managers_tick(job, ae, am, printer):
    for by, over in ((ae, True), (am, False)):
        with pytest.raises(Refused) as refused:
            enter(job, by, "1000.01", printer, over=over)
        assert refused.value.field in ("amount", "over")
    assert enter(job, am, "1000.01", printer, over=True).over_by == am


@pytest.mark.rule("R59", "R60")
def test_above_the_estimate_helps_only_a_change_order(job, am, printer):
    with pytest.raises(Refused) as refused:
        enter(job, am, "1500.01", printer, over=True)
    assert "change order" in refused.value.message
    assert enter(job, am, "1500.00", printer, over=True).pk


@pytest.mark.rule("R57")
def test_no_cost_without_signature(ae, am, printer):
    job = make.make_job(make_client(team=[ae, am]), ae, state="active")
    make.confirm(make.make_brief(job), "production")
    make.make_timeline(job)
    with pytest.raises(Refused) as refused:
        costs.enter_cost(job=job, kind="order", amount=D("1"), on=DUE, supplier=printer, by=am,
                         at=NOW)  # fmt: skip
    assert refused.value.message == "The client has not signed the production estimate."


@pytest.mark.rule("R53")
def test_supplier_without_start_order_gets_no_order(job, ae):
    with pytest.raises(Refused) as refused:
        enter(job, ae, "10", make.make_supplier("Somebody else"))
    assert refused.value.field == "supplier"


@pytest.mark.rule("R53")
def test_withdrawn_start_order_does_not_count(job, ae, printer):
    job.start_orders.update(state="withdrawn", withdraw_reason="The printer is full")
    with pytest.raises(Refused) as refused:
        enter(job, ae, "10", printer)
    assert refused.value.field == "supplier"


def test_line_of_another_job_is_refused(job, ae, printer):
    other = make.make_estimate(make.make_job(job.client, ae), [{"text": "Film"}])
    with pytest.raises(Refused) as refused:
        enter(job, ae, "10", printer, line=other.lines.get())
    assert refused.value.field == "line"


def test_bill_answers_its_order_and_only_a_bill_does(job, ae, printer):
    order = enter(job, ae, "10", printer)
    bill = enter(job, ae, "11", printer, kind="bill", order=order, number="F-1")
    assert list(order.bills.all()) == [bill]
    with pytest.raises(Refused) as refused:
        enter(job, ae, "10", printer, order=order)
    assert refused.value.field == "order"


def test_nothing_is_no_cost(job, ae, printer):
    with pytest.raises(Refused) as refused:
        enter(job, ae, "0", printer)
    assert refused.value.field == "amount"


@pytest.mark.parametrize("state", ["approved", "closed", "cancelled"])
def test_costs_belong_to_a_job_in_work(job, ae, printer, state):
    fields = {"closed_at": NOW} if state == "closed" else {}
    type(job).objects.filter(pk=job.pk).update(state=state, **fields)
    with pytest.raises(Refused):
        enter(job, ae, "10", printer)


def test_production_department_enters_costs_and_creative_does_not(job, printer):
    for department, may in (("production", True), ("creative", False)):
        user = make_user(role="department", department=department)
        assign(job.client, user)
        make.make_order(job, department)
        if may:
            assert enter(job, user, "10", printer).pk
        else:
            with pytest.raises(PermissionDenied):
                enter(job, user, "10", printer)


def test_finance_enters_costs_anywhere_and_a_foreign_ae_nowhere(job, printer, other_ae):
    assert enter(job, make_user(role="finance"), "10", printer).pk
    with pytest.raises(PermissionDenied):
        enter(job, other_ae, "10", printer)


def test_same_form_twice_is_one_cost(job, ae, printer):
    key = "0b1ce4f8-3f29-4f6e-9c6e-5a7ef4d0d4a3"
    for _twice in range(2):
        enter(job, ae, "10", printer, form_key=key)
    assert Cost.objects.count() == 1


@pytest.mark.rule("R59")
def test_error_is_noted_with_kind_amount_and_who_noticed(job, ae, am):
    note = costs.note_error(
        job=job, kind="sum", text="VAT forgotten on the printing", found_on=DUE, amount=D("60.00"),
        estimate=job.estimates.get(), noticed_by=am, by=ae, at=NOW,
    )  # fmt: skip
    assert (note.kind, note.amount, note.noticed_by) == ("sum", D("60.00"), am)


def test_error_names_an_estimate_of_its_job(job, ae):
    other = make.make_estimate(make.make_job(job.client, ae))
    with pytest.raises(Refused):
        costs.note_error(job=job, kind="sum", text="Sum", found_on=DUE, estimate=other, by=ae,
                         at=NOW)  # fmt: skip
