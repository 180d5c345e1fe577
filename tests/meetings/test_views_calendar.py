"""The list of meetings with its filters, and the week."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.builders import make_client, make_contact, make_user
from tests.meetings import make
from tests.meetings.pages import text_of

LIST, WEEK = "/meetings/", "/meetings/week/"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad, code="LM")


@pytest.fixture
def calls(account, ae, now):
    """One long late, one just ended, one issued."""
    client, contact = account
    hour = timedelta(hours=1)
    late = make.log(client, contact, ae, title="Late", ended_at=now - 30 * hour, at=now)
    make.log(client, contact, ae, title="Fresh", ended_at=now - hour, at=now)
    make.issued(client, contact, ae, at=now, title="Done", kind="written", ended_at=now - 2 * hour)
    return late


@pytest.fixture
def desk(client, ae):
    client.force_login(ae)
    return client


def shown(response):
    return [row.title for row in response.context["rows"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Fresh", "Done", "Late"]),
        ("?kind=written", ["Done"]),
        ("?state=cancelled", []),
        ("?report=late", ["Late"]),
        ("?report=running", ["Fresh", "Late"]),
        ("?sort=when", ["Late", "Done", "Fresh"]),
    ],
)
def test_the_list_is_narrowed(desk, calls, query, found):
    assert shown(desk.get(LIST + query)) == found


def test_the_list_by_client_person_and_period(desk, calls, account, ae):
    today = timezone.localdate()
    assert len(shown(desk.get(f"{LIST}?client={account[0].pk}&ae={ae.pk}"))) == 3
    assert shown(desk.get(f"{LIST}?until={today - timedelta(days=400):%Y-%m-%d}")) == []
    assert len(shown(desk.get(f"{LIST}?since={today - timedelta(days=9):%Y-%m-%d}"))) == 3


def test_the_list_says_how_each_report_stands(desk, calls):
    words = text_of(desk.get(LIST))
    assert "LM/CR/" in words
    assert "Draft" in words


def test_meetings_of_other_clients_are_not_listed(client, calls, other_ae):
    make_client("YL", team=[other_ae])
    client.force_login(other_ae)
    page = client.get(LIST)
    assert shown(page) == []
    assert "No meetings yet" in text_of(page)


def test_the_list_comes_as_a_sheet(desk, calls):
    assert desk.get(f"{LIST}?format=xlsx").content.startswith(b"PK")


def test_admins_see_no_meetings(client, db):
    client.force_login(make_user(role="admin"))
    assert client.get(LIST).status_code == 403
    assert client.get(WEEK).status_code == 403


def test_the_number_of_queries_does_not_grow(desk, account, ae, now):
    client, contact = account
    counts = []
    desk.get(LIST)
    for _round in range(2):
        make.log(client, contact, ae, ended_at=now - timedelta(hours=1), at=now)
        with CaptureQueriesContext(connection) as caught:
            desk.get(LIST)
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 15


@pytest.mark.parametrize("query", ["", "?day=2026-11-24", "?day=0", "?day=99999-01-01", "?day=x"])
def test_the_week_opens_whatever_is_asked(desk, query):
    assert desk.get(WEEK + query).status_code == 200


def test_the_week_shows_its_days(desk, account, ae):
    make.plan(account[0], ae, "2026-11-19 10:00", "2026-11-19 11:00", [ae, account[1]])
    page = desk.get(f"{WEEK}?day=2026-11-17")
    days = [day for day in page.context["days"] if day.meetings]
    assert [(f"{day.day}", [row.title for row in day.meetings]) for day in days] == [
        ("2026-11-19", ["Media review"])
    ]
    assert desk.get(f"{WEEK}?day=2026-11-24").context["is_empty"] is True


def test_the_clients_page_has_its_meetings(desk, calls, account):
    page = desk.get(f"/clients/{account[0].pk}/?tab=meetings")
    words = text_of(page)
    assert "Fresh" in words, words
    assert "Log a written exchange" in words


def test_the_tab_of_a_client_without_meetings_offers_the_first_step(desk, ae):
    empty = make_client("YL", team=[ae])
    make_contact(empty)
    assert "No meetings yet" in text_of(desk.get(f"/clients/{empty.pk}/?tab=meetings"))


# --- the month -----------------------------------------------------------------------------------

MONTH = "/meetings/month/"


@pytest.mark.parametrize("query", ["", "?day=2026-02-30", "?day=x", "?day=0001-01-01"])
def test_the_month_opens_whatever_is_asked(desk, query):
    assert desk.get(MONTH + query).status_code == 200


@pytest.mark.parametrize(
    ("asked", "first", "count"),
    [
        ("2026-11-19", date(2026, 10, 26), 42), ("2026-12-01", date(2026, 11, 30), 35),
        ("2027-02-14", date(2027, 2, 1), 28), ("2026-01-31", date(2025, 12, 29), 35),
    ],
)  # fmt: skip
def test_a_month_holds_the_weeks_it_touches(desk, asked, first, count):
    days = desk.get(MONTH, {"day": asked}).context["days"]
    assert (days[0].day, len(days)) == (first, count)


def test_of_a_full_day_the_month_shows_four_and_says_how_many_more(desk, account, ae):
    client, contact = account
    for number in range(6):
        make.log(client, contact, ae, title=f"Call {number}")
    answer = desk.get(MONTH, {"day": f"{timezone.localdate(make.END):%Y-%m-%d}"})
    (full,) = [day for day in answer.context["days"] if day.meetings]
    assert (len(full.shown), full.more) == (4, 2)
    assert "2 more" in answer.content.decode()


def test_days_off_and_days_of_another_month_are_marked(desk):
    days = {day.day: day for day in desk.get(MONTH, {"day": "2026-11-19"}).context["days"]}
    assert (days[date(2026, 11, 21)].is_off, days[date(2026, 11, 20)].is_off) == (True, False)
    assert days[date(2026, 10, 31)].is_outside
    assert not days[date(2026, 11, 1)].is_outside
