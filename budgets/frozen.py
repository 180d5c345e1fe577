"""What a media plan says once it is submitted, as plain data (3.8, Z10)."""

from jobs.frozen import plain

HEAD = ("number", "revision", "title", "currency", "mode", "billing", "commission_rate",
        "service_fee_rate", "vat_rate", "gross", "media_price", "commission", "service_fee",
        "client_net", "vat", "total", "note_client", "note_internal")  # fmt: skip
# What is agreed of a line; what became of it afterwards (booked, run, made good) is not.
LINE = ("position", "medium", "vehicle", "supplier_id", "market", "spec", "runs", "unit_gross",
        "discount_rate", "fixed_price", "bonus_runs", "gross", "media_price", "commission",
        "service_fee")  # fmt: skip


def frozen_plan(plan, lines):
    """Head and lines as they stand in the database."""
    return {
        **{name: plain(getattr(plan, name)) for name in HEAD},
        "job": plan.job.number,
        "brief": plan.brief.version if plan.brief else "",
        "lines": [_line(line) for line in lines],
    }


def _line(line):
    return {
        **{name: plain(getattr(line, name)) for name in LINE},
        "thread": str(line.thread),
        "month": f"{line.month}",
    }
