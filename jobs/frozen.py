"""What an estimate says once it is submitted, as plain data, and its hash (3.6, Z10)."""

import hashlib
import json
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, TextField
from django.db.models.functions import Cast, JSONObject

from jobs.models import SupplierQuote

HEAD = ("number", "revision", "change", "currency", "contingency_rate", "vat_rate", "subtotal",
        "contingency", "net", "vat", "total", "cost", "note_client", "note_internal",
        "quotes_reason")  # fmt: skip
LINE = ("position", "group", "text", "quantity", "unit", "unit_cost", "markup_rate",
        "fixed_price", "vat_rate", "is_optional", "chosen", "cost", "price",
        "supplier_id")  # fmt: skip


def frozen_lines(estimate):
    """Its lines with their quotes, as they stand in the database."""
    quotes = SupplierQuote.objects.filter(line=OuterRef("pk"))
    said = JSONObject(
        supplier="supplier_id", amount=Cast("amount", TextField()), on="on", chosen="chosen"
    )
    rows = estimate.lines.select_related("deliverable")
    return list(rows.annotate(said=ArraySubquery(quotes.values(said=said))))


def frozen_data(estimate, lines):
    """Head, lines and quotes as they stand in the database; lines: of `frozen_lines`."""
    return {
        **{name: plain(getattr(estimate, name)) for name in HEAD},
        "job": estimate.job.number,
        "brief": estimate.brief.version,
        "lines": [_line(line) for line in lines],
    }


def hash_of(data):
    """SHA-256 of frozen data as sorted-key JSON."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _line(line):
    return {
        **{name: plain(getattr(line, name)) for name in LINE},
        "deliverable": line.deliverable.name if line.deliverable else "",
        "quotes": [
            [quote["supplier"], plain(Decimal(quote["amount"])), quote["on"], quote["chosen"]]
            for quote in line.said
        ],
    }


def plain(value):
    """The same text however many zeros the database gives back."""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
