"""A checked invoice goes back to draft; a media owner's credit note is the owner's paper (3.9)."""

from datetime import date
from decimal import Decimal as D

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agency.common.models import AuditEntry, Notification
from budgets.models import Invoice
from budgets.reports.signed import billed_net
from budgets.services.invoice import void_invoice
from budgets.services.invoice_check import return_invoice
from budgets.services.invoice_credit import credit_invoice
from budgets.services.invoice_owner import record_media_owner_invoice
from tests.archives.papers import PDF, make_document
from tests.budgets.desk_invoice import REASON, signed_house
from tests.builders import make_user
from tests.jobs.drafts import refusal
from tests.jobs.make import NOW, make_supplier
from tests.meetings.pages import send

pytestmark = pytest.mark.django_db
WHY = "The second line is wrong"


@pytest.fixture
def house():
    return signed_house()


def back(row, by, reason=WHY):
    return return_invoice(invoice=row, by=by, reason=reason, at=NOW)


def told(user):
    rows = Notification.objects.filter(recipient=user, kind="returned")
    return [row.label for row in rows]


def test_sent_back_with_a_reason_it_is_checked_anew(house):
    row = back(house.checked(), house.am)
    assert (row.state, row.checked_by, row.control_total) == ("draft", None, None)
    assert told(house.ae) == [f"Back in draft by {house.am}: {row.job.title}. {WHY}"]
    assert AuditEntry.objects.get(verb="return_invoice").changes["reason"] == WHY
    row = house.checked(row)
    assert (row.state, row.reason, row.checked_by) == ("checked", "", house.am)
    assert house.issued(back(row, house.finance)).state == "issued"


def test_its_author_takes_it_back_without_one(house):
    row = back(house.checked(), house.ae, "")
    assert (row.state, row.reason) == ("draft", "")
    assert len(told(house.am)) == 1
    assert AuditEntry.objects.filter(verb="withdraw_invoice").count() == 1


def test_who_else_may_send_it_back_and_when(house):
    row = house.checked()
    assert refusal(back, row=row, by=house.am, reason="no").field == "reason"
    with pytest.raises(PermissionDenied):
        back(row, make_user(role="ae"))
    void_invoice(invoice=row, reason=WHY, by=house.ae, at=NOW)
    assert refusal(back, row=row, by=house.am).message.startswith("Not possible")


def test_page_sends_it_back(house, sign_in):
    row = house.checked()
    page = sign_in(house.am)
    shown = page.get(row.get_absolute_url()).content.decode()
    address = reverse("budgets:invoice_return", args=[row.pk])
    assert address in shown
    send(page, address, reason=WHY)
    assert WHY in page.get(row.get_absolute_url()).content.decode()


# --- the owner's credit note --------------------------------------------------------------------


@pytest.fixture
def owned(house):
    """An owner's invoice of 1,000.00 under a plan that he bills himself."""
    owner, house.production = make_supplier("Star TV"), house.job
    house.media({"unit_gross": D("1000"), "supplier": owner}, billing="direct")
    return record_media_owner_invoice(
        job=house.job, supplier=owner, number="A-77", issued_on=NOW.date(), net=D("1000.00"),
        month=date(2026, 11, 1), vat_rate=D("0.06"), by=house.finance, at=NOW,
        document=make_document(house.client, kind="media_invoice"),
    )  # fmt: skip


def credit(house, row, number="A-78", **more):
    given = {
        "amounts": {row.lines.get().pk: D("100.00")}, "reason": REASON, "number": number, "at": NOW,
        "document": make_document(house.client, kind="credit_note"), "by": house.finance, **more,
    }  # fmt: skip
    return credit_invoice(invoice=row, **given)


def test_it_carries_his_number_and_draws_none_of_ours(house, owned):
    note = credit(house, owned)
    assert (note.number, note.total, note.issuer) == ("A-78", D("-106.00"), "media_owner")
    assert note.document.kind == "credit_note"
    assert billed_net(house.job, NOW) == D("900.00")
    house.job = house.production
    ours = credit(house, house.issued(), "", document=None)
    assert ours.number.split("/")[1:] == ["CN", "2026", "001"]


@pytest.mark.parametrize(
    ("field", "more"), [("number", {"number": " "}), ("number", {"number": "A-77"}),
                        ("file", {"document": None})],
)  # fmt: skip
def test_it_needs_his_number_and_his_paper(house, owned, field, more):
    assert refusal(credit, house=house, row=owned, **more).field == field
    assert Invoice.objects.filter(kind="credit").count() == 0


def test_page_takes_number_and_paper(house, owned, sign_in):
    page, address = sign_in(house.finance), reverse("budgets:invoice_credit", args=[owned.pk])
    line = f"line_{owned.lines.get().pk}"
    typed = {"reason": REASON, line: "250.00", "number": "A-79"}
    assert send(page, address, **typed).status_code == 422
    send(page, address, file=SimpleUploadedFile("a79.pdf", PDF), **typed)
    note = Invoice.objects.get(kind="credit")
    assert (note.number, note.net, note.document.title) == ("A-79", D("-250.00"), "Star TV A-79")
