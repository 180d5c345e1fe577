"""The production estimate as plain data, one function a face (domain.md 7).

The client's face is made from the client's columns alone: cost, markup, supplier, quotes and
internal notes are never read for it.
"""

from itertools import groupby

from archives.papers import person_of
from jobs.papers.common import header
from jobs.papers.signed import approvals, capitals_of, day_of, money, signatures
from jobs.sums import margin_rate, totals, unit_price
from jobs.wording import quantity_text, rate_text, unit_text

CLIENT_COLUMNS = ("position", "group", "text", "quantity", "unit", "price", "vat_rate",
                  "is_optional", "chosen")  # fmt: skip
TERMS = ("sign_first", "scope_changes", "invoice_at_delivery", "lapses")
OPTION_MARKS = "甲乙丙丁戊己庚辛壬癸"


def estimate_client(estimate, number, at):
    """What the client signs. Never unit cost, supplier, quotes, markup, margin, internal notes."""
    rows = list(estimate.lines.values_list(*CLIENT_COLUMNS, named=True))
    return {
        **_head(estimate, "client", number, at),
        **_prices(rows, estimate),
        "deliverables": [
            {"name": row.name, "quantity": row.quantity} for row in _deliverables(estimate)
        ],
        "note": estimate.note_client,
        "terms": [f"term_{key}" for key in TERMS],
        "signatures": signatures(estimate),
        "signer": person_of(estimate.sent_to) if estimate.sent_to else None,
    }


def estimate_internal(estimate, number, at):
    """For our side: cost, markup and margin by line, quotes, approvals."""
    rows = list(estimate.lines.select_related("supplier").prefetch_related("quotes__supplier"))
    sums = totals(rows, estimate.contingency_rate, estimate.vat_rate)
    return {
        **_head(estimate, "internal", number, at),
        "groups": _grouped([_inner_line(no, row) for no, row in _numbered(_chosen(rows))]),
        "options": [_inner_line(no, row) for no, row in _numbered(_optional(rows))],
        **_amounts(estimate, sums),
        "cost": money(estimate.cost),
        "margin": money(sums.margin),
        "margin_rate": rate_text(sums.margin_rate) if sums.margin_rate is not None else "–",
        "quotes": [_quote(no, row, quote) for no, row in _numbered(_chosen(rows))
                   for quote in row.quotes.all()],
        "quotes_reason": estimate.quotes_reason,
        "note_internal": estimate.note_internal,
        "submitted_by": person_of(estimate.submitted_by or estimate.author),
        "submitted_at": estimate.submitted_at,
        "approvals": approvals(estimate),
    }  # fmt: skip


def _head(estimate, face, number, at):
    job = estimate.job
    return {
        **header(job, face, author=job.ae, at=at, number=number, revision=estimate.revision),
        "paper": "change_order" if estimate.is_change_order else "production_estimate",
        "change": estimate.change,
        "brief_version": estimate.brief.version,
        "brief_on": day_of(job.client, estimate.brief.in_force_at),
        "valid_until": estimate.valid_until,
        "currency": estimate.currency,
        "replaces": [row.number for row in replaced_by(estimate)],
    }  # fmt: skip


def replaced_by(estimate):
    """What gives way when this one is signed: the base before it and its change orders."""
    former = [estimate.supersedes] if estimate.supersedes_id else []
    return former + list(estimate.includes.order_by("change"))


def _deliverables(estimate):
    return estimate.job.deliverables.filter(lines__estimate=estimate, lines__chosen=True).distinct()


def _prices(rows, estimate):
    """Lines by group with their prices; options apart (6.1)."""
    priced = [_outer_line(no, row) for no, row in _numbered(_chosen(rows))]
    return {
        "groups": _grouped(priced),
        "options": [_outer_line(no, row) for no, row in _marked(_optional(rows))],
        **_amounts(estimate, _sums_of_prices(rows, estimate)),
    }


def _sums_of_prices(rows, estimate):
    """Net and VAT by rate, from the prices alone."""
    return totals([_Price(row) for row in rows], estimate.contingency_rate, estimate.vat_rate)


class _Price:
    """A line without its cost: the client's sums are worked out of prices."""

    cost = 0

    def __init__(self, row):
        self.price, self.vat_rate, self.chosen = row.price, row.vat_rate, row.chosen


def _amounts(estimate, sums):
    return {
        "subtotal": money(estimate.subtotal),
        "contingency_rate": rate_text(estimate.contingency_rate),
        "contingency": money(estimate.contingency) if estimate.contingency_rate else "",
        "net": money(estimate.net),
        "vats": [
            {"rate": rate_text(rate), "net": money(net), "vat": money(vat)}
            for rate, net, vat in sums.by_rate
        ],
        "vat": money(estimate.vat),
        "total": money(estimate.total),
        "capitals": capitals_of(estimate),
    }


def _chosen(rows):
    return [row for row in rows if row.chosen]


def _optional(rows):
    return [row for row in rows if not row.chosen]


def _numbered(rows):
    return [(str(no), row) for no, row in enumerate(rows, start=1)]


def _marked(rows):
    """甲, 乙, … while they last, then numbers."""
    marks = list(OPTION_MARKS) + [str(no) for no in range(len(OPTION_MARKS) + 1, len(rows) + 1)]
    return list(zip(marks, rows, strict=False))


def _grouped(lines):
    """Lines that follow each other in the same group."""
    return [
        {"title": title, "lines": list(rows)}
        for title, rows in groupby(lines, key=lambda line: line["group"])
    ]


def _outer_line(no, row):
    each = unit_price(row.price, row.quantity)
    return {
        "no": no,
        "group": row.group,
        "text": row.text,
        "quantity": quantity_text(row.quantity),
        "unit": row.unit,
        "unit_price": "–" if each is None else money(each),
        "vat_rate": rate_text(row.vat_rate),
        "price": money(row.price),
    }


def _inner_line(no, row):
    share = margin_rate(row.price - row.cost, row.price)
    return {
        **_outer_line(no, row),
        "supplier": row.supplier.name if row.supplier else "",
        "unit_cost": unit_text(row.unit_cost),
        "markup": rate_text(row.markup_rate) if row.fixed_price is None else "",
        "fixed_price": unit_text(row.fixed_price),
        "cost": money(row.cost),
        "margin": money(row.price - row.cost),
        "margin_rate": "–" if share is None else rate_text(share),
    }


def _quote(no, row, quote):
    return {
        "no": no,
        "text": row.text,
        "supplier": quote.supplier.name,
        "on": quote.on,
        "amount": money(quote.amount),
        "chosen": quote.chosen,
    }
