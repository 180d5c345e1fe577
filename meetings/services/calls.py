"""Fifteen minutes before, the AE phones everybody again; who arrives when (R10, R11)."""

from datetime import timedelta

from django.utils.translation import gettext as _

from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.verbs import lock, verb
from meetings.models import Attendee, Meeting
from meetings.services.ends import RUN, lock_meeting

Call = Attendee.Call
ANSWERS = (Call.REACHED, Call.ON_WAY, Call.MISSED)
EARLY = timedelta(hours=12)


@verb
def note_call(*, attendee, call, by, at):
    """Reached, on the way or not reached; up to the start, what counts is the last entry."""
    meeting, behalf = lock_meeting(attendee.meeting, RUN, None, by, at, *Meeting.INVITED)
    if call not in ANSWERS:
        raise Refused(_("Reached, on the way or not reached?"), "call")
    if at > meeting.starts_at:
        raise Refused(_("The meeting has begun: who was not phoned by then was missed."))
    attendee = lock(attendee)
    attendee.call, attendee.called_at = call, at
    attendee.save(update_fields=["call", "called_at"])
    _record(attendee, "note_call", by, behalf, at, call=call)
    return attendee


@verb
def note_arrival(*, attendee, arrived_at, by, at):
    """When somebody was there: typed at once or afterwards, until the report goes out."""
    states = (*Meeting.INVITED, Meeting.State.HELD)
    meeting, behalf = lock_meeting(attendee.meeting, RUN, None, by, at, *states)
    if meeting.report and not meeting.report.is_draft:
        raise Refused(_("The report has been issued: times of arrival stand."))
    if arrived_at > at:
        raise Refused(_("The arrival lies in the future."), "arrived_at")
    if not meeting.starts_at - EARLY <= arrived_at <= meeting.planned_end:
        raise Refused(_("This is not the time of the meeting."), "arrived_at")
    attendee = lock(attendee)
    attendee.arrived_at = arrived_at
    attendee.save(update_fields=["arrived_at"])
    _record(attendee, "note_arrival", by, behalf, at, arrived_at=arrived_at)
    return attendee


def _record(attendee, done, by, behalf, at, **changes):
    meeting = attendee.meeting
    record(
        meeting, done, by=by, at=at, client=meeting.client, behalf_of=behalf,
        person=str(attendee), **changes,
    )  # fmt: skip
