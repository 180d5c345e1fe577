"""Jobs by the hundred thousand: ten made by the verbs, the others copied inside the database."""

from datetime import timedelta

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from accounts.models import AccountGroup
from archives.models import Document, DocumentJob
from jobs.models import Estimate, Job, Milestone
from jobs.services.lines import add_rows
from tests.builders import make_user
from tests.jobs import make
from tests.jobs.way import D, Team, sign

CLIENTS = 10
LINES = 20
STEPS = 6
SPAN = 1_000_000  # keys of the copies of one row; the rows made by the verbs stay below
APART = "interval '5 hours'"  # between two jobs of a client: 10,000 in six years
# The newest thirty of each client are at work, and a tenth of the others; of the first client no
# others: its AE has the same work in hand, however long the history behind it is.
STATE = (
    "CASE WHEN n <= 30 OR mod(n, 10) = 9 AND t.client_id > (SELECT min(id) FROM accounts_client)"
    " THEN 'active' ELSE 'closed' END"
)
# Texts that the database holds once only.
NUMBERS = {(Job, "number"), (Estimate, "number"), (Document, "number"), (DocumentJob, "job_number")}


class House:
    """Ten clients with their teams, a job at work each; one group account director over all."""

    def __init__(self):
        settings.FAULT = "pdf_blank"
        self.teams = [Team(code=f"B{letter}", sign_needs_code=False) for letter in "ABCDEFGHIJ"]
        self.gad = make_user(username="gad_bench", role="gad")
        AccountGroup.objects.update(head=self.gad)
        for team in self.teams:
            furnish(team)
        self.sources = [rows_of(team.job) for team in self.teams]
        self.copied = 0
        settings.FAULT = ""

    def grow(self, wanted):
        """So many jobs in all, each with all that belongs to it."""
        each = wanted // CLIENTS
        with connection.cursor() as cursor, transaction.atomic():
            cursor.execute("SET LOCAL synchronous_commit = off")
            cursor.execute("SET LOCAL session_replication_role = replica")
            for number, rows in enumerate(self.sources):
                copy(cursor, rows, number, self.copied + 1, each)
        self.copied = each
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        return Job.objects.count()


def lines(count):
    return [
        {"group": f"Group {number // 5}", "text": f"Line {number}", "unit": "days",
         "quantity": D(number % 7 + 1), "unit_cost": D("865.3310")}
        for number in range(count)
    ]  # fmt: skip


def drafted(team, count, title="Poster"):
    """A draft of so many lines on a job of its own."""
    team.job = make.make_job(team.client, team.ae, title=title, requested_at=timezone.now())
    make.make_brief(team.job)
    draft = team.draft(lines=())
    add_rows(estimate=draft, rows=lines(count), by=team.ae, at=timezone.now())
    draft.refresh_from_db()
    return draft


def furnish(team):
    """A job signed and at work, with plan, order, log and papers; its first job is left empty."""
    at = timezone.now()
    row = team.sent(drafted(team, LINES, "Signed and at work"), at=at)
    sign(row, at)
    job = team.job
    job.state = Job.State.ACTIVE
    job.save()
    make.make_deliverable(job)
    make.make_timeline(job, rows=steps(STEPS))
    make.make_order(job)
    for old, new in (("", "requested"), ("requested", "approved"), ("approved", "active")):
        job.logs.create(at=at, from_state=old, to_state=new, by=team.ae)


def steps(count):
    """A plan over working life: every fourth step is the client's."""
    start = timezone.localdate()
    return [
        {"name": f"Step {number}", "starts_on": start + timedelta(days=number),
         "due_on": start + timedelta(days=number + 2), "client_visible": number % 2 == 0,
         "owner": "client" if number % 4 == 0 else "creative"}
        for number in range(count)
    ]  # fmt: skip


# --- copies ------------------------------------------------------------------------------------


def rows_of(job):
    """All rows of a job, those first that others point to."""
    estimate, plan = job.estimates.get(), job.timelines.get()
    papers = Document.objects.filter(job_numbers__job_number=job.number)
    named = DocumentJob.objects.filter(document__in=papers)
    answer = [estimate.answer.link, estimate.answer] if estimate.answer else []
    return [
        job, *papers, *named, *job.deliverables.all(), *job.briefs.all(), *answer, estimate,
        *estimate.lines.all(), *estimate.approvals.all(), plan,
        *Milestone.objects.filter(timeline=plan), *job.start_orders.all(), *job.logs.all(),
    ]  # fmt: skip


def copy(cursor, rows, number, first, last):
    """The rows first … last times; what points to one of them points to its copy."""
    bases = {
        (type(row), row.pk): SPAN * (number * 100 + place + 1) for place, row in enumerate(rows)
    }
    for row in rows:
        names, values = zip(*columns(row, bases), strict=True)
        cursor.execute(
            f"INSERT INTO {row._meta.db_table} ({', '.join(names)})"  # noqa: S608 our own names
            f" SELECT {', '.join(values)} FROM {row._meta.db_table} t,"
            " generate_series(%s, %s) n WHERE t.id = %s",
            [first, last, row.pk],
        )


def columns(row, bases):
    """(column, expression of the copy)."""
    for field in row._meta.concrete_fields:
        yield f'"{field.column}"', expression(row, field, bases)


def expression(row, field, bases):
    old = f't."{field.column}"'
    if field.primary_key:
        return f"{bases[type(row), row.pk]} + n"
    if base := bases.get((field.related_model, getattr(row, field.attname))):
        return f"{base} + n"
    if field.name in ("form_key", "next_notice_at"):
        return "NULL"
    if (type(row), field.name) in NUMBERS:
        return f"{old} || '-' || n"
    if isinstance(row, Job) and field.name in ("state", "closed_at"):
        return STATE if field.name == "state" else f't."requested_at" - n * {APART}'
    return earlier(field, old)


def earlier(field, old):
    """Instants and days so much further back."""
    if isinstance(field, models.DateTimeField):
        return f"{old} - n * {APART}"
    if isinstance(field, models.DateField):
        return f"({old} - n * {APART})::date"
    return old
