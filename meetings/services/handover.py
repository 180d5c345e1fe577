"""Open duties move to a successor (R92)."""

from collections import Counter

from accounts.models import Client
from agency.common.services.record import record
from agency.common.verbs import verb
from jobs.services.handover import counted, moved
from meetings.models import (
    ActionPoint,
    AgendaItem,
    Attendee,
    ContactReport,
    Meeting,
    StatusLine,
    StatusReport,
)
from meetings.services.actions import State as ActionState


def _duties(user):
    """(rows, field, path to the client) of what waits for the person."""
    state = ContactReport.State
    waiting = (state.DRAFT, state.ISSUED, state.OBJECTED)
    yield ContactReport.objects.filter(author=user, state__in=waiting), "author", "client"
    yield Meeting.objects.ahead().filter(ae=user), "ae", "client"
    yield ActionPoint.objects.filter(user=user, state=ActionState.OPEN), "user", "report__client"
    drafts = StatusReport.objects.filter(state=StatusReport.State.DRAFT)
    yield drafts.filter(author=user), "author", "client"


def open_duties(user):
    """{client: how many duties of the person are open there}."""
    found = Counter(counted(_duties(user)))
    seats = Counter(_seats(user, None).values_list("meeting__client", flat=True))
    clients = Client.objects.in_bulk(seats)
    found.update({clients[key]: count for key, count in seats.items()})
    return dict(found)


@verb
def reassign(*, old, new, client, by, at):
    """Hand over what is open: reports, meetings ahead and seats at them, action points.

    `client` None: everywhere. `new` None: change nothing, only count. Returns how many. The right
    is the caller's to ask; audit keeps the old name.
    """
    count = moved(_duties(old), old, new, client, by, at)
    seats = list(_seats(old, client).select_for_update(of=("self",)))
    for seat in seats if new is not None else ():
        _hand_over_seat(seat, new, by, at)
    if new is not None:
        _hand_over_reading(old, new, client)
        _hand_over_lines(old, new, client)
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


def _hand_over_lines(old, new, client):
    """What comes next in a weekly report is the successor's; signed words stay as they are."""
    lines = StatusLine.objects.filter(next_user=old, report__state=StatusReport.State.DRAFT)
    lines = lines if client is None else lines.filter(report__client=client)
    lines.update(next_user=new)
