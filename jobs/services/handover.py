"""Open duties in jobs move to a successor (R92)."""

from collections import Counter

from accounts.models import Client
from agency.common.services.record import record
from agency.common.verbs import verb
from jobs.models import Brief, Estimate, Fact, Job, Milestone, OutgoingCheck, Question, StartOrder

IN_WORK = [Job.State.REQUESTED, Job.State.APPROVED, Job.State.ACTIVE, Job.State.DELIVERED]


def _duties(user):
    """(rows, field, path to the client) of what waits for the person."""
    yield Job.objects.filter(ae=user, state__in=IN_WORK), "ae", "client"
    yield Brief.objects.drafts().filter(author=user), "author", "job__client"
    facts = Fact.objects.awaited().exclude(brief__state=Brief.State.SUPERSEDED)
    yield facts.filter(from_user=user), "from_user", "brief__job__client"
    yield Question.objects.open().filter(answerer=user), "answerer", "job__client"
    yield StartOrder.objects.open().filter(to=user), "to", "job__client"
    live = Milestone.objects.live().open().filter(user=user)
    yield live, "user", "timeline__job__client"
    yield OutgoingCheck.objects.open().filter(author=user), "author", "client"
    drafts = Estimate.objects.filter(state=Estimate.State.DRAFT, author=user)
    yield drafts, None, "job__client"


def open_duties(user):
    """{client: how many duties of the person are open there}."""
    return counted(_duties(user))


def counted(duties):
    """{client: how many rows} of (rows, field, path to the client)."""
    found = Counter()
    for rows, _field, path in duties:
        found.update(rows.order_by().values_list(path, flat=True))
    clients = Client.objects.in_bulk(found)
    return {clients[key]: count for key, count in found.items()}


@verb
def reassign(*, old, new, client, by, at):
    """Hand over jobs, briefs, facts, questions, orders, milestones and checks that are open.

    A draft estimate keeps its author for ever (authors do not approve); the successor finds it
    on the job. `new` None: change nothing, only count. Returns how many.
    """
    return moved(_duties(old), old, new, client, by, at)


def moved(duties, old, new, client, by, at):
    """Hand the rows over to `new`; those without a field are only counted. Returns how many."""
    count = 0
    for rows, field, path in duties:
        at_client = {} if client is None else {path: client}
        for row in rows.filter(**at_client).select_for_update(of=("self",)):
            count += 1
            if new is not None and field is not None:
                _hand_over(row, field, path, old, new, by, at)
    return count


def _hand_over(row, field, path, old, new, by, at):
    setattr(row, field, new)
    row.save(update_fields=[field])
    client = row
    for name in path.split("__"):
        client = getattr(client, name)
    record(row, "handed_over", by=by, at=at, client=client, **{field: [old, new]})
