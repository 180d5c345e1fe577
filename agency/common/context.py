"""Facts of the current request, set by the middleware: for the audit trail, and what was asked."""

from contextvars import ContextVar

request_ip = ContextVar("request_ip", default=None)
answers = ContextVar("answers", default=None)


def once(key, ask):
    """What `ask()` gives, asked a single time while one page is read.

    Only a page that is read remembers: verbs, the clock and commands ask anew each time.
    """
    known = answers.get()
    if known is None:
        return ask()
    if key not in known:
        known[key] = ask()
    return known[key]
