"""Meetings in a row: planned together, moved and called off one by one or from here on (R15)."""

from calendar import monthrange
from dataclasses import replace
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import require
from agency.common.dates import first_of, local_instant, shift
from agency.common.errors import Refused
from agency.common.models import CalendarDay
from agency.common.verbs import save, verb
from meetings.constants import SERIES_LONGEST
from meetings.deadline import zone_of
from meetings.models import Meeting
from meetings.services import ahead, invitations
from meetings.services.ends import RUN, lock_meeting
from meetings.services.meeting import (
    call_off,
    move_draft,
    plan_meeting,
    put_elsewhere,
    set_invited,
)

State = Meeting.State
WEEK = timedelta(weeks=1)


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", gettext_lazy("Every week")
    FORTNIGHTLY = "fortnightly", gettext_lazy("Every second week")
    MONTHLY = "monthly", gettext_lazy("Every month")


class DayOff(models.TextChoices):
    SKIP = "skip", gettext_lazy("Leave it out")
    BEFORE = "before", gettext_lazy("On the working day before")
    AFTER = "after", gettext_lazy("On the next working day")


def days_of(first, rhythm, count, day_off, calendar):
    """The dates of a series of `count` meetings; a day off is left out or moved as chosen.

    The first stands as it was typed. A month without such a day has it on its last.
    """
    found, step = [first], 0
    while len(found) < count:
        step += 1
        day = _nth(first, rhythm, step)
        if not calendar.is_working(day):
            if day_off == DayOff.SKIP:
                continue
            day = shift(day, calendar, back=day_off == DayOff.BEFORE)
        if day > found[-1]:
            found.append(day)
    return found


def _nth(first, rhythm, step):
    if rhythm == Rhythm.MONTHLY:
        month = first_of(first, -step)
        return month.replace(day=min(first.day, monthrange(month.year, month.month)[1]))
    return first + step * WEEK * (2 if rhythm == Rhythm.FORTNIGHTLY else 1)


@verb
def plan_series(*, client, data, count, rhythm, day_off, by, at, form_key=None):
    """`count` drafts at the same local time; the list of them, the first with what was carried."""
    require(by, RUN, client, at)
    if not 2 <= count <= SERIES_LONGEST:
        words = _("A series has 2 to %(most)d meetings.")
        raise Refused(words % {"most": SERIES_LONGEST}, "count")
    first = plan_meeting(client=client, data=data, by=by, at=at, form_key=form_key)
    if (later := list(first.later_ones.order_by("starts_at"))) or first.series_id:
        return [first, *later]
    made = [first]
    for start, end in _slots(first, count, rhythm, day_off)[1:]:
        times = {"starts_at": start, "planned_end": end, "items": [], "urgent_by": ""}
        made.append(
            plan_meeting(client=client, data=replace(data, **times), by=by, at=at, series=first)
        )
    return made


def _slots(first, count, rhythm, day_off):
    zone, length = zone_of(first.client), first.planned_end - first.starts_at
    start = first.starts_at.astimezone(zone)
    days = days_of(start.date(), rhythm, count, day_off, CalendarDay.objects.calendar())
    starts = [local_instant(day, start.time(), zone) for day in days]
    return [(instant, instant + length) for instant in starts]


def following(meeting):
    """This one and those of its series after it that are still ahead, in order."""
    root = meeting.series_id or meeting.pk
    rows = Meeting.objects.filter(Q(pk=root) | Q(series=root)).ahead()
    return rows.filter(starts_at__gte=meeting.starts_at).order_by("starts_at", "pk")


def _locked(meeting, row_version, by, at, states):
    """[(meeting, whom the person acts for)]: this one as it was shown, the others as they are."""
    rest = following(meeting).exclude(pk=meeting.pk).filter(state__in=states)
    found = [lock_meeting(meeting, RUN, row_version, by, at, *states)]
    return [*found, *(lock_meeting(row, RUN, None, by, at, *states) for row in rest)]


@verb
def invite_following(*, meeting, row_version, by, at):
    """Invite to this one and those after it that nobody knows of yet: one mail a person."""
    found = _locked(meeting, row_version, by, at, (State.DRAFT,))
    for row, behalf in found:
        set_invited(row, by, at, behalf)
    meetings = [row for row, _behalf in found]
    invitations.invite(meetings, invitations.everybody(meetings), by, at)
    return meetings[0]


@verb
def move_following(*, meeting, starts_at, planned_end, reason, row_version, by, at, urgent_by=""):
    """This one as typed; those after it by as many days, at the same local time, told once."""
    found = _locked(meeting, row_version, by, at, Meeting.AHEAD)
    times = _shifted([row for row, _behalf in found], starts_at, planned_end)
    told = []
    for (row, behalf), (start, end) in zip(found, times, strict=True):
        if row.state == State.DRAFT:
            move_draft(row, start, end, urgent_by, at)
            ahead.change(row, by, at, is_new_time=True)
            save(row)
        else:
            reason = put_elsewhere(row, start, end, reason, urgent_by, by, at, behalf)
            told.append(row)
    if told:
        invitations.move(told, reason, by, at)
    return found[0][0]


def _shifted(meetings, starts_at, planned_end):
    zone, length = zone_of(meetings[0].client), planned_end - starts_at
    new, old = starts_at.astimezone(zone), meetings[0].starts_at.astimezone(zone)
    days = new.date() - old.date()
    times = [(starts_at, planned_end)]
    for row in meetings[1:]:
        day = row.starts_at.astimezone(zone).date() + days
        start = local_instant(day, new.time(), zone)
        times.append((start, start + length))
    return times


@verb
def cancel_following(*, meeting, reason, row_version, by, at):
    """This one and those after it are called off, told once a person."""
    found = _locked(meeting, row_version, by, at, Meeting.AHEAD)
    told = [row for row, behalf in found if call_off(row, reason, by, at, behalf)]
    if told:
        invitations.cancel(told, by, at)
    return found[0][0]
