"""Drafts of invoices: what is offered, who may begin, change and void them (3.9)."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Stale
from agency.common.models import AuditEntry, Notification
from budgets.models import Invoice
from budgets.services.invoice import draft_invoices, set_fapiao, update_invoice, void_invoice
from budgets.services.invoice_sources import propose
from tests.archives.papers import make_document
from tests.budgets import make
from tests.budgets.desk_invoice import REASON, House
from tests.builders import make_client, make_contract, make_user
from tests.jobs.drafts import refusal
from tests.jobs.make import NOW, make_job, make_supplier

pytestmark = pytest.mark.django_db
YEAR = make.YEAR


@pytest.fixture
def house():
    return House()


def rests(job):
    return {part.key.split(":")[0]: part.rest for part in propose(job, NOW)}


# --- what is signed and not billed --------------------------------------------------------------


def test_lines_and_contingency_are_offered(house):
    house.signed("1100.00", contingency="100.00")
    assert rests(house.job) == {"line": D("1000.00"), "contingency": D("100.00")}
    assert [part.is_due for part in propose(house.job, NOW)] == [True, False]


def test_change_orders_stand_beside_the_base(house):
    house.signed()
    house.signed("-200.00", change=1, cost=D("0"))
    assert [part.rest for part in propose(house.job, NOW)] == [D("1000.00"), D("-200.00")]


def test_what_is_drafted_is_not_offered_again(house):
    house.signed()
    house.part("300.00")
    assert rests(house.job) == {"line": D("700.00")}


def test_what_is_void_is_offered_again(house):
    house.signed()
    void_invoice(invoice=house.part("300.00"), reason=REASON, by=house.ae, at=NOW)
    assert rests(house.job) == {"line": D("1000.00")}


def test_billed_on_an_earlier_version_counts(house):
    old = house.signed()
    house.issued(house.part("300.00"))
    type(old).objects.update(state="superseded", superseded_at=NOW)
    make.make_signed(house.job, "1200.00", revision=2, supersedes=old, number=old.number)
    assert rests(house.job) == {"line": D("900.00")}


def test_media_price_by_line_and_fees_by_month(house):
    lines = [{"unit_gross": D("57622.50"), "month": date(YEAR, month, 1)} for month in (10, 12)]
    plan = house.media(*lines, mode="on_top", service_fee_rate=D("0.03"))
    parts = propose(house.job, NOW)
    assert [part.rest for part in parts] == [
        D("57622.50"), D("10372.06"), D("57622.50"), D("10372.06"),
    ]  # fmt: skip
    assert [part.is_due for part in parts] == [True, True, False, False]
    assert sum(part.rest for part in parts) == plan.client_net


def test_three_thirds_of_a_line_leave_nothing(house):
    house.signed("100.00")
    house.part("33.33"), house.part("33.33")
    house.part(rests(house.job)["line"])
    assert propose(house.job, NOW) == []
    assert sum(house.job.invoices.values_list("net", flat=True)) == D("100.00")


def test_commission_inside_is_owed_by_the_owner_who_bills_himself(house):
    owner = make_supplier()
    house.media({"unit_gross": D("1000"), "supplier": owner}, billing="direct")
    owned, owed = propose(house.job, NOW)
    assert (owned.issuer, owned.rest, owned.supplier) == ("media_owner", D("1000.00"), owner)
    assert (owed.kind, owed.rest, owed.in_budget) == ("commission", D("150.00"), False)


def test_fee_is_offered_by_month(house):
    make_contract(house.client, monthly_fee=D("20.00"), starts_on=date(YEAR, 10, 1))
    house.job = make_job(house.client, house.ae, kind="fee")
    parts = propose(house.job, NOW)
    assert [(part.month.month, part.is_due) for part in parts] == [
        (10, True), (11, True), (12, False),
    ]  # fmt: skip


# --- drafts -------------------------------------------------------------------------------------


def test_draft_has_the_lines_sums_and_source(house):
    estimate = house.signed()
    invoice = house.draft()
    assert (invoice.kind, invoice.net, invoice.vat, invoice.total) == (
        "production", D("1000.00"), D("60.00"), D("1060.00"),
    )  # fmt: skip
    assert (invoice.estimate, invoice.budget_year, invoice.category) == (
        estimate, YEAR, "production",
    )  # fmt: skip
    line = invoice.lines.get()
    assert (line.estimate_line.estimate, line.unit_price) == (estimate, D("1000.0000"))
    assert AuditEntry.objects.filter(verb="draft_invoice", actor_id=house.ae.pk).exists()


def test_checkers_are_told_but_the_author(house):
    house.signed()
    house.draft(by=house.am)
    told = Notification.objects.filter(kind="step_waiting")
    assert [row.recipient for row in told] == [house.ae]


def test_part_of_a_line_says_of_what(house):
    house.signed()
    assert house.part("300.00").lines.get().text == "Printing (300.00 / 1,000.00)"


def test_months_stand_on_invoices_of_their_own(house):
    lines = [{"unit_gross": D("100"), "month": date(YEAR, month, 1)} for month in (10, 11)]
    house.media(*lines, mode="on_top")
    amounts = {part.key: part.rest for part in propose(house.job, NOW)}
    made = draft_invoices(job=house.job, amounts=amounts, by=house.finance, at=NOW)
    assert [(row.kind, row.month.month, row.net) for row in made] == [
        ("media", 10, D("100.00")), ("commission", 10, D("15.00")),
        ("media", 11, D("100.00")), ("commission", 11, D("15.00")),
    ]  # fmt: skip


def test_media_goes_into_the_fiscal_year_of_its_month(house):
    type(house.client).objects.update(fiscal_start_month=11)
    house.client.refresh_from_db()
    house.media({"unit_gross": D("100"), "month": date(YEAR, 10, 1)})
    assert house.draft().budget_year == YEAR - 1


@pytest.mark.parametrize("net", ["1000.01", "-1.00"])
def test_no_more_than_is_left(house, net):
    house.signed()
    key = propose(house.job, NOW)[0].key
    error = refusal(house.draft, **{key: D(net)})
    assert (error.field, error.message) == (key, "Of this 1,000.00 is left to bill.")


def test_nothing_chosen_drafts_nothing(house):
    house.signed()
    given = {"job": house.job, "by": house.ae, "at": NOW}
    assert (
        refusal(draft_invoices, amounts={}, **given).message == "Please say what is to be billed."
    )


def test_part_that_was_taken_meanwhile_is_named(house):
    house.signed()
    key = propose(house.job, NOW)[0].key
    house.draft()
    assert "is billed by now" in refusal(house.draft, **{key: D("1.00")}).message


def test_contingency_wants_a_contact_report(house):
    house.signed("1100.00", contingency="100.00")
    key = propose(house.job, NOW)[1].key
    given = {"job": house.job, "amounts": {key: D("40.00")}, "by": house.ae, "at": NOW}
    assert refusal(draft_invoices, **given).field == "report"
    other = make_document(make_client(), kind="contact_report")
    assert refusal(draft_invoices, report=other, **given).field == "report"
    report = make_document(house.client, kind="contact_report", number="X/CR/2026/014")
    text = draft_invoices(report=report, **given)[0].lines.get().text
    assert "X/CR/2026/014" in text


@pytest.mark.parametrize("state", ["requested", "rejected", "closed"])
def test_nothing_is_billed_on_a_job_without_number_or_put_away(house, state):
    house.signed()
    job = make_job(house.client, house.ae, state=state)
    given = {"job": job, "amounts": {"line:1": D("1.00")}, "by": house.ae, "at": NOW}
    assert job.get_state_display() in refusal(draft_invoices, **given).message


@pytest.mark.parametrize("role", ["management", "department"])
def test_others_draft_nothing(house, role):
    house.signed()
    with pytest.raises(PermissionDenied):
        house.draft(by=make_user(role=role))


def test_same_form_twice_drafts_once(house):
    house.signed()
    key = "8c5e0f3e-5d5c-4b26-a5de-5d3d5b5c6a01"
    amounts = {propose(house.job, NOW)[0].key: D("10.00")}
    given = {"job": house.job, "amounts": amounts, "by": house.ae, "at": NOW, "form_key": key}
    assert draft_invoices(**given) == draft_invoices(**given)
    assert Invoice.objects.count() == 1


# --- changed, void, numbered --------------------------------------------------------------------


def lines_of(invoice, **more):
    line = invoice.lines.get()
    return [{"pk": line.pk, "text": line.text, "net": line.net, "vat_rate": line.vat_rate, **more}]


def test_lines_are_written_anew(house):
    house.signed()
    invoice = house.draft()
    rows = [
        *lines_of(invoice, net=D("500.00")),
        {"text": "Courier", "net": D("10.00"), "vat_rate": D("0.13")},
    ]
    row = update_invoice(
        invoice=invoice, lines=rows, po_number="PO 7", by=house.am, at=NOW, row_version=0
    )
    assert (row.net, row.vat, row.total) == (D("510.00"), D("31.30"), D("541.30"))
    assert (row.po_number, list(row.editors.all())) == ("PO 7", [house.am])
    assert row.lines.first().estimate_line is not None


def test_line_left_out_is_gone(house):
    house.signed()
    invoice = house.draft()
    update_invoice(invoice=invoice, lines=[], by=house.ae, at=NOW)
    assert not invoice.lines.exists()


def test_update_of_an_older_page_is_stale(house):
    house.signed()
    invoice = house.draft()
    update_invoice(invoice=invoice, lines=lines_of(invoice), by=house.ae, at=NOW)
    with pytest.raises(Stale):
        update_invoice(invoice=invoice, lines=[], by=house.ae, at=NOW, row_version=0)


def test_checked_invoice_is_changed_no_more(house):
    house.signed()
    given = {"invoice": house.checked(), "lines": [], "by": house.ae, "at": NOW}
    assert "Checked" in refusal(update_invoice, **given).message


def test_void_needs_a_reason_and_author_or_finance(house):
    house.signed()
    invoice = house.draft()
    given = {"invoice": invoice, "at": NOW}
    assert refusal(void_invoice, reason="no", by=house.ae, **given).field == "reason"
    with pytest.raises(PermissionDenied):
        void_invoice(reason=REASON, by=house.am, **given)
    assert void_invoice(reason=REASON, by=house.finance, **given).state == "void"


def test_issued_invoice_is_not_void(house):
    house.signed()
    given = {"invoice": house.issued(), "reason": REASON, "by": house.finance, "at": NOW}
    assert "Issued" in refusal(void_invoice, **given).message


def test_fapiao_number_comes_afterwards(house):
    house.signed()
    invoice = house.issued()
    row = set_fapiao(invoice=invoice, number=" 24312000000012345678 ", by=house.finance, at=NOW)
    assert Invoice.objects.get(pk=row.pk).fapiao_number == "24312000000012345678"
    with pytest.raises(PermissionDenied):
        set_fapiao(invoice=invoice, number="1", by=house.am, at=NOW)
