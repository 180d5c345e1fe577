"""What the page of a meeting ahead says of its agenda: rows, sum, state, lead (R2–R5)."""

from meetings.lead import lead_verdict
from meetings.models import Meeting
from meetings.papers_agenda import shown
from meetings.reports.agenda import clocked


def prepared(meeting, at):
    """What the meeting's page says of its agenda while it is ahead: rows, sum, state, lead."""
    items = clocked(meeting)
    minutes = sum(item.minutes for item in items)
    is_planned = meeting.planned_end is not None
    sent_at = meeting.agenda_sent_at
    return {
        "is_ahead": meeting.state in Meeting.AHEAD,
        "items": items,
        "total_minutes": minutes,
        "over": minutes - meeting.planned_minutes if is_planned else 0,
        "postponed": list(meeting.items.postponed().select_related("asked_by")),
        "new_topics": [item for item in items if sent_at and item.created_at > sent_at],
        "is_changed": bool(sent_at) and meeting.agenda_shown != shown(meeting, at),
        "lead": lead_verdict(meeting.starts_at, sent_at),
        "lead_time": meeting.starts_at - sent_at if sent_at else None,
    }
