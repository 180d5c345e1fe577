"""A tick of the clock with 100 reports due among many: `python -m bench.tick [meetings]`."""

import os
import sys
import time
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agency.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 (after django.setup)
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import Client, User  # noqa: E402
from agency.clock import clock  # noqa: E402
from agency.common.services.pulse import judged  # noqa: E402
from meetings import services  # noqa: E402
from meetings.models import Meeting  # noqa: E402
from meetings.services import typed  # noqa: E402

SPREAD = """
INSERT INTO meetings_meeting ({columns}) SELECT {values}
FROM meetings_meeting, generate_series(1, %s) n WHERE id = %s
"""
WHEN = "now() - n * interval '3 minutes'"


def spread(count):
    """So many held calls without anything due, by one statement: copies of one of them."""
    client, ae = Client.objects.get(code="YL"), User.objects.get(username="ae2")
    first = Meeting.objects.create(
        client=client, ae=ae, kind="call", title="load", place="online", state="held",
        starts_at=timezone.now(), ended_at=timezone.now(), end_source="entered",
    )  # fmt: skip
    columns = [field.column for field in Meeting._meta.concrete_fields if not field.primary_key]
    values = [WHEN if name in ("starts_at", "ended_at") else name for name in columns]
    sql = SPREAD.format(columns=", ".join(columns), values=", ".join(values))
    with connection.cursor() as cursor:
        cursor.execute(sql, [count, first.pk])
        cursor.execute("ANALYZE")


def make_due(count, at):
    """So many calls whose report is past its deadline by a minute, nobody told yet."""
    client, ae = Client.objects.get(code="LM"), User.objects.get(username="ae1")
    contact, ended = client.contacts.get(name="何嘉宁"), at - timedelta(hours=23)
    for number in range(count):
        services.log_call(
            client=client,
            kind="call",
            title=f"due {number}",
            ended_at=ended,
            data=typed.ReportData(),
            users=[ae],
            contacts=[contact],
            by=ae,
            at=ended,
        )


def timed_tick(at):
    begin = time.perf_counter()
    with judged(True):
        lines = list(clock(at))
    return time.perf_counter() - begin, len(lines)


def settle(at):
    """Let the clock do all that the demo left to it: the papers' words are read in portions."""
    while list(clock(at)):
        pass


def main(meetings=1_000_000):
    call_command("migrate", verbosity=0)
    if not Client.objects.exists():
        call_command("demo")
    missing = meetings - Meeting.objects.count()
    if missing > 0:
        spread(missing)
    at = timezone.now()
    settle(at)
    idle, _lines = timed_tick(at + timedelta(minutes=1))
    print(f"{Meeting.objects.count():>12,} meetings, nothing due: {idle:.3f} s")
    for due in (10, 100):
        make_due(due, at)
        at += timedelta(hours=1, minutes=1)
        spent, acts = timed_tick(at)
        again, _none = timed_tick(at + timedelta(seconds=1))
        print(f"{due:>12} become overdue: {spent:.3f} s, {acts} acts; next tick {again:.3f} s")
        at += timedelta(minutes=2)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
