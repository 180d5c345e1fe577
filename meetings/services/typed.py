"""What people type, as plain values: forms make them, verbs take them, rows give them back."""

from dataclasses import dataclass, field
from datetime import date, datetime

from accounts.models import Contact, User
from jobs.models import Job
from meetings.models import AgendaItem


@dataclass(frozen=True)
class PointData:
    kind: str = "discussion"
    text: str = ""
    solution: str = ""
    for_management: bool = False
    pk: int | None = None
    item: AgendaItem | None = None
    job: Job | None = None

    @property
    def is_empty(self):
        return not (self.text.strip() or self.solution.strip())


@dataclass(frozen=True)
class ActionData:
    text: str = ""
    user: User | None = None
    contact: Contact | None = None
    due_on: date | None = None
    pk: int | None = None
    job: Job | None = None

    @property
    def is_empty(self):
        return not (self.text.strip() or self.user or self.contact or self.due_on)


@dataclass(frozen=True)
class ReportData:
    """A report as typed. `recipients` and `readers` None: leave the lists as they are."""

    points: list = field(default_factory=list)
    actions: list = field(default_factory=list)
    no_action: bool = False
    returner: Contact | None = None
    channel: str = "mail"
    recipients: list | None = None
    readers: list | None = None
    remark_internal: str = ""


@dataclass(frozen=True)
class PersonData:
    user: User | None = None
    contact: Contact | None = None
    task: str = ""
    present: bool = True


@dataclass(frozen=True)
class ItemData:
    title: str
    minutes: int = 10
    speaker: User | Contact | None = None
    is_disputed: bool = False
    source: str = "us"
    pk: int | None = None
    carried_from: AgendaItem | None = None
    job: Job | None = None


@dataclass(frozen=True)
class MeetingData:
    """A sit-down meeting as typed. `items` None: propose what was carried over last time (R14).

    is_arranged: somebody has put the items in their order; else disputed ones come first (R2).
    """

    kind: str
    title: str
    starts_at: datetime
    planned_end: datetime
    objective: str = ""
    purpose: str = "work"
    place: str = "ours"
    address: str = ""
    people: list = field(default_factory=list)
    items: list | None = None
    chair: User | None = None
    urgent_by: str = ""
    is_arranged: bool = False


def of_report(report):
    """What the rows hold now: the form's initial values, and the other text of a conflict."""
    return ReportData(
        points=[_point(row) for row in report.points.select_related("item", "job")],
        actions=[_action(row) for row in report.actions.select_related("user", "contact", "job")],
        no_action=report.no_action,
        returner=report.returner,
        channel=report.channel,
        recipients=list(report.recipients.all()),
        readers=list(report.readers.all()),
        remark_internal=report.remark_internal,
    )


def _point(row):
    return PointData(
        kind=row.kind,
        text=row.text,
        solution=row.solution,
        for_management=row.for_management,
        pk=row.pk,
        item=row.item,
        job=row.job,
    )


def _action(row):
    return ActionData(
        text=row.text, user=row.user, contact=row.contact, due_on=row.due_on, pk=row.pk,
        job=row.job,
    )  # fmt: skip
