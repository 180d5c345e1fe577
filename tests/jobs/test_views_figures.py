"""Figures of jobs on their page: each opens the list that makes it, exactly as long (6.8)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agency.common.dates import first_of
from tests.builders import make_client, make_user
from tests.jobs import desk, make
from tests.jobs.desk import listed
from tests.jobs.make import D
from tests.meetings.pages import text_of

pytestmark = pytest.mark.django_db
PAGE = reverse("jobs:figures")
DAY = timedelta(days=1)
NOW = timezone.now()
TODAY = timezone.localdate(NOW)


@pytest.fixture
def account(ae, am, ad):
    return make_client("LM", team=[ae, am, ad])


@pytest.fixture
def page(sign_in, am):
    return sign_in(am)


def walked(account, ae, days, steps=5):
    """An estimate that went so many steps, all of them so many days ago."""
    return desk.walked(make.make_job(account, ae), *[NOW - days * DAY] * steps)


def shown(page, **asked):
    answer = page.get(PAGE, asked)
    assert answer.status_code == 200
    return answer.context


def behind(page, url):
    """The rows of the list that a figure opens."""
    answer = page.get(url)
    assert answer.status_code == 200
    return list(answer.context["rows"])


def days_ago(number):
    return f"{TODAY - number * DAY}"


def test_page_begins_with_the_last_six_months(page):
    span = shown(page)["span"]
    assert (span.since, span.until) == (first_of(TODAY, 5), TODAY)
    assert span.end - span.start == (TODAY - span.since + DAY)


@pytest.mark.parametrize(
    ("asked", "count"),
    [({}, 3), ({"since": days_ago(10)}, 2), ({"until": days_ago(5)}, 2),
     ({"since": days_ago(10), "until": days_ago(5)}, 1), ({"since": "nonsense"}, 3)],
)  # fmt: skip
def test_lead_time_opens_what_was_signed_in_these_days(page, account, ae, asked, count):
    for days in (20, 7, 2):
        walked(account, ae, days)
    context = shown(page, **asked)
    assert {row.count for row in context["leads"]} == {count}
    assert len(behind(page, context["signed_url"])) == count


def test_signed_estimate_stays_behind_the_figure_when_a_newer_one_takes_its_place(
    page, account, ae
):
    estimate = walked(account, ae, 3)
    estimate.state, estimate.superseded_at = "superseded", NOW
    estimate.save()
    context = shown(page)
    assert context["leads"][0].count == 1
    assert behind(page, context["signed_url"]) == [estimate]
    assert listed(page, "estimate_list", state="signed") == set()


def test_waiting_estimates_open_their_lists(page, account, ae):
    for steps in (1, 1, 2, 3, 4):
        walked(account, ae, 300, steps)
    found = {row.state: (row.count, behind(page, url)) for row, url in shown(page)["waiting"]}
    assert {state: count for state, (count, _rows) in found.items() if count} == {
        "submitted": 2, "manager_ok": 1, "approved": 1, "sent": 1
    }  # fmt: skip
    assert [state for state, (count, rows) in found.items() if count != len(rows)] == []


@pytest.mark.rule("R73")
def test_first_time_passes_open_their_lists(page, account, ae, am, ad):
    job = make.make_job(account, ae, state="active")
    for state, checker, days in (("passed", am, 3), ("failed", ad, 3), ("passed", am, 400)):
        make.make_check(job, state, checker=checker, checked_at=NOW - days * DAY)
    found = {
        str(row.person): (row.looked, row.passed, len(behind(page, url)),
                          len(behind(page, f"{url}&state=passed")))
        for _label, _by, rows in shown(page)["passes"]
        for row, url in rows
    }  # fmt: skip
    assert found == {str(ae): (2, 1, 2, 1), str(am): (1, 1, 1, 1), str(ad): (1, 0, 1, 0)}


@pytest.mark.rule("R59")
def test_errors_open_their_lists(page, account, ae):
    job = make.make_job(account, ae)
    for kind, days in (("price", 1), ("price", 2), ("date", 3), ("sum", 400)):
        job.error_notes.create(
            kind=kind, found_on=TODAY - days * DAY, text="Wrong", amount=D("10.00")
        )
    found = [
        (str(label), count, amount, len(behind(page, url)))
        for label, count, amount, url in shown(page)["errors"]
    ]
    assert found == [("Price", 2, D("20.00"), 2), ("Date", 1, D("10.00"), 1)]


def test_client_asked_for_narrows_figures_and_lists(page, account, ae, am):
    other = make_client(team=[ae, am])
    walked(account, ae, 3)
    wanted = walked(other, ae, 3)
    context = shown(page, client=other.pk)
    assert context["leads"][0].count == 1
    assert behind(page, context["signed_url"]) == [wanted]


def test_empty_figures_are_dashes_and_not_zeros(page):
    words = text_of(page.get(PAGE))
    assert "From submission to signature 0 – –" in words
    assert "Nothing was checked in this period." in words


@pytest.mark.parametrize(
    ("role", "status"),
    [("ae", 200), ("am", 200), ("management", 200), ("department", 403), ("admin", 403)],
)
def test_page_is_for_who_sees_the_dashboard(sign_in, db, role, status):
    assert sign_in(make_user(role=role)).get(PAGE).status_code == status


@pytest.mark.parametrize(("role", "sees"), [("am", True), ("management", False)])
def test_errors_are_shown_to_the_account_service(sign_in, db, role, sees):
    assert shown(sign_in(make_user(role=role)))["may_see_errors"] is sees


def test_foreign_account_executive_finds_nothing(sign_in, account, ae, other_ae):
    walked(account, ae, 3)
    context = shown(sign_in(other_ae), client=account.pk)
    assert {row.count for row in context["leads"]} == {0}


def test_sheet_holds_the_lead_times(page, account, ae):
    walked(account, ae, 3)
    cells = desk.sheet_of(page.get(PAGE, {"format": "xlsx"}))
    assert [row[:2] for row in cells] == [
        ("From submission to signature", 1),
        ("Account manager", 1),
        ("Director's office", 1),
        ("Sending", 1),
        ("Client", 1),
    ]


# --- the list of estimates ----------------------------------------------------------------------


@pytest.fixture
def estimates(account, ae):
    return {steps: walked(account, ae, 4, steps) for steps in range(6)}


@pytest.mark.parametrize(
    ("asked", "steps"),
    [({}, {0, 1, 2, 3, 4, 5}), ({"state": "running"}, {1, 2, 3, 4}), ({"state": "draft"}, {0}),
     ({"state": "sent"}, {4}), ({"state": "signed", "since": days_ago(4)}, {5}),
     ({"state": "signed", "since": days_ago(3)}, set()), ({"ever": "1"}, {5}),
     ({"since": days_ago(4), "until": days_ago(4)}, {1, 2, 3, 4, 5}),
     ({"until": days_ago(5)}, set())],
)  # fmt: skip
def test_estimates_are_filtered(page, estimates, asked, steps):
    assert listed(page, "estimate_list", **asked) == {estimates[step] for step in steps}


def test_only_what_is_on_its_way_waits(page, estimates):
    cells = desk.sheet_of(page.get(reverse("jobs:estimate_list"), {"format": "xlsx"}))
    assert sorted((row[3], row[4]) for row in cells if row[4] is not None) == [
        ("Approved", 4),
        ("With the account manager", 4),
        ("With the client", 4),
        ("With the director's office", 4),
    ]
