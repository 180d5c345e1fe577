"""Status reports as rows, in any state, written without their verbs."""

from datetime import date

from meetings.models import StatusLine, StatusReport
from tests.archives.papers import make_document
from tests.builders import when

WEEK = date(2026, 11, 23)
MONDAY = when("2026-11-23 06:00")
THURSDAY = when("2026-11-26 15:00")
DUE = when("2026-11-27 17:00")
LATE = when("2026-11-30 09:30")


def make_status(client, state="draft", author=None, signed_by=None, week=WEEK, **fields):
    """The week's report; `author` and `signed_by` are named from the state on that wants them."""
    defaults = {"due_at": DUE, "created_at": MONDAY}
    if state != "draft":
        defaults |= {"author": author, "submitted_at": THURSDAY}
    if state in ("signed", "issued", "superseded"):
        defaults |= {"signed_by": signed_by, "signed_at": THURSDAY}
    if state in ("issued", "superseded"):
        papers = [make_document(client, kind="status_report", face=face)
                  for face in ("client", "internal")]  # fmt: skip
        defaults |= {"document": papers[0], "internal_document": papers[1], "issued_at": DUE,
                     "number": f"{client.code}/WS/2026/001"}  # fmt: skip
    return StatusReport.objects.create(
        client=client, week=week, state=state, **{**defaults, **fields}
    )


def add_line(report, title="Poster", section="creative", **fields):
    defaults = {
        "position": report.lines.count() + 1, "current": f"{title}: second draft is out",
        "next_step": f"{title}: third draft", "next_on": date(2026, 12, 2), "created_at": MONDAY,
    }  # fmt: skip
    return StatusLine.objects.create(
        report=report, section=section, title=title, **{**defaults, **fields}
    )


def add_empty(report, *sections, why="Nothing was asked of us"):
    return [
        add_line(report, section, section, is_empty_section=True, current=why, next_step="",
                 next_on=None)
        for section in sections
    ]  # fmt: skip
