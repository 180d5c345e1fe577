"""The folder of a mailbox to which papers are sent: `INTAKE_URL`, off until it is set (R38).

A mail is read where it lies and marked as read once its files are kept; nothing is deleted there.
"""

import imaplib
import ssl
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.conf import settings

SECONDS = 15
AT_MOST = 20
MOST_BYTES = 60 * 1024**2
PORTS = {"imaps": 993, "imap": 143}


@dataclass(frozen=True)
class Letter:
    """One unread mail: its number in the folder, its bytes, and the folder it lies in."""

    uid: str
    body: bytes
    folder: imaplib.IMAP4

    def mark(self, is_taken):
        """Read; and flagged where somebody should look at it in the mailbox itself."""
        flags = r"(\Seen)" if is_taken else r"(\Seen \Flagged)"
        self.folder.uid("STORE", self.uid, "+FLAGS", flags)

    def __str__(self):
        return f"mail {self.uid}"


@contextmanager
def opened(address):
    """The folder, signed in; OSError or imaplib's error where the server does not answer so."""
    parts = urlsplit(address)
    port = parts.port or PORTS[parts.scheme]
    if parts.scheme == "imaps":
        context = ssl.create_default_context()
        server = imaplib.IMAP4_SSL(parts.hostname, port, ssl_context=context, timeout=SECONDS)
    else:
        server = imaplib.IMAP4(parts.hostname, port, timeout=SECONDS)
    try:
        server.login(unquote(parts.username or ""), unquote(parts.password or ""))
        name = unquote(parts.path.lstrip("/")) or "INBOX"
        answer, words = server.select(f'"{name}"')
        if answer != "OK":
            raise imaplib.IMAP4.error(f"no folder {name}: {words}")
        yield server
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()


def unread():
    """Yield the Letters nobody has taken yet, the oldest first; none while no mailbox is set."""
    if not settings.INTAKE_URL:
        return
    with opened(settings.INTAKE_URL) as folder:
        _answer, found = folder.uid("SEARCH", "UNSEEN")
        for uid in found[0].decode().split()[:AT_MOST]:
            yield Letter(uid, whole(folder, uid), folder)


def whole(folder, uid):
    """The bytes of a mail; b"" of one that is too large to be one of papers."""
    _answer, size = folder.uid("FETCH", uid, "(RFC822.SIZE)")
    if int(size[0].decode().rpartition("RFC822.SIZE")[2].strip(" )")) > MOST_BYTES:
        return b""
    # PEEK: a mail that could not be kept stays unread
    _answer, parts = folder.uid("FETCH", uid, "(BODY.PEEK[])")
    return next(part[1] for part in parts if isinstance(part, tuple))
