"""Facts of the current request, set by the middleware: for the audit trail, and what was asked."""

from contextlib import contextmanager
from contextvars import ContextVar

request_ip = ContextVar("request_ip", default=None)
answers = ContextVar("answers", default=None)


@contextmanager
def remembering():
    """Within, what is asked `once` is asked once."""
    token = answers.set({})
    try:
        yield
    finally:
        answers.reset(token)


def forget():
    """Ask anew: what was learned in a transaction that failed may not be so."""
    if (known := answers.get()) is not None:
        known.clear()


def once(key, ask):
    """What `ask()` gives, asked a single time while one page is read or one step of the clock runs.

    Verbs behind a click and commands ask anew each time.
    """
    known = answers.get()
    if known is None:
        return ask()
    if key not in known:
        known[key] = ask()
    return known[key]
