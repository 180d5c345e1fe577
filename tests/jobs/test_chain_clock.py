"""The clock of an estimate (5.4): each reminder once, the highest after a stop, the expiry."""

from datetime import timedelta

import pytest

from accounts.models import Contact
from agency.common.clock import run_step
from agency.common.models import Notification, OutboxMail
from archives.models import Dispatch
from jobs.services.chain import approve, submit_estimate, withdraw_estimate
from jobs.services.signing import record_signature
from jobs.tasks.chain import STEPS
from tests.builders import make_user, when
from tests.jobs.way import HOUR, NOW, REASON, Team, sign

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


@pytest.fixture
def team():
    return Team(code="LM")


def tick(at):
    return [line for step in STEPS for line in run_step(step, at)]


def told(kind, dropped=False):
    rows = Notification.objects.filter(kind=kind, is_dropped=dropped).order_by("pk")
    return list(rows.values_list("recipient", flat=True))


# --- our own steps ------------------------------------------------------------------------------


def test_submitted_friday_16_is_due_monday_16(team):
    """5.4: submitted Fri 16:00 → Mon 16:00."""
    at = when("2026-11-20 16:00")
    row = submit_estimate(estimate=team.draft(), by=team.ae, at=at)
    assert row.step_due_at == when("2026-11-23 16:00")


def test_the_approver_then_the_superior_each_once(team):
    row = team.submitted()
    due = row.step_due_at
    assert tick(due - SECOND) == []
    assert len(tick(due)) == 1
    assert told("step_due") == [team.am.pk]
    assert tick(due + HOUR) == []
    row.refresh_from_db()
    late = row.next_notice_at
    assert tick(late - SECOND) == []
    tick(late)
    assert told("step_due") == [team.am.pk, team.ad.pk]
    assert tick(late + 100 * HOUR) == []


def test_after_a_stop_only_the_higher_one(team):
    row = team.submitted()
    tick(row.step_due_at + 14 * 24 * HOUR)
    assert told("step_due") == [team.ad.pk]
    assert told("step_due", dropped=True) == [team.ad.pk]
    assert tick(row.step_due_at + 20 * 24 * HOUR) == []


def test_the_directors_step_has_its_own_day_and_goes_up_to_the_gad(team):
    row = team.submitted()
    at = NOW + 4 * HOUR
    row = approve(paper=row, step="manager", by=team.am, at=at, control_total=row.total)
    tick(row.step_due_at)
    assert set(told("step_due")) == {team.ad.pk, team.gad.pk}
    row.refresh_from_db()
    tick(row.next_notice_at)
    assert told("step_due").count(team.gad.pk) == 2


def test_the_second_directors_superior_is_the_management(team):
    boss = make_user(role="management")
    team.client.director_limit = 1000
    team.client.save()
    row = approve(paper=team.manager_ok(), step="director", by=team.ad, at=NOW)
    tick(row.step_due_at)
    row.refresh_from_db()
    tick(row.next_notice_at)
    assert told("step_due") == [team.gad.pk, boss.pk]


def test_nothing_is_said_once_it_has_ended(team):
    row = team.submitted()
    withdraw_estimate(estimate=row, by=team.ae, at=NOW, reason=REASON)
    assert tick(row.step_due_at + HOUR) == []


# --- the client's signature ---------------------------------------------------------------------


def reminders():
    rows = Dispatch.objects.filter(purpose="reminder").order_by("pk")
    return [row.key.split(":")[3] for row in rows]


def test_ae_three_times_and_the_client_twice(team):
    """Sent Thu 19 Nov, valid to Thu 3 Dec: −7 d is Thu 26, −3 Mon 30, −1 Wed 2, 0 Thu 3 Dec."""
    row = team.sent()
    seen = {}
    at = NOW
    while at < row.expires_at:
        at += HOUR
        if tick(at):
            seen[at.astimezone(NOW.tzinfo).strftime("%d %H")] = (
                len(told("sign_due")), reminders()
            )  # fmt: skip
    assert seen == {
        "26 09": (0, ["d7"]),
        "30 09": (1, ["d7", "d3"]),
        "02 09": (2, ["d7", "d3"]),
        "03 09": (3, ["d7", "d3"]),
        "04 00": (3, ["d7", "d3"]),
    }
    row.refresh_from_db()
    assert row.state == "expired"
    assert set(told("sign_due")) == {team.ae.pk}


def test_a_day_off_moves_to_the_working_day_before(team):
    """Sent Fri 20 Nov, valid to Fri 4 Dec: −7 is Fri 27, −3 Tue 1; sent Sun: −7 is a Sunday."""
    row = team.sent(at=when("2026-11-22 10:00"))
    row.refresh_from_db()
    assert row.valid_until.isoformat() == "2026-12-06"
    assert row.next_notice_at == when("2026-11-27 09:00")


def test_of_several_missed_slots_the_last_one(team):
    row = team.sent()
    tick(when("2026-12-03 10:00"))
    assert told("sign_due") == [team.ae.pk]
    assert told("sign_due", dropped=True) == [team.ae.pk, team.ae.pk]
    assert reminders() == ["d3"]
    row.refresh_from_db()
    assert row.next_notice_at is None


def test_no_reminder_after_the_signature(team):
    row = team.sent()
    sign(row)
    assert tick(row.expires_at + HOUR) == []
    assert reminders() == []


def test_who_may_not_sign_any_more_is_not_reminded_but_the_ae_is(team):
    team.sent()
    Contact.objects.filter(pk=team.signer.pk).update(can_sign=False)
    tick(when("2026-11-30 09:00"))
    assert reminders() == []
    assert told("sign_due") == [team.ae.pk]


def test_the_reminder_has_a_link_that_signs(team):
    row = team.sent()
    at = when("2026-11-26 09:00")
    tick(at)
    assert OutboxMail.objects.filter(kind="client_paper").count() == 2
    assert sign(row, at=at + HOUR).answer == "signed"


def test_the_expiry_to_the_second_and_once(team):
    row = team.sent()
    tick(row.expires_at - SECOND)
    row.refresh_from_db()
    assert row.state == "sent"
    assert any("expired" in line for line in tick(row.expires_at))
    row.refresh_from_db()
    assert row.state == "expired"
    assert not any("expired" in line for line in tick(row.expires_at))
    assert told("expired").count(team.ae.pk) == 1


def test_what_waits_for_our_second_person_does_not_expire(team):
    row = team.sent()
    record_signature(
        estimate=row, contact=team.signer, proof=team.scan(), by=team.ae, at=NOW + HOUR
    )
    assert tick(row.expires_at + HOUR) == []
    row.refresh_from_db()
    assert row.state == "sent"
