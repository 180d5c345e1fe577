from meetings.models.action import ActionLog, ActionPoint
from meetings.models.meeting import AgendaItem, Attendee, Meeting
from meetings.models.report import ContactReport, Mark, ReportPoint

__all__ = [
    "ActionLog",
    "ActionPoint",
    "AgendaItem",
    "Attendee",
    "ContactReport",
    "Mark",
    "Meeting",
    "ReportPoint",
]
