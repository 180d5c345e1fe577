"""Agenda and contact report as forms to be filled by hand, at the meeting or before it (R68)."""

from agency.common.pdf.blank import PERSON, ROOM, boxes, lines
from archives.papers import blank_head, head, person_of

ITEMS, ACTIONS = 6, 5
PLACES = ("ours", "client_place", "elsewhere", "online")
KINDS = ("face", "video", "call", "written")


def agenda(lang):
    item = {"begins": ROOM, "title": ROOM, "minutes": "", "speaker": PERSON, "source": "us",
            "is_disputed": False, "job": ""}  # fmt: skip
    return {
        **blank_head("client", lang),
        "meeting": {
            "title": ROOM, "starts_at": ROOM, "ended_at": None, "place": "",
            "where": boxes(PLACES, lang),
        },
        "chair": PERSON,
        "client_people": ROOM,
        "our_people": ROOM,
        "objective": lines(1),
        "items": [{**item, "no": number} for number in range(1, ITEMS + 1)],
        "minutes": ROOM,
        "waiting": [],
        "last": {"number": "", "decisions": [lines(1)] * 2},
        "enclosed": [],
    }  # fmt: skip


def contact_report(lang):
    meeting = {"kind": boxes(KINDS, lang), "title": ROOM, "starts_at": ROOM, "ended_at": None,
               "place": ROOM}  # fmt: skip
    return {
        **blank_head("client", lang),
        "reply_by": None,
        "returner": PERSON,
        "meetings": [meeting],
        "present_client": ROOM,
        "present_ours": ROOM,
        "absent": ROOM,
        "distribution_client": ROOM,
        "distribution_ours": [],
        "items": [topic(ROOM, discussed=4), topic(ROOM)],
        "actions": [_action(number) for number in range(1, ACTIONS + 1)],
        "no_action": False,
        "next": [],
    }


def topic(title, source="us", is_disputed=False, discussed=2):
    """What was said of one item: discussion, decision, a problem and how it is solved."""
    point = {"no": "", "solution": "", "mark": ""}
    return {
        "title": title,
        "source": source,
        "is_disputed": is_disputed,
        "points": [
            {**point, "kind": "discussion", "text": lines(discussed)},
            {**point, "kind": "decision", "text": lines(1)},
            {**point, "kind": "problem", "text": lines(1), "solution": lines(1)},
        ],
    }


def _action(number):
    return {"no": number, "text": ROOM, "who": PERSON, "org": "", "is_client": False,
            "due_on": ROOM, "mark": "", "was_due_on": None}  # fmt: skip


def report_of(meeting, at):
    """The form for one meeting: who was invited, its items, and room for what was said of each."""
    client = meeting.client
    people = list(meeting.attendees.select_related("user", "contact").order_by("pk"))
    items = [topic(row.title, row.source, row.is_disputed) for row in meeting.items.all()]
    form = contact_report(client.paper_language)
    return {
        **form,
        **head(client, "client", number=form["number"], at=form["issued_at"]),
        "brand": "",
        "jobs": [],
        "author": person_of(meeting.ae),
        "meetings": [
            {
                "kind": meeting.kind, "title": meeting.title, "starts_at": meeting.starts_at,
                "ended_at": meeting.ended_at or meeting.planned_end, "place": meeting.address,
            }
        ],
        "present_client": [person_of(row.contact) for row in people if row.contact] or ROOM,
        "present_ours": [person_of(row.user) for row in people if row.user],
        "items": items or form["items"],
    }  # fmt: skip
