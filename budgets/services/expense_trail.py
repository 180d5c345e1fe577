"""Notices and audit lines of expense requests: with a client, or of the house alone."""

from accounts.services.telling import key_of, stamp
from agency.common.services import notify
from agency.common.services.record import record as record_of
from agency.common.wording import money_text
from budgets.models import ExpenseKind


class House:
    """In the place of a client where a request has none."""

    code = ""


def record(row, verb, *, by, at, behalf_of=None, **facts):
    record_of(row, verb, by=by, at=at, client=row.client or House, behalf_of=behalf_of, **facts)


def tell(row, people, label, at, slot):
    """Tell people of ours; each state of the request once."""
    notify(
        key=key_of("expense", row, slot, stamp(at)), recipients=list(people), kind="expense",
        subject=row, label=label, path=row.get_absolute_url(),
        client_code=row.client.code if row.client else "",
        zone=row.client.timezone if row.client else None, at=at,
    )  # fmt: skip


def named(row):
    """What a notice says of the request: kind, amount, author."""
    what = Named(row.kind, money_text(row.counts))
    return {"expense": what, "name": row.author}


class Named:
    """“Transport ¥300.00” in the language of who reads it."""

    def __init__(self, kind, amount):
        self.kind, self.amount = kind, amount

    def __str__(self):
        return f"{ExpenseKind(self.kind).label} {self.amount}"
