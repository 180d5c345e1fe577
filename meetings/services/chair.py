"""Who chairs a meeting, and what those at the table must know beforehand (R12)."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.verbs import check_version, save, verb
from meetings.background import background_validator
from meetings.models import Meeting
from meetings.services import hold


def most_senior(meeting):
    """The most senior of ours who are there: by rank, the AE in charge before others of it."""
    rows = [row for row in meeting.attendees.select_related("user") if row.user_id]
    there = [row.user for row in rows if row.present] or [row.user for row in rows]
    if not there:
        return None
    return max(there, key=lambda user: (user.rank, user.pk == meeting.ae_id, -user.pk))


def chair_of(meeting):
    """Who was named, else the most senior."""
    return meeting.chair or most_senior(meeting)


@verb
def set_chair(*, meeting, chair, background, row_version, by, at):
    """Name who chairs (nobody: the most senior), and write the background."""
    meeting, behalf = hold.lock_open(meeting, by, at, Meeting.State.DRAFT, *hold.OPEN)
    check_version(meeting, row_version)
    if chair and not meeting.attendees.filter(user=chair).exists():
        raise Refused(_("Only one of ours who attends can chair."), "chair")
    try:
        background_validator(background)
    except ValidationError as error:
        raise Refused(" ".join(error.messages), "background") from error
    meeting.chair, meeting.background = chair, background
    save(meeting, "chair", "background")
    record(meeting, "set_chair", by=by, at=at, client=meeting.client, behalf_of=behalf, chair=chair)
    return meeting
