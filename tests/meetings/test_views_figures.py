"""Figures on a page: each opens the list that makes it, and the list is as long as the figure."""

import io
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from meetings.views.figures import first_of
from tests.builders import make_user
from tests.meetings.make import issued, log, make_account
from tests.meetings.pages import text_of

pytestmark = pytest.mark.django_db
PAGE = reverse("meetings:figures")
HOUR = timedelta(hours=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def account(ae, am, now):
    """Two reports kept, one late, one not written: all due by now."""
    client, contact = make_account(ae, am, code="LM")
    for hours in (50, 60):
        issued(client, contact, ae, ended_at=now - hours * HOUR)
    issued(client, contact, ae, ended_at=now - 70 * HOUR, at=now - 45 * HOUR)
    log(client, contact, ae, ended_at=now - 30 * HOUR, at=now)
    return client


def links(page, word):
    found = re.findall(r'href="([^"]*figures/list/[^"]*)"', page.content.decode())
    return [link.replace("&amp;", "&") for link in found if word in link]


def rows_of(response):
    return len(response.context["rows"])


def test_rate_stands_beside_what_was_due(client, account, am):
    client.force_login(am)
    assert "50.0%" in text_of(client.get(PAGE))


def test_list_behind_a_figure_is_as_long_as_the_figure(client, account, am):
    client.force_login(am)
    page = client.get(PAGE)
    kept = [link for link in links(page, "ae=") if "is_kept" in link]
    due = [link for link in links(page, "ae=") if "is_kept" not in link]
    assert rows_of(client.get(due[0])) == 4
    assert rows_of(client.get(kept[0])) == 2


@pytest.mark.parametrize("by", ["ae", "client", "kind", "month"])
def test_every_view_answers(client, account, am, by):
    client.force_login(am)
    assert client.get(f"{PAGE}?by={by}").status_code == 200


@pytest.mark.parametrize(
    "query",
    ["?by=nothing", "?since=0000-00-00", "?until=9999-99-99", "?client=abc", "?client=999999",
     "?since=2026-12-31&until=2026-01-01", "?by='><script>"],
)  # fmt: skip
def test_bad_filter_fails_nothing(client, account, am, query):
    client.force_login(am)
    page = client.get(f"{PAGE}{query}")
    assert page.status_code == 200
    assert "<script>'" not in page.content.decode()


def test_manager_of_others_sees_nothing_of_them(client, account):
    client.force_login(make_user(role="am"))
    assert "Nothing was due in this period" in text_of(client.get(PAGE))


def test_ae_sees_the_own_figures(client, account, ae):
    client.force_login(ae)
    assert "50.0%" in text_of(client.get(PAGE))


@pytest.mark.parametrize("role", ["department", "admin"])
def test_who_has_no_figures_is_refused(client, account, role):
    client.force_login(make_user(role=role))
    assert client.get(PAGE).status_code == 403


def test_sheet_holds_the_same_reports(client, account, am):
    client.force_login(am)
    (sheet,) = links(client.get(PAGE), "format=xlsx")
    response = client.get(sheet)
    rows = list(load_workbook(io.BytesIO(response.content)).active.values)
    assert len(rows) == 1 + 4
    assert {row[1] for row in rows[1:]} == {str(account)}


def test_period_narrows_the_figures(client, account, am, now):
    client.force_login(am)
    day = timezone.localdate(now) - timedelta(days=30)
    assert "Nothing was due" in text_of(client.get(f"{PAGE}?since={day}&until={day}"))


def test_share_of_answers_opens_its_list(client, account, am):
    client.force_login(am)
    (open_list,) = links(client.get(PAGE), "state=open")
    assert rows_of(client.get(open_list)) == 3


@pytest.mark.parametrize(
    ("day", "back", "first"),
    [
        (date(2026, 11, 24), 0, date(2026, 11, 1)),
        (date(2026, 11, 24), 5, date(2026, 6, 1)),
        (date(2026, 1, 31), 1, date(2025, 12, 1)),
        (date(2026, 1, 31), 13, date(2024, 12, 1)),
    ],
)
def test_first_of_a_month_so_many_months_ago(day, back, first):
    assert first_of(day, back) == first
