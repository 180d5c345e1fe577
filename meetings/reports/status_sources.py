"""What lives at a client and belongs into the weekly report (8.1), in a fixed number of queries."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import Client
from archives.models import Observation
from archives.quarters import days_of, quarter_of, quarter_text
from archives.services.dispatches import LANGUAGES
from budgets.models import Invoice, MediaPlan
from jobs.models import Estimate, Job, Milestone
from jobs.models.timeline import Owner
from meetings.deadline import local_day
from meetings.models import ActionPoint, StatusLine

Section = StatusLine.Section
TITLE_LENGTH = 120
SECTIONS = {Job.Kind.PRODUCTION: Section.CREATIVE, Job.Kind.MEDIA: Section.MEDIA}
LAST = date.max


@dataclass(frozen=True)
class Source:
    """One piece of open work, as a line begins with it."""

    key: str
    section: str
    title: str
    job: Job | None = None
    next_on: date | None = None
    next_user: object = None
    next_contact: object = None
    is_duty: bool = False

    @property
    def order(self):
        """The client's duties first, then by the next date."""
        return (not self.is_duty, self.next_on or LAST, self.key)

    def fields(self):
        return {
            "source_key": self.key, "section": self.section, "title": self.title[:TITLE_LENGTH],
            "job": self.job, "next_on": self.next_on, "next_user": self.next_user,
            "next_contact": self.next_contact,
        }  # fmt: skip


def sources(client, at):
    """[Source] of everything open, in the order of the report."""
    day = local_day(client, at)
    with override(LANGUAGES.get(client.paper_language, LANGUAGES["zh"])):
        found = [
            *_jobs(client),
            *_actions(client),
            *_awaiting_signature(client),
            *_overdue(client, day),
            *_quarterly(client, day),
        ]
    return sorted(found, key=lambda source: source.order)


def _jobs(client):
    """Jobs by their next date, and what the client owes to them (R64)."""
    steps = {}
    rows = Milestone.objects.live().open().filter(timeline__job__client=client, client_visible=True)
    rows = rows.order_by("due_on", "pk").select_related("timeline", "contact")
    for step in rows:
        steps.setdefault(step.timeline.job_id, []).append(step)
    jobs = Job.objects.filter(
        client=client, state__in=[Job.State.APPROVED, Job.State.ACTIVE], archived_at__isnull=True
    ).exclude(kind=Job.Kind.FEE)
    for job in jobs:
        own = steps.get(job.pk, [])
        yield _job(job, next((step for step in own if step.owner != Owner.CLIENT), None))
        yield from (_duty(job, step) for step in own if step.owner == Owner.CLIENT)


def _job(job, step):
    return Source(
        key=f"job:{job.pk}", section=SECTIONS[job.kind], title=job.title, job=job,
        next_on=step.due_on if step else job.due_on,
    )  # fmt: skip


def _duty(job, step):
    return Source(
        key=f"duty:{step.thread}", section=SECTIONS[job.kind], title=step.name, job=job,
        next_on=step.due_on, next_contact=step.contact, is_duty=True,
    )  # fmt: skip


def _actions(client):
    """An action goes with its job; without one the AE puts it where it belongs."""
    rows = ActionPoint.objects.open().filter(report__client=client)
    for row in rows.select_related("point__item__job", "user", "contact"):
        item = row.point.item if row.point else None
        job = item.job if item else None
        kind = job.kind if job else None
        yield Source(
            key=f"action:{row.pk}", section=SECTIONS.get(kind, Section.CREATIVE), title=row.text,
            job=job, next_on=row.due_on, next_user=row.user, next_contact=row.contact,
            is_duty=row.contact_id is not None,
        )  # fmt: skip


def _awaiting_signature(client):
    for name, word, model in (
        ("estimate", _("Production estimate"), Estimate),
        ("plan", _("Media plan"), MediaPlan),
    ):
        rows = model.objects.filter(job__client=client, state=model.State.SENT)
        for paper in rows.select_related("job", "sent_to"):
            yield Source(
                key=f"{name}:{paper.pk}", section=Section.FINANCE, job=paper.job,
                title=_("%(kind)s %(paper)s awaiting signature") % {"kind": word, "paper": paper},
                next_on=paper.valid_until, next_contact=paper.sent_to,
            )  # fmt: skip


def _overdue(client, day):
    """What the client owes us; a media owner's bill is paid to him."""
    rows = Invoice.objects.overdue(day).filter(client=client, in_budget=True)
    for bill in rows.select_related("job"):
        yield Source(
            key=f"invoice:{bill.pk}", section=Section.FINANCE, job=bill.job,
            title=_("Invoice %(number)s overdue since %(day)s")
            % {"number": bill.number, "day": bill.due_on.isoformat()},
        )  # fmt: skip


def _quarterly(client, day):
    """The quarterly report until it is out; in a quarter that runs what was observed for it."""
    for report in client.quarterly_reports.unissued().filter(revision=1):
        yield Source(
            key=f"quarterly:{report.pk}", section=Section.RESEARCH,
            title=_("Market and competitor report %(quarter)s")
            % {"quarter": quarter_text(report.year, report.quarter)},
            next_on=local_day(client, report.due_at),
        )  # fmt: skip
    year, quarter = quarter_of(day)
    seen = Observation.objects.of_client(client).between(*days_of(year, quarter))
    if seen.exists():
        yield Source(
            key=f"observations:{year}-Q{quarter}", section=Section.RESEARCH,
            title=_("Observations of market and competitors, %(quarter)s")
            % {"quarter": quarter_text(year, quarter)},
        )  # fmt: skip


def is_due_for(client):
    """Only active clients get weekly reports (R28)."""
    return client.status == Client.Status.ACTIVE


def carried(former):
    """[Source] of the free lines of the last issued report whose work goes on."""
    return [
        Source(
            key=line.source_key, section=line.section, title=line.title, job=line.job,
            next_on=line.next_on, next_user=line.next_user, next_contact=line.next_contact,
        )
        for line in former.values()
        if line.is_free and line.ended_on is None
    ]  # fmt: skip


def former_lines(report):
    """{source key: line} of the last issued report before this one."""
    last = type(report).objects.before(report)
    if last is None:
        return {}
    rows = last.lines.filter(~Q(source_key="")).select_related("job", "next_user", "next_contact")
    return {line.source_key: line for line in rows}
