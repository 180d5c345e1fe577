"""What lacks before a meeting is said in time: agenda, pack, venue, calls (5.3, R5, R7-R10).

`Meeting.next_notice_at` is the first instant not yet dealt with: what lay before it when the
meeting was planned or moved is skipped. Keys hold the start, so that a move brings new ones.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.services.telling import key_of, posts, stamp, tell, words
from agency.common.dates import local_instant
from agency.common.models import Notification
from agency.common.services import drop, void_waiting
from agency.common.services.record import record
from agency.common.verbs import lock, verb
from meetings.constants import (
    AGENDA_FIRST_CALL,
    AGENDA_TARGET,
    CALL_BEFORE,
    PACK_EVE,
    VENUE_BEFORE,
)
from meetings.deadline import local_day, zone_of
from meetings.models import Attendee, Meeting

DAY = timedelta(days=1)
KINDS = ("agenda_due", "pack_open", "venue_open", "pre_call")
LABELS = {
    "agenda_due": _("Agenda not sent, starts %(start)s: %(title)s"),
    "pack_open": _("The pack is incomplete, starts %(start)s: %(title)s"),
    "venue_open": _("The venue list is open, starts %(start)s: %(title)s"),
    "pre_call": _("Phone everybody now, starts %(start)s: %(title)s"),
}


@dataclass(frozen=True)
class Slot:
    kind: str
    name: str
    at: datetime
    roles: tuple = ("ae",)


def slots(meeting):
    """Every reminder of the meeting, the lower of one kind first."""
    start, client = meeting.starts_at, meeting.client
    eve = local_instant(local_day(client, start) - DAY, PACK_EVE, zone_of(client))
    return [
        Slot("pack_open", "d1", eve),
        Slot("agenda_due", "h3", start - AGENDA_FIRST_CALL),
        Slot("agenda_due", "h2", start - AGENDA_TARGET, ("ae", "am")),
        Slot("pack_open", "h2", start - AGENDA_TARGET),
        Slot("venue_open", "h1", start - VENUE_BEFORE),
        Slot("pre_call", "m15", start - CALL_BEFORE),
    ]


def schedule(meeting, at):
    """Note when the clock must look at it next, its start included; the caller saves."""
    instants = [*(slot.at for slot in slots(meeting)), meeting.starts_at]
    ahead = [instant for instant in instants if instant > at]
    meeting.next_notice_at = min(ahead, default=None) if meeting.is_sit_down else None


def stop(meeting, at):
    """Called off, held or not held: nothing is said any more; the caller saves."""
    meeting.next_notice_at = None
    _void(meeting, _("Not needed any more."), at)


def restart(meeting, at):
    """Another start: reminders of the old one that still wait are void; the caller saves."""
    _void(meeting, _("The meeting was moved."), at)
    schedule(meeting, at)


def _void(meeting, reason, at):
    for kind in KINDS:
        void_waiting(key_prefix=key_of(kind, meeting, ""), reason=reason, at=at)


@verb
def remind(*, meeting, at):
    """Tell of each kind the highest slot that has come, if it still lacks; at the start, close."""
    meeting = lock(meeting)
    since = meeting.next_notice_at
    if since is None or since > at:
        return []
    reached = [slot for slot in slots(meeting) if since <= slot.at <= at]
    told = []
    if meeting.state in Meeting.INVITED:
        told = (
            _tell(meeting, reached, at) if at < meeting.starts_at else _late(meeting, reached, at)
        )
    schedule(meeting, at)
    # Not verbs.save: the clock's own note must not make an open form stale.
    meeting.save(update_fields=["next_notice_at", "press_missed_at", "calls_missed_at"])
    return told


def _tell(meeting, reached, at):
    told = []
    for kind in KINDS:
        rungs = [slot for slot in reached if slot.kind == kind]
        if rungs and LACKING[kind](meeting):
            *lower, highest = rungs
            _drop(meeting, lower, at)
            _tell_slot(meeting, highest, at)
            told.append(f"{kind} {highest.name}")
    return told


def _late(meeting, reached, at):
    """After its start nobody is reminded any more (5.5); what was not done is on record."""
    _drop(meeting, reached, at)
    return close(meeting, at)


def _tell_slot(meeting, slot, at):
    tell(
        slot.kind,
        meeting,
        _people(meeting, slot, at),
        _label(meeting, slot.kind),
        client=meeting.client,
        at=at,
        key=_key(meeting, slot),
        level=Notification.Level.REMIND,
        due_at=meeting.starts_at,
        valid_until=meeting.starts_at,
        path=_path(meeting, slot),
    )


def _path(meeting, slot):
    """A quarter of an hour before, straight to the list with its buttons."""
    if slot.kind == "pre_call":
        return reverse("meetings:call_list", args=[meeting.pk])
    return meeting.get_absolute_url()


def _drop(meeting, rungs, at):
    for slot in rungs:
        row = (_key(meeting, slot), _people(meeting, slot, at), _label(meeting, slot.kind))
        code = meeting.client.code
        drop(slots=[row], kind=slot.kind, subject=meeting, client_code=code, at=at)


def _key(meeting, slot):
    return key_of(slot.kind, meeting, slot.name, stamp(meeting.starts_at))


def _people(meeting, slot, at):
    return posts(meeting.client, slot.roles, at, named=meeting.ae)


def _label(meeting, kind):
    return words(LABELS[kind], start=meeting.starts_at, title=meeting.title)


# --- what lacks ---------------------------------------------------------------------------------


def agenda_lacks(meeting):
    return meeting.state != Meeting.State.AGENDA_SENT


def pack_lacks(meeting):
    return meeting.preparations.lacking().exists()


def venue_lacks(meeting):
    return meeting.venue_items.lacking().exists()


def calls_lack(meeting):
    return to_phone(meeting).filter(called_at=None).exists()


LACKING = {
    "agenda_due": agenda_lacks,
    "pack_open": pack_lacks,
    "venue_open": venue_lacks,
    "pre_call": calls_lack,
}


def to_phone(meeting):
    """Everybody but the AE, who phones (R10)."""
    return meeting.attendees.exclude(user=meeting.ae_id)


# --- the start ----------------------------------------------------------------------------------


def close(meeting, at):
    """At the start: no press check, nobody phoned: "missed", for good (R8, R10). Caller saves."""
    missed = []
    if not meeting.press_checks.filter(on__lte=meeting.starts_at).exists():
        meeting.press_missed_at = meeting.starts_at
        missed.append("press")
    if calls_lack(meeting):
        meeting.calls_missed_at = meeting.starts_at
        to_phone(meeting).filter(called_at=None).update(call=Attendee.Call.MISSED)
        missed.append("calls")
    if missed:
        text = " ".join(missed)
        record(meeting, "missed", by=None, at=at, client=meeting.client, text=text)
    return [f"missed: {' '.join(missed)}"] if missed else []


def close_if_open(meeting, at):
    """Held or not held before the clock came by: what it would have put on record."""
    was_invited = meeting.state in Meeting.INVITED and meeting.next_notice_at is not None
    if was_invited and at >= meeting.starts_at:
        close(meeting, at)
