"""Service figures of jobs (6.8): lead time of approvals, checks, errors; each opens its list."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, F, Min, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from agency.common.dates import worked
from agency.common.models import CalendarDay
from agency.common.spans import hours, median, percentile
from jobs.models import Approval, ErrorNote, Estimate, Job, OutgoingCheck
from jobs.reports.missing import lacks_papers

NINETY = Decimal("0.9")
STEPS = {
    "all": _("From submission to signature"),
    "manager": _("Account manager"),
    "director": _("Director's office"),
    "sending": _("Sending"),
    "client": _("Client"),
}
WAITS = (
    Estimate.State.SUBMITTED,
    Estimate.State.MANAGER_OK,
    Estimate.State.DIRECTOR_OK,
    Estimate.State.APPROVED,
    Estimate.State.SENT,
)


@dataclass(frozen=True)
class Lead:
    """Working hours a step took: how often, half of them within, nine of ten within."""

    step: str
    count: int
    median: Decimal | None
    p90: Decimal | None

    @property
    def label(self):
        return STEPS[self.step]


def lead_times(user, start, end, client=None):
    """[Lead] of the estimates signed in [start, end), by step, in working hours."""
    calendar = CalendarDay.objects.calendar()
    spans = defaultdict(list)
    for row in signed(user, start, end, client).prefetch_related("approvals"):
        for step, since, until in _steps(row):
            spans[step].append(worked(since, until, calendar, row.job.client.timezone))
    return [
        Lead(
            step,
            len(spans[step]),
            hours(median(spans[step])),
            hours(percentile(spans[step], NINETY)),
        )
        for step in STEPS
    ]


def signed(user, start, end, client=None):
    """The estimates behind the lead times."""
    rows = Estimate.objects.visible_to(user).filter(signed_at__gte=start, signed_at__lt=end)
    rows = rows.filter(job__client=client) if client else rows
    return rows.select_related("job__client")


def _steps(estimate):
    """(step, since, until) of each step the estimate has gone through."""
    steps = Approval.Step
    at = {row.step: row.at for row in estimate.approvals.all()}
    submitted, sent = estimate.submitted_at, estimate.sent_at
    yield "all", submitted, estimate.signed_at
    if steps.MANAGER in at and steps.DIRECTOR in at:
        approved = at.get(steps.DIRECTOR2, at[steps.DIRECTOR])
        yield "manager", submitted, at[steps.MANAGER]
        yield "director", at[steps.MANAGER], approved
        yield "sending", approved, sent
    yield "client", sent, estimate.signed_at


@dataclass(frozen=True)
class Waiting:
    """Estimates that wait at one step, and since when the oldest does."""

    state: str
    count: int
    since: object

    @property
    def label(self):
        return Estimate.State(self.state).label


def waiting(user, at, client=None):
    """[Waiting] by step of the chain; the age of each stands in its list."""
    rows = Estimate.objects.visible_to(user).running().prefetch_related("approvals")
    rows = rows.filter(job__client=client) if client else rows
    found = defaultdict(list)
    for row in rows:
        found[row.state].append(waits_since(row))
    return [Waiting(state, len(found[state]), min(found[state], default=None)) for state in WAITS]


def waits_since(estimate):
    """When the step began at which the estimate is now."""
    if estimate.state == Estimate.State.SENT:
        return estimate.sent_at
    times = [row.at for row in estimate.approvals.all()]
    return max([estimate.submitted_at, *times])


def to_approve(rows):
    """{AE id: (how many, since when the oldest)} of those of the papers that wait for our own yes.

    rows: estimates, or papers that go through the same chain.
    """
    approvals = rows.model._meta.get_field("approvals")
    said = approvals.related_model.objects.filter(**{approvals.field.name: OuterRef("pk")})
    last = Subquery(said.order_by("-at").values("at")[:1])
    rows = rows.to_approve().annotate(since_=Greatest("submitted_at", last)).order_by()
    found = rows.values_list("job__ae").annotate(n=Count("pk"), oldest=Min("since_"))
    return {ae: (count, oldest) for ae, count, oldest in found}


@dataclass(frozen=True)
class Pass:
    """First looks at a person's work, and how many of them passed at once (R73)."""

    person: object
    looked: int
    passed: int

    @property
    def rate(self):
        return Decimal(self.passed) / self.looked if self.looked else None


def first_passes(user, start, end, by="author", client=None):
    """[Pass] by author or by checker of the checks ended in [start, end)."""
    rows = checks(user, start, end, client).first_looks().select_related(by)
    found = defaultdict(list)
    for row in rows:
        found[getattr(row, by)].append(row.state == OutgoingCheck.State.PASSED)
    people = sorted(found, key=lambda person: person.name)
    return [Pass(person, len(found[person]), sum(found[person])) for person in people]


def checks(user, start, end, client=None):
    rows = OutgoingCheck.objects.visible_to(user)
    rows = rows.filter(checked_at__gte=start, checked_at__lt=end)
    return rows.filter(client=client) if client else rows


def failed_checks(user, start, end, client=None):
    """{author id: failed checks of his papers} (R84)."""
    rows = checks(user, start, end, client).failed().order_by()
    return dict(rows.values_list("author").annotate(n=Count("pk")))


def late_estimates(user, start, end, client=None, by="ae"):
    """{AE or client: jobs whose estimate came late, or has not come} of those due then (R84)."""
    rows = late_jobs(Job.objects.visible_to(user), start, end)
    rows = rows.filter(client=client) if client else rows
    return dict(rows.order_by().values_list(by).annotate(n=Count("pk")))


def late_jobs(rows, start, end):
    """Those of the jobs whose estimate was due in [start, end) and was not submitted by then."""
    due = rows.filter(kind=Job.Kind.PRODUCTION, estimate_due_at__gte=start, estimate_due_at__lt=end)
    in_time = Estimate.objects.filter(
        job=OuterRef("pk"), submitted_at__lte=OuterRef("estimate_due_at")
    )
    return due.exclude(Exists(in_time))


def overdue_and_lacking(user, day, client=None):
    """Two times {AE id: jobs}: those whose day has passed undelivered, and those at which a paper
    of their stage is missing (R40)."""
    jobs = Job.objects.visible_to(user).filter(archived_at__isnull=True).order_by()
    jobs = jobs.filter(client=client) if client else jobs
    late, lacking = {}, {}
    kinds = ((jobs.overdue(day), True), (jobs.filter(lacks_papers()), False))
    counts = [
        rows.values(is_late=Value(is_late), who=F("ae")).annotate(n=Count("pk"))
        for rows, is_late in kinds
    ]
    for row in counts[0].union(counts[1], all=True):
        (late if row["is_late"] else lacking)[row["who"]] = row["n"]
    return late, lacking


def errors(user, since, until, client=None):
    """[(kind, label, count, amount)] of the error notes found from day to day, both inclusive."""
    rows = ErrorNote.objects.visible_to(user).filter(found_on__gte=since, found_on__lte=until)
    rows = rows.filter(job__client=client) if client else rows
    found = rows.order_by().values("kind").annotate(n=Count("pk"), amount=Sum("amount"))
    by_kind = {row["kind"]: row for row in found}
    return [
        (kind, label, by_kind[kind]["n"], by_kind[kind]["amount"])
        for kind, label in ErrorNote.Kind.choices
        if kind in by_kind
    ]
