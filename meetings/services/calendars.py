"""The calendar file of a meeting: the same UID each time, so that calendars follow (R15)."""

from datetime import UTC
from email.utils import parseaddr

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

from accounts.models import AgencySettings
from archives.storage import store
from meetings.models import Attendee
from meetings.reports.rooms import whereabouts

REQUEST, CANCEL = "REQUEST", "CANCEL"
UID = "meeting-"
ANSWERS = {
    Attendee.Reply.NONE: "NEEDS-ACTION",
    Attendee.Reply.YES: "ACCEPTED",
    Attendee.Reply.NO: "DECLINED",
    Attendee.Reply.MAYBE: "TENTATIVE",
}


def calendar_file(meeting, method, at, name="meeting.ics"):
    """The stored file as a mail attaches it."""
    calendar = Calendar()
    calendar.add("prodid", "-//agency//meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(_event(meeting, method, at))
    return {"name": name, "sha256": store(calendar.to_ical()).sha256}


def meeting_in(content):
    """The key of the meeting that a file of ours is about."""
    uid = Calendar.from_ical(content).walk("VEVENT")[0]["uid"]
    return int(uid.removeprefix(UID).partition("@")[0])


def _event(meeting, method, at):
    event = Event()
    event.add("uid", f"{UID}{meeting.pk}@{settings.SITE_URL.partition('//')[2]}")
    event.add("sequence", meeting.row_version)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.planned_end.astimezone(UTC))
    event.add("summary", meeting.title)
    event.add("location", ", ".join(whereabouts(meeting)))
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    event.add("organizer", _organizer())
    for row in meeting.attendees.select_related("user", "contact"):
        if (row.user or row.contact).email:
            event.add("attendee", _attendee(meeting, row), encode=0)
    return event


def _organizer():
    """The house: who is invited answers on his page, not to somebody's mailbox."""
    house = AgencySettings.load()
    address = house.group_mail or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return _address(address, house.name or address)


def _address(mail, name):
    found = vCalAddress(f"mailto:{mail}")
    found.params["cn"] = vText(name)
    return found


def _attendee(meeting, row):
    person = row.user or row.contact
    found = _address(person.email, person.name)
    is_chair = row.user_id is not None and row.user_id == meeting.chair_id
    found.params["cutype"] = vText("INDIVIDUAL")
    found.params["role"] = vText("CHAIR" if is_chair else "REQ-PARTICIPANT")
    found.params["partstat"] = vText(ANSWERS[row.reply])
    found.params["rsvp"] = vText("TRUE")
    return found
