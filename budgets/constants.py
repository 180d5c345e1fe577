"""Numbers of the handbook about money, each once (domain.md 0, 5.4, 6)."""

from decimal import Decimal

BUDGET_DUE = 5  # the 5th working day of the month after, 18:00 (R33)
BUDGET_REMINDERS = (3, 4)  # working days of that month, 09:00
CLOSING_DAYS = 5  # working days after the monthly report's cut-off a month closes (3.9)
BEHIND, AHEAD = Decimal(80), Decimal(110)  # percent of the planned spread (6.4)
SPENT_OVER = Decimal("1.10")  # a receipt above this share of the request is decided again (3.14)
DSO_DAYS = 90  # billing of so many days up to the day asked for (6.6)
DUNNING_STEPS = (1, 15, 30, 60)  # days overdue: AE, AM, AD, GAD; every 30 after (R87)
DUNNING_AGAIN = 30
LEAST_CONTRIBUTION = Decimal("0.10")  # of income; two months below it are told (R88)
CHANCES = {
    "signed": Decimal("1.0000"),
    "sent": Decimal("0.6000"),
    "approved": Decimal("0.4000"),
    "submitted": Decimal("0.2000"),
    "draft": Decimal("0.2000"),
}  # standard chances of the income forecast (6.5)
STEP_TO_DIRECTOR = 14  # days after the day of an opportunity's next step: the AD (R90)
LINK_DAYS = 90  # that a client's link to a monthly report can be opened (3.10)
