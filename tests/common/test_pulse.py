"""Whether this machine's time can be trusted (B1), and for how long the clock stood still (C4)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from agency.common.models import AuditEntry, Heartbeat, Instance
from agency.common.services import clock_is_trusted, trust_clock
from agency.common.services.pulse import agrees, judged, measure
from agency.common.tasks import STEPS
from tests.builders import when

AT = when("2026-11-20 11:00")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def beat(at=AT, boot_s=1000, gap=0, **fields):
    defaults = {"host": "web1", "boot_id": "b1", "is_good": True}
    values = {**defaults, **fields}
    return Heartbeat(at=at, boot_s=Decimal(boot_s), db_gap_s=Decimal(gap), **values)


def save(*beats):
    for one in beats:
        one.save()


@pytest.mark.parametrize(
    ("wall", "boot", "is_good"),
    [
        (MINUTE, 60, True),
        (3 * DAY, 3 * 86_400, True),  # three days asleep: CLOCK_BOOTTIME counts them
        (3 * DAY, 60, False),
        (DAY, 60, False),
        (-2 * HOUR, 60, False),
        (MINUTE, 660, True),
        (MINUTE, 661, False),
        (11 * MINUTE, 60, True),
        (11 * MINUTE + timedelta(seconds=1), 60, False),
    ],
)
def test_wall_time_that_jumps_is_not_trusted(wall, boot, is_good):
    assert agrees(beat(AT + wall, 1000 + boot), beat()) is is_good


@pytest.mark.parametrize(("gap", "is_good"), [(60, True), (-60, True), (61, False), (-61, False)])
def test_two_clocks_that_differ_are_not_trusted(gap, is_good):
    assert agrees(beat(gap=gap), None) is is_good


def test_another_gap_is_right_once_a_person_said_so():
    assert agrees(beat(gap=3601), beat(gap=3600))
    assert not agrees(beat(gap=3700), beat(gap=3600))


def test_this_machine_is_trusted(db):
    now = measure(timezone.now())
    assert now.is_good
    assert abs(now.db_gap_s) < 2
    assert now.boot_s > 0
    assert clock_is_trusted(timezone.now())


def test_a_restart_of_the_machine_is_no_jump(db):
    now = measure(timezone.now())
    save(beat(timezone.now() - DAY, now.boot_s + 10**6, host=now.host, boot_id="another"))
    assert measure(timezone.now()).is_good


def test_a_jump_stays_doubtful_until_the_clocks_agree_again(db):
    good = measure(timezone.now())
    good.save()
    wrong = measure(timezone.now() + DAY)
    assert not wrong.is_good
    wrong.save()
    assert not measure(timezone.now() + DAY + MINUTE).is_good
    assert measure(timezone.now()).is_good


def test_the_time_is_right(ad):
    good = measure(timezone.now())
    good.at -= DAY
    good.save()
    measure(timezone.now()).save()
    assert not clock_is_trusted(timezone.now())
    trust_clock(by=ad, at=timezone.now())
    assert clock_is_trusted(timezone.now())
    assert Instance.load().clock_trusted_by == ad
    assert AuditEntry.objects.get().verb == "trust_clock"


def test_the_verdict_of_a_tick_holds_for_its_steps(db):
    with judged(False):
        assert not clock_is_trusted(timezone.now())
    assert clock_is_trusted(timezone.now())


# --- standing still ----------------------------------------------------------------------------


@pytest.mark.parametrize(("seconds", "stands"), [(180, False), (181, True)])
def test_stopped_since(db, seconds, stands):
    save(beat())
    since = Heartbeat.objects.stopped_since(AT + timedelta(seconds=seconds))
    assert since == (AT if stands else None)


def test_a_clock_never_started_stands_since_the_site_was_made(db):
    assert Heartbeat.objects.stopped_since(AT) is None
    Instance.load()
    Instance.objects.update(created_at=AT)
    assert Heartbeat.objects.stopped_since(AT + HOUR) == AT


@pytest.mark.rule("R23")
@pytest.mark.parametrize(
    ("beats", "down"),
    [
        ([], 0),
        ([-1, 0, 59, 119, 179, 239], 0),
        ([-1, 0, 90, 120, 180, 239], 90),
        ([-30, 60, 120, 180, 239], 60),  # down since before the period: only its part counts
        ([0, 60, 120], 120),  # and still down
    ],
)
def test_time_down_within_a_period(db, beats, down):
    save(*[beat(AT + number * MINUTE) for number in beats])
    assert Heartbeat.objects.downtime(AT, AT + 240 * MINUTE) == down * MINUTE


def test_another_host_that_beats_is_no_standstill(db):
    save(beat(AT), *[beat(AT + number * MINUTE, host="web2") for number in range(5, 240, 5)])
    assert Heartbeat.objects.downtime(AT, AT + 240 * MINUTE) == timedelta(0)


def test_old_beats_are_forgotten_after_90_days(db):
    [step] = [step for step in STEPS if step.name == "pulse"]
    save(beat(AT - 91 * DAY), beat(AT - 89 * DAY))
    [item] = step.due(AT)
    assert step.act(item, AT) == "1 old heartbeats removed"
    assert list(step.due(AT)) == []
    assert Heartbeat.objects.count() == 1
