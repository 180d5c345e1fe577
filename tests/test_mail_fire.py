"""Nothing is lost and nothing is sent twice, whatever dies in between (issue of the outbox, C1)."""

import time

import pytest

from agency.common.models import Heartbeat, OutboxMail
from tests.fire import CELERY, Fire, outcome, queue_mails
from tests.sink import Sink

FAULTS = ("in_claim", "after_claim", "after_data", "before_handed")
SIGKILL = -9
SECONDS = 90
# So many deaths and pauses are survived while 400 mails go out, if there is time for them.
ACTS = 20
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sink():
    with Sink() as sink:
        yield sink


@pytest.mark.rule("R20", "R92")
def test_killed_and_paused_senders_lose_nothing_and_double_nothing(process_env, sink):
    begun = time.monotonic()
    queue_mails(200, 200)
    sink.data_seconds = 0.04
    with Fire(process_env, sink) as fire:
        assert [fire.die_of(fault) for fault in FAULTS] == [SIGKILL] * len(FAULTS)
        for _process in range(3):
            fire.run()
        while not fire.is_calm() and sum(fire.kills.values()) < ACTS:
            time.sleep(fire.dice.uniform(0.5, 1))
            if fire.dice.random() < 0.25:
                fire.pause(3.5)
            else:
                fire.kill()
        assert fire.wait(fire.is_calm, begun + SECONDS - time.monotonic())
    found = outcome(sink)
    assert (found["lost"], found["doubled"], found["strange"]) == ([], [], [])
    assert found["handed"] + len(found["held"]) == 400
    assert len(found["held"]) <= sum(fire.kills.values())
    listed = OutboxMail.objects.stuck().values_list("key", flat=True)
    assert sorted(listed) == sorted(found["held"])
    assert all(key.startswith("report:") for key in found["held"])


def test_without_the_lock_the_same_test_shows_doubles(process_env, sink):
    """The negative control: a test that cannot fail shows nothing."""
    queue_mails(60, 0)
    sink.data_seconds = 0.05
    with Fire(process_env, sink) as fire:
        for _process in range(3):
            fire.run(fault="skip_lock")
        assert fire.wait(fire.is_calm, 40)
    assert len(outcome(sink)["doubled"]) > 5


def test_a_celery_worker_killed_while_sending(process_env, sink, valkey):
    sink.data_seconds = 0.05
    with Fire(process_env | {"REDIS_URL": valkey.url, "MAIL_SENDERS": "2"}, sink) as fire:
        worker = fire.run([*CELERY, "worker", "--concurrency", "2", "--without-mingle"])
        fire.run([*CELERY, "beat"])
        # the clock beats as soon as it is started, not an interval later
        assert fire.wait(Heartbeat.objects.exists, 40)
        queue_mails(20, 20)
        assert fire.wait(lambda: len(sink.arrived) >= 10, 30)
        fire.kill(worker)
        assert fire.wait(fire.is_calm, 40)
    found = outcome(sink)
    assert (found["lost"], found["doubled"], found["strange"]) == ([], [], [])
    assert found["handed"] + len(found["held"]) == 40
    assert len(found["held"]) <= 2
