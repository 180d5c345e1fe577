"""What concerns the job as a whole: what is handed over, its log, what was asked."""

from datetime import UTC, datetime

DELIVERABLE = ("id", "position", "name", "medium", "quantity", "spec", "not_charged")
LOG = (
    "id",
    "at",
    "from_state",
    "to_state",
    "reason",
    "by__id",
    "by__name",
    "behalf_of__id",
    "behalf_of__name",
)
QUESTION = (
    "id",
    "text",
    "due_on",
    "answer",
    "answered_at",
    "asked_by__id",
    "asked_by__name",
    "answerer__id",
    "answerer__name",
    "answered_by__id",
    "answered_by__name",
    "contact__id",
    "contact__name",
)
NEVER = datetime.max.replace(tzinfo=UTC)


def rows(page):
    job = page.object
    return {
        "deliverable": (job.deliverables.all(), DELIVERABLE),
        "log": (job.logs.all(), LOG),
        "question": (job.questions.all(), QUESTION),
    }


def part(page):
    """The log from the first line; of the questions the answered ones first, as their model."""
    return {
        "deliverables": sorted(page.found["deliverable"], key=lambda row: (row.position, row.pk)),
        "logs": sorted(page.found["log"], key=lambda row: (row.at, row.pk)),
        "questions": list(_questions(page)),
    }


def _questions(page):
    """(question, whether this person may answer it)."""
    writes = page.may("jobs.edit_brief")
    for row in sorted(page.found["question"], key=_place):
        yield row, writes or row.answerer_id == page.request.user.pk


def _place(row):
    return (row.answered_at or NEVER, row.due_on, row.pk)
