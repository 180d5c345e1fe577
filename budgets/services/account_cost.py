"""What a client costs the house in a month, entered by finance (6.7)."""

from django.utils.translation import gettext as _

from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.verbs import check_version, lock, save, verb
from agency.common.wording import sum_text
from budgets.models import AccountCost

# Finance alone: those who issue invoices (4.2).
RIGHT = "budgets.issue_invoice"


@verb
def create_account_cost(*, client, month, kind, amount, by, at):
    """The first figure of a month; a second one is a change of it, not another row."""
    client = lock(client)
    behalf = require(by, RIGHT, client, at)
    _check(amount)
    month = month.replace(day=1)
    if AccountCost.objects.filter(client=client, month=month, kind=kind).exists():
        raise Refused(_("This month has a figure already: please change that one."), "month")
    row = AccountCost.objects.create(
        client=client, month=month, kind=kind, amount=amount, entered_by=by, created_by=by,
        created_at=at,
    )  # fmt: skip
    _record(row, "create_account_cost", by, at, behalf, [None, amount])
    return row


@verb
def update_account_cost(*, account_cost, amount, by, at, row_version=None):
    """Another figure for the same month; the trail keeps the former one."""
    row = lock(account_cost)
    behalf = require(by, RIGHT, row.client, at)
    check_version(row, row_version)
    _check(amount)
    before, row.amount, row.entered_by = row.amount, amount, by
    save(row)
    _record(row, "update_account_cost", by, at, behalf, [before, amount])
    return row


@verb
def save_month(*, month, cells, by, at):
    """Write the sheet of a month, all of it or nothing; how many figures are new or changed.

    cells: [(client, kind, amount, row_version)]; an empty amount leaves the cell as it is.
    """
    require(by, RIGHT, None, at)
    month, count = month.replace(day=1), 0
    known = {(row.client_id, row.kind): row for row in AccountCost.objects.filter(month=month)}
    for client, kind, amount, row_version in cells:
        row = known.get((client.pk, kind))
        if amount is None or (row and row.amount == amount):
            continue
        count += 1
        if row is None:
            create_account_cost(client=client, month=month, kind=kind, amount=amount, by=by, at=at)
        else:
            update_account_cost(
                account_cost=row, amount=amount, by=by, at=at, row_version=row_version or 0
            )
    return count


def _check(amount):
    if amount < 0:
        raise Refused(_("A cost is at least 0."), "amount")


def _record(row, name, by, at, behalf, amounts):
    record(
        row, name, by=by, at=at, client=row.client, behalf_of=behalf, month=f"{row.month:%Y-%m}",
        kind=row.kind, amount=[amount and sum_text(amount) for amount in amounts],
    )  # fmt: skip
