"""The demo's own time: stories sleep until an instant, between them the clock ticks (5.5)."""

import heapq
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import ClientLink
from agency.clock import MORNING, STEPS, clock
from agency.common.dates import MIDNIGHT, local_instant
from agency.common.lines import FolderLine
from agency.common.sender import deliver
from agency.common.services import claims
from archives.tasks.document import TEXTS
from archives.tasks.preview import PREVIEWS
from meetings import services
from meetings.services import typed
from meetings.tasks_status import DRAFTS

TICK = timedelta(hours=6)  # at least so often the clock looks at everything
GAP = timedelta(hours=4)  # and no more often than this: acts of one morning wait for one look
# Of what is older nobody asks at what hour of a day the clock saw it: it looks a third as often.
LONG_AGO, SELDOM = timedelta(weeks=3), 3
READABLE = timedelta(days=2)
# The running site reads and draws the papers: a process each, which a fill need not wait for.
NEW = [step for step in STEPS if step not in (TEXTS, PREVIEWS)]
OLD = [step for step in NEW if step is not MORNING]
# Of the weeks before the last one, the stories themselves begin the reports that a visitor finds.
OLDEST = [step for step in OLD if step is not DRAFTS]


def steps_of(at, now):
    """What the clock did then."""
    if now - at < READABLE:
        return NEW
    today = timezone.localdate(now)
    last_week = local_instant(today - timedelta(days=today.weekday() + 7), MIDNIGHT)
    return OLD if at >= last_week else OLDEST


class Quiet:
    """A line that takes everything and passes nothing on: no demo mail leaves the house."""

    is_open = True

    def offer(self, sender, recipient, copy_to=""):
        """Everybody is taken."""

    def send(self, mail, body):
        return "250 demo"

    def reset(self):
        """Nothing was begun."""

    def close(self):
        """Nothing is open."""


@dataclass
class Stage:
    """Everybody, and what time it is in the story."""

    users: dict
    clients: dict
    now: datetime
    at: datetime
    tell: object = print
    opens: datetime | None = None  # before it there was no clock: paper and pencil
    _acted_at: datetime | None = None
    _queue: list = field(default_factory=list)
    _order: object = field(default_factory=count)

    def play(self, story):
        """Put a story on: a generator that yields the instants it goes on at."""
        self._sleep(story)

    def _sleep(self, story):
        wake = next(story, None)
        if wake is not None and wake <= self.now:
            heapq.heappush(self._queue, (wake, next(self._order), story))

    def run(self):
        """Let the time pass to now."""
        while self._queue:
            wake, _order, story = heapq.heappop(self._queue)
            self.pass_to(wake)
            self._sleep(story)
        self.pass_to(self.now)
        self._act()
        if self._send():
            self._act()

    def pass_to(self, instant):
        while self.at + TICK * self._pace < instant:
            self._tick(self.at + TICK * self._pace)
        self._tick(instant)

    @property
    def _pace(self):
        return SELDOM if self.now - self.at > LONG_AGO else 1

    def _tick(self, instant):
        self.at = max(self.at, instant)
        if self.opens and self.at < self.opens:
            return
        if self._acted_at is None or self.at - self._acted_at >= GAP * self._pace:
            self._act()
        self._send()

    def _act(self):
        """The morning letters of weeks ago are not written: nobody would read them."""
        self._acted_at = self.at
        list(clock(self.at, steps=steps_of(self.at, self.now)))

    def _send(self):
        """Hand over what waits; returns how many mails that were."""
        line = Quiet()
        if settings.MAIL_DIR and self.now - self.at < READABLE:
            line = FolderLine()
        count = 0
        while mail := claims.claim(self.at):
            deliver(line, mail, lambda: self.at)
            count += 1
        line.close()
        return count

    # --- what people do ------------------------------------------------------------------------

    def contact(self, code, name):
        return self.clients[code].contacts.get(name=name)

    def log(self, code, login, talk, ended_at, contacts, length=20, kind="call", **more):
        """A call is logged now; returns the draft of its report."""
        client, user = self.clients[code], self.users[login]
        people = [self.contact(code, name) for name in contacts]
        return services.log_call(
            client=client,
            kind=kind,
            title=talk[0],
            starts_at=ended_at - timedelta(minutes=length),
            ended_at=ended_at,
            data=self.data(talk, user, people, ended_at),
            users=[user],
            contacts=people,
            by=user,
            at=self.at,
            **more,
        )

    def data(self, talk, user, contacts, since):
        _title, said, decided, problem, ours, theirs = talk
        points = [typed.PointData("discussion", said)]
        if problem:
            points.append(typed.PointData("problem", problem[0], problem[1]))
        points.append(typed.PointData("decision", decided))
        day = since.date()
        actions = [typed.ActionData(ours, user=user, due_on=day + timedelta(days=5))]
        if theirs:
            due = day + timedelta(days=4)
            actions.append(typed.ActionData(theirs, contact=contacts[0], due_on=due))
        return typed.ReportData(points=points, actions=actions, returner=contacts[0])

    def issue(self, report, login, late_reason=""):
        user = self.users[login]
        return services.issue_report(
            report=report, row_version=None, by=user, at=self.at, late_reason=late_reason
        )

    def answer(self, report, name, answer, about="", reason=""):
        """The contact answers by the link of the mail."""
        report.refresh_from_db()
        contact = report.client.contacts.get(name=name)
        link = ClientLink.objects.of(report.document).get(contact=contact)
        with transaction.atomic():
            return services.answer_return(
                link=link,
                answer=answer,
                typed_name=name,
                sha256=link.sha256,
                about=about,
                reason=reason,
                ip="203.0.113.7",
                agent="Demo browser",
                at=self.at,
            )
