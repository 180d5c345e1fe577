"""Open duties move to a successor (R92)."""

from collections import Counter

from accounts.models import Client
from agency.common.services.record import record
from agency.common.verbs import verb
from meetings.models import ActionPoint, AgendaItem, Attendee, ContactReport, Meeting
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
    """{client: how many duties of the person are open there}."""
    found = Counter()
    for rows, field in _duties(user, None):
        path = "report__client" if field == "user" else "client"
        found.update(rows.values_list(path, flat=True))
    found.update(_seats(user, None).values_list("meeting__client", flat=True))
    clients = Client.objects.in_bulk(found)
    return {clients[key]: count for key, count in found.items()}


@verb
def reassign(*, old, new, client, by, at):
    """Hand over what is open: reports, meetings ahead and seats at them, action points.

    `client` None: everywhere. `new` None: change nothing, only count. Returns how many. The right
    is the caller's to ask; audit keeps the old name.
    """
    count = 0
    for rows, field in _duties(old, client):
        for row in rows.select_for_update(of=("self",)):
            count += 1
            if new is not None:
                _hand_over(row, field, old, new, by, at)
    seats = list(_seats(old, client).select_for_update(of=("self",)))
    for seat in seats if new is not None else ():
        _hand_over_seat(seat, new, by, at)
    if new is not None:
        _hand_over_reading(old, new, client)
    return count + len(seats)


def _seats(user, client):
    """Places at meetings ahead; a meeting whose AE leaves hands these over, too."""
    ahead = Meeting.objects.ahead()
    ahead = ahead if client is None else ahead.filter(client=client)
    return Attendee.objects.filter(user=user, meeting__in=ahead).select_related("meeting__client")


def _hand_over_seat(seat, new, by, at):
    """The successor attends, chairs and speaks; who sits there already keeps one seat."""
    meeting, old = seat.meeting, seat.user
    twin = meeting.attendees.filter(user=new).first()
    if twin is None:
        seat.user = new
        seat.save(update_fields=["user"])
    else:
        twin.task = twin.task or seat.task
        twin.save(update_fields=["task"])
        AgendaItem.objects.filter(speaker=seat).update(speaker=twin)
        seat.delete()
    if meeting.chair_id == old.pk:
        meeting.chair = new
        meeting.save(update_fields=["chair"])
    record(meeting, "handed_over", by=by, at=at, client=meeting.client, attendee=[old, new])


def _hand_over_reading(old, new, client):
    """Drafts are to be read by the successor (R26); what is issued went to whom it went."""
    drafts = ContactReport.objects.drafts().filter(readers=old)
    for report in drafts if client is None else drafts.filter(client=client):
        report.readers.remove(old)
        report.readers.add(new)


def _hand_over(row, field, old, new, by, at):
    setattr(row, field, new)
    row.save(update_fields=[field])
    client = row.report.client if field == "user" else row.client
    record(row, "handed_over", by=by, at=at, client=client, **{field: [old, new]})
