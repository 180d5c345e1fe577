"""The roof of the clock: all steps of all apps, its pulse, and what Celery calls (C3, C4)."""

import time
from datetime import timedelta
from itertools import chain

from celery import shared_task
from django.utils import timezone

import accounts.tasks
import agency.common.tasks
import archives.tasks
import budgets.tasks
import jobs.tasks
import meetings.tasks
from agency.common.clock import run_step
from agency.common.connections import renew
from agency.common.context import remembering
from agency.common.models import Heartbeat
from agency.common.sender import send_job
from agency.common.services.notify import digesting
from agency.common.services.pulse import judged, measure
from agency.home import duties_of

BUDGET_SECONDS = 90
STANDSTILL = timedelta(hours=1)

MORNING = accounts.tasks.morning_step(duties_of)
STEPS = [
    # what was handed over is noted before meetings ask for it
    *archives.tasks.STEPS,
    *jobs.tasks.STEPS,
    *budgets.tasks.STEPS,
    *meetings.tasks.STEPS,
    *accounts.tasks.STEPS,
    MORNING,
    *agency.common.tasks.STEPS,
]


def clock(at, dry_run=False, steps=None):
    """Do everything due at `at`; yields a line for each act. Nothing happens twice (C3).

    steps: those to take, all of them unless said. It writes no heartbeat and sends no mail: `tick`
    and the sender do.
    """
    is_first = stood_still(at)
    until = time.monotonic() + BUDGET_SECONDS
    return chain.from_iterable(
        _step_lines(step, at, dry_run, until, is_first) for step in steps or STEPS
    )


def _step_lines(step, at, dry_run, until, is_first):
    """The step knows people and settings as they are when it begins: asked once for all items."""
    with digesting(is_first), remembering():
        return list(run_step(step, at, dry_run, until))


def stood_still(at):
    """True for the first tick after more than an hour without one (5.5)."""
    last = Heartbeat.objects.filter(at__lte=at).newest()
    return last is not None and at - last.at > STANDSTILL


def tick(now=timezone.now):
    """One beat of the clock: judge the time, do what is due, leave a heartbeat. Yields lines."""
    beat = measure(now())
    for step_lines in _judged_steps(beat):
        yield from step_lines
    beat.save()


def _judged_steps(beat):
    is_first, until = stood_still(beat.at), time.monotonic() + BUDGET_SECONDS
    for step in STEPS:
        with judged(beat.is_good):
            lines = _step_lines(step, beat.at, False, until, is_first)
        yield lines


@shared_task(name="agency.clock.tick", ignore_result=True)
def tick_task():
    """What beat calls every 60 seconds."""
    renew()
    try:
        for _line in tick():
            pass
    finally:
        renew()


@shared_task(name="agency.clock.send", ignore_result=True)
def send_task():
    """What beat calls every 5 seconds."""
    send_job()
