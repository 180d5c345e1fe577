"""The two faces of the contact report as plain data (domain.md section 7, docs/papers.md).

`client_face` builds what a client may read and nothing else; `internal_face` is another function
with the rest. Numbers of points are the same on both: an objection names its point.
"""

import re
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from accounts.services import people
from archives.kinds import JOB_NUMBER
from archives.models import DocumentJob
from archives.papers import head
from archives.search.words import normal
from jobs.models import Job
from meetings import marks
from meetings.constants import RETURN_DUE
from meetings.deadline import working_after
from meetings.models import AgendaItem, Attendee, Mark, Meeting

NEXT_SHOWN = 1


@dataclass(frozen=True)
class Line:
    """A point or an action with the mark that a revision gives it."""

    row: object
    mark: str = ""


def client_face(report, at):
    """What the client gets, on paper and behind the link. Never an internal word (section 7)."""
    return {
        **_common(report, "client"),
        **_body(report),
        "distribution_ours": [person(user) for user in _known_to_client(report, at)],
        "next": [_meeting(row) for row in _next_meetings(report, at)],
    }


def internal_face(report, at):
    """The same report for our side, with what the client does not read."""
    return {
        **_common(report, "internal"),
        **_body(report),
        "distribution_ours": [person(user) for user in report.readers.order_by("pk")],
        "next": [_meeting(row) for row in _next_meetings(report, at)],
        "internal": {
            "opinions": [_opinion(point) for point in report.points.filter(for_management=True)],
            "late_reason": report.late_reason,
            "remark": report.remark_internal,
            "revise_reason": report.revise_reason,
            "due_at": report.due_at,
        },
    }


def _common(report, face):
    return {
        **head(
            report.client, face, number=report.number, at=report.issued_at,
            revision=report.revision,
        ),
        "brand": "",
        "jobs": jobs_named(report),
        "author": person(report.author),
    }  # fmt: skip


def _body(report):
    attendees = _attendees(report)
    present = [row for row in attendees if row.present]
    issued_at = report.issued_at
    return {
        "reply_by": issued_at and working_after(report.client, issued_at, RETURN_DUE),
        "returner": person(report.returner) if report.returner else None,
        "meetings": [_meeting(row) for row in meetings_of(report)],
        "present_client": [_attendee(row) for row in present if row.contact],
        "present_ours": [_attendee(row) for row in present if row.user],
        "absent": [_attendee(row) for row in attendees if not row.present],
        "distribution_client": [person(row) for row in report.recipients.order_by("pk")],
        "items": _groups(report),
        "actions": [_action(no, line) for no, line in enumerate(action_lines(report), start=1)],
        "no_action": report.no_action,
    }


def meetings_of(report):
    """Its meetings, earliest first; a draft revision's are still with the report it replaces."""
    rows = Meeting.objects.filter(report=report)
    if report.is_draft and report.supersedes_id:
        rows = Meeting.objects.filter(report=report.supersedes_id)
    return rows.order_by("starts_at", "pk")


def jobs_named(report):
    """Numbers of the client's jobs that the report is about: said to be, on the agenda, or named
    in what was written for the client. Once it is issued, those that it was filed with."""
    if report.document_id:
        rows = DocumentJob.objects.filter(document=report.document_id)
        return list(rows.order_by("job_number").values_list("job_number", flat=True))
    points = report.points.filter(for_management=False)
    said = [
        points.values("job"),
        report.actions.values("job"),
        AgendaItem.objects.on_agenda().filter(meeting__in=meetings_of(report)).values("job"),
    ]
    words = [*points.values_list("text", "solution"), *report.actions.values_list("text")]
    named = Q(number__in=house_numbers(" ".join(text for row in words for text in row)))
    for keys in said:
        named |= Q(pk__in=keys)
    rows = Job.objects.numbered().filter(named, client=report.client_id)
    return list(rows.order_by("number").values_list("number", flat=True))


def house_numbers(text):
    """{LM-26-014} of what a text calls lm-26-014 or, written wide, ＬＭ－２６－０１４."""
    return set(re.findall(rf"(?<![A-Z0-9]){JOB_NUMBER}(?!\d)", normal(text).upper()))


def _attendees(report):
    """Each person once, whatever number of calls; present if at one of them."""
    rows = Attendee.objects.filter(meeting__in=meetings_of(report))
    rows = rows.select_related("user", "contact", "meeting").order_by("-present", "pk")
    found = {}
    for row in rows:
        found.setdefault((row.user_id, row.contact_id), row)
    return sorted(found.values(), key=lambda row: row.pk)


