"""The door every uploaded file comes through: size, name, type, bombs, virus scan (C14)."""

import logging
import shlex
import subprocess
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from agency.common.errors import Refused
from agency.common.texts import clean_name
from archives.sniff import HEAD, check_picture, is_media, media_type, sniff
from archives.storage import Staged, stage

logger = logging.getLogger(__name__)
MAX_SIZE = 50 * 1024**2
SCAN_SECONDS = 60
SCAN_CLEAN, SCAN_HIT = 0, 1
EMPTY = _("This file is empty.")
TOO_BIG = _("This file is larger than 50 MB.")
TOO_LONG = _("This film is larger than this site takes.")
VIRUS = _("The virus scanner found something in this file. It was locked away and not filed.")
NO_SCAN = _("The virus scanner does not answer, so nothing was filed. Please try again later.")


@dataclass
class Intake:
    """A file that passed the door: its bytes staged, its name cleaned, its true type known."""

    staged: Staged
    name: str
    mime: str
    is_scanned: bool

    @property
    def facts(self):
        """{name: value} of the row that will speak of it."""
        staged = self.staged
        about = {"name": self.name, "mime": self.mime, "is_scanned": self.is_scanned}
        return {**about, "sha256": staged.sha256, "size": staged.size}


class Infected(Refused):
    """The scanner said yes; the bytes are in quarantine under `sha256`."""

    def __init__(self, sha256):
        super().__init__(VIRUS, "file")
        self.sha256 = sha256


def take_in(upload):
    """Look at an upload and stage its bytes. Refused(field="file") with words; nothing is filed."""
    if upload.size > settings.FILM_BYTES:
        raise Refused(TOO_LONG, "file")
    # what came through the film door lies in the store's temporary folder already
    staged = getattr(upload, "staged", None) or stage(upload)
    try:
        return _examine(staged, clean_name(upload.name))
    except BaseException:
        staged.drop()
        raise


def _examine(staged, name):
    if staged.size == 0:
        raise Refused(EMPTY, "file")
    if staged.size > MAX_SIZE and not is_media(media_type(_head(staged))):
        raise Refused(TOO_BIG, "file")
    is_scanned = _scan(staged)
    mime = sniff(staged.path, name)
    check_picture(staged.path, mime)
    return Intake(staged, name, mime, is_scanned)


def _head(staged):
    with staged.path.open("rb") as file:
        return file.read(HEAD)


def _scan(staged):
    """True when the scanner passed the file, False when there is no scanner."""
    if not settings.SCAN_COMMAND:
        return False
    code = _ask_scanner(staged.path)
    if code == SCAN_HIT:
        staged.quarantine()
        logger.warning("quarantined %s", staged.sha256)
        raise Infected(staged.sha256)
    if code != SCAN_CLEAN:
        raise Refused(NO_SCAN, "file")
    return True


def _ask_scanner(path):
    """The scanner's exit code, as clamscan and clamdscan give it; None when it does not answer."""
    command = [*shlex.split(settings.SCAN_COMMAND), str(path)]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SCAN_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        logger.error("virus scanner: %s", error)
        return None
    return done.returncode
