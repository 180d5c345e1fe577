"""The demo many times over, for load: papers printed once are filed again under new numbers."""

from copy import copy
from datetime import timedelta

from django.db import transaction
from django.db.models import F

from accounts.models.scope import local_day
from agency.common.models import Sequence
from archives.models import Document
from meetings.models import ActionPoint, Attendee, ContactReport, Meeting, ReportPoint

PERIOD = timedelta(weeks=8)
YEARS_BACK = 38  # periods of eight weeks, so nearly six years
STEP = timedelta(minutes=3)
INSTANTS = {
    Meeting: ("starts_at", "planned_end", "ended_at", "report_due_at", "base_end"),
    ContactReport: (
        *("clock_from", "due_at", "issued_at", "delivered_at", "return_due_at"),
        *("returned_at", "objected_at"),
    ),
    ActionPoint: ("done_at",),
    Document: ("issued_at",),
}


def multiply(size, tell):
    """Add size − 1 copies of all answered calls of the demo, spread over six years back."""
    sources = list(_sources())
    for turn in range(1, size):
        with transaction.atomic():
            _copy_all(sources, PERIOD * (turn % YEARS_BACK + 1) + STEP * (turn // YEARS_BACK))
        if turn % 50 == 0:
            tell(f"{turn} of {size} …")


def _sources():
    """Calls whose report was issued once and is over: nothing in them waits for anybody."""
    over = [ContactReport.State.ACCEPTED, ContactReport.State.DEEMED_ACCEPTED]
    rows = Meeting.objects.filter(
        report__state__in=over, report__revision=1, ended_at__isnull=False
    )
    # a copy was sent to nobody, so it is never copied again
    rows = rows.filter(report__supersedes=None, kind="call")
    rows = rows.filter(report__document__dispatches__isnull=False).distinct()
    links = ("report__document", "report__internal_document")
    return rows.select_related("client", *links).prefetch_related(
        "attendees", "report__points", "report__actions"
    )


def _copy_all(sources, back):
    numbers = Numbers(sources, back)
    papers, reports, meetings = [], [], []
    for source in sources:
        number = numbers.draw(source)
        faces = [
            shifted(source.report.document, back, number=number),
            shifted(source.report.internal_document, back, number=number),
        ]
        for face in faces:
            face.dated_on, face.year = face.dated_on - back, (face.dated_on - back).year
        papers += faces
        report = shifted(source.report, back, number=number)
        report.document, report.internal_document = faces
        reports.append(report)
        meeting = shifted(source, back)
        meeting.report = report
        meetings.append(meeting)
    Document.objects.bulk_create(papers)
    ContactReport.objects.bulk_create(reports)
    Meeting.objects.bulk_create(meetings)
    _copy_parts(sources, reports, meetings, back)
    numbers.close()


def _copy_parts(sources, reports, meetings, back):
    people, points, actions = [], [], []
    for source, report, meeting in zip(sources, reports, meetings, strict=True):
        people += [shifted(row, back, meeting=meeting) for row in source.attendees.all()]
        points += [shifted(row, back, report=report) for row in source.report.points.all()]
        actions += [_closed(row, report, back) for row in source.report.actions.all()]
    Attendee.objects.bulk_create(people)
    ReportPoint.objects.bulk_create(points)
    ActionPoint.objects.bulk_create(actions)


def _closed(row, report, back):
    action = shifted(row, back, report=report, state=ActionPoint.State.DONE, point=None)
    action.due_on, action.first_due_on = action.due_on - back, action.first_due_on - back
    action.done_at = action.done_at or report.issued_at + timedelta(days=2)
    return action


def shifted(row, back, **changes):
    """A new row like the given one, its instants so much earlier."""
    new = copy(row)
    new.pk, new._state = None, copy(row._state)
    new._state.adding, new._state.fields_cache = True, {}
    new._prefetched_objects_cache = {}
    for name in INSTANTS.get(type(row), ()):
        if (value := getattr(new, name)) is not None:
            setattr(new, name, value - back)
    for name in ("form_key", "supersedes", "origin", "replaces", "next_notice_at"):
        if hasattr(type(row), name):
            setattr(new, name, None)
    for name, value in changes.items():
        setattr(new, name, value)
    return new


class Numbers:
    """Numbers drawn for a whole batch: dense like those of the issuing verb (C21)."""

    def __init__(self, sources, back):
        self.back, self.drawn = back, {}

    def draw(self, source):
        year = local_day(source.report.issued_at - self.back).year
        key = f"{source.client.code}/CR/{year}"
        if key not in self.drawn:
            row, _made = Sequence.objects.select_for_update().get_or_create(key=key)
            self.drawn[key] = [row.last, 0]
        self.drawn[key][1] += 1
        return f"{key}/{sum(self.drawn[key]):03d}"

    def close(self):
        for key, (_last, count) in self.drawn.items():
            Sequence.objects.filter(key=key).update(last=F("last") + count)
