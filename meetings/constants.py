"""The handbook's numbers for meetings and contact reports, written once (domain.md section 0)."""

from datetime import time, timedelta

REPORT_DUE = 24  # hours from the end
REPORT_REMIND = (12, 20)
REPORT_ESCALATE = (36, 48)
RETURN_DUE = 48  # working hours from delivery
RETURN_REMIND = 24
REVISION_DUE = 24
OPINION_UNREAD = timedelta(hours=24)
DELIVERY_LIMIT = timedelta(minutes=15)
ASK_END_AFTER = timedelta(minutes=30)
# A later end moves the deadline by itself up to here; beyond, the AM confirms (E9).
END_SHIFT_UNCONFIRMED = timedelta(hours=2)
LINK_LIVES = timedelta(days=30)
MOVES_TOLD = 3
MORNING_HOUR = 9
DOWNTIME_COUNTS = timedelta(hours=1)

# Before a sit-down meeting (R5, R7, R9, R10, 5.3)
AGENDA_FIRST_CALL = timedelta(hours=3)
AGENDA_TARGET = timedelta(hours=2)
PACK_EVE = time(17)  # of the day before
VENUE_BEFORE = timedelta(hours=1)
CALL_BEFORE = timedelta(minutes=15)
