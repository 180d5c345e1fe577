"""The start order and the outgoing check as plain data; both are internal papers (7)."""

from archives.papers import person_of
from jobs.papers.common import header


def start_order(order, number, at):
    return {
        **header(order.job, "internal", author=order.given_by, at=at, number=number),
        "department": order.department,
        "supplier": order.supplier.name if order.supplier else "",
        "order_kind": order.kind,
        "text": order.text,
        "due_on": order.due_on,
        "brief_version": order.brief.version,
        "to": person_of(order.to) if order.to else None,
    }
