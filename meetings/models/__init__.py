from meetings.models.action import ActionLog, ActionPoint
from meetings.models.meeting import AgendaItem, Attendee, Meeting
from meetings.models.prepare import HoldLine, PrepItem, PressCheck, Room, RoomBooking, VenueItem
from meetings.models.report import ContactReport, Mark, ReportPoint
from meetings.models.status import StatusLine, StatusLineDay, StatusReport

__all__ = [
    "ActionLog",
    "ActionPoint",
    "AgendaItem",
    "Attendee",
    "ContactReport",
    "HoldLine",
    "Mark",
    "Meeting",
    "PrepItem",
    "PressCheck",
    "ReportPoint",
    "Room",
    "RoomBooking",
    "StatusLine",
    "StatusLineDay",
    "StatusReport",
    "VenueItem",
]