def person(row, **more):
    """A person of ours or of the client's; our departments are named, our titles are labels."""
    if isinstance(row, User):
        role = row.department if row.role == User.Role.DEPARTMENT else row.role
        return {"name": row.name, "name_en": row.name_en, "role": role, **more}
    return {"name": row.name, "title": row.title, **more}


def _attendee(row):
    is_chair = bool(row.user_id and row.user_id == row.meeting.chair_id)
    return person(row.user or row.contact, is_chair=is_chair)


def _meeting(row):
    return {
        "kind": row.kind,
        "title": row.title,
        "starts_at": row.starts_at,
        "ended_at": row.ended_at or row.planned_end,
        "place": row.address,
    }


def _known_to_client(report, at):
    """Of our readers the AE in charge, AM, AD, those who were there and owners of actions."""
    client = report.client
    managers = [*people(client=client, role="am", at=at), *people(client=client, role="ad", at=at)]
    attended = [row.user_id for row in _attendees(report) if row.user_id]
    owners = [line.row.user_id for line in action_lines(report) if line.row.user_id]
    known = {report.author_id, *(user.pk for user in managers), *attended, *owners}
    return [user for user in report.readers.order_by("pk") if user.pk in known]


def _next_meetings(report, at):
    rows = Meeting.objects.filter(client=report.client_id, starts_at__gt=at).invited()
    return rows.order_by("starts_at", "pk")[:NEXT_SHOWN]


def point_lines(report):
    """Points that the client reads, in order; in a revision the dropped ones where they stood."""
    rows = report.points.filter(for_management=False).select_related("item", "origin")
    is_draft = report.is_draft
    lines = [Line(row, marks.point_mark(row) if is_draft else row.mark) for row in rows]
    dropped = marks.dropped_points(report).filter(for_management=False).select_related("item")
    lines += [Line(row, Mark.DROPPED) for row in dropped]
    return sorted(lines, key=lambda line: (line.row.position, line.mark == Mark.DROPPED))


def _groups(report):
    lines = [line for line in point_lines(report) if line.row.text.strip()]
    items = list(AgendaItem.objects.filter(meeting__in=meetings_of(report)))
    groups = [(item, [line for line in lines if line.row.item_id == item.pk]) for item in items]
    groups.append((None, [line for line in lines if line.row.item_id is None]))
    groups = [(item, found) for item, found in groups if found]
    is_grouped = any(item for item, _found in groups)
    return [
        _group(item, found, f"{number}." if is_grouped else "")
        for number, (item, found) in enumerate(groups, start=1)
    ]


def _group(item, lines, prefix):
    points, number = [], 0
    for line in lines:
        number += line.mark != Mark.DROPPED
        no = "" if line.mark == Mark.DROPPED else f"{prefix}{number}"
        points.append(_point(line, no))
    return {
        "title": item.title if item else "",
        "source": item.source if item else "us",
        "is_disputed": bool(item and item.is_disputed),
        "points": points,
    }


def _point(line, no):
    row = line.row
    return {
        "no": no,
        "kind": row.kind,
        "text": row.text,
        "solution": row.solution,
        "mark": str(line.mark),
    }


def _opinion(point):
    return {"no": "", "text": point.text, "by": ""}


def action_lines(report):
    """Actions in order; of a draft revision against the live rows that it will replace."""
    rows = report.actions.select_related("user", "contact", "origin")
    if not report.is_draft:
        cancelled_before = {"state": "cancelled", "mark": Mark.NONE}
        return [Line(row, row.mark) for row in rows.exclude(**cancelled_before)]
    lines = [Line(row, marks.action_mark(row)) for row in rows.filter(is_live=False)]
    dropped = marks.dropped_actions(report).select_related("user", "contact")
    return [*lines, *(Line(row, Mark.DROPPED) for row in dropped)]


def _action(no, line):
    row = line.row
    due_on = marks.new_due(row) if row.origin_id else row.due_on
    was = row.origin.due_on if row.origin_id and row.origin.due_on != due_on else None
    return {
        "no": no,
        "text": row.text,
        "who": person(row.owner) if row.owner else None,
        "is_client": row.contact_id is not None,
        "org": row.report.client.name if row.contact_id else "",
        "due_on": due_on,
        "mark": str(line.mark),
        "was_due_on": was,
    }
