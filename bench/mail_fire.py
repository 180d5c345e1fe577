"""Mails under full fire (G1): `python -m bench.mail_fire [mails of each kind] [out.txt]`.

1,000 papers for clients and 1,000 reminders; four Celery workers of two processes, two beats; two
web processes, at which two people issue a report for every five papers meanwhile. Every 2 s a
random process is killed, every 5 s one is stopped past two leases, every 60 s the broker is emptied
or away for 10 s, every 90 s all database sessions are cut. The mail server thinks for 0 to 2 s,
says "later" to 1 % and "never" to 0.5 %. Then calm: how long until nothing waits?
"""

import os
import random
import secrets
import signal
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import django
import redis

from agency.servers import Postgres, Valkey

FOLDER = Path(os.environ.get("VAR_DIR", "var")).resolve() / "fire"
DATABASE = Postgres(FOLDER, "fire", settings={"max_connections": "200"}).start()
BROKER = Valkey(FOLDER, secrets.token_urlsafe(9)).start()
os.environ |= {
    "DEBUG": "1",
    "SECRET_KEY": "bench",
    "DATABASE_URL": DATABASE.url,
    "REDIS_URL": BROKER.url,
    "VAR_DIR": str(FOLDER),
    "LOG_LEVEL": "WARNING",
    "DJANGO_SETTINGS_MODULE": "agency.settings",
}
django.setup()

from django.core.management import call_command  # noqa: E402 (after django.setup)
from django.db import connection  # noqa: E402

from bench.fire_sink import FireSink  # noqa: E402
from bench.fire_web import Issuing  # noqa: E402
from tests.fire import CELERY, Fire, outcome, queue_mails  # noqa: E402

LEASE = 6
CALM_SECONDS = 300
FIRE_SECONDS = 600
DELAYS = (0, 0.005, 0.2, 2)
WORKERS = 4
PAPERS_A_REPORT = 5
WHOLE_WORKER = 0.15
GROWN_SECONDS = 15


def main(count, out):
    DATABASE.drop_database()
    call_command("migrate", verbosity=0)
    lines = burn(dict(os.environ), count)
    print("\n".join(lines))
    if out:
        Path(out).write_text("\n".join(lines) + "\n")


def burn(environment, count):
    limits = {"MAIL_LEASE_SECONDS": str(LEASE), "MAIL_DATA_SECONDS": "3", "MAIL_SENDERS": "7"}
    with FireSink(DELAYS) as sink, Fire(environment, sink, **limits) as fire:
        for _number in range(WORKERS):
            fire.run([*CELERY, "worker", "--concurrency", "2", "--without-mingle"])
        for _number in range(2):
            fire.run([*CELERY, "beat"])
        issuing = Issuing(fire, FOLDER, count // PAPERS_A_REPORT)

        def is_idle():
            return issuing.is_done() and fire.is_idle()

        begun = time.monotonic()
        queue_mails(count, count)
        trouble = Trouble(fire)
        trouble.until(is_idle, begun + FIRE_SECONDS)
        lasted, calm = time.monotonic() - begun, time.monotonic()
        is_done = fire.wait(is_idle, CALM_SECONDS)
        lines = report(outcome(sink), sink, fire, lasted, time.monotonic() - calm, is_done)
        return [*lines, issuing.report()]


class Trouble:
    """What befalls the processes, each at its own beat."""

    def __init__(self, fire):
        self.fire, self.next_word = fire, 0
        self.dice = random.Random(7)

    def until(self, is_idle, end):
        plan = {self.kill: 2, self.pause: 5, self.broker_trouble: 60, self.cut: 90}
        due = {act: time.monotonic() + every for act, every in plan.items()}
        while time.monotonic() < end and not is_idle():
            for act, every in plan.items():
                if time.monotonic() >= due[act]:
                    due[act] = time.monotonic() + every
                    act()
            self.say()
            time.sleep(0.1)

    def say(self):
        """How far it is, once every ten seconds."""
        if time.monotonic() >= self.next_word:
            self.next_word = time.monotonic() + 10
            print(len(self.fire.sink.arrived), dict(self.fire.kills), flush=True)

    def pick(self):
        """Any process past its start: killing younger ones would show how slow a start is."""
        child = self.dice.choice(list(self.fire.running))
        is_grown = time.monotonic() - child.born > GROWN_SECONDS
        return child if is_grown or children_of(child.pid) else None

    def kill(self):
        """A beat, a worker with all it has, or (mostly) one process of its pool."""
        child = self.pick()
        if child is None:
            return
        pool = children_of(child.pid)
        if not pool or self.dice.random() < WHOLE_WORKER:
            self.fire.kill(child)
            return
        with suppress(ProcessLookupError):
            os.kill(self.dice.choice(pool), signal.SIGKILL)
        self.fire.kills["kill in pool"] += 1

    def pause(self):
        """Stopped past two leases, while everything else goes on."""
        child = self.pick()
        if child is None:
            return
        os.killpg(child.pid, signal.SIGSTOP)
        threading.Timer(2 * LEASE, wake, [child.pid]).start()
        self.fire.kills["pause"] += 1

    def broker_trouble(self):
        if self.dice.random() < 0.5:
            redis.Redis.from_url(BROKER.url).flushall()
            self.fire.kills["broker emptied"] += 1
            return
        BROKER.stop()
        self.fire.kills["broker away"] += 1
        time.sleep(10)
        BROKER.start()

    def cut(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        self.fire.kills["sessions cut"] += 1


def wake(pid):
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGCONT)


def children_of(pid):
    with suppress(FileNotFoundError):
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        return [int(word) for word in text.split()]
    return []


def report(found, sink, fire, lasted, calm, is_done):
    kills = ", ".join(f"{name} {number}" for name, number in sorted(fire.kills.items()))
    ends = ("held", "failed", "waiting")
    total = found["handed"] + sum(len(found[end]) for end in ends)
    return [
        f"mails {total} · arrived {found['arrived']} · handed {found['handed']}",
        f"lost {len(found['lost'])} · doubled client papers {len(found['doubled'])}"
        f" · unknown Message-IDs {len(found['strange'])}",
        f"reminders repeated under the same Message-ID {found['repeated']}",
        f"held {len(found['held'])} · failed {len(found['failed'])} (refused for good"
        f" {sink.never}, later {sink.later}) · put off by the server {len(found['waiting'])}",
        f"befell them: {kills}",
        f"under fire {lasted:.0f} s; then calm after {calm:.0f} s: {'yes' if is_done else 'NO'}",
    ]


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    try:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1000, "".join(sys.argv[2:3]))
    finally:
        BROKER.stop()
        DATABASE.stop()
