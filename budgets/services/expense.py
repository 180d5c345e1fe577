"""Expense requests (费用申请): asked for, decided by the next rank, taken back (R86, 3.14)."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Client
from accounts.models.scope import local_day
from accounts.permissions import require
from accounts.services.telling import words
from agency.common.errors import Refused
from agency.common.money import NOTHING, cents
from agency.common.services.record import once
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, lock, save, verb
from budgets.models import ExpenseKind, ExpenseRequest
from budgets.papers.expense import file_expense
from budgets.services.expense_room import lock_month, over_by
from budgets.services.expense_trail import named, record, tell
from budgets.services.expense_who import deciders, level_of
from jobs.sums import MOST

State = ExpenseRequest.State
ASKS, DECIDES = "budgets.request_expense", "budgets.decide_expense"
FACTS = ("kind", "client", "opportunity", "on", "amount", "purpose", "people", "is_afterwards")
STEPS = {2: "am", 3: "ad", 4: "gad", 5: "management"}


@verb
def create_expense(*, by, at, form_key=None, **values):
    """Begin a request; a claim for money spent already is asked for at once, one rank higher."""
    behalf = require(by, ASKS, values.get("client"), at, own=True)
    row = ExpenseRequest(
        author=by, form_key=form_key, created_by=by, created_at=at, **_known(values)
    )
    check_facts(row)
    row, is_new = once(row)
    if not is_new:
        return row
    record(row, "create_expense", by=by, at=at, behalf_of=behalf, amount=row.amount)
    return _ask(row, by, at, behalf) if row.is_afterwards else row


def _known(values):
    return {name: value for name, value in values.items() if name in FACTS}


def check_facts(row):
    """Refused where the request does not say what it must."""
    if row.opportunity and row.client is None:
        row.client = row.opportunity.client
    if row.amount is None or not NOTHING < row.amount <= MOST:
        raise Refused(_("Please enter an amount above zero."), "amount")
    row.amount = cents(row.amount)
    if not row.purpose.strip():
        raise Refused(_("Please say what the money is for."), "purpose")
    if row.kind == ExpenseKind.ENTERTAINMENT and not row.people.strip():
        raise Refused(_("Please name who is entertained."), "people")
    if row.opportunity and row.opportunity.client_id != row.client_id:
        raise Refused(_("This opportunity belongs to another client."), "opportunity")
    if row.client and row.client.status == Client.Status.CLOSED:
        raise Refused(_("This client is closed."), "client")


@verb
def update_expense(*, expense, by, at, row_version=None, **values):
    """Change a draft; said to be spent already, it is asked for at once."""
    row, behalf = own(expense, by, at, row_version, State.DRAFT)
    changes = {}
    for name, value in _known(values).items():
        if getattr(row, name) != value:
            changes[name] = [getattr(row, name), value]
            setattr(row, name, value)
    check_facts(row)
    save(row)
    record(row, "update_expense", by=by, at=at, behalf_of=behalf, **changes)
    return _ask(row, by, at, behalf) if row.is_afterwards else row


@verb
def request_expense(*, expense, by, at, row_version=None):
    """Hand a draft in: the next rank is told, the one above where the month's budget is used up."""
    row, behalf = own(expense, by, at, row_version, State.DRAFT)
    return _ask(row, by, at, behalf)


def own(expense, by, at, row_version, *states):
    """The author's own request, locked; nobody else does anything with it."""
    lock_month(expense)
    row = lock(expense)
    if by is None or row.author_id != by.pk:
        raise PermissionDenied(ASKS)
    behalf = require(by, ASKS, row.client, at, own=True)
    check_version(row, row_version)
    check_state(row, *states)
    return row, behalf


def _ask(row, by, at, behalf):
    _check_day(row, local_day(at))
    lock_month(row)
    row.state, row.requested_at = State.REQUESTED, at
    row.level = level_of(row, over_by(row) > NOTHING, at)
    save(row)
    tell_deciders(row, at)
    record(row, "request_expense", by=by, at=at, behalf_of=behalf, step=STEPS[row.level])
    return row


