"""How early agendas went out, and how many meetings were urgent (6.8, R5, R6)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.lead import lead_verdict
from meetings.models import Meeting
from meetings.reports import agenda as figures
from tests.builders import from_kept, make_user, when
from tests.meetings import make
from tests.meetings.pages import text_of

pytestmark = pytest.mark.django_db
START, NOW = when("2026-11-19 10:00"), when("2026-12-01 09:00")
FROM, UNTIL = when("2026-11-01 00:00"), when("2026-12-01 00:00")
LEADS = [("2:00:00", "ok"), ("1:59:59", "short"), ("0:59:59", "late"), (None, "none")]


def at_lead(client, ae, lead=None, is_urgent=False, day=START, state="held"):
    """A meeting that was held, its agenda sent so long before."""
    hours, minutes, seconds = map(int, (lead or "0:0:0").split(":"))
    sent_at = day - timedelta(hours=hours, minutes=minutes, seconds=seconds) if lead else None
    end = day + timedelta(hours=1)
    return Meeting.objects.create(
        client=client, ae=ae, kind="face", title="Review", starts_at=day, planned_end=end,
        ended_at=end, state=state, agenda_sent_at=sent_at, is_urgent=is_urgent,
    )  # fmt: skip


def make_kept():
    ae, other_ae, ad = make_user("ae"), make_user("other_ae"), make_user("ad", "ad")
    lm, _contact = make.make_account(ae, ad, code="LM")
    yl, _contact = make.make_account(other_ae, ad, code="YL")
    for lead, _verdict in LEADS:
        at_lead(lm, ae, lead)
    at_lead(lm, ae, "0:30:00", is_urgent=True)
    for _number in range(4):
        at_lead(yl, other_ae, "3:00:00")
    at_lead(yl, other_ae, "0:30:00", is_urgent=True)
    return {"ae": ae, "ad": ad, "lm": lm, "yl": yl}


ae, ad, lm, yl = from_kept("ae", "ad", "lm", "yl")


def rates(user, **more):
    return figures.agenda_rates(user, NOW, FROM, UNTIL, **more)


@pytest.mark.rule("R5")
def test_each_verdict_is_counted_once(ae):
    (row,) = rates(ae)
    assert row.counts == {"ok": 1, "short": 1, "late": 1, "none": 1}
    assert row.shares["ok"] == 0.25


@pytest.mark.rule("R5")
def test_urgent_meetings_are_counted_by_themselves(ae):
    (row,) = rates(ae, is_urgent=True)
    assert row.counts == {"ok": 0, "short": 0, "late": 1, "none": 0}


def test_an_ae_sees_his_own_and_an_ad_all_of_his_clients(ad):
    assert [(row.label, row.total) for row in rates(ad)] == [("ae", 4), ("other_ae", 4)]
    assert [row.label for row in rates(ad, by="client")] == ["Client LM", "Client YL"]


def test_what_has_not_begun_or_never_was_does_not_count(ae, lm):
    at_lead(lm, ae, state="cancelled")
    at_lead(lm, ae, state="draft")
    assert rates(ae)[0].total == 4
    assert figures.agenda_rates(ae, START, FROM, UNTIL) == []


@pytest.mark.parametrize(("lead", "verdict"), LEADS)
def test_the_column_says_what_the_rule_says(ae, lead, verdict):
    rows = figures.agenda_list(ae, NOW, FROM, UNTIL, lead=verdict, is_urgent=False)
    assert rows.count() == 1
    assert lead_verdict(rows.get().starts_at, rows.get().agenda_sent_at) == verdict


def test_the_list_behind_a_figure_is_as_long_as_the_figure(ad, yl):
    for row in rates(ad, by="client"):
        assert figures.agenda_list(ad, NOW, FROM, UNTIL, client=row.key).count() == row.total + 1
    urgent = figures.agenda_list(ad, NOW, FROM, UNTIL, client=yl, is_urgent=True)
    assert urgent.count() == 1


@pytest.mark.rule("R6")
def test_one_fifth_is_not_above_one_fifth(ad, ae, lm, yl):
    shares = figures.urgent_shares(ad, date(2026, 11, 5))
    assert [(row.client, row.urgent, row.total) for row in shares] == [(lm, 1, 5), (yl, 1, 5)]
    assert not any(row.is_high for row in shares)
    at_lead(lm, ae, "0:20:00", is_urgent=True)
    highest = figures.urgent_shares(ad, date(2026, 11, 5))[0]
    assert (highest.client, highest.is_high) == (lm, True)


@pytest.mark.rule("R6")
def test_a_month_holds_its_own_meetings_alone(ad):
    assert figures.urgent_shares(ad, date(2026, 10, 31)) == []
    assert figures.urgent_shares(ad, date(2026, 12, 1)) == []


@pytest.fixture
def desk(client, ad):
    client.force_login(ad)
    return client


SPAN = "since=2026-11-01&until=2026-11-30"


@pytest.mark.rule("R5")
def test_the_page_shows_shares_that_open_their_lists(desk, lm):
    text = text_of(desk.get(f"/meetings/figures/agendas/?{SPAN}&by=client"))
    assert "Client LM 4 1 25.0% 1 25.0% 1 25.0% 1 25.0%" in text
    path = f"/meetings/figures/agendas/list/?{SPAN}&client={lm.pk}&lead=late&is_urgent=false"
    rows = desk.get(path).context["rows"]
    assert [row.ahead for row in rows] == [timedelta(minutes=59, seconds=59)]


@pytest.mark.rule("R6")
def test_an_urgent_share_above_a_fifth_stands_out(desk, lm, ae):
    at_lead(lm, ae, "0:20:00", is_urgent=True)
    text = text_of(desk.get(f"/meetings/figures/agendas/?{SPAN}"))
    assert "Client LM 2 6 33.3% Client YL 1 5 20.0%" in text
    path = f"/meetings/figures/agendas/list/?month=2026-11-01&client={lm.pk}&is_urgent=true"
    assert len(desk.get(path).context["rows"]) == 2


def test_figures_ask_for_as_much_whatever_the_number_of_rows(desk, lm, ae, ad):
    path = f"/meetings/figures/agendas/?{SPAN}"
    desk.get(path)
    with CaptureQueriesContext(connection) as few:
        desk.get(path)
    for number in range(5):
        other = make_user(f"ae{number}x")
        client, _contact = make.make_account(other, ad)
        at_lead(client, other, "3:00:00")
        at_lead(client, other, "0:10:00", is_urgent=True)
    with CaptureQueriesContext(connection) as many:
        desk.get(path)
    assert len(many) <= len(few)


def test_without_meetings_the_page_says_so(desk):
    text = text_of(desk.get("/meetings/figures/agendas/?since=2025-01-01&until=2025-01-31"))
    assert "No such meeting began in this period" in text
    assert "No urgent meeting in this month" in text
