"""Open duties in budgets move to a successor (R92)."""

from agency.common.verbs import verb
from budgets.models import MediaPlan, Opportunity
from jobs.services.handover import counted, moved


def _duties(user):
    """(rows, field, path to the client) of what waits for the person."""
    drafts = MediaPlan.objects.filter(state=MediaPlan.State.DRAFT, author=user)
    yield drafts, None, "job__client"
    yield Opportunity.objects.alive().filter(owner=user), "owner", "client"


def open_duties(user):
    """{client: how many duties of the person are open there}."""
    return counted(_duties(user))


@verb
def reassign(*, old, new, client, by, at):
    """Hand over what is open in budgets; `new` None: only count. Returns how many.

    A draft media plan keeps its author for ever (authors do not approve); the successor finds it
    on the job.
    """
    return moved(_duties(old), old, new, client, by, at)
