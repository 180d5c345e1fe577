"""An invoice is checked by another, issued by finance, and then it stands (3.9, R71)."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from agency.common.models import Notification, OutboxMail
from budgets.models import Invoice, InvoiceLine
from budgets.reports.proof import invoice_faults
from budgets.reports.signed import billed_net
from budgets.services.invoice import draft_invoices, update_invoice
from budgets.services.invoice_check import check_invoice
from budgets.services.invoice_credit import credit_invoice
from budgets.services.invoice_issue import issue_invoice
from budgets.services.invoice_owner import record_media_owner_invoice
from budgets.services.invoice_sources import propose
from jobs.models import OutgoingCheck
from tests.archives.papers import make_document
from tests.budgets import make, years
from tests.budgets.desk_invoice import REASON, House
from tests.builders import make_client, make_contract, make_user, when
from tests.jobs.drafts import refusal
from tests.jobs.make import NOW, make_job, make_supplier
from tests.jobs.way import HOUR

pytestmark = pytest.mark.django_db
YEAR, TODAY = make.YEAR, NOW.date()


@pytest.fixture
def house():
    return House()


@pytest.fixture
def draft(house):
    house.signed()
    return house.draft()


# --- the check ----------------------------------------------------------------------------------


@pytest.mark.rule("R71")
def test_check_is_the_outgoing_check(house, draft):
    row = house.checked(draft)
    assert (row.state, row.checked_by, row.control_total) == ("checked", house.am, D("1060.00"))
    check = OutgoingCheck.objects.get()
    assert (check.kind, check.state, check.checker) == ("invoice", "passed", house.am)
    assert [note.recipient for note in Notification.objects.filter(key__contains="issue")] == [
        house.finance
    ]


def test_check_bears_its_name_in_the_clients_language(house, draft):
    house.client.paper_language = "zh"
    house.client.save()
    house.checked(draft)
    assert OutgoingCheck.objects.get().title == f"制作费发票 {house.job.title}"


@pytest.mark.rule("R71")
@pytest.mark.parametrize("typed", ["1060.01", "1059.99", "1000.00"])
def test_control_total_is_the_total(house, draft, typed):
    given = {"invoice": draft, "control_total": D(typed), "by": house.am, "at": NOW}
    assert refusal(check_invoice, **given).field == "control_total"
    assert not OutgoingCheck.objects.exists()


@pytest.mark.rule("R71")
def test_author_and_who_changed_it_do_not_check(house, draft):
    update_invoice(invoice=draft, lines=line_rows(draft), by=house.am, at=NOW)
    for person in (house.ae, house.am):
        given = {"invoice": draft, "control_total": draft.total, "by": person, "at": NOW}
        assert "somebody else looks at it" in refusal(check_invoice, **given).message


def line_rows(invoice):
    return [
        {"pk": line.pk, "text": line.text, "net": line.net, "vat_rate": line.vat_rate}
        for line in invoice.lines.all()
    ]


def test_finance_does_not_check(house, draft):
    with pytest.raises(PermissionDenied):
        check_invoice(invoice=draft, control_total=draft.total, by=house.finance, at=NOW)


def test_contract_may_want_a_po_number(house, draft):
    make_contract(house.client, po_required=True)
    given = {"invoice": draft, "control_total": draft.total, "by": house.am, "at": NOW}
    assert "PO number" in refusal(check_invoice, **given).message
    lines = line_rows(draft)
    update_invoice(invoice=draft, lines=lines, po_number="PO 7", by=house.ae, at=NOW)
    assert check_invoice(**given).state == "checked"


def test_empty_draft_is_not_checked(house, draft):
    update_invoice(invoice=draft, lines=[], by=house.ae, at=NOW)
    given = {"invoice": draft, "control_total": D("0"), "by": house.am, "at": NOW}
    assert "nothing on this invoice" in refusal(check_invoice, **given).message


# --- the issue ----------------------------------------------------------------------------------


def test_issue_numbers_files_and_dates(house, draft):
    row = house.issued(draft)
    code = house.client.code
    assert (row.number, row.state, row.issued_on) == (f"{code}/PI/{YEAR}/001", "issued", TODAY)
    assert row.due_on == date(YEAR, 12, 19)
    paper = row.document
    assert (paper.kind, paper.face, paper.number) == ("production_invoice", "client", row.number)
    assert [one.job_number for one in paper.job_numbers.all()] == [house.job.number]
    assert billed_net(house.job, NOW) == D("1000.00")


def test_contract_says_when_it_is_due(house, draft):
    make_contract(house.client, credit_days=45)
    assert house.issued(draft).due_on == date(YEAR + 1, 1, 3)


def test_chosen_contacts_get_it_by_mail(house, draft):
    house.issued(draft, contacts=[house.contact])
    mail = OutboxMail.objects.get(kind="client_paper")
    assert mail.to == house.contact.email
    assert f"{house.client.code}/PI/{YEAR}/001" in mail.subject


def test_ae_and_am_are_told(house, draft):
    house.issued(draft)
    told = Notification.objects.filter(kind="invoice_issued")
    assert {row.recipient for row in told} == {house.ae, house.am}


def test_numbers_are_dense_by_kind(house):
    house.signed()
    first, second = house.issued(house.part("10.00")), house.issued(house.part("10.00"))
    house.media(mode="on_top")
    amounts = {part.key: part.rest for part in propose(house.job, NOW)}
    media = [house.issued(row) for row in draft_invoices(
        job=house.job, amounts=amounts, by=house.ae, at=NOW
    )]  # fmt: skip
    ends = [row.number.split("/", 1)[1] for row in (first, second, *media)]
    assert ends == [
        f"PI/{YEAR}/001", f"PI/{YEAR}/002", f"MI/{YEAR}/001", f"CI/{YEAR}/001",
    ]  # fmt: skip


@pytest.mark.parametrize("person", ["ae", "am"])
def test_only_finance_issues(house, draft, person):
    row = house.checked(draft)
    with pytest.raises(PermissionDenied):
        issue_invoice(invoice=row, by=getattr(house, person), at=NOW)


def test_unchecked_is_not_issued(house, draft):
    given = {"invoice": draft, "by": house.finance, "at": NOW}
    assert "Draft" in refusal(issue_invoice, **given).message


def test_figures_changed_past_the_check_do_not_leave(house, draft):
    row = house.checked(draft)
    InvoiceLine.objects.update(text="Something else")
    given = {"invoice": row, "by": house.finance, "at": NOW}
    assert "no passed check" in refusal(issue_invoice, **given).message


@pytest.mark.rule("R57")
def test_above_what_is_signed_by_a_cent_is_refused(house, draft):
    rows = [{**line_rows(draft)[0], "net": D("1000.01")}]
    row = update_invoice(invoice=draft, lines=rows, by=house.ae, at=NOW)
    row = house.checked(row)
    given = {"invoice": row, "by": house.finance, "at": NOW}
    assert "A change order comes first." in refusal(issue_invoice, **given).message
    house.signed("0.01", change=1, cost=D("0"))
    assert issue_invoice(**given).state == "issued"


def test_future_day_is_refused_and_a_past_one_is_not(house, draft):
    row = house.checked(draft)
    given = {"invoice": row, "by": house.finance, "at": NOW}
    assert refusal(issue_invoice, issued_on=date(YEAR, 11, 20), **given).field == "issued_on"
    assert issue_invoice(issued_on=date(YEAR, 10, 31), **given).due_on == date(YEAR, 11, 30)


def test_day_is_the_clients(house, draft):
    row = house.issued(draft, at=when(f"{YEAR}-11-30 00:00"))
    assert row.issued_on == date(YEAR, 11, 30)


def test_database_freezes_what_is_issued(house, draft):
    row = house.issued(draft)
    frozen(Invoice.objects.filter(pk=row.pk).update, net=D("1.00"), total=D("61.00"))
    frozen(Invoice.objects.filter(pk=row.pk).delete)
    frozen(row.lines.update, text="Something else")
    frozen(row.lines.all().delete)
    assert Invoice.objects.filter(pk=row.pk).update(fapiao_number="1", state="credited") == 1


def frozen(act, **values):
    with pytest.raises(IntegrityError), transaction.atomic():
        act(**values)


# --- third-party cost ---------------------------------------------------------------------------


def test_cost_goes_by_the_part_billed_and_ends_exact(house):
    house.signed("999.00", cost=D("100.00"))
    costs = [house.issued(house.part("333.00")).cost for _ in range(3)]
    assert costs == [D("33.33"), D("33.33"), D("33.34")]


def test_cost_of_media_is_what_the_owners_get(house):
    house.media({"unit_gross": D("1000")})
    assert house.issued().cost == D("850.00")


def test_fees_have_no_cost(house):
    make_contract(house.client, monthly_fee=D("20.00"), starts_on=date(YEAR, 11, 1))
    house.job = make_job(house.client, house.ae, kind="fee")
    row = house.issued()
    assert (row.number.split("/")[1], row.cost, row.net) == ("FI", D("0.00"), D("20.00"))


# --- credit notes -------------------------------------------------------------------------------


def credit(house, row, net="1000.00", **more):
    given = {"reason": REASON, "by": house.finance, "at": NOW, **more}
    return credit_invoice(invoice=row, amounts={row.lines.get().pk: D(net)}, **given)


def test_full_credit_ends_the_invoice(house, draft):
    row = house.issued(draft)
    note = credit(house, row)
    row.refresh_from_db()
    assert (row.state, row.credited, row.open_amount) == ("credited", D("-1060.00"), D("0.00"))
    assert (note.number.split("/")[1], note.total, note.document.kind) == (
        "CN", D("-1060.00"), "credit_note",
    )  # fmt: skip
    assert (billed_net(house.job, NOW), note.cost) == (0, D("-600.00"))
    assert Notification.objects.filter(key__contains=":credit", recipient=house.am).exists()


def test_partial_credit_lowers_what_is_open_and_can_be_billed_again(house, draft):
    row = house.issued(draft)
    note = credit(house, row, "100.00")
    row.refresh_from_db()
    assert (row.state, row.open_amount, note.cost) == ("issued", D("954.00"), D("-60.00"))
    assert propose(house.job, NOW)[0].rest == D("100.00")


def test_credits_come_in_parts_where_the_client_signed_for_less_since(house, draft):
    row = house.issued(draft)
    years.signed(house.job, "-200.00", NOW + HOUR, change=1)
    for net, left in (("50.00", "950.00"), ("150.00", "800.00")):
        credit(house, row, net, at=NOW + 2 * HOUR)
        assert billed_net(house.job, NOW + 2 * HOUR) == D(left)


def test_credits_in_parts_give_the_vat_back_to_the_cent(house):
    house.signed("99.99", cost=D("10.00"))
    row = house.issued()
    notes = [credit(house, row, "33.33") for _ in range(3)]
    assert sum(note.total for note in notes) == -row.total
    assert sum(note.cost for note in notes) == D("-10.00")
    assert Invoice.objects.get(pk=row.pk).state == "credited"


def test_last_credit_takes_the_cent_of_vat_and_the_books_add_up(house):
    house.signed("10.10")
    row = house.issued()
    notes = [credit(house, row, "5.05") for _ in range(2)]
    assert [note.vat for note in notes] == [D("-0.30"), D("-0.31")]
    assert list(invoice_faults()) == []


def test_credit_is_at_most_what_is_left(house, draft):
    row = house.issued(draft)
    credit(house, row, "900.00")
    error = refusal(credit, house=house, row=row, net="100.01")
    assert error.message == "Of this line 100.00 is left to credit."
    assert refusal(credit, house=house, row=row, net="0").message == "Please say what goes back."


def test_credit_needs_reason_finance_and_an_issued_invoice(house, draft):
    assert refusal(credit, house=house, row=draft).message.startswith("Not possible")
    row = house.issued(draft)
    assert refusal(credit, house=house, row=row, reason="no").field == "reason"
    with pytest.raises(PermissionDenied):
        credit(house, row, by=house.am)
    note = credit(house, row)
    assert "not credited itself" in refusal(credit, house=house, row=note).message


def test_credit_is_not_older_than_its_invoice(house, draft):
    row = house.issued(draft)
    error = refusal(credit, house=house, row=row, issued_on=date(YEAR, 11, 18))
    assert error.field == "issued_on"


# --- media owners -------------------------------------------------------------------------------


@pytest.fixture
def direct(house):
    house.owner = make_supplier("Star TV")
    house.media({"unit_gross": D("1000"), "supplier": house.owner}, billing="direct")
    return house


def recorded(house, net="1000.00", number="A-77", **more):
    given = {
        "job": house.job, "supplier": house.owner, "issued_on": TODAY, "vat_rate": D("0.06"),
        "month": date(YEAR, 11, 1), "by": house.finance, "at": NOW, "net": D(net),
        "number": number, "document": make_document(house.client, kind="media_invoice"), **more,
    }  # fmt: skip
    return record_media_owner_invoice(**given)


def test_owners_invoice_is_billed_and_no_receivable(direct):
    row = recorded(direct)
    assert (row.state, row.number, row.total, row.cost) == (
        "issued", "A-77", D("1060.00"), D("1000.00"),
    )  # fmt: skip
    assert billed_net(direct.job, NOW) == D("1000.00")
    assert not Invoice.objects.receivable().exists()
    assert [part.key.split(":")[0] for part in propose(direct.job, NOW)] == ["owed"]


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("number", {"number": " "}),
        ("net", {"net": "0"}),
        ("issued_on", {"issued_on": date(YEAR, 12, 1)}),
        ("due_on", {"due_on": date(YEAR, 1, 1)}),
    ],
)
def test_owners_invoice_is_whole(direct, field, more):
    assert refusal(recorded, house=direct, **more).field == field


def test_owners_invoice_is_recorded_once_and_within_the_plan(direct):
    assert "change order" in refusal(recorded, house=direct, net="1000.01").message
    recorded(direct, "400.00")
    assert refusal(recorded, house=direct, net="1.00").field == "number"
    paper = make_document(make_client(), kind="media_invoice")
    error = refusal(recorded, house=direct, net="1.00", number="B", document=paper)
    assert error.field == "document"


def test_owner_bills_only_where_the_plan_says_so(house):
    house.owner = make_supplier()
    house.media()
    assert "no media owner bills" in refusal(recorded, house=house).message


def test_commission_the_owner_owes_is_outside_the_budget(direct):
    row = direct.issued(direct.draft())
    assert (row.in_budget, row.supplier, row.number.split("/")[1]) == (False, direct.owner, "CI")
    assert (row.document.face, billed_net(direct.job, NOW)) == ("internal", 0)


def test_what_an_owner_owes_goes_to_no_client(direct):
    row = direct.checked(direct.draft())
    given = {"invoice": row, "by": direct.finance, "at": NOW, "contacts": [direct.contact]}
    assert refusal(issue_invoice, **given).field == "contacts"


def test_other_roles_issue_nothing(direct):
    with pytest.raises(PermissionDenied):
        recorded(direct, by=make_user(role="management"))
