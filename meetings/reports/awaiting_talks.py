"""What waits on home of talks: key contacts nobody has spoken to, presentations not rehearsed."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from agency.common.duties import Duty
from agency.common.wording import full_day_text
from meetings.models import Meeting
from meetings.reports.touch import known_since, unspoken_to
from meetings.services.presentation import unrehearsed

REHEARSAL = ("id", "title", "starts_at", "client__id", "client__name")
TOUCH = ("id", "name", "noted_on", "met_at", "created_at", "client__id", "client__name")


def sources(user, at):
    """Whom the AE should speak to (R75), and for the AM what was not rehearsed (R85)."""
    found = {}
    if user.rank >= 1:
        found["touch"] = (unspoken_to(user, at), TOUCH)
    if user.rank >= 2:
        rows = unrehearsed(Meeting.objects.visible_to(user, at), at)
        found["rehearsal"] = (rows, REHEARSAL)
    return found


def _rehearsal(meeting):
    return Duty(
        group=_("Rehearse"),
        sentence=_("No rehearsal on record: %(title)s") % {"title": meeting.title},
        client=meeting.client.name,
        url=meeting.get_absolute_url(),
        button=_("View"),
        due_at=meeting.starts_at,
    )


def _touch(contact):
    contact.noted_on = contact.noted_on and date.fromisoformat(contact.noted_on)
    contact.met_at = contact.met_at and datetime.fromisoformat(contact.met_at)
    facts = {"name": contact.name, "day": full_day_text(known_since(contact))}
    return Duty(
        group=_("Speak to"),
        sentence=_("Nobody has spoken to %(name)s since %(day)s.") % facts,
        client=contact.client.name,
        url=contact.get_absolute_url(),
        button=_("Note a talk"),
    )


POSTS = {"rehearsal": ("am", _rehearsal), "touch": ("ae", _touch)}
