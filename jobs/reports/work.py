"""What waits for a person with start orders: to take, then to finish (R53)."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.awaiting import Source
from jobs.models import Job, StartOrder
from jobs.models.job import ordered_from

State = StartOrder.State


def to_take(mine, at):
    return _open(at, mine.user, State.GIVEN).filter(_named(mine) | _for_anybody(mine.user))


def to_finish(mine, at):
    """By who took it, where it was for the whole department."""
    took = Q(to=None) & mine.where("received_by", "job__client")
    return _open(at, mine.user, State.RECEIVED).filter(_named(mine) | took)


def _open(at, user, state):
    rows = StartOrder.objects.visible_to(user, at)
    return rows.filter(state=state, job__state=Job.State.ACTIVE)


def _named(mine):
    return mine.where("to", "job__client")


def _for_anybody(user):
    """Orders for the whole department of the person."""
    return Q(to=None) & ordered_from(user) if user.is_department else Q(pk__in=[])


SOURCES = (
    Source(
        "order_take", to_take, group=_("Start order"), sentence=_("%(title)s (%(number)s)"),
        button=_("Take the order"), url="jobs:order_detail", due_on="due_on", person="to",
    ),
    Source(
        "order_finish", to_finish, group=_("Start order"), sentence=_("%(title)s (%(number)s)"),
        button=_("Done?"), url="jobs:order_detail", due_on="due_on", person="to",
    ),
)  # fmt: skip
