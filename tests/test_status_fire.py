"""Thirty weekly reports due in one minute, clocks killed and paused: one mail each (R30, Z17)."""

import time
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from agency.common.models import Notification
from archives.models import Document
from archives.storage import write_mark
from meetings.models import StatusReport
from meetings.services.status_digest import digest
from meetings.week import week_of
from tests.builders import make_client, make_contact, make_group, make_user
from tests.fire import Fire, outcome
from tests.meetings.status_rows import add_line, make_status
from tests.sink import Sink

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.rule("R30"),
]
SIGNED, UNSIGNED = 30, 5
TOLD = ("ae", "am", "ad")
SECONDS, EVERY = 60, 4


class BlankFire(Fire):
    """What is printed does not matter here."""

    def run(self, command=None, fault="pdf_blank"):
        return super().run(command, fault)


@pytest.fixture
def sink():
    with Sink() as sink:
        sink.data_seconds = 0.2
        yield sink


def due(number, team, group, state):
    """A client's report of this week that was due a second ago."""
    now = timezone.now()
    client = make_client(team=team, group=group)
    make_contact(client, email=f"client{number}@client.example", gets_status=True)
    report = make_status(
        client, state, team[0], team[1], week=week_of(client, now), created_at=now,
        due_at=now - timedelta(seconds=1), submitted_at=now - timedelta(hours=2),
        signed_at=now - timedelta(hours=1) if state == "signed" else None,
    )  # fmt: skip
    add_line(report)
    report.signed_digest, report.next_notice_at = digest(report), report.due_at
    report.save()


def is_sent():
    return StatusReport.objects.filter(state="issued").count() == SIGNED


def is_told():
    rows = Notification.objects.filter(kind="status_due", level="breach")
    return rows.count() == len(TOLD) * UNSIGNED


def test_each_is_sent_once_and_what_is_unsigned_never(process_env, sink, settings):
    begun = time.monotonic()
    write_mark()
    team, group = [make_user(role=role) for role in TOLD], make_group()
    for number in range(SIGNED + UNSIGNED):
        due(number, team, group, "signed" if number < SIGNED else "submitted")
    with BlankFire(process_env, sink) as fire:
        for _process in range(3):
            fire.run()
        while not is_sent() and time.monotonic() - begun < SECONDS:
            fire.wait(is_sent, EVERY)
            fire.pause(3.5) if fire.dice.random() < 0.3 else fire.kill()
        assert fire.wait(lambda: is_sent() and is_told() and fire.is_calm(), SECONDS)
    found = outcome(sink)
    assert (found["lost"], found["doubled"], found["strange"]) == ([], [], [])
    _look(sink, found["held"])


def _look(sink, held):
    """Every signed one once, numbered and filed once; nothing of the unsigned ones."""
    to = Counter(address for one in sink.arrived for address in one.recipients)
    papers = {address: count for address, count in to.items() if address.startswith("client")}
    assert set(papers.values()) == {1}
    assert len(papers) >= SIGNED - len(held)
    assert Document.objects.count() == 2 * SIGNED
    assert StatusReport.objects.filter(state="submitted", number="").count() == UNSIGNED
