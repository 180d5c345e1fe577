"""Open duties move to a successor (R92)."""

from collections import Counter

from agency.common.services.record import record
from agency.common.verbs import verb
from meetings.models import ActionPoint, ContactReport, Meeting
from meetings.services.actions import State as ActionState


def _duties(user, client):
    """(queryset, field) of what waits for the person at the client; all clients when it is None."""
    at_client = {} if client is None else {"client": client}
    state = ContactReport.State
    waiting = (state.DRAFT, state.ISSUED, state.OBJECTED)
    yield ContactReport.objects.filter(author=user, state__in=waiting, **at_client), "author"
    yield Meeting.objects.ahead().filter(ae=user, **at_client), "ae"
    actions = ActionPoint.objects.filter(user=user, state=ActionState.OPEN)
    if client is not None:
        actions = actions.filter(report__client=client)
    yield actions, "user"


def open_duties(user):
    """How many duties of the person are open, by client."""
    found = Counter()
    for rows, field in _duties(user, None):
        path = "report__client" if field == "user" else "client"
        found.update(rows.values_list(path, flat=True))
    return dict(found)


@verb
def reassign(*, old, new, client, by, at):
    """Hand over what is open: drafts and running reports, meetings ahead, action points.

    `client` None: everywhere. `new` None: change nothing, only count. Returns how many. The right
    is the caller's to ask; audit keeps the old name.
    """
    count = 0
    for rows, field in _duties(old, client):
        for row in rows.select_for_update(of=("self",)):
            count += 1
            if new is not None:
                _hand_over(row, field, old, new, by, at)
    return count


def _hand_over(row, field, old, new, by, at):
    setattr(row, field, new)
    row.save(update_fields=[field])
    client = row.report.client if field == "user" else row.client
    record(row, "handed_over", by=by, at=at, client=client, **{field: [old, new]})
