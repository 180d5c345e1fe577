"""Mails that still wait when a meeting is moved or called off: no old time is told (R15)."""

from django.db.models import Q

from agency.common.models import OutboxMail
from agency.common.services.outbox import void_mails
from archives.storage import read_file
from meetings.models import Attendee, Meeting
from meetings.services.calendars import meeting_in

INVITE = "invite"


def take_back(meetings, reason):
    """Void what waits about the meetings; returns [[rows of a person to be invited anew]].

    A mail about several dates loses only these: an invitation is to be written anew for the rest,
    the news of a move goes out as it is, since what follows it says what became of these.
    """
    anew, over, kept = [], [], []
    for mail in _waiting(meetings):
        dates = _dates(mail)
        left = _left(dates, meetings)
        if len(dates) < 2 or len(left) == len(dates):
            continue
        is_invitation = mail.key.split(":")[2] == INVITE
        if left and is_invitation:
            anew.append(_rows(mail, left))
        (over if is_invitation or not left else kept).append(mail.pk)
    void_mails(where=(_about(meetings) & ~Q(pk__in=kept)) | Q(pk__in=over), reason=reason)
    return anew


def _about(meetings):
    """Mails whose first date is one of the meetings: it stands in their key."""
    keys = "|".join(str(meeting.pk) for meeting in meetings)
    return Q(key__regex=rf"^meeting:({keys}):")


def _waiting(meetings):
    """Those about the series of the meetings that no sender has taken, locked against one."""
    roots = {meeting.series_id or meeting.pk for meeting in meetings}
    rows = Meeting.objects.filter(Q(pk__in=roots) | Q(series__in=roots))
    found = OutboxMail.objects.waiting().filter(_about(rows))
    return found.select_for_update().order_by("pk")


def _dates(mail):
    """The meetings that a mail is about, as its calendar files say."""
    files = [file for file in mail.attachments if file["name"].endswith(".ics")]
    return [meeting_in(read_file(file["sha256"])) for file in files]


def _left(dates, meetings):
    rows = Meeting.objects.filter(pk__in=dates).ahead()
    return list(rows.exclude(pk__in=[meeting.pk for meeting in meetings]))


def _rows(mail, left):
    person = {"contact": mail.contact_id}
    if mail.contact_id is None:
        person = {"user": mail.key.rpartition(":u")[2]}
    rows = Attendee.objects.filter(meeting__in=left, **person)
    rows = rows.select_related("user", "contact", "meeting__client", "meeting__ae")
    return list(rows.order_by("meeting__starts_at"))
