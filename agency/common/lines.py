"""Lines to the outside on which a mail leaves: SMTP with its phases apart, or a folder (C1)."""

import smtplib
from contextlib import suppress
from pathlib import Path

from django.conf import settings

TEMPORARY = 400
PERMANENT = 500
CLOSING = 421
START_BODY = 354


class Unreachable(Exception):
    """There is no mail server at the other end: nobody's mail is to blame."""


class Answer(Exception):
    """The server refused, in so many words."""

    def __init__(self, code, words):
        super().__init__(f"{code} {words}")
        self.is_final = code >= PERMANENT


class Doubt(Exception):
    """The body went out, and no answer came back."""


def text_of(code, words):
    return f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"


class SmtpLine:
    """One connection to the mail server. `offer` ends before the body, `send` sends it."""

    def __init__(self):
        kind = smtplib.SMTP_SSL if getattr(settings, "EMAIL_USE_SSL", False) else smtplib.SMTP
        try:
            self.smtp = kind(
                settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=settings.MAIL_CONNECT_SECONDS
            )
            self.greet()
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(str(error)) from error

    def greet(self):
        self.smtp.ehlo_or_helo_if_needed()
        if getattr(settings, "EMAIL_USE_TLS", False):
            self.smtp.starttls()
            self.smtp.ehlo()
        if settings.EMAIL_HOST_USER:
            self.smtp.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD or "")

    def offer(self, sender, recipient, copy_to=""):
        """MAIL and RCPT. Unreachable, or Answer when the recipient is refused."""
        self.wait(settings.MAIL_REPLY_SECONDS)
        try:
            code, words = self.smtp.mail(sender)
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(str(error)) from error
        if code == CLOSING:
            raise Unreachable(text_of(code, words))
        if code >= TEMPORARY:
            # It is our own address that is refused: no recipient's fault, so never final.
            raise Answer(TEMPORARY, text_of(code, words))
        try:
            code, words = self.smtp.rcpt(recipient)
            if code < TEMPORARY and copy_to:
                self.smtp.rcpt(copy_to)
        except (OSError, smtplib.SMTPException) as error:
            raise Answer(TEMPORARY, str(error)) from error
        if code >= TEMPORARY:
            raise Answer(code, words.decode(errors="replace"))

    def send(self, mail, body):
        """DATA and the body; returns the server's reply. Answer when refused, Doubt when silent."""
        self.wait(settings.MAIL_DATA_SECONDS)
        try:
            code, words = self.smtp.data(body)
        except smtplib.SMTPDataError as error:
            raise Answer(error.smtp_code, error.smtp_error.decode(errors="replace")) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Doubt(str(error) or type(error).__name__) from error
        if code >= TEMPORARY:
            raise Answer(code, words.decode(errors="replace"))
        return text_of(code, words)

    def wait(self, seconds):
        if self.smtp.sock is not None:
            self.smtp.sock.settimeout(seconds)

    def reset(self):
        """RSET: forget the mail that was offered."""
        with suppress(OSError, smtplib.SMTPException):
            self.smtp.rset()

    @property
    def is_open(self):
        return self.smtp.sock is not None

    def close(self):
        with suppress(OSError, smtplib.SMTPException):
            self.wait(1)
            self.smtp.quit()
        self.smtp.close()


class FolderLine:
    """Where no mail server is named: each mail becomes a file, read at /mail/ in development."""

    is_open = True

    def __init__(self):
        self.folder = Path(settings.MAIL_DIR)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Unreachable(str(error)) from error

    def offer(self, sender, recipient, copy_to=""):
        """A folder takes everybody."""

    def send(self, mail, body):
        path = self.folder / f"{mail.message_id.partition('@')[0]}.eml"
        new = path.with_suffix(".new")
        try:
            new.write_bytes(body)
            new.rename(path)
        except OSError as error:
            raise Answer(TEMPORARY, str(error)) from error
        return f"written to {path.name}"

    def reset(self):
        """Nothing was begun."""

    def close(self):
        """Nothing is open."""


def open_line():
    """A line as the settings say. Unreachable when nobody answers."""
    return SmtpLine() if settings.EMAIL_URL else FolderLine()
