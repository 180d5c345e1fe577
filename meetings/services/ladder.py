"""The ladder of the contact report and of a revision: who is told when (R17, R22, 5.2)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from accounts.services.telling import key_of, posts, stamp, words
from accounts.services.telling import tell as tell_people
from agency.common import dates
from agency.common.models import CalendarDay, Notification
from agency.common.services import clock_is_trusted, drop, void_waiting
from agency.common.verbs import lock, verb
from meetings.constants import (
    MORNING_HOUR,
    REPORT_ESCALATE,
    REPORT_REMIND,
    REVISION_DUE,
)
from meetings.deadline import after, local_day, zone_of
from meetings.models import ContactReport
from meetings.services.naming import title_of

Level = Notification.Level
State = ContactReport.State
TICK = timedelta(microseconds=1)
DAY = timedelta(days=1)
MORNING = time(MORNING_HOUR)

RUNGS = {
    "due": (Level.INFO, ("ae",)),
    "h12": (Level.REMIND, ("ae",)),
    "h20": (Level.REMIND, ("ae", "am")),
    "breach": (Level.BREACH, ("ae", "am", "ad")),
    "h36": (Level.ESCALATION, ("ad",)),
    "d": (Level.ESCALATION, ("gad", "ad")),
}
WORDS = {
    "report_due": {
        Level.INFO: _("Contact report due %(due)s: %(title)s"),
        Level.REMIND: _("Contact report due %(due)s: %(title)s"),
        Level.BREACH: _("Contact report overdue since %(due)s: %(title)s"),
        Level.ESCALATION: _(
            "No contact report, overdue since %(due)s: %(title)s (AE %(ae)s, AM %(am)s)"
        ),
    },
    "revision_due": {
        Level.INFO: _("Revision due %(due)s: %(title)s"),
        Level.REMIND: _("Revision due %(due)s: %(title)s"),
        Level.BREACH: _("Revision overdue since %(due)s: %(title)s"),
        Level.ESCALATION: _("No revision, overdue since %(due)s: %(title)s (AE %(ae)s, AM %(am)s)"),
    },
}


@dataclass(frozen=True)
class Slot:
    name: str
    at: datetime

    @property
    def level(self):
        return self._rung[0]

    @property
    def roles(self):
        return self._rung[1]

    @property
    def _rung(self):
        return RUNGS[self.name.partition(":")[0]]


@dataclass(frozen=True)
class Run:
    """What a ladder hangs on: the row, and when its clock began."""

    report: ContactReport
    kind: str
    root: ContactReport
    start: datetime
    due_at: datetime

    @property
    def client(self):
        return self.report.client

    @property
    def version(self):
        return stamp(self.start)

    def key(self, slot):
        return key_of(self.kind, self.root, slot, self.version)

    @cached_property
    def title(self):
        return title_of(self.report)

    def people(self, roles, at):
        """Who is in these posts now; each post is looked up once for all slots."""
        for role in roles:
            if role not in self._posts:
                named = self.report.author
                self._posts[role] = posts(self.client, [role], at, named=named)
        return list(dict.fromkeys(user for role in roles for user in self._posts[role]))

    @cached_property
    def _posts(self):
        return {}


def run_of(report):
    """The ladder that runs on the row now; None when none does.

    A revision's runs on the report objected to until its draft exists, then on the draft, with
    the same keys: nobody is told twice.
    """
    if report.state == State.DRAFT:
        former = report.supersedes
        kind = "revision_due" if former else "report_due"
        return Run(report, kind, former or report, report.clock_from, report.due_at)
    if report.state == State.OBJECTED and not _has_revision(report):
        due_at = revision_due(report.client, report.objected_at)
        return Run(report, "revision_due", report, report.objected_at, due_at)
    return None


def _has_revision(report):
    return ContactReport.objects.filter(supersedes=report).exists()


def revision_due(client, start):
    return after(client, start, REVISION_DUE)


def slots(run, until):
    """The slots of the ladder up to `until`, lowest first; of the daily ones the last only."""
    found = [Slot("due", run.start)]
    found += [Slot(f"h{n}", after(run.client, run.start, n)) for n in REPORT_REMIND]
    # Exactly at the deadline is still on time: overdue begins with the next instant (Z1).
    found.append(Slot("breach", run.due_at + TICK))
    h36, h48 = (after(run.client, run.start, n) for n in REPORT_ESCALATE)
    found.append(Slot("h36", h36))
    last = _last_daily(run.client, h48, until)
    found.append(Slot(f"d:{local_day(run.client, last)}", last))
    return [slot for slot in found if slot.at <= until]


def _mornings(client, day, step):
    calendar, zone = CalendarDay.objects.calendar(), zone_of(client)
    while True:
        if calendar.is_working(day):
            yield dates.local_instant(day, MORNING, zone)
        day += step


def _last_daily(client, first, until):
    """The first daily escalation, or the last working morning after it that has come."""
    if until <= first:
        return first
    mornings = _mornings(client, local_day(client, until), -DAY)
    return max(first, next(morning for morning in mornings if morning <= until))


def next_after(run, at):
    """The first instant after `at` at which the ladder has something to say."""
    first = after(run.client, run.start, REPORT_ESCALATE[1])
    ahead = [slot.at for slot in slots(run, first) if slot.at > at]
    if ahead:
        return min(ahead)
    mornings = _mornings(run.client, local_day(run.client, at), DAY)
    return next(morning for morning in mornings if morning > max(at, first))


def schedule(report, at):
    """Note on the row when the clock must look at it again; the caller saves."""
    run = run_of(report)
    report.next_notice_at = next_after(run, at) if run else None


def tell(report, at):
    """Tell everybody the highest slot that has come for them, write lower ones as dropped (5.5).

    The next instant is noted on the row. While the clock is not trusted nothing is written (B1).
    """
    run = run_of(report)
    reached = slots(run, at) if run else []
    if not reached or (_is_breach(reached) and not clock_is_trusted(at)):
        return []
    told, fresh, late = set(), [], []
    for slot in reversed(reached):
        people = run.people(slot.roles, at)
        if before := [user for user in people if user in told]:
            late.append((run.key(slot.name), before, _label(run, slot, at)))
        if new := [user for user in people if user not in told]:
            fresh += _tell_slot(run, slot, new, at)
        told.update(people)
    _drop(run, late, at)
    report.next_notice_at = next_after(run, at)
    # Not verbs.save: the clock's own note must not make an open form stale.
    report.save(update_fields=["next_notice_at"])
    return fresh


def _is_breach(reached):
    return any(slot.level in (Level.BREACH, Level.ESCALATION) for slot in reached)


def _tell_slot(run, slot, people, at):
    return tell_people(
        run.kind,
        run.report,
        people,
        _label(run, slot, at),
        client=run.client,
        at=at,
        key=run.key(slot.name),
        level=slot.level,
        due_at=run.due_at,
        mail=slot.level != Level.INFO,
    )


def _drop(run, late, at):
    """Lower slots of those who have been told a higher one never come later (5.5)."""
    drop(
        slots=late,
        kind=run.kind,
        subject=run.report,
        client_code=run.client.code,
        at=at,
    )


def _label(run, slot, at):
    ae, am = run.people(["ae"], at), run.people(["am"], at)
    return words(
        WORDS[run.kind][slot.level],
        due=run.due_at,
        title=run.title,
        ae=ae[0] if ae else "–",
        am=am[0] if am else "–",
    )


def stop(report, at):
    """Issued or gone: the mails of its ladder that still wait for the morning are void (5.2)."""
    for kind, root in (("report_due", report), ("revision_due", report.supersedes or report)):
        void_waiting(key_prefix=key_of(kind, root, ""), reason=_("Not needed any more."), at=at)


@verb
def climb(*, report, at):
    """What the clock does with a ladder whose next slot has come."""
    current = lock(report)
    # read by the step for all its rows at once
    if current.author_id == report.author_id:
        current.author = report.author
    current.client = report.client
    current.first_title = getattr(report, "first_title", "")
    return tell(current, at)
