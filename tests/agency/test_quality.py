"""Quality by AE: each figure opens a list exactly as long, an AE sees the own line (R84)."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.builders import assign, make_client, make_user
from tests.jobs import make
from tests.meetings.make import delivered, issued, log, make_account, object_to
from tests.meetings.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R84")]
PAGE = reverse("quality")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NOW = timezone.now()


@pytest.fixture
def account(ae, am):
    """Two failed checks, one estimate late, two reports late, one report sent back."""
    client, contact = make_account(ae, am, code="LM")
    job = make.make_job(client, ae, estimate_due_at=NOW - DAY)
    make.make_job(client, ae, estimate_due_at=NOW + HOUR)
    for state in ("failed", "failed", "passed"):
        make.make_check(job, state, author=ae, checked_at=NOW - HOUR)
    issued(client, contact, ae, ended_at=NOW - 70 * HOUR, at=NOW - 45 * HOUR)
    log(client, contact, ae, ended_at=NOW - 30 * HOUR, at=NOW)
    report = delivered(client, contact, ae, at=NOW - 19 * HOUR, ended_at=NOW - 20 * HOUR)
    object_to(report, contact, at=NOW - HOUR)
    return client


def members(page, **asked):
    answer = page.get(PAGE, asked)
    assert answer.status_code == 200
    return {row.person: row for row in answer.context["members"]}


def test_each_figure_opens_its_list(account, ae, am, sign_in):
    page = sign_in(am)
    row = members(page)[ae]
    assert row.counts == (2, 1, 2, 1)
    for count, url in row.cells:
        assert len(page.get(url).context["rows"]) == count, url


def test_a_client_and_days_narrow_page_and_lists(account, ae, am, sign_in):
    page = sign_in(am)
    other = make_client("QL", team=[ae, am])
    assert members(page, client=other.pk) == {}
    today = timezone.localdate(NOW)
    assert members(page, until=today - 30 * DAY) == {}
    row = members(page, client=account.pk, since=today - 10 * DAY, until=today)[ae]
    assert [len(page.get(url).context["rows"]) for url in row.lists] == list(row.counts)


def test_an_ae_sees_the_own_line_only(account, ae, am, other_ae, sign_in):
    assign(account, other_ae)
    assert set(members(sign_in(ae))) == {ae}
    assert set(members(sign_in(other_ae))) == set()


def test_the_manager_of_other_clients_sees_nothing(account, sign_in):
    stranger = make_user(role="am")
    make_client("QL", team=[stranger])
    text = text_of(sign_in(stranger).get(PAGE))
    assert "Nothing went wrong in this period" in text


def test_the_sheet_holds_the_page(account, ae, am, sign_in):
    answer = sign_in(am).get(PAGE, {"format": "xlsx"})
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    assert list(rows[-1])[1:] == [2, 1, 2, 1]
    assert ae.name in rows[-1][0]
