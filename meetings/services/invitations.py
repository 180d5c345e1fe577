"""Mails about meetings ahead: to contacts and to our side, with a calendar file (R15)."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.models import ClientLink, User
from accounts.services import link_placeholder, make_link, prolong_links, revoke_links
from accounts.services.telling import stamp, tell, words
from agency.common.models import OutboxMail
from agency.common.services import queue_mail
from agency.common.texts import closed_up
from archives.services import dispatch
from meetings.deadline import zone_of
from meetings.reports.rooms import whereabouts
from meetings.services.calendars import CANCEL, REQUEST, calendar_file
from meetings.services.waiting import INVITE, take_back

LANGUAGES = {"zh": "zh-hans", "en": "en"}
TOPICS = ClientLink.Purpose.TOPICS


@dataclass(frozen=True)
class News:
    """What all are told in one go: the letter, what may be sent once, what is enclosed."""

    letter: str
    slot: str
    at: datetime
    by: User | None
    method: str = ""
    reason: str = ""
    with_agenda: bool = False


def invite(meetings, attendees, by, at):
    """Invite these people, each once, to one meeting or to all of a series."""
    news = News("invitation", INVITE, at, by, REQUEST)
    _tell_all(attendees, news)
    for meeting in meetings:
        if meeting.topics_asked_at is None and _links(meeting).exists():
            meeting.topics_asked_at = at
            meeting.save(update_fields=["topics_asked_at"])


def uninvite(meeting, attendees, by, at):
    """Who is taken from the list: his calendar is freed, his page closes."""
    reason = _("Not invited any more.")
    for contact in (row.contact for row in attendees if row.contact_id):
        revoke_links(subject=meeting, contact=contact, reason=reason, at=at)
    _tell_all(attendees, News("uninvited", f"uninvite:{stamp(at)}", at, by, CANCEL))


def move(meetings, reason, by, at):
    """Old and new times to everybody; what still waits for the old time is void."""
    _take_back(meetings, _("The meeting was moved."), by, at)
    for meeting in meetings:
        prolong_links(subject=meeting, expires_at=meeting.starts_at)
    slot, first = f"move:{stamp(at)}", meetings[0]
    _tell_all(everybody(meetings), News("moved", slot, at, by, REQUEST, reason, with_agenda=True))
    for meeting in meetings[1:]:
        if meeting.agenda_document_id:
            send_agenda(meeting, by, at)
    label = words(_("Moved to %(start)s: %(title)s"), start=first.starts_at, title=first.title)
    _tell_ours("meeting_moved", meetings, label, slot, at)


def cancel(meetings, by, at):
    _take_back(meetings, _("The meeting was cancelled."), by, at)
    for meeting in meetings:
        revoke_links(subject=meeting, reason=_("The meeting was cancelled."), at=at)
    news = News("cancelled", "cancel", at, by, CANCEL, meetings[0].cancel_reason)
    _tell_all(everybody(meetings), news)
    label = words(_("Cancelled: %(title)s"), title=meetings[0].title)
    _tell_ours("meeting_cancelled", meetings, label, "cancel", at)


def send_agenda(meeting, by, at):
    """The paper to everybody: the client's face to contacts, the internal one to ours (R5)."""
    slot = f"agenda:r{meeting.agenda_revision}"
    _tell_all(everybody([meeting]), News("agenda", slot, at, by, with_agenda=True))


def _take_back(meetings, reason, by, at):
    """Of an invitation to several dates only these drop out, while it waits."""
    files = {}
    for rows in take_back(meetings, reason):
        _mail(rows, News("invitation", f"{INVITE}:{stamp(at)}", at, by, REQUEST), files)


def everybody(meetings):
    return [
        row
        for meeting in meetings
        for row in meeting.attendees.select_related("user", "contact").order_by("pk")
    ]


def _tell_ours(kind, meetings, label, slot, at):
    """One notice a person, about the first of what was moved or called off together."""
    people = dict.fromkeys(row.user for row in everybody(meetings) if row.user)
    first = meetings[0]
    tell(kind, first, list(people), label, client=first.client, at=at, slot=slot, mail=False)


