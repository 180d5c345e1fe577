from meetings.reports import figures
from meetings.reports.awaiting import awaiting
from meetings.reports.status_awaiting import SOURCES

__all__ = ["SOURCES", "awaiting", "figures"]
