"""Celery is only the clock's pulse: what must be done lies in the database (C3)."""

import signal

from celery import Celery
from celery.signals import beat_init, worker_process_init

from agency.children import follow_parent
from agency.environment import load_settings

load_settings()

TICK_SECONDS = 60
SEND_SECONDS = 5

app = Celery("agency", include=["agency.clock"])
app.config_from_object("django.conf:settings", namespace="CELERY")

# A pulse that nobody took before the next one is worth nothing: it expires.
app.conf.beat_schedule = {
    "tick": {
        "task": "agency.clock.tick",
        "schedule": TICK_SECONDS,
        "options": {"expires": TICK_SECONDS - 5},
    },
    "send": {
        "task": "agency.clock.send",
        "schedule": SEND_SECONDS,
        "options": {"expires": SEND_SECONDS - 1},
    },
}


@beat_init.connect
def tick_at_once(**_):
    """Celery's beat lets a whole interval pass before its first pulse; ours starts with one."""
    app.send_task("agency.clock.tick", expires=TICK_SECONDS - 5)


@worker_process_init.connect
def end_with_the_worker(**_):
    """A pool process without its worker takes no more work: it goes with it, however that ends."""
    follow_parent(signal.SIGKILL)
