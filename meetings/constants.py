"""The handbook's numbers for meetings and contact reports, written once (domain.md section 0)."""

from datetime import time, timedelta
from decimal import Decimal

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
AGENDA_MINIMUM = timedelta(hours=1)
PACK_EVE = time(17)  # of the day before
VENUE_BEFORE = timedelta(hours=1)
CALL_BEFORE = timedelta(minutes=15)
URGENT_SHARE = Decimal("0.20")  # of a client's month (R6)
TOPICS_OF_ONE = 20
SERIES_LONGEST = 52

# The weekly status report (R28-R32, section 8).
COPY_LIMIT = Decimal("0.90")
COPY_HINT = Decimal("0.75")
STATUS_DRAFT = time(6, 0)  # on Monday, the client's time
STATUS_DAILY = time(18, 0)
STATUS_JUDGED = time(18, 5)
STATUS_REMIND = (("h24", timedelta(hours=24)), ("h5", timedelta(hours=5)))
STALE_DAYS_TOLD = 3  # working days without a word, then the AM is told
SEEN_FROM, CHANGED_FROM = 2, 3  # times confirmed running: the AM ticks; something must change
# Sent by the system later than this after the due time: the log says why.
TECHNICAL_DELAY = timedelta(minutes=5)
# Nobody has spoken to a key contact for so long (R75).
UNSPOKEN_DAYS = timedelta(days=14)
# So long before a presentation its rehearsal is asked for (R85).
REHEARSAL_ASKED = timedelta(hours=24)
