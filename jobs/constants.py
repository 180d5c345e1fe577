"""Numbers of the handbook that jobs go by (domain.md 0, 5.4), each written once."""

from datetime import time, timedelta
from decimal import Decimal

from archives.kinds import Kind

ESTIMATE_DAYS = 2  # working days after approval of the job
ESTIMATE_HOUR = time(18, 0)
ESTIMATE_TO_MANAGER = 4  # working days after approval of the job (R55)
STEP_DUE = 24  # working hours for each step of the approval chain
SIGN_NOTICES = (3, 1, 0)  # days before the last day, to the AE
SIGN_REMIND = (7, 3)  # days before the last day, to the client
NOTICE_TIME = time(9, 0)
CLIENT_DUTY_BEFORE = 2  # working days before a client's duty
CLIENT_DUTY_EVERY = 2  # working days between reminders of an overdue duty of the client
RECEIPT_DUE = 24  # working hours to a receipt of a timeline (R66)
NEW_BRIEF_HOURS = 24  # a brief in force is marked "new" for a day (R51)
LINE_USED = (Decimal("0.80"), Decimal("1.00"))  # of a line's cost, told to AE and AM (R59)
IDEA_TO_AE = timedelta(days=60)  # without a new suggestion to the client (R76)
IDEA_TO_AM = timedelta(days=90)
LINES_MOST = 400  # of one estimate
TIMELINE_LINK_DAYS = 90  # that a client's link to a timeline can be opened (3.10)
# The papers that bill a job.
BILLED_BY = {
    Kind.PRODUCTION_INVOICE, Kind.MEDIA_INVOICE, Kind.COMMISSION_INVOICE, Kind.FEE_INVOICE,
}  # fmt: skip