def _check_day(row, today):
    if row.is_afterwards and row.on > today:
        raise Refused(_("Money spent afterwards was spent on a day that is past."), "on")
    if not row.is_afterwards and row.on < today:
        raise Refused(_("This day is past: please claim the money as spent already."), "on")


def tell_deciders(row, at):
    label = words(gettext_lazy("To decide: %(expense)s by %(name)s"), **named(row))
    tell(row, deciders(row, row.level, at), label, at, "asked")


@verb
def approve_expense(*, expense, by, at, reason="", row_version=None):
    """The next rank says yes; over the month's budget only the one above, and with a reason.

    The request gets its number and its paper; was the money spent already, with more than was
    approved, it counts as spent now.
    """
    row, behalf, over = _decided(expense, by, at, row_version, is_yes=True)
    row.reason = check_reason(reason) if over else reason.strip()
    row.state = State.APPROVED if row.spent is None else State.SPENT
    file_expense(row, by=by, at=at)
    return _settle(row, "approve_expense", by, at, behalf, over=over)


@verb
def refuse_expense(*, expense, reason, by, at, row_version=None):
    """Say no, and why."""
    row, behalf, _over = _decided(expense, by, at, row_version)
    row.reason, row.state = check_reason(reason), State.REFUSED
    return _settle(row, "refuse_expense", by, at, behalf, reason=row.reason)


def _decided(expense, by, at, row_version, is_yes=False):
    """(the row locked with its decider, for whom he acts, by how much it goes over)."""
    lock_month(expense)
    row = lock(expense)
    check_version(row, row_version)
    check_state(row, State.REQUESTED)
    over = over_by(row)
    behalf = _require_decider(row, by, at, over > NOTHING, is_yes)
    row.level = level_of(row, over > NOTHING, at)
    row.decided_by, row.decided_at = by, at
    return row, behalf, over


def _require_decider(row, by, at, is_over, is_yes):
    """Whom he acts for; 403 unless the decision is the person's.

    What goes over the month's budget is the next rank's to allow. Who would decide without that
    hears so, and may still refuse.
    """
    people = deciders(row, level_of(row, is_over, at), at)
    lower = deciders(row, level_of(row, False, at), at) if is_over else people
    if is_yes and by in lower and by not in people:
        raise Refused(_("This goes over the month's budget: the next rank decides it."))
    allowed = people if is_yes else {**lower, **people}
    if by not in allowed:
        raise PermissionDenied(DECIDES)
    return allowed[by]


def _settle(row, verb_name, by, at, behalf, **facts):
    save(row)
    label = words(gettext_lazy("%(state)s by %(decider)s: %(expense)s"),
                  state=State(row.state).label, decider=by, **named(row))  # fmt: skip
    tell(row, [row.author], label, at, "decided")
    record(row, verb_name, by=by, at=at, behalf_of=behalf, **facts)
    relevel(row.kind, row.on, at, but=row)
    return row


def relevel(kind, day, at, but=None):
    """The month has more room, or less: requests that wait go to whom they belong now."""
    waiting = ExpenseRequest.objects.of_month(day.year, day.month).asked().filter(kind=kind)
    waiting = waiting.exclude(pk=but.pk) if but else waiting
    for row in waiting.select_related("client__group__head", "author").order_by("pk"):
        level = level_of(row, over_by(row) > NOTHING, at)
        if level != row.level:
            row.level = level
            row.save(update_fields=["level"])
            tell_deciders(row, at)


@verb
def cancel_expense(*, expense, by, at, row_version=None):
    """The author takes it back before anything is spent."""
    row, behalf = own(expense, by, at, row_version, State.DRAFT, State.REQUESTED, State.APPROVED)
    if row.spent is not None:
        raise Refused(_("The money is spent: this cannot be taken back."))
    row.state, row.level = State.CANCELLED, None
    save(row)
    record(row, "cancel_expense", by=by, at=at, behalf_of=behalf)
    relevel(row.kind, row.on, at, but=row)
    return row
