"""Where papers lie: each under the hash of its bytes, written once, never changed (C13).

<root>/.instance        id of the site the store belongs to: absent = not mounted (B5)
<root>/ab/ab12…         a file under its SHA-256
<root>/tmp/             being written; what is left over goes after a day
<root>/quarantine/      a scanner's finds, never served
"""

import errno
import hashlib
import logging
import os
import re
import secrets
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from agency.common.errors import Refused
from agency.common.models import Instance
from archives.models import Document

logger = logging.getLogger(__name__)
CHUNK = 1024 * 1024
FREE_FLOOR = 2 * 1024**3
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
    """Not mounted, not writable, or the store of another site."""


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
    """Bytes written to the store's own volume, not filed yet: keep() or drop()."""

    path: Path
    sha256: str
    size: int

    def keep(self):
        """File the bytes under their hash; a file of the same hash is replaced by its like."""
        target = path_of(self.sha256)
        with _said_in_words():
            _make_dir(target.parent)
            os.chmod(self.path, 0o440)
            os.replace(self.path, target)
            _sync_dir(target.parent)
        return Stored(self.sha256, self.size)

    def drop(self):
        _unlink(self.path)

    def quarantine(self):
        """Lock the bytes away: nothing ever serves them."""
        folder = root() / QUARANTINE
        with _said_in_words():
            _make_dir(folder)
            os.chmod(self.path, 0o400)
            os.replace(self.path, folder / self.sha256)


@contextmanager
def _said_in_words():
    """Turn what the file system says into a refusal a person can read."""
    try:
        yield
    except OSError as error:
        logger.error("store: %s", error)
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise StoreFull(FULL, "file") from error
        raise StoreGone(GONE, "file") from error


def root():
    return Path(settings.STORAGE_ROOT)


def is_hash(text):
    return bool(_HASH.fullmatch(text))


def path_of(sha256):
    """Where the bytes of that hash lie. ValueError for anything that is no hash."""
    if not is_hash(sha256):
        raise ValueError(f"not a SHA-256: {sha256!r}")
    return root() / sha256[:2] / sha256


def store(content):
    """Write bytes, or what an opened file holds, and return Stored(sha256, size) (C13)."""
    staged = stage(content)
    try:
        return staged.keep()
    finally:
        staged.drop()


def stage(content):
    """Write to a temporary file in the store's volume and sync it. StoreGone, StoreFull."""
    check_ready()
    return stage_unchecked(content)


def stage_unchecked(content):
    """The same for a store that has no mark yet: only a restore fills one of those."""
    folder = root() / TEMP
    path = folder / secrets.token_hex(16)
    try:
        with _said_in_words():
            _make_dir(folder)
            return _write(path, content)
    except BaseException:
        _unlink(path)
        raise


def _unlink(path):
    """What cannot be removed now is swept after a day."""
    with suppress(OSError):
        path.unlink(missing_ok=True)


def _write(path, content):
    digest, size = hashlib.sha256(), 0
    with open(path, "xb") as file:
        for chunk in _chunks(content):
            digest.update(chunk)
            size += file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return Staged(path, digest.hexdigest(), size)


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


def _make_dir(folder):
    if not folder.is_dir():
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        _sync_dir(folder.parent)


def _sync_dir(folder):
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


# --- is it our store, and is there room? --------------------------------------------------------


def check_ready():
    """Raise StoreGone unless this is the site's own store, StoreFull below the floor (B5)."""
    with _said_in_words():
        mark = read_mark()
        if mark is None:
            mark = _claim()
        if mark != instance_id():
            logger.error("store %s belongs to another site: %s", root(), mark)
            raise StoreGone(GONE, "file")
        if shutil.disk_usage(root()).free < FREE_FLOOR:
            raise StoreFull(FULL, "file")


def read_mark():
    """The id of the site the store belongs to; None where there is none."""
    try:
        return (root() / SENTINEL).read_text().strip()
    except FileNotFoundError:
        return None


def _claim():
    """A site without a single paper makes its store; any other has lost it."""
    if Document.objects.filed().exists():
        logger.error("store %s has no mark: is the volume mounted?", root())
        raise StoreGone(GONE, "file")
    return write_mark()


def write_mark():
    """Mark the store as this site's own, and return the id."""
    root().mkdir(mode=0o750, parents=True, exist_ok=True)
    mark = instance_id()
    temp = root() / f"{SENTINEL}.{secrets.token_hex(4)}"
    temp.write_text(mark)
    os.replace(temp, root() / SENTINEL)
    _sync_dir(root())
    return mark


def instance_id():
    return str(Instance.load().instance_id)


def is_well():
    """For the health page: our store, writable, with room."""
    try:
        stage(b"").drop()
    except StoreError:
        return False
    return True


# --- reading ------------------------------------------------------------------------------------


def open_checked(sha256):
    """The file, opened at its beginning, after its bytes were compared with their hash.

    FileMissing, FileChanged: then it is given to nobody.
    """
    try:
        file = path_of(sha256).open("rb")
    except FileNotFoundError as error:
        logger.error("store: %s is missing", sha256)
        raise FileMissing(MISSING) from error
    except OSError as error:
        raise StoreGone(GONE) from error
    if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
        file.close()
        logger.error("store: %s has changed", sha256)
        raise FileChanged(CHANGED)
    file.seek(0)
    return file


def read_file(sha256):
    """The bytes of that hash, compared with it. FileMissing, FileChanged."""
    with open_checked(sha256) as file:
        return file.read()


def check_file(sha256):
    """'' when the file is there and whole, else 'missing' or 'changed'."""
    try:
        open_checked(sha256).close()
    except FileMissing:
        return "missing"
    except FileChanged:
        return "changed"
    return ""


def left_over(at):
    """Temporary files older than a day: somebody died while writing."""
    folder = root() / TEMP
    oldest = at.timestamp() - LEFT_OVER_SECONDS
    if not folder.is_dir():
        return []
    return [path for path in folder.iterdir() if path.stat().st_mtime < oldest]
