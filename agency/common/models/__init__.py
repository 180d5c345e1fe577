from agency.common.models.audit import AuditEntry
from agency.common.models.calendar import Calendar, CalendarDay, Sequence
from agency.common.models.mail import OutboxMail
from agency.common.models.notice import Notification
from agency.common.models.site import Heartbeat, Instance, RateCount

__all__ = [
    "AuditEntry",
    "Calendar",
    "CalendarDay",
    "Heartbeat",
    "Instance",
    "Notification",
    "OutboxMail",
    "RateCount",
    "Sequence",
]
