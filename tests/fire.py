"""Senders under fire: real processes, a real mail server, kills and pauses at any moment."""

import os
import random
import select
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from django.utils import timezone

from agency.children import start
from agency.common.models import OutboxMail
from agency.common.services import queue_mail

ROOT = Path(__file__).resolve().parent.parent
LOOPS = [sys.executable, "-W", "ignore", "-m", "tests.loops"]
CELERY = [sys.executable, "-m", "celery", "-A", "agency"]
State, Kind = OutboxMail.State, OutboxMail.Kind
ENDED = (State.HANDED, State.HELD, State.FAILED, State.VOID)


def queue_mails(papers, reminders):
    """Papers for clients, each to its own recipient, and reminders for one of us."""
    at = timezone.now()
    for number in range(papers):
        queue(f"report:{number}:r1:7", f"client{number}@client.example", Kind.CLIENT_PAPER, at)
    for number in range(reminders):
        queue(f"report_due:report:{number}:h20:3", "ae@agency.example", Kind.INTERNAL, at)


def queue(key, to, kind, at):
    return queue_mail(key=key, to=to, kind=kind, subject=key, text="会晤报告", at=at)


class Loops:
    """Where `clock --loop` processes come from: Django is loaded once for all of them."""

    def __init__(self, environment):
        self.child = start(
            LOOPS,
            env=environment | {"DJANGO_SETTINGS_MODULE": "agency.settings"},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def ask(self, *words):
        print(*words, file=self.child.stdin, flush=True)
        return int(self.child.stdout.readline())

    def stop(self):
        self.child.communicate()


class Loop:
    """One of them, with what Fire asks of a child."""

    def __init__(self, loops, fault):
        self.loops, self.pid, self.returncode = loops, loops.ask("run", fault), None

    def wait(self, seconds=None):
        ended = os.pidfd_open(self.pid)
        found = select.select([ended], [], [], seconds)[0]
        os.close(ended)
        if not found:
            raise subprocess.TimeoutExpired("clock --loop", seconds)
        self.returncode = self.loops.ask("end", self.pid)


class Fire:
    """Processes that send, and what is done to them. Use it as a context: it leaves none behind."""

    def __init__(self, environment, sink, seed=1, **settings):
        quick = {
            "MAIL_LEASE_SECONDS": "3",
            "MAIL_CONNECT_SECONDS": "1",
            "MAIL_REPLY_SECONDS": "1",
            "MAIL_DATA_SECONDS": "1",
            "MAIL_SENDERS": "8",
        }
        self.environment = environment | quick | {"EMAIL_URL": sink.url} | settings
        self.sink = sink
        self.dice = random.Random(seed)
        self.running, self.loops = {}, None
        self.kills = Counter()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for child in self.running:
            os.killpg(child.pid, signal.SIGCONT)
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        if self.loops:
            self.loops.stop()

    def loop(self, fault):
        self.loops = self.loops or Loops(self.environment)
        return Loop(self.loops, fault)

    def program(self, command, fault):
        return start(
            command,
            env=self.environment | {"FAULT": fault},
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def run(self, command=None, fault=""):
        """A program, by default a process of `clock --loop`."""
        child = self.program(command, fault) if command else self.loop(fault)
        child.born = time.monotonic()
        self.running[child] = command
        return child

    def kill(self, child=None):
        """As by the kernel, without a word; another takes its place."""
        child = child or self.dice.choice(list(self.running))
        command = self.running.pop(child)
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        self.kills["kill"] += 1
        return self.run(command)

    def pause(self, seconds, child=None):
        """Stopped past its lease, as a machine that swaps; then it wakes up where it was."""
        child = child or self.dice.choice(list(self.running))
        os.killpg(child.pid, signal.SIGSTOP)
        time.sleep(seconds)
        os.killpg(child.pid, signal.SIGCONT)
        self.kills["pause"] += 1

    def die_of(self, fault, seconds=20):
        """A process that dies of the fault at its first mail."""
        child = self.run(fault=fault)
        child.wait(seconds)
        del self.running[child]
        self.kills[fault] += 1
        return child.returncode

    def wait(self, done, seconds):
        """Return whether `done()` came true within the seconds."""
        end = time.monotonic() + seconds
        while not done():
            if time.monotonic() > end:
                return False
            time.sleep(0.1)
        return True

    def is_calm(self):
        return not OutboxMail.objects.exclude(state__in=ENDED).exists()

    def is_idle(self):
        """Nothing is in hand or due; what the server put off may wait for its time."""
        open_mails = OutboxMail.objects.exclude(state__in=ENDED)
        return not open_mails.exclude(
            state=State.QUEUED, next_try_at__gt=timezone.now(), server_reply__startswith="4"
        ).exists()


def outcome(sink):
    """What the log of the mail server says, beside what the outbox says.

    lost: ended, but neither arrived nor listed; doubled: a client's paper that came twice; strange:
    a Message-ID that is none of ours; repeated: reminders that came again under the same one;
    held and failed: shown to a person; waiting: still to be sent.
    """
    arrived = Counter(one.message_id.strip("<>") for one in sink.arrived)
    keys = Counter(one.message["Subject"] for one in sink.arrived)
    rows = list(OutboxMail.objects.all())
    ids = {row.message_id for row in rows}
    return {
        "handed": sum(row.state == State.HANDED for row in rows),
        "lost": [
            row.key
            for row in rows
            if not arrived[row.message_id] and row.state in (State.HANDED, State.VOID)
        ],
        "doubled": [row.key for row in rows if row.is_for_client and arrived[row.message_id] > 1],
        "strange": [key for key in arrived if key not in ids],
        "repeated": sum(arrived[row.message_id] > 1 for row in rows if row.kind == Kind.INTERNAL),
        "held": [row.key for row in rows if row.state == State.HELD],
        "waiting": [row.key for row in rows if row.state not in ENDED],
        "failed": [row.key for row in rows if row.state == State.FAILED],
        "arrived": sum(keys.values()),
    }
