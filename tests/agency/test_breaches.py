"""What came late to which client; each figure opens a list exactly as long (6.9)."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from meetings.models import StatusReport
from meetings.week import week_of
from tests.archives.quarters import make_quarterly
from tests.budgets import months
from tests.budgets.years import make_year, rewrite
from tests.builders import from_kept, make_client, make_user
from tests.jobs.make import make_job
from tests.meetings.make import issued, make_account
from tests.meetings.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R84")]
PAGE = reverse("breaches")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = timezone.now()
account, ae, am = from_kept("account", "ae", "am")


def make_kept():
    """Within the week: two reports late, one of each rhythm and an estimate late."""
    ae, am = make_user("one", "ae"), make_user("two", "am")
    client, contact = make_account(ae, am, code="LM")
    for hours in (70, 69):
        issued(client, contact, ae, ended_at=NOW - hours * HOUR, at=NOW - HOUR)
    issued(client, contact, ae, ended_at=NOW - 30 * HOUR, at=NOW - 29 * HOUR)
    make_job(client, ae, estimate_due_at=NOW - DAY)
    budget = make_year(client, production="1000.00")
    StatusReport.objects.create(
        client=client, week=week_of(client, NOW), due_at=NOW - DAY, created_by=ae
    )
    for number, due in ((9, NOW - DAY), (8, NOW - 40 * DAY), (10, NOW + DAY)):
        row = months.make_monthly(client, budget, date(2026, number, 1))
        rewrite(row, due_at=due)
    quarterly = make_quarterly(client)
    rewrite(quarterly, due_at=NOW - DAY)
    return {"account": client, "ae": ae, "am": am}


@pytest.fixture
def days():
    today = timezone.localdate(NOW)
    return {"since": f"{today - 6 * DAY}", "until": f"{today}"}


def test_each_figure_opens_its_list(account, am, days, sign_in):
    page = sign_in(am)
    (row,) = page.get(PAGE, days).context["rows"]
    assert (row.client, [count for count, _url in row.cells], row.total) == (
        account,
        [2, 1, 1, 1, 1],
        6,
    )
    for count, url in row.cells:
        assert len(page.get(url).context["rows"]) == count, url


def test_what_was_due_before_counts_in_its_own_days(am, sign_in):
    before = timezone.localdate(NOW - 40 * DAY)
    (row,) = sign_in(am).get(PAGE, {"since": before, "until": before}).context["rows"]
    assert [count for count, _url in row.cells] == [0, 0, 1, 0, 0]


def test_the_running_month_is_shown_first(am, sign_in):
    answer = sign_in(am).get(PAGE)
    today = timezone.localdate()
    assert (answer.context["span"].since, answer.context["span"].until) == (
        today.replace(day=1), today,
    )  # fmt: skip
    assert [shown for _first, _url, shown in answer.context["months"]] == [True, False, False]


def test_management_sees_each_client_and_a_stranger_none(account, days, sign_in):
    (row,) = sign_in(make_user(role="management")).get(PAGE, days).context["rows"]
    assert row.client == account
    stranger = make_user(role="am")
    make_client("QL", team=[stranger])
    assert "Nothing was late" in text_of(sign_in(stranger).get(PAGE, days))


def test_the_sheet_holds_the_page(am, days, sign_in):
    answer = sign_in(am).get(PAGE, {"format": "xlsx", **days})
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert list(rows[-1])[1:] == [2, 1, 1, 1, 1, 6]
