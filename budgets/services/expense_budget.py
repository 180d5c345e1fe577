"""What the department may spend in a month on a kind: set by the AD (R86)."""

from datetime import date

from django.utils.translation import gettext as _

from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.money import NOTHING, cents
from agency.common.services.audit import audit
from agency.common.verbs import check_version, lock, save, verb
from budgets.models import ExpenseBudget, ExpenseKind
from budgets.services.expense import relevel
from budgets.years import MONTHS
from jobs.sums import MOST


@verb
def set_expense_budget(*, year, month, kind, amount, by, at, row_version=None):
    """Set what may be spent in the month on the kind; requests that wait go to the right rank."""
    require(by, "budgets.set_expense_budget", None, at)
    amount = check_allowance(amount)
    if kind not in ExpenseKind.values or not 1 <= month <= MONTHS:
        raise Refused(_("There is no such budget."), "kind")
    row, is_new = ExpenseBudget.objects.get_or_create(
        year=year, month=month, kind=kind,
        defaults={"amount": amount, "set_by": by, "created_by": by, "created_at": at},
    )  # fmt: skip
    old = None if is_new else row.amount
    if not is_new:
        row = lock(row)
        check_version(row, row_version)
        old, row.amount, row.set_by = row.amount, amount, by
        save(row)
    if old != amount:
        audit(
            actor=by, verb="set_expense_budget", subject=row, client_code="",
            changes={"amount": [old, amount]}, at=at,
        )  # fmt: skip
        relevel(kind, date(year, month, 1), at)
    return row


def check_allowance(amount):
    if amount is None or not NOTHING <= amount <= MOST:
        raise Refused(_("Please enter an amount of money, zero or more."), "amount")
    return cents(amount)


@verb
def set_month(month, amounts, *, by, at):
    """All amounts of the form, or none."""
    for kind, amount, row_version in amounts:
        set_expense_budget(
            year=month.year, month=month.month, kind=kind, amount=amount, by=by, at=at,
            row_version=row_version,
        )  # fmt: skip
