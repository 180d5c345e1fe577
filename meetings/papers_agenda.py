"""The two faces of the agenda as plain data (domain.md section 7).

`agenda_client` builds what a client may read and nothing else; `agenda_internal` is another
function with tasks, preparation and venue list besides.
"""

from archives.papers import head, person_of
from meetings.deadline import zone_of
from meetings.enclosed import enclosed
from meetings.models import ContactReport, ReportPoint
from meetings.reports.agenda import clocked
from meetings.reports.rooms import whereabouts

IN_FORCE = ("issued", "accepted", "objected", "deemed_accepted")


def agenda_client(meeting, at, *, number="", revision=1):
    """What the client's people get. Never a task, a preparation or an internal word."""
    return {
        **_common(meeting, "client", at, number, revision),
        "client_people": [person_of(row.contact) for row in _people(meeting) if row.contact],
        "our_people": [_ours(meeting, row) for row in _people(meeting) if row.user],
        "enclosed": [_paper(paper) for paper in enclosed(meeting)],
    }


def agenda_internal(meeting, at, *, number="", revision=1):
    """The same agenda for our side, with who does what and what must be ready."""
    people = _people(meeting)
    return {
        **_common(meeting, "internal", at, number, revision),
        "client_people": [person_of(row.contact) for row in people if row.contact],
        "our_people": [_ours(meeting, row) for row in people if row.user],
        "enclosed": [_paper(paper) for paper in enclosed(meeting)],
        "internal": {
            "tasks": [_task(row) for row in people if row.user],
            "preparation": [_prepared(row) for row in _pack(meeting)],
            "venue": [_venue(row) for row in meeting.venue_items.order_by("pk")],
            "urgent_by": meeting.urgent_by if meeting.is_urgent else "",
            "late_reason": meeting.agenda_late_reason,
        },
    }


def _common(meeting, face, at, number, revision):
    items, zone = clocked(meeting), zone_of(meeting.client)
    return {
        **head(meeting.client, face, number=number, at=at, revision=revision),
        "brand": "",
        "jobs": list(dict.fromkeys(item.job.number for item in items if item.job)),
        "author": person_of(meeting.ae),
        "meeting": {
            "kind": meeting.kind,
            "title": meeting.title,
            "starts_at": meeting.starts_at,
            "ended_at": meeting.planned_end,
            "place": " · ".join(whereabouts(meeting)),
            "where": "client_place" if meeting.place == "client" else meeting.place,
        },
        "chair": person_of(meeting.chair) if meeting.chair else None,
        "objective": meeting.objective,
        "items": [_item(item, number, zone) for number, item in enumerate(items, start=1)],
        "minutes": sum(item.minutes for item in items),
        "waiting": [_waiting(item) for item in meeting.items.postponed()],
        "last": _last_report(meeting),
    }


def _item(item, number, zone):
    speaker = item.speaker and (item.speaker.user or item.speaker.contact)
    return {
        "no": number,
        "begins": f"{item.begins_at.astimezone(zone):%H:%M}",
        "title": item.title,
        "minutes": item.minutes,
        "speaker": person_of(speaker) if speaker else None,
        "source": "client" if item.is_client_topic else item.source,
        "is_disputed": item.is_disputed,
        "job": item.job.number if item.job else "",
    }


def shown(meeting, at):
    """What the client reads on it, as it can be kept: of the face, and compared later."""
    face = agenda_client(meeting, at)
    items = [{**item, "speaker": _spoken(item["speaker"])} for item in face["items"]]
    about = {key: str(face["meeting"][key]) for key in ("title", "place", "where")}
    return {**about, "objective": face["objective"], "items": items, "waiting": face["waiting"]}


def _spoken(speaker):
    return speaker["name"] if speaker else ""


def _waiting(item):
    return {"title": item.title, "reason": item.postponed_reason}


def _people(meeting):
    return list(meeting.attendees.select_related("user", "contact").order_by("pk"))


def _ours(meeting, row):
    return person_of(row.user) | {"is_chair": row.user_id == meeting.chair_id}


def _last_report(meeting):
    """Decisions of the last report sent to this client, as it reads them."""
    rows = ContactReport.objects.filter(client=meeting.client_id, state__in=IN_FORCE)
    report = rows.order_by("-issued_at", "-pk").first()
    if report is None:
        return None
    points = report.points.filter(kind=ReportPoint.Kind.DECISION, for_management=False)
    texts = [point.text for point in points.exclude(mark="dropped").order_by("position")]
    return {"number": str(report), "issued_at": report.issued_at, "decisions": texts}


def _pack(meeting):
    return meeting.preparations.prefetch_related("documents").order_by("pk")


def _paper(paper):
    return {"number": paper.number, "title": paper.title, "title_en": paper.title_en}


def _task(row):
    return {"who": person_of(row.user), "task": row.task, "agreed_at": row.agreed_at}


def _prepared(row):
    papers = [paper.number or paper.title for paper in row.documents.all()]
    return {"kind": f"pack_{row.kind}", "papers": papers, "not_needed": row.not_needed}


def _venue(row):
    return {"kind": f"venue_{row.kind}", "done_at": row.done_at}
