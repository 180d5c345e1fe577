"""Presentations: rehearsal, presenters and what the client said (R85)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.services.telling import key_of, posts, stamp, tell, words
from agency.common.errors import Refused
from agency.common.models import Notification
from agency.common.services.record import record
from agency.common.verbs import check_version, lock, save, verb
from meetings.constants import REHEARSAL_ASKED
from meetings.deadline import local_day
from meetings.models import Meeting
from meetings.services import hold

KIND = "rehearsal_open"
NONE = Meeting.Result.NONE


@verb
def note_presentation(*, meeting, rehearsed_on, presenters, result, row_version, by, at):
    """When it was rehearsed, which of ours present, and how it ended once it was held.

    presenters: pks of attendees. The result may come long after the report has been issued.
    """
    meeting, behalf = hold.lock_client(meeting, by, at)
    check_version(meeting, row_version)
    _check(meeting, rehearsed_on, result, at)
    ours = meeting.attendees.filter(user__isnull=False)
    ours.filter(pk__in=presenters).update(is_presenter=True)
    ours.exclude(pk__in=presenters).update(is_presenter=False)
    old = meeting.rehearsed_on, meeting.result
    meeting.rehearsed_on, meeting.result = rehearsed_on, result
    save(meeting, "rehearsed_on", "result")
    record(
        meeting, "note_presentation", by=by, at=at, client=meeting.client, behalf_of=behalf,
        rehearsed_on=[old[0], rehearsed_on], result=[old[1], result],
    )  # fmt: skip
    return meeting


def _check(meeting, rehearsed_on, result, at):
    if meeting.purpose != Meeting.Purpose.PRESENTATION:
        raise Refused(_("This meeting is no presentation."))
    if meeting.state in (Meeting.State.CANCELLED, Meeting.State.NOT_HELD):
        raise Refused(_("This presentation does not take place."))
    day = local_day(meeting.client, min(at, meeting.starts_at))
    if rehearsed_on and rehearsed_on > day:
        raise Refused(_("A rehearsal has been, and before the presentation."), "rehearsed_on")
    if result != NONE and meeting.state != Meeting.State.HELD:
        raise Refused(_("It has a result once it has been held."), "result")


def unrehearsed(meetings, at):
    """Presentations of the next day without a rehearsal on record."""
    rows = meetings.invited().filter(purpose=Meeting.Purpose.PRESENTATION, rehearsed_on=None)
    return rows.filter(starts_at__gt=at, starts_at__lte=at + REHEARSAL_ASKED)


def to_tell(at):
    """Those of which the AM has not been told; a move asks anew (5.5)."""
    rows = list(unrehearsed(Meeting.objects.select_related("client__group"), at))
    told = Notification.objects.filter(kind=KIND, subject_id__in=[row.pk for row in rows])
    keys = {key.rpartition(":")[0] for key in told.values_list("key", flat=True)}
    return [row for row in rows if _key(row) not in keys]


def _key(meeting):
    return key_of(KIND, meeting, "day", stamp(meeting.starts_at))


@verb
def tell_unrehearsed(*, meeting, at):
    meeting = lock(meeting)
    if meeting.rehearsed_on or meeting.state not in Meeting.INVITED:
        return []
    label = words(gettext_lazy("No rehearsal on record: %(title)s"), title=meeting.title)
    return tell(
        KIND,
        meeting,
        posts(meeting.client, ["am"], at),
        label,
        client=meeting.client,
        at=at,
        key=_key(meeting),
        level=Notification.Level.REMIND,
        due_at=meeting.starts_at,
    )
