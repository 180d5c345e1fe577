"""Who is told of money overdue, on which morning, each once (R87, 5.4, 5.5)."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from agency.common.clock import run_step
from agency.common.models import CalendarDay, Heartbeat, Notification
from budgets.models import Invoice
from budgets.services import lowprofit
from budgets.services.dunclock import came_due
from budgets.services.dunning import record_dunning
from budgets.tasks.money import STEPS
from tests.archives.papers import make_document
from tests.budgets import owed
from tests.builders import from_kept, make_client, make_group, make_user, when
from tests.jobs.make import make_job

am, invoice, client = from_kept("am", "invoice", "client")
SECOND = timedelta(seconds=1)
RECEIVABLES, LOW = STEPS
# Due Monday 30 November: 1 December is one day overdue (5.4).
FIRST = when("2026-12-01 09:00")
pytestmark = pytest.mark.rule("R87")


def make_kept():
    ae, am = make_user(username="ae1"), make_user(username="am1", role="am")
    ad, gad = make_user(username="ad1", role="ad"), make_user(username="gad1", role="gad")
    client = make_client("LM", team=[ae, am, ad], group=make_group(head=gad))
    make_document(client)
    invoice = owed.bill(make_job(client, ae), "1060.00", "2026-10-31", "2026-11-30")
    return {"am": am, "client": client, "invoice": invoice}


def tick(at, step=RECEIVABLES):
    return list(run_step(step, when(at) if isinstance(at, str) else at))


def told(kind="receivable"):
    rows = Notification.objects.filter(kind=kind, is_dropped=False).order_by("pk")
    return [row.recipient.username for row in rows]


def test_the_ae_hears_on_the_first_morning_and_only_once(invoice):
    assert tick(FIRST - SECOND) == []
    assert told() == []
    assert tick(FIRST) == [f"receivables: {invoice}: 1"]
    assert tick(FIRST + SECOND) == []
    assert told() == ["ae1"]
    assert "Overdue since 30 Nov" in Notification.objects.get().label
    assert "¥1,060.00" in Notification.objects.get().label


def test_each_step_has_its_post_and_the_head_hears_every_thirty_days(invoice):
    # 30 days is Wednesday 30 Dec; 60 falls on Friday 29 Jan, 90 on Sunday 28 Feb: Monday 1 March.
    mornings = ("2026-12-01", "2026-12-15", "2026-12-30", "2027-01-29", "2027-03-01", "2027-03-30")
    for day in mornings:
        assert tick(when(f"{day} 09:00") - SECOND) == []
        tick(f"{day} 09:00")
    assert told() == ["ae1", "am1", "ad1", "gad1", "gad1", "gad1"]


def test_after_a_stop_only_the_highest_step_is_told(invoice):
    tick("2027-01-05 11:00")
    assert told() == ["ad1"]
    dropped = Notification.objects.filter(kind="receivable", is_dropped=True)
    assert [row.recipient.username for row in dropped.order_by("pk")] == ["ae1", "am1"]
    tick("2027-01-06 09:00")
    assert told() == ["ad1"]


@pytest.mark.parametrize(
    "change", [{"state": "paid", "paid": "1060.00"}, {"state": "credited", "credited": "-1060.00"},
               {"issuer": "media_owner"}],
)  # fmt: skip
def test_what_is_settled_or_not_ours_is_no_matter_of_the_clock(client, change):
    Invoice.objects.update(state="paid", paid="1060.00")
    owed.bill(client.jobs.get(), "1060.00", "2026-10-31", "2026-11-30", **change)
    assert tick("2027-01-05 11:00") == []


def test_part_paid_goes_on_with_what_is_open(invoice):
    Invoice.objects.filter(pk=invoice.pk).update(state="part_paid", paid="1000.00")
    tick(FIRST)
    assert "¥60.00" in Notification.objects.get().label


# --- promises ------------------------------------------------------------------------------------


def promise(invoice, am, on, at="2026-12-02 10:00"):
    at = when(at)
    return record_dunning(
        invoice=invoice, kind="call", on=at.date(), promise_on=date.fromisoformat(on), by=am,
        text="They promised", at=at,
    )  # fmt: skip


def test_broken_promise_is_told_the_morning_after_to_ae_and_am(invoice, am):
    tick(FIRST)
    promise(invoice, am, "2026-12-04")
    monday = when("2026-12-07 09:00")
    assert tick(monday - SECOND) == []
    tick(monday)
    tick(monday + SECOND)
    assert told() == ["ae1", "ae1", "am1"]


def test_only_the_newest_promise_counts(invoice, am):
    tick(FIRST)
    promise(invoice, am, "2026-12-03")
    promise(invoice, am, "2026-12-10", at="2026-12-03 17:00")
    tick("2026-12-04 09:00")
    assert told() == ["ae1"]
    tick("2026-12-11 09:00")
    assert told() == ["ae1", "ae1", "am1"]


def test_kept_promise_is_not_spoken_of(invoice, am):
    promise(invoice, am, "2026-12-04")
    Invoice.objects.filter(pk=invoice.pk).update(state="paid", paid="1060.00")
    assert tick("2026-12-07 09:00") == []


# --- contribution --------------------------------------------------------------------------------

# October closes on the 5th working day of November, Friday the 6th: judged on Monday.
JUDGED = when("2026-11-09 09:00")


@pytest.mark.rule("R88")
def test_two_low_months_are_told_to_ad_and_head_once(client):
    owed.cost(client, "10.00", "2026-09-01")
    owed.cost(client, "2000.00", "2026-10-01")
    assert tick(JUDGED - SECOND, LOW) == []
    assert tick(JUDGED, LOW) == ["low contribution: LM 2026-10"]
    assert tick(JUDGED + SECOND, LOW) == []
    assert told("contribution") == ["ad1", "gad1"]


@pytest.mark.rule("R88")
def test_one_low_month_or_a_better_one_between_is_not_told(client):
    owed.cost(client, "2000.00", "2026-10-01")
    assert tick(JUDGED, LOW) == []


@pytest.mark.rule("R88")
def test_a_longer_run_is_told_at_its_beginning(client):
    for month in ("2026-09-01", "2026-10-01", "2026-11-01"):
        owed.cost(client, "2000.00", month)
    tick(JUDGED, LOW)
    tick("2026-12-08 09:00", LOW)
    assert told("contribution") == ["ad1", "gad1"]
    assert Notification.objects.filter(kind="contribution", is_dropped=True).count() == 2


# --- whose morning, whose post -------------------------------------------------------------------


def test_morning_is_that_of_the_clients_zone(client, invoice):
    type(client).objects.filter(pk=client.pk).update(timezone="Europe/Berlin")
    berlin = when("2026-12-01 09:00", zone=ZoneInfo("Europe/Berlin"))
    assert tick(berlin - SECOND) == []
    tick(berlin)
    assert told() == ["ae1"]


def test_day_off_moves_the_notice_to_the_next_working_day(invoice):
    CalendarDay.objects.create(day=date(2026, 12, 1), is_working=False, name="Day off")
    assert tick("2026-12-01 12:00") == []
    tick("2026-12-02 09:00")
    assert told() == ["ae1"]


def test_empty_post_is_skipped_upward(client, invoice):
    client.assignments.filter(role="am").delete()
    tick(FIRST)
    tick("2026-12-15 09:00")
    assert told() == ["ae1", "ad1"]


def test_step_bears_its_level_and_leads_to_the_invoice(invoice):
    tick(FIRST)
    tick("2026-12-15 09:00")
    rows = Notification.objects.filter(kind="receivable").order_by("pk")
    assert [row.level for row in rows] == ["breach", "escalation"]
    assert {row.path for row in rows} == {invoice.get_absolute_url()}


def test_reversed_payment_wakes_the_ladder_at_its_highest_step(invoice):
    tick(FIRST)
    Invoice.objects.filter(pk=invoice.pk).update(state="paid", paid="1060.00")
    assert tick("2026-12-15 09:00") == []
    Invoice.objects.filter(pk=invoice.pk).update(state="issued", paid="0.00")
    tick("2026-12-20 12:00")
    assert told() == ["ae1", "am1"]


@pytest.mark.parametrize(
    ("days", "steps"),
    [(0, []), (1, [1]), (14, [1]), (16, [1, 15]), (31, [1, 15, 30]), (61, [1, 15, 30, 60]),
     (125, [1, 15, 30, 60, 90, 120])],
)  # fmt: skip
def test_ladder(invoice, days, steps):
    at = when("2026-11-30 10:00") + timedelta(days=days)
    assert came_due(invoice, at) == steps


@pytest.mark.rule("R88")
@pytest.mark.parametrize(
    ("at", "month"),
    [("2026-11-09 08:59", "2026-09"), ("2026-11-09 09:00", "2026-10"),
     ("2026-12-08 08:59", "2026-10"), ("2026-12-08 09:00", "2026-11")],
)  # fmt: skip
def test_month_is_judged_after_its_close(client, at, month):
    assert f"{lowprofit.month_to_judge(when(at)):%Y-%m}" == month


@pytest.mark.rule("R88")
def test_resting_clients_are_not_judged(client):
    for month in ("2026-09-01", "2026-10-01"):
        owed.cost(client, "2000.00", month)
    type(client).objects.filter(pk=client.pk).update(status="closed")
    assert tick(JUDGED, LOW) == []


@pytest.mark.rule("R88")
@pytest.mark.parametrize(("kind", "words"), [("staff", False), ("other", True)])
def test_label_says_when_staff_cost_is_lacking(client, kind, words):
    for month in ("2026-09-01", "2026-10-01"):
        owed.cost(client, "2000.00", month, kind=kind)
    tick(JUDGED, LOW)
    label = Notification.objects.filter(kind="contribution").first().label
    assert label.endswith("without staff cost") is words


@pytest.mark.rule("R88")
def test_contribution_is_looked_at_on_the_first_beat_from_nine(client, django_assert_num_queries):
    for month in ("2026-09-01", "2026-10-01"):
        owed.cost(client, "2000.00", month)
    beat = {"host": "one", "boot_s": 0, "db_gap_s": 0}
    Heartbeat.objects.create(at=JUDGED, **beat)
    with django_assert_num_queries(1):
        assert lowprofit.low_clients(JUDGED + 60 * SECOND) == []
    assert lowprofit.low_clients(JUDGED + timedelta(days=1)) != []
