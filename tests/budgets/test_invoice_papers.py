"""Invoices and credit notes, read back from the very PDF; no cost on them (7)."""

from decimal import Decimal as D

import pytest

from accounts.models import AgencySettings
from agency.common.pdf import text_of
from archives.storage import read_file
from budgets.papers.invoice import invoice_paper
from budgets.services.invoice_credit import credit_invoice
from tests.budgets.desk_invoice import REASON, House
from tests.builders import make_contract
from tests.jobs.make import NOW, make_job, make_supplier
from tests.pdfs import squeezed

pytestmark = [pytest.mark.django_db, pytest.mark.papers]


@pytest.fixture
def house():
    house = House(paper_language="both")
    row = AgencySettings.load()
    row.bank, row.tax_number = "招商银行上海分行 1219 0000 8888", "91310000MA1FL0000X"
    row.save()
    return house


def read(row):
    return text_of(read_file(row.document.sha256))


def test_paper_holds_what_the_payer_needs(house):
    estimate = house.signed(cost=D("613.77"))
    row = house.issued(house.draft())
    text = read(row)
    for words in (
        row.number, estimate.number, house.job.number, "1,000.00", "1,060.00", "壹仟零陆拾元整",
        "1219 0000 8888", "91310000MA1FL0000X", "2026-12-19", "制作费发票通知",
    ):  # fmt: skip
        assert squeezed(words) in squeezed(text)
    assert "613.77" not in text


def test_credit_note_names_its_invoice_and_the_reason(house):
    house.signed()
    row = house.issued()
    amounts = {row.lines.get().pk: D("100.00")}
    note = credit_invoice(invoice=row, amounts=amounts, reason=REASON, by=house.finance, at=NOW)
    text = squeezed(read(note))
    for words in (note.number, row.number, REASON, "−106.00", "负壹佰零陆元整", "红字发票通知"):
        assert squeezed(words) in text


def test_media_paper_names_no_commission_inside(house):
    house.media({"unit_gross": D("1000"), "supplier": make_supplier("Geheim Media")})
    text = read(house.issued())
    assert "150.00" not in text
    assert "Geheim Media" not in text
    assert "媒介费用发票通知" in squeezed(text)


def test_commission_an_owner_owes_is_billed_to_him(house):
    owner = make_supplier("Star TV")
    house.media({"unit_gross": D("1000"), "supplier": owner}, billing="direct")
    row = house.issued()
    assert invoice_paper(row, NOW)["payer"] == {"name": "Star TV", "name_en": ""}
    assert "佣金发票通知" in squeezed(read(row))


def test_fee_names_the_contract(house):
    contract = make_contract(house.client, monthly_fee=D("20000.00"))
    house.job = make_job(house.client, house.ae, kind="fee")
    row = house.issued()
    text = squeezed(read(row))
    assert squeezed(contract.number) in text
    assert "月费发票通知" in text


def test_vats_of_the_paper_add_up_to_the_invoice(house):
    house.signed("99.99")
    row = house.issued()
    notes = []
    for _part in range(3):
        given = {"reason": REASON, "by": house.finance, "at": NOW}
        amounts = {row.lines.get().pk: D("33.33")}
        row.refresh_from_db()
        notes.append(credit_invoice(invoice=row, amounts=amounts, **given))
    for one in (row, *notes):
        (vat,) = invoice_paper(one, NOW)["vats"]
        assert D(vat["vat"].replace("−", "-")) == one.vat


def test_english_paper_speaks_english():
    house = House(paper_language="en")
    house.signed()
    text = read(house.issued())
    assert "Production Invoice" in text
    assert "Payable until" in text
