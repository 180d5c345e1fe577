"""Figures on a page: each opens the list that makes it, and the list is as long as the figure."""

import io
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from openpyxl import load_workbook

from tests.builders import assign, from_kept, make_user
from tests.meetings.make import answer, hand_over, issued, log, make_account, tick
from tests.meetings.pages import text_of

pytestmark = pytest.mark.django_db
PAGE = reverse("meetings:figures")
HOUR = timedelta(hours=1)


def within_a_month(at):
    """Now, or on the first days of a month the middle of the one before."""
    today = timezone.localtime(at)
    return at if today.day > 4 else today.replace(day=1) - timedelta(days=15)


def make_kept():
    """Two reports kept, one late, one not written: all due by now, in one month."""
    ae, am = make_user("ae", "ae"), make_user("am", "am")
    now = within_a_month(timezone.now())
    client, contact = make_account(ae, am, code="LM")
    for hours in (50, 60):
        issued(client, contact, ae, ended_at=now - hours * HOUR)
    issued(client, contact, ae, ended_at=now - 70 * HOUR, at=now - 45 * HOUR)
    log(client, contact, ae, ended_at=now - 30 * HOUR, at=now)
    return {"account": client, "ae": ae, "am": am, "now": now}


account, ae, am, now = from_kept("account", "ae", "am", "now")


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


def sheet_of(client, url):
    return list(load_workbook(io.BytesIO(client.get(url).content)).active.values)


@pytest.mark.parametrize("by", ["ae", "client", "kind", "month"])
def test_sheet_is_the_table_that_is_seen(client, account, am, by):
    client.force_login(am)
    page = client.get(f"{PAGE}?by={by}")
    rows = [(row.label, row.due, row.kept, "50.0%") for row, _url in page.context["rows"]]
    heads = {"ae": "By AE", "client": "By client", "kind": "By kind", "month": "By month"}
    assert (rows[0][1:]) == (4, 2, "50.0%")
    assert sheet_of(client, page.context["sheet_url"]) == [
        (heads[by], "Due", "In time", "Rate"),
        *rows,
    ]


def test_list_behind_a_figure_has_a_sheet_of_its_reports(client, account, am):
    client.force_login(am)
    rows = sheet_of(client, f"{reverse('meetings:figures_list')}?format=xlsx")
    assert len(rows) == 1 + 4
    assert {row[1] for row in rows[1:]} == {str(account)}


@pytest.mark.parametrize("by", ["ae", "client", "kind", "month"])
def test_each_number_of_the_page_opens_as_many_rows(client, account, am, by):
    client.force_login(am)
    page = client.get(f"{PAGE}?by={by}")
    for row, url in page.context["rows"]:
        assert page.content.decode().count(f'<a href="{escape(url)}">') == 3
        assert rows_of(client.get(url)) == row.due
        assert rows_of(client.get(f"{url}&is_kept=true")) == row.kept
    for (_label, share, url), count in zip(
        page.context["states"], page.context["returns"].counts.values(), strict=True
    ):
        assert share == Decimal(count) / 3
        assert page.content.decode().count(f'href="{escape(url)}"') == 2
        assert rows_of(client.get(url)) == count


def test_median_opens_the_answers_that_it_is_of(client, account, am, ae, now):
    contact = account.contacts.get()
    report = issued(account, contact, ae, ended_at=now - 20 * HOUR)
    hand_over(report, contact, now - 19 * HOUR)
    tick(now - 19 * HOUR)
    answer(report, contact, now - 17 * HOUR)
    client.force_login(am)
    page = client.get(PAGE)
    assert "half of the answers came within 2.0 h" in text_of(page)
    (url,) = links(page, "state=answered")
    assert [row.pk for row in client.get(url).context["rows"]] == [report.pk]


def test_period_narrows_the_figures(client, account, am, now):
    client.force_login(am)
    day = timezone.localdate(now) - timedelta(days=30)
    assert "Nothing was due" in text_of(client.get(f"{PAGE}?since={day}&until={day}"))


def test_share_of_answers_opens_its_list(client, account, am):
    client.force_login(am)
    (open_list,) = set(links(client.get(PAGE), "state=open"))
    assert rows_of(client.get(open_list)) == 3


@pytest.mark.parametrize("query", ["since=0001-01-01", "until=9999-12-31", "month=9999-12-31"])
def test_a_day_at_the_end_of_time_is_no_fault(client, account, am, query):
    client.force_login(am)
    assert client.get(f"{PAGE}?{query}").status_code == 200
    assert client.get(f"{reverse('meetings:figures_list')}?{query}").status_code == 200


@pytest.mark.parametrize(
    ("wanted", "count"), [("", 4), ("running", 1), ("late", 1), ("awaiting", 3)]
)
def test_reports_of_a_client_are_listed_by_how_they_stand(client, account, ae, wanted, count):
    client.force_login(ae)
    path = f"{reverse('meetings:report_list')}?client={account.pk}&author={ae.pk}&report={wanted}"
    assert rows_of(client.get(path)) == count


def test_reports_of_another_client_are_in_no_list(client, account, other_ae):
    client.force_login(other_ae)
    assert rows_of(client.get(reverse("meetings:report_list"))) == 0


def test_meetings_whose_report_awaits_its_return_are_found(client, account, ae):
    client.force_login(ae)
    assert rows_of(client.get(f"{reverse('meetings:meeting_list')}?report=awaiting")) == 3


def tiles(page):
    """[(what, number, address)] of the tiles in the head of a client's page."""
    head = page.content.decode().partition('class="tiles"')[2].partition("</nav>")[0]
    found = re.findall(r'<a href="(.*?)"><small>(.*?)</small><b>(.*?)</b>', head)
    return [(what, number, link.replace("&amp;", "&")) for link, what, number in found]


def test_every_tile_of_a_client_opens_its_list(client, account, am):
    client.force_login(am)
    found = tiles(client.get(account.get_absolute_url()))
    assert [(what, number) for what, number, _link in found] == [
        ("Reports in time", "50.0%"),
        ("Reports being written", "1"),
        ("Reports awaiting return", "3"),
        ("Weekly report", "–"),
        ("Quarterly report", "–"),
        ("Jobs running", "0"),
        ("Budget 2026", "–"),
        ("Next meeting", "–"),
    ]
    lists = [link for what, _number, link in found if not what.startswith("Budget")]
    assert [rows_of(client.get(link)) for link in lists] == [4, 1, 3, 0, 0, 0, 4]


def test_rate_of_a_client_counts_for_an_ae_the_own_reports(client, account, ae):
    colleague = make_user(role="ae")
    assign(account, colleague)
    client.force_login(colleague)
    (rate, running, *_rest) = tiles(client.get(account.get_absolute_url()))
    assert (rate[1], rows_of(client.get(rate[2]))) == ("–", 0)
    assert (running[1], rows_of(client.get(running[2]))) == ("1", 1)


def test_who_has_no_figures_sees_no_rate(client, account):
    helper = make_user(role="department")
    assign(account, helper)
    client.force_login(helper)
    found = tiles(client.get(account.get_absolute_url()))
    assert found[0][0] == "Reports being written"
