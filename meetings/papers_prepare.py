"""Papers of a meeting ahead as plain data: press clipping, cover of the pack, reception sheet."""

from archives.papers import head, person_of
from meetings.deadline import local_day
from meetings.models import Attendee


def press(check, at):
    """What the press said, as a clipping of the reference file (R8)."""
    day = local_day(check.client, check.on)
    return {
        **head(check.client, "internal", number=f"{check.client.code} {day}", at=check.on),
        "author": person_of(check.by),
        "meeting": check.meeting.title if check.meeting else "",
        "sources": check.sources,
        "finding": check.finding,
        "asked": [person_of(user) for user in check.asked.order_by("pk")],
    }


def reception(meeting, at):
    """Who comes when, how one speaks to them, where they go, and whom to phone (R9)."""
    attendees = Attendee.objects.filter(meeting=meeting).select_related("user", "contact")
    booking = getattr(meeting, "booking", None)
    return {
        **_head(meeting, at),
        "room": booking.room.name if booking else "",
        "address": meeting.address,
        "guests": [person_of(row.contact) for row in attendees if row.contact],
        "ours": [_ours(row, meeting) for row in attendees if row.user],
        "phone": meeting.ae.mobile,
    }


def _head(meeting, at):
    day = local_day(meeting.client, meeting.starts_at)
    return {
        **head(meeting.client, "internal", number=f"{meeting.client.code} {day}", at=at),
        "author": person_of(meeting.ae),
        "title": meeting.title,
        "place": meeting.place,
        "starts_at": meeting.starts_at,
        "ended_at": meeting.planned_end,
    }


def _ours(row, meeting):
    return {**person_of(row.user), "phone": row.user.mobile, "is_ae": row.user_id == meeting.ae_id}


def pack_cover(meeting, places, starts, at):
    """The list in front of the merged papers; starts: {paper id: its first page} (R7)."""
    return {**_head(meeting, at), "places": [_place(place, starts) for place in places]}


def _place(place, starts):
    item = place.item
    return {
        "label": f"pack_{item.kind}",
        "is_open": place.is_open,
        "not_needed": item.not_needed,
        "papers": [
            {
                "title": paper.title,
                "number": paper.number,
                "dated_on": paper.dated_on,
                "page": starts.get(paper.pk),
            }
            for paper in place.papers
        ],
    }
