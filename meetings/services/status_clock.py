"""When somebody is reminded of a weekly report, and what the clock keeps right (5.4, 5.5)."""

from django.utils.translation import gettext_lazy, ngettext_lazy

from accounts.services.telling import key_of, posts, stamp, tell, words
from agency.common.dates import add_working_days, local_instant
from agency.common.models import CalendarDay
from agency.common.services.record import record
from agency.common.verbs import save, verb
from archives.services import signing
from meetings.constants import STATUS_DRAFT, STATUS_JUDGED
from meetings.deadline import local_day
from meetings.models import StatusReport
from meetings.reports.status_problems import lines_of, long_stale, stale
from meetings.reports.status_sources import is_due_for
from meetings.services.status import refresh_status
from meetings.services.status_slots import MORNING, next_hour, schedule
from meetings.week import INSTANT, reminders, status_due

State = StatusReport.State
POSTS = {"h24": ["ae"], "h5": ["ae", "am"], "due": ["ae", "am", "ad"]}


@verb
def remind_status(*, report, at):
    """The highest slot of the ladder that has come, and this morning's work and stale lines."""
    report = signing.begun(report)
    since = report.next_notice_at
    if since is None or since > at or report.issued_at:
        return None
    told = []
    if report.state != State.SIGNED and is_due_for(report.client):
        told = [
            *_refresh(report, since, at),
            *_climb(report, since, at),
            *_stale(report, since, at),
        ]
    schedule(report, at)
    report.save(update_fields=["next_notice_at"])
    return ", ".join(told)


def _refresh(report, since, at):
    """Once a working day a draft looks at what lives."""
    came = next_hour(report, since - INSTANT, STATUS_DRAFT) <= at
    if not came or report.state != State.DRAFT:
        return []
    refresh_status(report=report, at=at)
    return ["refreshed"]


def _climb(report, since, at):
    """The lower slots are written as dropped: they never come later (5.5)."""
    came = [slot for slot, instant in reminders(report) if since <= instant <= at]
    if not came:
        return []
    *lower, slot = came
    keys = [_key(report, name) for name in lower]
    text = gettext_lazy("Weekly report due %(due)s: %(report)s, %(state)s")
    if slot == "due":
        text = gettext_lazy("Weekly report not signed by %(due)s: %(report)s, %(state)s")
    label = words(text, due=report.due_at, report=report, state=State(report.state).label)
    people = posts(report.client, POSTS[slot], at)
    tell("status_due", report, people, label, client=report.client, at=at,
         key=_key(report, slot), level="breach" if slot == "due" else "remind",
         due_at=report.due_at, lower_keys=keys)  # fmt: skip
    return [slot]


def _key(report, slot):
    """A due time that has moved has notices of its own."""
    return key_of("status_due", report, slot, stamp(report.due_at))


def _stale(report, since, at):
    """This morning, of the working day before, where the clock ran when that was judged (5.5)."""
    if not _is_morning(report.client, since, at):
        return []
    lines = lines_of(report)
    told = []
    if count := len(stale(report, at, lines)):
        text = ngettext_lazy(
            "%(count)s line not brought up to date: %(report)s",
            "%(count)s lines not brought up to date: %(report)s",
            count,
        )
        _tell_stale(report, "stale", words(text, count=count, report=report), at)
        told.append("stale")
    if count := len(long_stale(report, at, lines)):
        text = ngettext_lazy(
            "%(count)s line not brought up to date for three working days: %(report)s",
            "%(count)s lines not brought up to date for three working days: %(report)s",
            count,
        )
        _tell_stale(report, "stale3", words(text, count=count, report=report), at)
        told.append("stale3")
    return told


def _is_morning(client, since, at):
    calendar, today = CalendarDay.objects.calendar(), local_day(client, at)
    morning = local_instant(today, MORNING, client.timezone)
    judged = local_instant(add_working_days(today, -1, calendar), STATUS_JUDGED, client.timezone)
    return calendar.is_working(today) and judged < since <= morning <= at


def _tell_stale(report, name, label, at):
    """The AE reads it on the page; from the third day on the AM gets a mail (R31)."""
    client, is_long = report.client, name == "stale3"
    tell("status_stale", report, posts(client, ["am" if is_long else "ae"], at), label,
         client=client, at=at, slot=f"{name}:{local_day(client, at)}", mail=is_long,
         level="remind")  # fmt: skip


@verb
def follow_due(*, report, at):
    """Calendar or client have changed: the due time of what is not out yet follows (5.4)."""
    report = signing.begun(report)
    due = status_due(report.client, report.week, CalendarDay.objects.calendar())
    if not is_movable(report, due, at):
        return None
    if due is None:
        return _drop(report, at, "the week has no working day")
    old, report.due_at = report.due_at, due
    schedule(report, at)
    save(report)
    record(report, "move_status_due", by=None, at=at, client=report.client, due_at=[old, due])
    return f"{report}: {due.isoformat()}"


def is_movable(report, due, at):
    """What is due already stays so; nothing is made due in the past."""
    is_ahead = report.is_first and not report.issued_at and report.due_at > at
    return is_ahead and due != report.due_at and (due is None or due > at)


@verb
def drop_resting(*, report, at):
    """At its due time the client is not active: that week has no report (3.4)."""
    report = signing.begun(report)
    is_over = report.is_first and not report.issued_at and report.due_at <= at
    if not is_over or is_due_for(report.client):
        return None
    return _drop(report, at, "the client is not active")


def _drop(report, at, reason):
    name = f"{report}"
    record(report, "drop_status", by=None, at=at, client=report.client, reason=reason)
    report.delete()
    return name