def _tell_all(rows, news):
    """One mail a person, whatever number of meetings it is about."""
    found, files = {}, {}
    for row in rows:
        found.setdefault((row.user_id, row.contact_id), []).append(row)
    for own in found.values():
        _mail(own, news, files)


def _mail(rows, news, files):
    """In the person's language and, for the client's people, in their zone."""
    meeting, person = rows[0].meeting, rows[0].user or rows[0].contact
    if not (person.is_active and person.email):
        return
    enclosed = [_file(row.meeting, news, files, len(rows)) for row in rows if news.method]
    for row in rows:
        row.page_url, row.where = _page(row, news), whereabouts(row.meeting)
    ends = None if news.method == CANCEL else max(row.meeting.starts_at for row in rows)
    sent = {"key": f"meeting:{meeting.pk}:{news.slot}", "at": news.at, "by": news.by}
    zone = zone_of(meeting.client) if rows[0].contact_id else timezone.get_default_timezone()
    with timezone.override(zone):
        if news.with_agenda and meeting.agenda_document_id:
            _with_paper(rows, news, enclosed, {**sent, "valid_until": ends})
        else:
            _without(rows, news, enclosed, {**sent, "valid_until": ends})


def _file(meeting, news, files, count):
    """Written once for all who get it; of a series each by its day."""
    name = "meeting.ics"
    if count > 1:
        name = f"meeting-{meeting.starts_at.astimezone(zone_of(meeting.client)):%Y-%m-%d}.ics"
    key = (meeting.pk, name)
    if key not in files:
        files[key] = calendar_file(meeting, news.method, news.at, name)
    return files[key]


def _page(row, news):
    """Where the person answers: a contact's own link, which lives until the start; or our page."""
    meeting = row.meeting
    if news.method == CANCEL:
        return ""
    if row.user_id:
        return f"{settings.SITE_URL}{reverse('meetings:meeting_part', args=[meeting.pk])}"
    link = _links(meeting).filter(contact=row.contact).first() or make_link(
        contact=row.contact,
        subject=meeting,
        purpose=TOPICS,
        expires_at=meeting.starts_at,
        at=news.at,
        by=news.by,
    )
    return link_placeholder(link)


def _links(meeting):
    return ClientLink.objects.of(meeting).open().filter(purpose=TOPICS)


def _context(rows, news):
    meeting = rows[0].meeting
    return {
        "meeting": meeting,
        "rows": rows,
        "attendee": rows[0],
        "is_series": len(rows) > 1,
        "items": meeting.items.on_agenda() if rows[0].user_id else [],
        "reason": news.reason,
        "has_agenda": news.with_agenda and meeting.agenda_document_id is not None,
    }


def _with_paper(rows, news, enclosed, sent):
    row, meeting = rows[0], rows[0].meeting
    document = meeting.agenda_document if row.contact_id else meeting.agenda_internal_document
    dispatch(
        document=document,
        contacts=[row.contact] if row.contact_id else [],
        users=[row.user] if row.user_id else [],
        template=f"meetings/mail/{news.letter}.txt",
        context=_context(rows, news),
        beside=enclosed,
        **sent,
    )


def _without(rows, news, enclosed, sent):
    row, client = rows[0], rows[0].meeting.client
    person = row.user or row.contact
    subject, text = _letter(rows, news)
    key = f"{sent.pop('key')}:{'u' if row.user_id else 'c'}{person.pk}"
    queue_mail(
        key=key,
        to=person.email,
        subject=f"{client.code}: {subject}",
        text=text,
        kind=OutboxMail.Kind.CLIENT_PAPER if row.contact_id else OutboxMail.Kind.INTERNAL,
        client_code=client.code,
        contact_id=row.contact_id,
        attachments=enclosed,
        **sent,
    )


def _letter(rows, news):
    row = rows[0]
    person = row.user or row.contact
    people = {"client": row.meeting.client, "recipient": person, "contact": row.contact}
    template = get_template(f"meetings/mail/{news.letter}.txt").template
    with translation.override(LANGUAGES.get(person.language, "en")):
        context = Context({**_context(rows, news), **people}, autoescape=False)
        text = template.render(context).strip()
    subject, _line, body = text.partition("\n")
    return subject.strip(), closed_up(body.strip()) + "\n"
