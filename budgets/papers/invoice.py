"""Invoices and credit notes as plain data (domain.md 7): what the payer reads, and no cost."""

from collections import defaultdict

from accounts.models import AgencySettings
from agency.common.money import capitals, vat
from budgets.models import Invoice
from budgets.models.budget import ZERO
from jobs.papers.common import header
from jobs.papers.estimate import money
from jobs.wording import quantity_text, rate_text, unit_text

Kind = Invoice.Kind
LABELS = {
    Kind.PRODUCTION: "production_invoice", Kind.MEDIA: "media_invoice",
    Kind.COMMISSION: "commission_invoice", Kind.FEE: "fee_invoice", Kind.CREDIT: "credit_note",
}  # fmt: skip
COLUMNS = ("text", "quantity", "unit_price", "net", "vat_rate")


def invoice_paper(invoice, at):
    """Never cost, supplier, markup: of the lines only what is billed."""
    job, house = invoice.job, AgencySettings.load()
    return {
        **header(job, "client", author=job.ae, at=at, number=invoice.number),
        "paper": LABELS[invoice.kind],
        "is_credit": invoice.kind == Kind.CREDIT,
        "payer": _payer(invoice),
        "issued_on": invoice.issued_on,
        "due_on": invoice.due_on,
        "currency": invoice.currency,
        "po_number": invoice.po_number,
        "fapiao_number": invoice.fapiao_number,
        "signed_papers": signed_papers(invoice),
        "credit_of": invoice.credits.number if invoice.credits_id else "",
        "reason": invoice.reason,
        "lines": [
            _line(place, row)
            for place, row in enumerate(invoice.lines.values_list(*COLUMNS, named=True), start=1)
        ],
        **_sums(invoice),
        "note": invoice.note_client,
        "bank": house.bank,
        "tax_number": house.tax_number,
    }


def _payer(invoice):
    """The client, or the media owner who owes the commission."""
    if not invoice.in_budget and invoice.supplier_id:
        return {"name": invoice.supplier.name, "name_en": ""}
    return {"name": invoice.client.name, "name_en": invoice.client.name_en}


def signed_papers(invoice):
    """Numbers of what the client has signed and is billed here."""
    if invoice.contract_id:
        return [invoice.contract.number]
    if invoice.plan_id:
        return [str(invoice.plan)]
    lines = invoice.lines.select_related("estimate_line__estimate", "contingency_of")
    papers = [
        line.contingency_of or (line.estimate_line and line.estimate_line.estimate)
        for line in lines
    ]
    return list(dict.fromkeys(str(paper) for paper in [invoice.estimate, *papers] if paper))


def _line(place, row):
    return {
        "no": f"{place}",
        "text": row.text,
        "quantity": quantity_text(row.quantity),
        "unit_price": "–" if row.unit_price is None else unit_text(row.unit_price),
        "vat_rate": rate_text(row.vat_rate),
        "net": money(row.net),
    }


def _sums(invoice):
    """Net, VAT by rate and total. A lone rate bears the VAT that the paper has in all."""
    nets = defaultdict(lambda: ZERO)
    for line in invoice.lines.all():
        nets[line.vat_rate] += line.net
    taxes = {rate: vat({rate: net}) for rate, net in nets.items()}
    if taxes:
        last = max(taxes)
        taxes[last] += invoice.vat - sum(taxes.values(), ZERO)
    return {
        "net": money(invoice.net),
        "vats": [
            {"rate": rate_text(rate), "net": money(nets[rate]), "vat": money(taxes[rate])}
            for rate in sorted(nets)
        ],
        "total": money(invoice.total),
        "capitals": capitals(invoice.total) if invoice.currency == "CNY" else "",
    }
