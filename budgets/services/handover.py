"""Open duties in budgets move to a successor (R92)."""

from collections import Counter

from django.utils.translation import gettext as _

from accounts.models import Client
from agency.common.errors import Refused
from agency.common.money import NOTHING
from agency.common.verbs import save, verb
from budgets.models import ExpenseRequest, Invoice, MediaPlan, Opportunity
from budgets.services.expense import tell_deciders
from budgets.services.expense_room import over_by
from budgets.services.expense_trail import record
from budgets.services.expense_who import level_of
from jobs.services.handover import counted, moved

UNSPENT = (
    ExpenseRequest.State.DRAFT,
    ExpenseRequest.State.REQUESTED,
    ExpenseRequest.State.APPROVED,
)


def _duties(user):
    """(rows, field, path to the client) of what waits for the person."""
    drafts = MediaPlan.objects.filter(state=MediaPlan.State.DRAFT, author=user)
    yield drafts, None, "job__client"
    yield Invoice.objects.filter(state=Invoice.State.DRAFT, author=user), None, "client"
    yield Opportunity.objects.alive().filter(owner=user), "owner", "client"


def _expenses(user):
    """What the person asked for, with or without a client, and has not spent."""
    return ExpenseRequest.objects.filter(author=user, state__in=UNSPENT)


def open_duties(user):
    """{client or None: how many duties of the person are open there}."""
    found = counted(_duties(user))
    asked = Counter(_expenses(user).order_by().values_list("client", flat=True))
    clients = {None: None, **Client.objects.in_bulk([key for key in asked if key])}
    for key, count in asked.items():
        found[clients[key]] = found.get(clients[key], 0) + count
    return found


@verb
def reassign(*, old, new, client, by, at):
    """Hand over what is open in budgets; `new` None: only count. Returns how many.

    A draft media plan or invoice keeps its author for ever (authors neither approve nor check);
    the successor finds it on the job. A request for money becomes the successor's: he spends it
    and brings the receipt.
    """
    expenses = list(_expenses(old).filter(client=client).select_for_update(of=("self",)))
    for row in expenses if new is not None else ():
        _hand_on(row, old, new, by, at)
    duties = _duties(old) if client is not None else ()
    return len(expenses) + moved(duties, old, new, client, by, at)


def _hand_on(row, old, new, by, at):
    """What waits for a decision goes to whoever decides for the successor."""
    if row.decided_by_id == new.pk:
        raise Refused(
            _("%(name)s decided %(expense)s: please name another successor.")
            % {"name": new, "expense": row},
            "heir",
        )
    row.author = new
    if row.state == ExpenseRequest.State.REQUESTED:
        row.level = level_of(row, over_by(row) > NOTHING, at)
        tell_deciders(row, at)
    save(row, "author", "level")
    record(row, "handed_over", by=by, at=at, author=[old, new])
