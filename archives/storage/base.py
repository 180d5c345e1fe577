"""What every store of papers promises and says, wherever its bytes lie."""

import errno
import hashlib
import logging
import os
import re
import secrets
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from agency.common import faults
from agency.common.errors import Refused
from agency.common.models import Instance
from archives.models import Document

logger = logging.getLogger(__name__)
CHUNK = 1024 * 1024
LEFT_OVER_SECONDS = 24 * 60 * 60
SENTINEL, TEMP, QUARANTINE = ".instance", "tmp", "quarantine"
_HASH = re.compile(r"[0-9a-f]{64}")
GONE = _("The store of papers cannot be reached. Nothing was filed; please tell the administrator.")
FULL = _("The store of papers is full. Nothing was filed; please tell the administrator.")
MISSING = _("The file of this paper is missing from the store. Please tell the administrator.")
CHANGED = _(
    "The file of this paper is no longer what was filed, so it is not given out. "
    "Please tell the administrator."
)


class StoreError(Refused):
    """The store says no; shown with status 507."""

    status = 507


class StoreGone(StoreError):
    """Not mounted, not writable, not answering, or the store of another site."""


class StoreFull(StoreError):
    """No room, or less than the floor would be left."""


class FileMissing(StoreError):
    """A row without its file."""


class FileChanged(StoreError):
    """A file whose bytes do not have the hash it lies under."""


@dataclass(frozen=True)
class Stored:
    sha256: str
    size: int


@dataclass
class Staged:
    """Bytes in a temporary file, not filed yet: keep() or drop()."""

    path: Path
    sha256: str
    size: int
    store: "Store"
    is_kept: bool = False

    def keep(self):
        """File the bytes under their hash; a file of the same hash is replaced by its like.

        Once is enough: a verb that is tried again after a deadlock comes here twice.
        """
        if not self.is_kept:
            faults.strike("before_keep")
            self.store.keep(self)
            faults.strike("after_keep")
            self.is_kept = True
        return Stored(self.sha256, self.size)

    def drop(self):
        unlink(self.path)

    def quarantine(self):
        """Lock the bytes away: nothing ever serves them."""
        self.store.quarantine(self)


class Writing:
    """A temporary file as it is written: end() gives what is staged, else close() drops it."""

    def __init__(self, path, store):
        self.path, self.store = path, store
        self.digest, self.size, self.is_ended = hashlib.sha256(), 0, False
        self.file = path.open("xb")

    def write(self, chunk):
        with said_in_words():
            self.digest.update(chunk)
            self.size += self.file.write(chunk)

    def end(self):
        """The bytes are on the disk now."""
        with said_in_words():
            self.file.flush()
            os.fsync(self.file.fileno())
            self.file.close()
        self.is_ended = True
        return Staged(self.path, self.digest.hexdigest(), self.size, self.store)

    def close(self):
        if not self.is_ended:
            with suppress(OSError):
                self.file.close()
            unlink(self.path)


class Piece:
    """So many bytes of an opened file, from where it stands."""

    def __init__(self, file, length):
        self.file, self.left = file, length

    def __iter__(self):
        while self.left and (chunk := self.file.read(min(CHUNK, self.left))):
            self.left -= len(chunk)
            yield chunk

    def close(self):
        self.file.close()


def is_hash(text):
    return bool(_HASH.fullmatch(text))


def key_of(sha256):
    """Where in a store the bytes of that hash lie. ValueError for anything that is no hash."""
    if not is_hash(sha256):
        raise ValueError(f"not a SHA-256: {sha256!r}")
    return f"{sha256[:2]}/{sha256}"


def instance_id():
    return str(Instance.load().instance_id)


class Store:
    """Folder and Bucket say how bytes are kept, opened and listed, and where the mark is."""

    def __init__(self, root, bucket):
        self.root, self.bucket = root, bucket

    def begin(self):
        """A temporary file of this machine, to be written piece by piece."""
        folder = self.root / TEMP
        with said_in_words():
            make_dir(folder)
            return Writing(folder / secrets.token_hex(16), self)

    def stage(self, content):
        """Write to a temporary file of this machine, whose bytes can be looked at."""
        writing = self.begin()
        try:
            for chunk in _chunks(content):
                writing.write(chunk)
            return writing.end()
        finally:
            writing.close()

    def check_ready(self):
        """Raise StoreGone unless this is the site's own store."""
        mark = self.read_mark()
        if mark is None:
            mark = self._claim()
        if mark != instance_id():
            logger.error("store %s belongs to another site: %s", self.place, mark)
            raise StoreGone(GONE, "file")

    def _claim(self):
        """A site without a single paper makes its store; any other has lost it."""
        if Document.objects.filed().exists():
            logger.error("store %s has no mark: is it the right one, and mounted?", self.place)
            raise StoreGone(GONE, "file")
        return self.write_first_mark()

    def open_checked(self, sha256):
        """The file at its beginning, once its bytes have their hash."""
        file = self.open(sha256)
        if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
            file.close()
            logger.error("store: %s has changed", sha256)
            raise FileChanged(CHANGED)
        file.seek(0)
        return file

    def open_piece(self, sha256, first, length):
        """So many bytes of a file from the byte `first` on, as they lie there."""
        file = self.open(sha256)
        file.seek(first)
        return Piece(file, length)

    def check_file(self, sha256):
        """'' when the file is there and whole, else 'missing' or 'changed'."""
        try:
            self.open_checked(sha256).close()
        except FileMissing:
            return "missing"
        except FileChanged:
            return "changed"
        return ""

    def left_over(self, at):
        """Temporary files older than a day."""
        folder = self.root / TEMP
        oldest = at.timestamp() - LEFT_OVER_SECONDS
        if not folder.is_dir():
            return []
        return [path for path in folder.iterdir() if path.stat().st_mtime < oldest]


def missing(sha256):
    """What to raise when there is no such file."""
    logger.error("store: %s is missing", sha256)
    return FileMissing(MISSING)


@contextmanager
def said_in_words():
    """Turn what the file system says into a refusal a person can read."""
    try:
        yield
    except OSError as error:
        logger.error("store: %s", error)
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise StoreFull(FULL, "file") from error
        raise StoreGone(GONE, "file") from error


def _chunks(content):
    """Pieces of bytes, of a Django upload or of any opened binary file, from the beginning."""
    if isinstance(content, bytes | bytearray | memoryview):
        yield content
        return
    if hasattr(content, "chunks"):
        yield from content.chunks(CHUNK)
        return
    content.seek(0)
    while chunk := content.read(CHUNK):
        yield chunk


def unlink(path):
    """What cannot be removed now is swept after a day."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def make_dir(folder):
    if not folder.is_dir():
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        sync_dir(folder.parent)


def sync_dir(folder):
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
