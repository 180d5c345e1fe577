"""What a meeting ahead is given, and what follows when its time or place changes (3.1)."""

from meetings.models import Meeting, PrepItem, VenueItem
from meetings.services import bookings, proposals, reminders

Place, Venue = Meeting.Place, VenueItem.Kind
# Our own reception tells and receives at our house only; at the client's we bring what we need.
VENUE = {
    Place.OURS: tuple(Venue),
    Place.CLIENT: (Venue.AV, Venue.AGENDAS, Venue.PAPERS),
    Place.ELSEWHERE: (
        Venue.ROOM,
        Venue.AV,
        Venue.MET,
        Venue.CATERING,
        Venue.LIGHTS,
        Venue.AGENDAS,
        Venue.SEATS,
        Venue.PAPERS,
    ),
    Place.ONLINE: (Venue.AV, Venue.PAPERS),
}


def begin(meeting, by, at):
    """Pack with the newest papers, venue list by place, first reminder: once, when planned."""
    required = PrepItem.REQUIRED
    PrepItem.objects.bulk_create(
        PrepItem(meeting=meeting, kind=kind, required=kind in required) for kind in PrepItem.Kind
    )
    proposals.attach_newest(meeting, by, at)
    fit_venue(meeting)
    reminders.schedule(meeting, at)
    meeting.save(update_fields=["next_notice_at"])


def fit_venue(meeting):
    """The list of its place: what belongs there stays as it is, the rest goes (R9)."""
    wanted = VENUE[meeting.place]
    meeting.venue_items.exclude(kind__in=wanted).delete()
    there = set(meeting.venue_items.values_list("kind", flat=True))
    VenueItem.objects.bulk_create(
        VenueItem(meeting=meeting, kind=kind) for kind in wanted if kind not in there
    )


def change(meeting, by, at, is_new_time=False):
    """Its place or its time has changed; the caller saves the meeting after."""
    fit_venue(meeting)
    bookings.follow(meeting, by, at)
    if is_new_time:
        reminders.restart(meeting, at)


def drop(meeting, at):
    """Called off or not held: no reminder, and its room is free; the caller saves."""
    reminders.close_if_open(meeting, at)
    reminders.stop(meeting, at)
    bookings.free(meeting)


def end(meeting, at):
    """Held: what was not done by its start is on record; the caller saves."""
    reminders.close_if_open(meeting, at)
    reminders.stop(meeting, at)
