"""What waits for a person with a plan, and how punctual the steps are (R65–R67, R69, 6.8)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from accounts.awaiting import Source
from jobs.models import Job, Milestone, Receipt, Timeline
from jobs.models.timeline import Owner

TENTH = Decimal("0.1")
OF_PLAN = {
    "title": "timeline__job__title",
    "number": "timeline__job__number",
    "client": "timeline__job__client__name",
}
OF_STEP = {**OF_PLAN, "title": "name"}
AT_WORK = {"timeline__job__archived_at": None}


def late_steps(mine, at):
    """The AE's: every step past its day, whoever does it (R67)."""
    rows = Milestone.objects.overdue(mine.today)
    return rows.filter(mine.where("timeline__job__ae", "timeline__job__client"))


def own_steps(mine, at):
    """Steps that name the person, from the day they begin; the AE has the late ones already."""
    rows = Milestone.objects.live().open().filter(due_on__gte=mine.today)
    rows = rows.filter(Q(starts_on__lte=mine.today) | Q(starts_on=None, due_on=mine.today))
    return rows.filter(mine.where("user", "timeline__job__client"))


def own_late(mine, at):
    """Late steps that name the person, where he is not the AE."""
    rows = Milestone.objects.overdue(mine.today).exclude(timeline__job__ae=mine.user)
    return rows.filter(mine.where("user", "timeline__job__client"))


def to_see(mine, at):
    """Versions in force of which a receipt is awaited from the person (R66)."""
    rows = Receipt.objects.filter(seen_at=None, timeline__state=Timeline.State.CURRENT)
    return rows.filter(mine.where("user", "timeline__job__client"), **AT_WORK)


def not_seen(mine, at):
    """Plans whose receipts have not come after a working day, on the AE's list (R66)."""
    rows = Receipt.objects.filter(seen_at=None, timeline__state=Timeline.State.CURRENT)
    rows = rows.filter(told_at__isnull=False, **AT_WORK)
    rows = rows.filter(mine.where("timeline__job__ae", "timeline__job__client"))
    return Timeline.objects.filter(pk__in=rows.values("timeline"))


def to_publish(mine, at):
    """Plans whose slips the client has not been told by a new version; due the same day (R65)."""
    rows = Timeline.objects.new_version_due()
    return rows.filter(mine.where("job__ae", "job__client"))


def to_plan(mine, at):
    """Approved jobs without any plan: no work starts (R62)."""
    rows = Job.objects.filter(state=Job.State.APPROVED, archived_at=None, timelines=None)
    return rows.filter(mine.where("ae"))


SOURCES = (
    Source(
        "step_late", late_steps, group=_("Timelines"),
        sentence=_("Late: %(title)s, %(number)s"), button=_("Enter the real date"),
        url="jobs:milestone_tick", due_on="due_on", person="timeline__job__ae", **OF_STEP,
    ),
    Source(
        "step_own", own_steps, group=_("Timelines"),
        sentence=_("%(title)s, %(number)s"), button=_("Progress"),
        url="jobs:milestone_tick", due_on="due_on", person="user", **OF_STEP,
    ),
    Source(
        "step_own_late", own_late, group=_("Timelines"),
        sentence=_("Late: %(title)s, %(number)s"), button=_("Enter the real date"),
        url="jobs:milestone_tick", due_on="due_on", person="user", **OF_STEP,
    ),
    Source(
        "timeline_see", to_see, group=_("Timelines"),
        sentence=_("A new timeline: %(title)s"), button=_("Look at it"),
        url="jobs:timeline_detail", row="timeline_id", person="user", **OF_PLAN,
    ),
    Source(
        "timeline_not_seen", not_seen, group=_("Timelines"),
        sentence=_("Not everyone has seen the timeline: %(title)s"), button=_("Ask them"),
        url="jobs:timeline_detail", person="job__ae",
    ),
    Source(
        "timeline_publish", to_publish, group=_("Timelines"),
        sentence=_("A date that the client knows slips: %(title)s, %(number)s"),
        button=_("Publish a new version of the timeline"), url="jobs:timeline_detail",
        due_on="new_version_due_on", person="job__ae",
    ),
    Source(
        "timeline_missing", to_plan, group=_("Timelines"),
        sentence=_("No timeline yet: %(title)s, %(number)s"), button=_("Draft the timeline"),
        url="jobs:timeline_create", due_on="due_on", person="ae",
        title="title", number="number", client="client__name",
    ),
)  # fmt: skip


IN_TIME = Q(done_on__lte=F("first_due_on"))
LATE_BY_CLIENT = (Q(done_on__gt=F("first_due_on")) | Q(done_on=None)) & (
    Q(slip_cause=Milestone.SlipCause.CLIENT) | Q(owner=Owner.CLIENT)
)
BEHIND = {"in_time": IN_TIME, "by_client": LATE_BY_CLIENT, "own": ~LATE_BY_CLIENT}


@dataclass(frozen=True)
class Punctuality:
    """Steps due in a period: how many, how many in time, with and without the client's slips."""

    count: int
    in_time: int
    by_client: int

    @property
    def rate(self):
        """Per cent in time, all slips counted: they stay the AE's (R67). None without steps."""
        return _share(self.in_time, self.count)

    @property
    def rate_own(self):
        """The same without steps late through the client."""
        return _share(self.in_time, self.count - self.by_client)


def _share(part, whole):
    if not whole:
        return None
    return (Decimal(100) * part / whole).quantize(TENTH, rounding=ROUND_HALF_UP)


def on_time(user, start, end, client=None, ae=None):
    """Punctuality of the steps first promised for a day in [start, end), that the person sees.

    Promised is the day of the first version that named the step: a new version mends no delay.
    Late: done after that day. Steps still open and past it are late too; both ends are days, and
    `end` is not after tomorrow, so that nothing to come is judged. Only versions in force count.
    """
    rows = promised(user, start, end, client)
    if ae is not None:
        rows = rows.filter(timeline__job__ae=ae)
    return Punctuality(
        **rows.aggregate(
            count=Count("pk"),
            in_time=Count("pk", filter=IN_TIME),
            by_client=Count("pk", filter=LATE_BY_CLIENT),
        )
    )


def promised(user, start, end, client=None, which=""):
    """The steps behind a figure of `on_time`: all, `in_time`, `by_client` late, or `own`."""
    rows = Milestone.objects.visible_to(user).filter(
        timeline__state=Timeline.State.CURRENT, first_due_on__gte=start, first_due_on__lt=end
    )
    if client is not None:
        rows = rows.filter(timeline__job__client=client)
    return rows.filter(BEHIND[which]) if which else rows
