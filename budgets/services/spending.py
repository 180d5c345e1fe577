"""Money of a request is spent, with its receipt, and booked by finance (3.14)."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.services.telling import words
from agency.common.errors import Refused
from agency.common.money import NOTHING, cents
from agency.common.verbs import check_state, check_version, lock, save, verb
from archives.kinds import Kind
from archives.models import Document
from archives.services import file_upload
from budgets.constants import SPENT_OVER
from budgets.models import ExpenseRequest
from budgets.services.expense import STEPS, own, relevel, tell_deciders
from budgets.services.expense_room import over_by
from budgets.services.expense_trail import named, record, tell
from budgets.services.expense_who import level_of
from jobs.sums import MOST

State = ExpenseRequest.State


def spend_expense(*, expense, spent, upload, on, by, at, row_version=None, form_key=None):
    """File the receipt and enter what was spent: both or neither."""
    return file_upload(
        client=expense.client, kind=Kind.EXPENSE_RECEIPT, upload=upload, dated_on=on,
        title=_receipt_title(expense), face=Document.Face.INTERNAL, form_key=form_key, by=by, at=at,
        then=lambda paper: enter_receipt(
            expense=expense, spent=spent, receipt=paper, by=by, at=at, row_version=row_version
        ),
    )  # fmt: skip


def _receipt_title(expense):
    return _("Receipt for %(number)s") % {"number": expense.number or expense.get_kind_display()}


@verb
def enter_receipt(*, expense, spent, receipt, by, at, row_version=None):
    """What was spent, to the cent. Up to a tenth more than approved is spent; above that the next
    rank decides once more."""
    row, behalf = own(expense, by, at, row_version, State.APPROVED)
    if spent is None or not NOTHING < spent <= MOST:
        raise Refused(_("Please enter an amount above zero."), "spent")
    row.spent, row.receipt = cents(spent), receipt
    row.state = State.SPENT
    if row.spent > row.amount * SPENT_OVER:
        row.state, row.requested_at = State.REQUESTED, at
        row.level = level_of(row, over_by(row) > NOTHING, at)
    save(row)
    record(row, "spend_expense", by=by, at=at, behalf_of=behalf, spent=row.spent,
           step=STEPS[row.level])  # fmt: skip
    _tell(row, at)
    relevel(row.kind, row.on, at, but=row)
    return row


def _tell(row, at):
    if row.state == State.REQUESTED:
        return tell_deciders(row, at)
    label = words(gettext_lazy("To book: %(expense)s by %(name)s"), **named(row))
    finance = User.objects.active().filter(role=User.Role.FINANCE)
    return tell(row, finance, label, at, "spent")


@verb
def book_expense(*, expense, by, at, row_version=None):
    """Finance has it in the books: nothing changes any more (4.2)."""
    row = lock(expense)
    if by is None or by.role != User.Role.FINANCE or not by.is_active:
        raise PermissionDenied("budgets.book_expense")
    check_version(row, row_version)
    check_state(row, State.SPENT)
    row.state, row.booked_by, row.booked_at = State.BOOKED, by, at
    save(row)
    record(row, "book_expense", by=by, at=at, spent=row.spent)
    return row
