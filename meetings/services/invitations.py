"""Mails about a meeting ahead: to contacts and to our side, with a calendar file (R15)."""

from datetime import UTC

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from icalendar import Calendar, Event

from accounts.services.telling import stamp, tell, words
from agency.common.models import OutboxMail
from agency.common.services import queue_mail, void_waiting
from archives.storage import store
from meetings.deadline import zone_of

LANGUAGES = {"zh": "zh-hans", "en": "en"}


def invite(meeting, attendees, by, at):
    """Invite these people, each once."""
    file = _calendar(meeting, "REQUEST", at)
    for row in attendees:
        _mail(meeting, row, "invitation", "invite", file, "", by, at)


def move(meeting, reason, by, at):
    """Old and new time to everybody; invitations to the old time that still wait are void."""
    void_waiting(key_prefix=f"meeting:{meeting.pk}:", reason=_("The meeting was moved."), at=at)
    file = _calendar(meeting, "REQUEST", at)
    slot = f"move:{stamp(at)}"
    for row in meeting.attendees.all():
        _mail(meeting, row, "moved", slot, file, reason, by, at)
    label = words(_("Moved to %(start)s: %(title)s"), start=meeting.starts_at, title=meeting.title)
    _tell_ours("meeting_moved", meeting, label, slot, at)


def cancel(meeting, by, at):
    void_waiting(key_prefix=f"meeting:{meeting.pk}:", reason=_("The meeting was cancelled."), at=at)
    file = _calendar(meeting, "CANCEL", at)
    for row in meeting.attendees.all():
        _mail(meeting, row, "cancelled", "cancel", file, meeting.cancel_reason, by, at)
    label = words(_("Cancelled: %(title)s"), title=meeting.title)
    _tell_ours("meeting_cancelled", meeting, label, "cancel", at)


def _tell_ours(kind, meeting, label, slot, at):
    people = [row.user for row in meeting.attendees.select_related("user") if row.user]
    client = meeting.client
    tell(kind, meeting, people, label, client=client, at=at, slot=slot, mail=False)


def _mail(meeting, row, letter, slot, file, reason, by, at):
    """One mail to one attendee, in his language and, for the client's people, in their zone."""
    person = row.user or row.contact
    if not (person.is_active and person.email):
        return
    subject, text = _letter(meeting, row, letter, reason)
    queue_mail(
        key=f"meeting:{meeting.pk}:{slot}:{'u' if row.user_id else 'c'}{person.pk}",
        to=person.email,
        subject=f"{meeting.client.code}: {subject}",
        text=text,
        kind=OutboxMail.Kind.CLIENT_PAPER if row.contact_id else OutboxMail.Kind.INTERNAL,
        client_code=meeting.client.code,
        contact_id=row.contact_id,
        attachments=[file],
        valid_until=meeting.starts_at if letter != "cancelled" else None,
        at=at,
        by=by,
    )


def _letter(meeting, row, letter, reason):
    person = row.user or row.contact
    context = {
        "meeting": meeting,
        "client": meeting.client,
        "attendee": row,
        "recipient": person,
        "contact": row.contact,
        "reason": reason,
    }
    template = get_template(f"meetings/mail/{letter}.txt").template
    zone = zone_of(meeting.client) if row.contact_id else timezone.get_default_timezone()
    with translation.override(LANGUAGES.get(person.language, "en")), timezone.override(zone):
        text = template.render(Context(context, autoescape=False)).strip()
    subject, _line, body = text.partition("\n")
    return subject.strip(), body.strip() + "\n"


def _calendar(meeting, method, at):
    """The calendar file of the meeting; the same UID each time, so that calendars update."""
    event = Event()
    event.add("uid", f"meeting-{meeting.pk}@{settings.SITE_URL.partition('//')[2]}")
    event.add("sequence", meeting.row_version)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.planned_end.astimezone(UTC))
    event.add("summary", meeting.title)
    event.add("location", meeting.address)
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//agency//meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(event)
    return {"name": "meeting.ics", "sha256": store(calendar.to_ical()).sha256}
