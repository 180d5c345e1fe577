from meetings.reports import figures
from meetings.reports.awaiting import awaiting

__all__ = ["awaiting", "figures"]
