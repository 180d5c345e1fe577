"""What the department may spend in a month on a kind: the AM proposes, the AD sets it (R86)."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models.scope import local_day
from accounts.permissions import require
from accounts.services.telling import posts, stamp, words
from agency.common.errors import Refused
from agency.common.money import NOTHING, cents
from agency.common.services import notify
from agency.common.services.audit import audit
from agency.common.verbs import check_version, lock, save, verb
from budgets.models import ExpenseBudget, ExpenseKind
from budgets.services.expense import relevel
from budgets.services.expense_who import served_by
from budgets.years import MONTHS
from jobs.sums import MOST

SETS, PROPOSES = "budgets.set_expense_budget", "budgets.propose_expense_budget"


@verb
def set_expense_budget(*, year, month, kind, amount, by, at, row_version=None):
    """Set what may be spent in the month on the kind; requests that wait go to the right rank."""
    require(by, SETS, None, at)
    row = _row(year, month, kind, by, at, row_version)
    old, row.amount, row.set_by = row.amount, check_allowance(amount), by
    row.proposed = row.proposed_by = None
    save(row)
    if old != row.amount:
        _note(row, "set_expense_budget", by, at, amount=[old, row.amount])
        relevel(kind, date(year, month, 1), at)
    return row


@verb
def propose_expense_budget(*, year, month, kind, amount, by, at, row_version=None):
    """What the AM thinks is needed; it allows nothing until the AD has set it."""
    require(by, PROPOSES, None, at)
    row = _row(year, month, kind, by, at, row_version)
    old, row.proposed, row.proposed_by = row.proposed, check_allowance(amount), by
    save(row)
    if old != row.proposed:
        _note(row, "propose_expense_budget", by, at, proposed=[old, row.proposed])
    return row


def _row(year, month, kind, by, at, row_version):
    """The month's row of the kind, locked."""
    if kind not in ExpenseKind.values or not 1 <= month <= MONTHS:
        raise Refused(_("There is no such budget."), "kind")
    row, is_new = ExpenseBudget.objects.get_or_create(
        year=year, month=month, kind=kind, defaults={"created_by": by, "created_at": at}
    )
    row = lock(row)
    if not is_new:
        check_version(row, row_version)
    return row


def _note(row, done, by, at, **changes):
    audit(actor=by, verb=done, subject=row, client_code="", changes=changes, at=at)


def check_allowance(amount):
    if amount is None or not NOTHING <= amount <= MOST:
        raise Refused(_("Please enter an amount of money, zero or more."), "amount")
    return cents(amount)


@verb
def set_month(month, amounts, *, by, at):
    """All amounts of the form, or none; who proposed some hears of it."""
    proposers = {
        row.proposed_by
        for row in ExpenseBudget.objects.filter(year=month.year, month=month.month)
        if row.proposed_by_id and row.kind in [kind for kind, _amount, _version in amounts]
    }
    rows = _each(set_expense_budget, month, amounts, by, at)
    text = gettext_lazy("Expense budget of %(month)s set by %(name)s")
    _tell(rows, proposers - {by}, text, month, by, at)
    return rows


@verb
def propose_month(month, amounts, *, by, at):
    """All amounts proposed, or none; the directors of the person's clients hear of it."""
    rows = _each(propose_expense_budget, month, amounts, by, at)
    clients = served_by(by, local_day(at))
    people = {user for client in clients for user in posts(client, ["ad"], at)} - {by}
    text = gettext_lazy("Expense budget of %(month)s proposed by %(name)s: to be set")
    _tell(rows, people, text, month, by, at)
    return rows


def _each(change, month, amounts, by, at):
    return [
        change(
            year=month.year, month=month.month, kind=kind, amount=amount, by=by, at=at,
            row_version=row_version,
        )
        for kind, amount, row_version in amounts
    ]  # fmt: skip


def _tell(rows, people, text, month, by, at):
    if not rows or not people:
        return
    notify(
        key=f"expense_budget:{month:%Y-%m}:{stamp(at)}", recipients=list(people),
        kind="expense", subject=rows[0], label=words(text, month=f"{month:%Y-%m}", name=by),
        path=f"{reverse('budgets:expense_budget')}?month={month:%Y-%m}", at=at,
    )  # fmt: skip
