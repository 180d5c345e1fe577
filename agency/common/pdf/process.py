"""The outside of a helper process: started at first use, kept warm, replaced when it fails."""

import contextlib
import os
import select
import subprocess
import sys
import threading
import time
import weakref

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from agency.common.errors import Refused
from agency.common.pdf.wire import pack, unpack

CHUNK = 1 << 20
MEGABYTE = 1 << 20
# What the helper may know of our environment: no key, no database.
ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "VIRTUAL_ENV", "XDG_CACHE_HOME")
FAILED = _("The paper could not be printed, so nothing was changed. Please try again.")
_everyone = weakref.WeakSet()


class PdfFailed(Refused):
    """No paper: nothing has changed. `why` is for the log, the message for the page."""

    def __init__(self, why):
        super().__init__(FAILED)
        self.why = why

    def __str__(self):
        return f"{self.message} ({self.why})"


class Helper:
    """One process that answers requests one at a time, for all threads of this process.

    It ends after `seconds` for one request, when it wants more than `megabytes`, and after
    `lifetime` requests; the next request finds a fresh one. After a fork each side has its
    own. `needs(header) -> (header, bytes)` answers what the helper asks while it works; a
    request may bring its own.
    """

    def __init__(self, module, *, seconds=60, megabytes=1536, lifetime=200, needs=None):
        self.module, self.needs = module, needs
        self.seconds, self.memory, self.lifetime = seconds, megabytes * MEGABYTE, lifetime
        self.process = None
        self.forget()
        _everyone.add(self)

    def forget(self):
        """As new; after a fork the process of the parent stays the parent's."""
        if self.process is not None:
            self.process.returncode = 0  # not ours to wait for
        self.lock = threading.Lock()
        self.process = None
        self.answered = 0

    def ask(self, header, blob=b"", needs=None):
        """The answer and bytes; PdfFailed when none comes in time, or too many wait before us."""
        if not self.lock.acquire(timeout=2 * self.seconds):
            raise PdfFailed("busy")
        try:
            answer, body = self._ask(header, blob, needs or self.needs)
        except (TimeoutError, EOFError, OSError) as error:
            raise PdfFailed(f"{type(error).__name__} {error}".strip()) from error
        finally:
            self.lock.release()
        if "error" in answer:
            raise PdfFailed(answer["error"])
        return answer, body

    def warm(self):
        """Start the process if there is none, without waiting for it; where it fails, later."""
        if self.lock.acquire(blocking=False):
            try:
                with contextlib.suppress(OSError):
                    self._running()
            finally:
                self.lock.release()

    def stop(self):
        """End the process now; the next request starts another."""
        process, self.process, self.answered = self.process, None, 0
        if process is None:
            return
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()

    def _ask(self, header, blob, needs):
        try:
            answer, body = self._exchange(self._running(), pack(header, blob), needs)
        except BaseException:
            # Whatever cut us off, its answer may still come: nobody else shall read it.
            self.stop()
            raise
        self._count(answer)
        return answer, body

    def _exchange(self, process, message, needs):
        deadline = time.monotonic() + self.seconds
        while True:
            send(process.stdin.fileno(), message, deadline)
            answer, body = unpack(lambda count: receive(process.stdout.fileno(), count, deadline))
            if "asks" not in answer:
                return answer, body
            message = pack(*needs(answer))

    def _count(self, answer):
        self.answered += 1
        if answer.get("error") == "memory":
            self.stop()
        elif self.answered >= self.lifetime:
            self.stop()
            self._running()

    def _running(self):
        if self.process is not None and self.process.poll() is not None:
            self.stop()
        if self.process is None:
            self.process = start(self.module, self.memory)
        return self.process


def start(module, memory):
    """The process, with pipes that never block us and a session of its own (no Ctrl-C)."""
    environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-m", module, str(os.getpid()), str(memory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        cwd=settings.BASE_DIR,
        env=environment,
        start_new_session=True,
    )
    os.set_blocking(process.stdin.fileno(), False)
    os.set_blocking(process.stdout.fileno(), False)
    return process


def wait(file, event, deadline):
    poll = select.poll()
    poll.register(file, event)
    left = deadline - time.monotonic()
    if left <= 0 or not poll.poll(left * 1000):
        raise TimeoutError("took too long")


def send(file, data, deadline):
    view = memoryview(data)
    while view:
        wait(file, select.POLLOUT, deadline)
        with contextlib.suppress(BlockingIOError):
            view = view[os.write(file, view[:CHUNK]) :]


def receive(file, count, deadline):
    parts = []
    while count:
        wait(file, select.POLLIN, deadline)
        with contextlib.suppress(BlockingIOError):
            data = os.read(file, min(count, CHUNK))
            if not data:
                raise EOFError("ended without an answer")
            parts.append(data)
            count -= len(data)
    return b"".join(parts)


def _forget_all():
    for helper in _everyone:
        helper.forget()


os.register_at_fork(after_in_child=_forget_all)
