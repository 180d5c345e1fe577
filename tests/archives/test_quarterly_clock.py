"""The clock drafts the quarterly report and reminds of it (5.4, 5.5, R48)."""

from datetime import timedelta

import pytest

from agency.common.clock import run_step
from agency.common.models import Notification
from archives.models import QuarterlyReport
from archives.quarters import due_of, quarter_of, reminders_of
from archives.services import quarterly_clock
from archives.tasks.quarterly import STEPS
from tests.archives import quarters
from tests.archives.quarters import DRAFTED, DUE, see
from tests.builders import from_kept, make_client, when

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R48")]
make_kept = quarters.make_world
client, rival, ae, am = from_kept("client", "rival", "ae", "am")
SECOND = timedelta(seconds=1)


def clock(at):
    return [line for step in STEPS for line in run_step(step, at)]


def told():
    rows = Notification.objects.filter(kind="quarter_due", is_dropped=False).order_by("pk")
    return [(row.recipient.username, row.level) for row in rows]


@pytest.mark.parametrize(
    ("year", "quarter", "due"),
    [
        (2026, 3, "2026-10-10 18:00"),
        (2025, 4, "2026-01-12 18:00"),
        (2026, 1, "2026-04-10 18:00"),
    ],
)
def test_due_is_the_tenth_or_the_next_working_day(client, year, quarter, due):
    assert due_of(client, year, quarter) == when(due)


def test_a_reminder_on_a_day_off_comes_before_it_but_not_before_the_draft(client):
    days = [f"{instant:%m-%d}" for _slot, instant in reminders_of(client, 2026, 3)]
    assert days == ["10-08", "10-08", "10-09"]


def test_the_quarter_of_a_day():
    assert [quarter_of(when(f"2026-{month}-01")) for month in ("03", "04", "12")] == [
        (2026, 1), (2026, 2), (2026, 4),
    ]  # fmt: skip


def test_drafted_at_six_of_the_first_once(client):
    assert clock(DRAFTED - SECOND) == []
    assert clock(DRAFTED) == ["quarterly reports: LM 2026-Q3"]
    assert clock(DRAFTED + SECOND) == []


@pytest.mark.parametrize("fields", [{"status": "resting"}, {"created_at": DRAFTED}])
def test_only_who_was_a_client_then_and_is_active_gets_one(client, fields):
    type(client).objects.filter(pk=client.pk).update(**fields)
    assert clock(DRAFTED) == []


def test_six_is_the_clients_own(client):
    make_client("XNY", timezone="America/New_York", created_at=when("2026-08-05 09:00"))
    assert clock(DRAFTED) == ["quarterly reports: LM 2026-Q3"]
    assert clock(DRAFTED + timedelta(hours=12)) == ["quarterly reports: XNY 2026-Q3"]


def test_reminded_before_breach_after_the_tenth(client):
    clock(DRAFTED)
    assert clock(when("2026-10-08 09:00")) == ["quarterly reports due: LM 2026-Q3: d5"]
    assert clock(when("2026-10-09 09:00")) == ["quarterly reports due: LM 2026-Q3: d9"]
    assert clock(DUE) == []
    assert clock(DUE + SECOND) == ["quarterly reports due: LM 2026-Q3: due"]
    assert told() == [("ae", "remind"), ("ae", "remind"), ("ae", "breach"), ("am", "breach"),
                      ("ad", "breach")]  # fmt: skip


def test_submitted_the_manager_is_reminded(client, rival, ae):
    see(rival, ae)
    quarters.submitted(client, ae)
    clock(when("2026-10-09 10:01"))
    assert told() == [("am", "remind")]


def test_issued_nobody_is_reminded(client, rival, ae, am):
    see(rival, ae)
    quarters.issued(client, ae, am)
    assert clock(DUE + SECOND) == []


def test_drafted_by_the_clock_past_its_time_it_is_overdue_at_once(client):
    late = DUE + timedelta(days=2)
    assert clock(late) == [
        "quarterly reports: LM 2026-Q3",
        "quarterly reports due: LM 2026-Q3: due",
    ]
    assert clock(late + SECOND) == []


def test_drafted_by_hand_late_nothing_is_said(client, ae):
    report = quarters.draft(client, at=DUE + SECOND, by=ae)
    quarterly_clock.schedule(report, DUE + SECOND)
    assert report.next_notice_at is None
    assert QuarterlyReport.objects.get().next_notice_at is None
