"""What the papers of all signed papers share: amounts, dates, who approved (domain.md 7)."""

from agency.common.money import capitals
from archives.papers import client_day, person_of
from jobs.wording import signed


def money(amount):
    """With thousands and a true minus; two places."""
    return signed(amount, f"{abs(amount):,.2f}")


def capitals_of(paper):
    """The total in Chinese capitals, where the currency has them."""
    return capitals(paper.total) if paper.currency == "CNY" else ""


def day_of(client, instant):
    return client_day(client, instant) if instant else None


def signatures(paper):
    """Who approved it in our house, as the client's face names them."""
    return [_signature(row) for row in _approvals(paper)]


def approvals(paper):
    """Every decision with its reason and control total, for our side."""
    return [_approval(row) for row in _approvals(paper)]


def _approvals(paper):
    rows = paper.approvals.exclude(step="client").select_related("by", "behalf_of")
    return list(rows.order_by("at", "pk"))


def _signature(row):
    return {"step": f"step_{row.step}", "who": person_of(row.by), "at": row.at}


def _approval(row):
    return {
        **_signature(row),
        "behalf_of": person_of(row.behalf_of) if row.behalf_of else None,
        "decision": row.decision,
        "reason": row.reason,
        "control_total": money(row.control_total) if row.control_total is not None else "",
    }
