"""Child processes that never outlive us, and how to say what went wrong with one.

Only the standard library: it also runs before any package is installed.
"""

import ctypes
import errno
import os
import resource
import signal
import socket
import subprocess
import sys
import time

LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
PR_SET_PDEATHSIG = 1
START_SECONDS = 60
STOP_SECONDS = 8
WAIT_FOR_PORT_SECONDS = 5


class Trouble(Exception):
    """Something the person at the keyboard must know, in one sentence."""


def free_port():
    """A loopback port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_free(port):
    """Whether a server could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise Trouble(f"Port {port} cannot be used: {error.strerror}.") from None
            return False
    return True


def claim_port(port):
    """Trouble when the port stays taken; one of a run just killed gets the time to go."""
    end = time.monotonic() + WAIT_FOR_PORT_SECONDS
    while not is_free(port):
        if time.monotonic() > end:
            raise Trouble(
                f"Port {port} is taken by another program: stop that one, or take another port "
                f"with PORT={port + 1} make run"
            )
        time.sleep(0.2)


def follow_parent(signum=signal.SIGTERM):
    """Ask the kernel for a signal when our parent ends (only Linux can)."""
    if LIBC:
        LIBC.prctl(PR_SET_PDEATHSIG, signum)


def die_with_parent(signum=signal.SIGTERM):
    """What a child does before it starts: ask the kernel for a signal when its parent ends.

    The kernel follows the thread that forked, so children are started from the main thread.
    """
    parent = os.getpid()

    def ask():
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        follow_parent(signum)
        if os.getppid() != parent:
            os._exit(1)

    return ask


def start(args, stop_signal=signal.SIGTERM, death_signal=signal.SIGTERM, **kwargs):
    """A child in its own session (Ctrl-C is ours to pass on) that never outlives us.

    `stop_signal` asks it kindly, `death_signal` is what the kernel sends when we were killed.
    """
    child = subprocess.Popen(
        [str(arg) for arg in args],
        start_new_session=True,
        preexec_fn=die_with_parent(death_signal),
        **kwargs,
    )
    child.stop_signal = stop_signal
    return child


def stop(child, seconds=STOP_SECONDS):
    """Ask it to end; insist when it does not."""
    if child.poll() is None:
        child.send_signal(child.stop_signal)
    try:
        child.wait(seconds)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def last_line(path):
    """The last words of a log, for a sentence about what went wrong."""
    lines = path.read_text(errors="replace").splitlines() if path.exists() else []
    said = [line.strip() for line in lines if any(map(str.isalnum, line))]
    return said[-1] if said else "it left no message"


def wait_until(is_up, child, name, log):
    """Return when `is_up()`; Trouble when the child ends first or takes too long."""
    end = time.monotonic() + START_SECONDS
    while not is_up():
        if child.poll() is not None:
            raise Trouble(f"{name} did not start: {last_line(log)}")
        if time.monotonic() > end:
            raise Trouble(f"{name} did not answer within {START_SECONDS} seconds, see {log}")
        time.sleep(0.05)
