"""The list of weekly reports, the client's tile, the tabs between the pages of meetings."""

import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests.builders import from_kept, make_client, make_user, when
from tests.meetings.pages import text_of
from tests.meetings.status_rows import DUE, LATE, add_line, make_status

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R30")]
ae, am, customer, sent, late = from_kept("ae", "am", "customer", "sent", "late")
EARLIER = date(2026, 11, 16)
BEFORE = when("2026-11-20 16:00")


def make_kept():
    """Two weeks of one client: the first in time, the second signed too late."""
    ae, am = make_user("ae", name="Lin Jun"), make_user("am", "am")
    customer = make_client("LM", team=[ae, am])
    due = when("2026-11-20 17:00")
    sent = make_status(customer, "issued", ae, am, week=EARLIER, due_at=due, signed_at=BEFORE,
                       issued_at=due, number="LM/WS/2026/001")  # fmt: skip
    late = make_status(customer, "issued", ae, am, signed_at=LATE, issued_at=LATE,
                       number="LM/WS/2026/002")  # fmt: skip
    add_line(late, "Poster", unchanged_reason="At the fair")
    return {"ae": ae, "am": am, "customer": customer, "sent": sent, "late": late}


def listed(browser, **asked):
    """Numbers of the reports on the page."""
    answer = browser.get(reverse("meetings:status_list"), asked)
    words = text_of(answer)
    return [number for number in ("LM/WS/2026/001", "LM/WS/2026/002") if number in words]


FIRST, SECOND = "LM/WS/2026/001", "LM/WS/2026/002"


@pytest.fixture
def browser(client, am):
    client.force_login(am)
    return client


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, [FIRST, SECOND]),
        ({"punctual": "yes"}, [FIRST]),
        ({"punctual": "no"}, [SECOND]),
        ({"since": "2026-11-17"}, [SECOND]),
        ({"until": "2026-11-16"}, [FIRST]),
        ({"state": "issued"}, [FIRST, SECOND]),
        ({"state": "waiting"}, []),
        ({"state": "draft"}, []),
        ({"author": "0"}, []),
        ({"is_unchanged": "true"}, [SECOND]),
        ({"is_due": "true", "is_first": "true"}, [FIRST, SECOND]),
    ],
)
def test_the_list_is_narrowed_by(browser, asked, found):
    assert listed(browser, **asked) == found


def test_by_client_and_by_who_submitted(browser, customer, ae, am):
    assert listed(browser, client=customer.pk) == [FIRST, SECOND]
    assert listed(browser, author=ae.pk) == [FIRST, SECOND]
    assert listed(browser, author=am.pk) == []


def test_late_and_in_time_are_said_in_words(browser):
    words = text_of(browser.get(reverse("meetings:status_list")))
    assert words.index(SECOND) < words.index(FIRST)
    assert "Late" in words[words.index(SECOND) : words.index(FIRST)]
    assert "In time" in words[words.index(FIRST) :]
    assert "Lin Jun" in words


@pytest.mark.parametrize("sort", ["week", "-week", "client", "due", "-issued"])
def test_each_order_holds_all(browser, sort):
    assert listed(browser, sort=sort) == [FIRST, SECOND]


def test_a_revision_is_neither_late_nor_in_time(browser, customer, ae, am, late):
    type(late).objects.filter(pk=late.pk).update(state="superseded")
    make_status(customer, "issued", ae, am, revision=2, number=SECOND, issued_at=LATE, due_at=DUE)
    words = text_of(browser.get(reverse("meetings:status_list")))
    assert words.count(f"{SECOND}/R2") == 1
    assert words[words.index(f"{SECOND}/R2") :].count("Late") <= 1


def test_the_same_rows_leave_as_a_sheet(browser):
    answer = browser.get(reverse("meetings:status_list"), {"format": "xlsx", "punctual": "yes"})
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert [row[0] for row in rows][-1] == FIRST
    assert len([row for row in rows if str(row[0]).startswith("LM/WS")]) == 1


def test_without_a_report_the_list_says_how_they_come(client):
    client.force_login(make_user())
    words = text_of(client.get(reverse("meetings:status_list")))
    assert "The clock drafts one for each active client on Monday at 06:00." in words


# --- where it is reached ------------------------------------------------------------------------


TABS = ("meeting_list", "meeting_week", "status_list", "report_list", "action_list")


@pytest.mark.parametrize("name", TABS)
def test_the_pages_of_meetings_lead_to_each_other(browser, name):
    page = browser.get(reverse(f"meetings:{name}")).content.decode()
    for other in ("meeting_list", "status_list", "report_list", "action_list"):
        assert f'href="{reverse(f"meetings:{other}")}"' in page


def test_a_department_has_no_tab_of_weekly_reports(client):
    client.force_login(make_user(role="department"))
    page = client.get(reverse("meetings:meeting_list")).content.decode()
    assert f'href="{reverse("meetings:status_list")}"' not in page


def test_the_clients_page_says_how_the_newest_stands(browser, customer, late):
    page = browser.get(reverse("accounts:client_detail", args=[customer.pk]))
    assert "Weekly report Issued sent 30 Nov 09:30" in text_of(page)
    assert f'href="{late.get_absolute_url()}"' in page.content.decode()


def test_an_overdue_draft_is_red_on_the_clients_page(browser, customer, late):
    type(late).objects.filter(pk=late.pk).update(
        state="draft", signed_at=None, signed_by=None, issued_at=None, document=None,
        internal_document=None,
    )  # fmt: skip
    page = browser.get(reverse("accounts:client_detail", args=[customer.pk])).content.decode()
    assert '<small class="late">due' in page


def test_a_client_without_one_says_so(browser, am, ae):
    new = make_client("XY", team=[ae, am])
    page = browser.get(reverse("accounts:client_detail", args=[new.pk]))
    assert "Weekly report –" in text_of(page)


def test_the_figures_of_weekly_reports_are_a_tab_of_the_figures(browser):
    page = browser.get(reverse("meetings:figures")).content.decode()
    assert f'href="{reverse("meetings:status_figures")}"' in page


# --- no page asks more the more it shows --------------------------------------------------------


def questions(browser, address):
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", ["detail", "update", "day"])
def test_a_page_of_many_lines_asks_no_more_than_one_of_few(browser, customer, ae, name):
    report = make_status(customer, week=date(2026, 11, 30))
    address = reverse(f"meetings:status_{name}", args=[report.pk])
    counts = []
    for number in (1, 2, 9):
        while report.lines.count() < number:
            title = f"Work {report.lines.count()}"
            add_line(report, title, former=None, next_user=ae, similarity="0.8")
        counts.append(questions(browser, address))
    assert len(set(counts[1:])) == 1
    assert counts[-1] <= 30


def test_a_list_of_many_weeks_asks_no_more_than_one_of_few(browser, customer, ae, am):
    address = reverse("meetings:status_list")
    questions(browser, address)  # the first page of a person counts what needs him
    before = questions(browser, address)
    for number in range(1, 9):
        make_status(customer, "issued", ae, am, week=date(2026, 9, 7 + 7 * (number % 3)),
                    revision=number, number=f"LM/WS/2026/1{number}")  # fmt: skip
    assert questions(browser, address) == before
