"""What the tests of the demo ask of the site that was played for them."""

from functools import partial

from django.utils import timezone

from accounts.models import Client
from agency.demo import preparing, sittings, stories, weeks
from budgets.reports.standing import book_of
from budgets.years import client_day, fiscal_year

NOW = timezone.now()
WEEKS = [("LM", weeks.LATE), ("LM", 1), ("YL", 2)]
# Of the meetings and calls these few: the others are more of the same.
TALKS = [
    *(stories.two_calls_in_one, stories.deemed_over_a_weekend, stories.bounced, stories.on_paper),
    *(stories.displeased, stories.action_moved_three_times, stories.action_reopened),
    *(sittings.moved_meeting, sittings.cancelled_meeting, sittings.client_did_not_come),
    *(stories.leave_and_rest, sittings.in_three_hours),
    *(preparing.rooms, sittings.urgent, sittings.room_taken, sittings.next_week),
    *(partial(weeks.issued, code=code, back=back) for code, back in WEEKS),
    *(partial(weeks.copied, code="YL"), partial(weeks.this_week, code="LM")),
]


def year_of(code):
    client = Client.objects.get(code=code)
    return client, fiscal_year(client, client_day(client, NOW))


def standing(code, category="production", years=0):
    client, year = year_of(code)
    return next(row for row in book_of(client, year + years).rows(NOW) if row.category == category)
