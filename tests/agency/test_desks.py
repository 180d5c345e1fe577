"""What lies with whom today: each figure opens a list exactly as long (6.9, R80)."""

import io
from datetime import timedelta
from decimal import Decimal as D

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.budgets.make import make_plan
from tests.budgets.years import unsigned
from tests.builders import from_kept, make_client, make_user
from tests.jobs.make import make_check, make_job, pass_to
from tests.meetings.make import action, issued, log, make_account, typed
from tests.meetings.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R80")]
PAGE = reverse("desks")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = timezone.now() - timedelta(seconds=1)
account, ae, am = from_kept("account", "ae", "am")


def make_kept():
    """A report running and one late, two actions, an estimate that waits, a job lacking papers."""
    ae, am = make_user("one", "ae"), make_user("two", "am")
    client, contact = make_account(ae, am, code="LM")
    log(client, contact, ae, ended_at=NOW - 30 * HOUR, at=NOW)
    log(client, contact, ae, ended_at=NOW - HOUR, at=NOW)
    today = timezone.localdate(NOW)
    rows = [action("late", user=ae, due_on=today - DAY), action("soon", user=ae, due_on=today)]
    issued(client, contact, ae, at=NOW - 2 * HOUR, ended_at=NOW - 3 * HOUR,
           data=typed(contact, actions=rows))  # fmt: skip
    unsigned(make_job(client, ae), "100.00", "submitted", at=NOW - 3 * DAY)
    job = make_job(client, ae, due_on=today - DAY)
    unsigned(job, "100.00", "sent", at=NOW - 9 * DAY)
    make_check(job, "failed", author=ae, checked_at=NOW)
    return {"account": client, "ae": ae, "am": am}


def rows_of(page, **asked):
    answer = page.get(PAGE, asked)
    assert answer.status_code == 200
    return {row.person: [one.text for one in row.figures] for row in answer.context["rows"]}


def test_each_figure_opens_its_list(ae, am, sign_in):
    page = sign_in(am)
    (row,) = page.get(PAGE).context["rows"]
    counts = [one.text for one in row.figures]
    assert counts[:4] + counts[5:] == [2, 1, 2, 1, 1, 0, 1, 2, 1]
    for one in row.figures[:4] + row.figures[5:]:
        assert len(page.get(one.url).context["rows"]) == one.text, one.url


def test_what_waits_for_approval_says_since_when(am, sign_in):
    page = sign_in(am)
    (row,) = page.get(PAGE).context["rows"]
    approval = row.figures[5]
    assert approval.since == NOW - 3 * DAY
    (estimate,) = page.get(approval.url).context["rows"]
    assert estimate.net == D("100.00")
    assert estimate.state == "submitted"


def test_a_client_narrows_figures_and_lists(ae, am, sign_in):
    other = make_client("QL", team=[ae, am])
    page = sign_in(am)
    assert rows_of(page, client=other.pk) == {ae: [0, 0, 0, 0, "", 0, 0, 0, 0, 0]}


def test_an_ae_sees_the_own_row_and_management_that_of_each_ae(ae, sign_in):
    for user in (ae, make_user(role="management")):
        assert rows_of(sign_in(user))[ae][:4] == [2, 1, 2, 1]


def test_a_manager_of_other_clients_sees_none_of_them(account, sign_in):
    stranger = make_user(role="am")
    make_client("QL", team=[stranger])
    assert "Nobody stands below you" in text_of(sign_in(stranger).get(PAGE))


def test_the_sheet_holds_the_page(ae, am, sign_in):
    answer = sign_in(am).get(PAGE, {"format": "xlsx"})
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert list(rows[-1])[1:5] == [2, 1, 2, 1]


def test_media_plans_wait_for_the_same_yes(account, ae, am, sign_in):
    plan = make_plan(make_job(account, ae, kind="media"), [{"month": NOW.date().replace(day=1)}])
    pass_to(plan, "submitted")
    page = sign_in(am)
    (row,) = page.get(PAGE).context["rows"]
    assert row.figures[6].text == 1
    assert [one.pk for one in page.get(row.figures[6].url).context["rows"]] == [plan.pk]
