"""The job sheet (工作表): filed anew whenever somebody wants it on paper."""

from django.db.models import Sum
from django.utils.translation import gettext_noop

from agency.common.pdf import render
from agency.common.services.record import record
from agency.common.verbs import lock, verb
from agency.common.wording import sum_text
from archives.kinds import Kind
from archives.models import Document
from archives.papers import draw_number
from archives.services import supersede
from jobs.papers import job as papers
from jobs.papers.common import file_paper
from jobs.services.access import require_on

WORDS = gettext_noop("Job sheet")


@verb
def file_job_sheet(*, job, by, at):
    """The sheet as things stand, under one number; the next one replaces it. The Document."""
    job = lock(job)
    behalf = require_on(job, "jobs.request_job", by, at)
    former = _former(job)
    number = former.number if former else draw_number(job.client, "JS", at)
    revision = former.revision + 1 if former else 1
    data = papers.job_sheet(job, number, at, author=by, costs=ordered_text(job))
    sheet = file_paper(
        job, kind=Kind.JOB_SHEET, words=WORDS, face="internal", number=number, revision=revision,
        content=render("jobs/pdf/job_sheet.html", {**data, "revision": revision}), by=by, at=at,
    )  # fmt: skip
    if former and former.state == Document.State.ISSUED:
        supersede(document=former, by=by, at=at)
    record(job, "file_job_sheet", by=by, at=at, client=job.client, behalf_of=behalf)
    return sheet


def ordered_text(job):
    """What has been ordered without VAT."""
    return sum_text(job.costs.orders().aggregate(sum=Sum("amount"))["sum"] or 0)


def _former(job):
    sheets = Document.objects.filter(kind=Kind.JOB_SHEET, job_numbers__job_number=job.number)
    return sheets.exclude(state="void").order_by("-revision").first()
