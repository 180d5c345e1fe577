"""What waits for a person in money owed: clients to be reminded (R87)."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.awaiting import Source
from budgets.constants import DUNNING_STEPS
from budgets.models import Dunning, Invoice

AGAIN = timedelta(days=DUNNING_STEPS[1])


def to_remind(mine, _at):
    """For the manager: overdue as long as his step says, nothing said since, nothing promised."""
    since = mine.today - AGAIN
    said = Dunning.objects.filter(invoice=OuterRef("pk"))
    said = said.filter(Q(on__gt=since) | Q(promise_on__gte=mine.today))
    rows = Invoice.objects.receivable().exclude(kind=Invoice.Kind.CREDIT)
    return rows.filter(mine.in_post("am"), ~Exists(said), due_on__lte=since)


SOURCES = (
    Source(
        "dunning", to_remind, group=_("Receivables"),
        sentence=_("Overdue, to be asked for: %(number)s %(title)s"), button=_("Remind"),
        url="budgets:dunning_create", title="job__title", number="number", client="client__name",
        due_on="due_on",
    ),
)  # fmt: skip
