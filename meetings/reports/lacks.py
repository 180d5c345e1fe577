"""What a meeting ahead still lacks: for the home page and the list of the next days (R5-R10)."""

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meetings.constants import AGENDA_TARGET, CALL_BEFORE, VENUE_BEFORE
from meetings.deadline import local_day
from meetings.models import Attendee, Meeting, PrepItem, PressCheck, VenueItem

FACTS = ("pack_open", "pack_all", "venue_open", "calls_open", "has_press")


def lacking(meetings):
    """The meetings with FACTS on each, in the same query."""
    prep, venue = PrepItem.objects.all(), VenueItem.objects.all()
    to_phone = Attendee.objects.filter(called_at=None).exclude(user=OuterRef("ae"))
    return meetings.annotate(
        pack_open=_number(prep.lacking()),
        pack_all=_number(prep.filter(required=True)),
        venue_open=_number(venue.lacking()),
        calls_open=_number(to_phone),
        has_press=Exists(PressCheck.objects.filter(meeting=OuterRef("pk"))),
    )


def _number(rows):
    rows = rows.filter(meeting=OuterRef("pk")).order_by().values("meeting")
    return Coalesce(Subquery(rows.annotate(n=Count("pk", distinct=True)).values("n")), 0)


def lacks(meeting, at):
    """[(instant by which it should be done, words)] of an invited meeting, soonest first."""
    rows = unprepared(meeting, at)
    if meeting.state == Meeting.State.PLANNED and at < meeting.starts_at:
        rows.insert(0, (meeting.starts_at - AGENDA_TARGET, _("agenda not sent")))
    return rows


def unprepared(meeting, at):
    """The same but for the agenda, which has a row of its own on the home page."""
    start, found = meeting.starts_at, []
    if meeting.state not in Meeting.INVITED or at >= start:
        return []
    if meeting.pack_open:
        counts = {"open": meeting.pack_open, "all": meeting.pack_all}
        found.append((start - AGENDA_TARGET, _("pack lacks %(open)d of %(all)d") % counts))
    if meeting.venue_open:
        words = ngettext(
            "%(count)d line of the venue list open",
            "%(count)d lines of the venue list open",
            meeting.venue_open,
        )
        found.append((start - VENUE_BEFORE, words % {"count": meeting.venue_open}))
    return [*found, *_of_the_day(meeting, at)]


def _of_the_day(meeting, at):
    """The press is looked at on the day, the calls are made just before."""
    start, found = meeting.starts_at, []
    is_today = local_day(meeting.client, at) == local_day(meeting.client, start)
    if is_today and not meeting.has_press:
        found.append((start, _("no press check")))
    if meeting.calls_open and at >= start - CALL_BEFORE:
        words = ngettext("%(count)d not phoned yet", "%(count)d not phoned yet", meeting.calls_open)
        found.append((start, words % {"count": meeting.calls_open}))
    return found
