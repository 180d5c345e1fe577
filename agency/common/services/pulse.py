"""The clock's pulse: heartbeats, and whether this machine's time can be trusted (C4, B1)."""

import socket
import time
from contextlib import contextmanager
from contextvars import ContextVar
from decimal import Decimal
from pathlib import Path

from django.db import connection
from django.utils import timezone

from agency.common.models import Heartbeat, Instance, OutboxMail
from agency.common.services.audit import audit
from agency.common.verbs import lock, verb

DB_GAP_S = Decimal(60)
JUMP_S = Decimal(600)
MILLI = Decimal("0.001")
BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_trusted = ContextVar("clock_is_trusted", default=None)


def measure(at):
    """A heartbeat of this host at `at`, not saved yet, judged against the last good one (B1)."""
    due = OutboxMail.objects.due(at)
    oldest = due.first()
    beat = Heartbeat(
        at=at,
        host=socket.gethostname()[:100],
        boot_id=BOOT_ID.read_text().strip() if BOOT_ID.exists() else "",
        boot_s=boot_seconds(),
        db_gap_s=database_gap(at),
        backlog=due.count(),
        oldest_due=oldest.next_try_at if oldest else None,
    )
    beat.is_good = agrees(beat, last_good(beat))
    return beat


def boot_seconds():
    """Seconds since the machine was started, its sleep included."""
    clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return (Decimal(time.clock_gettime_ns(clock)) / 10**9).quantize(MILLI)


def database_gap(at):
    """How many seconds the database's clock is ahead of `at`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return seconds(cursor.fetchone()[0] - at)


def seconds(length):
    return Decimal(f"{length.total_seconds():.3f}")


def last_good(beat):
    """The last good beat of the same machine since it was started."""
    same = Heartbeat.objects.filter(host=beat.host, boot_id=beat.boot_id, is_good=True)
    return same.order_by("-pk").first()


def agrees(beat, last):
    """No other time in the database, no jump of the wall clock since the last good beat.

    A gap that a person has called right ("the time is right") is right as long as it stays.
    """
    if abs(beat.db_gap_s) > DB_GAP_S and not (
        last and abs(beat.db_gap_s - last.db_gap_s) <= DB_GAP_S < abs(last.db_gap_s)
    ):
        return False
    if last is None:
        return True
    jump = seconds(beat.at - last.at) - (beat.boot_s - last.boot_s)
    return abs(jump) <= JUMP_S


@contextmanager
def judged(is_good):
    """The verdict of this tick's measurement holds for all its steps."""
    token = _trusted.set(is_good)
    try:
        yield
    finally:
        _trusted.reset(token)


def clock_is_trusted(at):
    """False while the clocks disagree: then no breach is written (B1). Asked by breach steps."""
    known = _trusted.get()
    return measure(timezone.now()).is_good if known is None else known


@verb
def trust_clock(*, by, at):
    """A person says "the time is right": the newest beat of each host counts as good (B1)."""
    site = lock(Instance.load())
    site.clock_trusted_at, site.clock_trusted_by = at, by
    site.save(update_fields=["clock_trusted_at", "clock_trusted_by"])
    for beat in Heartbeat.objects.order_by("host", "-pk").distinct("host"):
        beat.is_good = True
        beat.save(update_fields=["is_good"])
    audit(actor=by, verb="trust_clock", subject=site, at=at)
    return site
