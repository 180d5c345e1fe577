"""Where papers lie: each under the hash of its bytes, written once, never changed (C13).

STORAGE_URL says where: a folder (folder.py), or a bucket of a service that speaks S3 (bucket.py).
Both lie the same way, so that one can be copied into the other:

.instance        id of the site the store belongs to: absent = not mounted (B5)
ab/ab12…         a file under its SHA-256
quarantine/      a scanner's finds, never served
"""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from archives.storage.base import (
    CHUNK,
    QUARANTINE,
    SENTINEL,
    FileChanged,
    FileMissing,
    Staged,
    Stored,
    StoreError,
    StoreFull,
    StoreGone,
    instance_id,
    is_hash,
    key_of,
)

__all__ = [
    "CHUNK",
    "QUARANTINE",
    "SENTINEL",
    "FileChanged",
    "FileMissing",
    "Staged",
    "StoreError",
    "StoreFull",
    "StoreGone",
    "Stored",
    "instance_id",
    "is_hash",
    "key_of",
]


def the_store():
    """The store that STORAGE_URL names."""
    return _store(settings.STORE, settings.STORAGE_ROOT, settings.STORAGE_BUCKET)


@lru_cache(maxsize=8)
def _store(kind, root, bucket):
    return import_string(kind)(Path(root), bucket)


def store(content):
    """Write bytes, or what an opened file holds, and return Stored(sha256, size) (C13)."""
    staged = stage(content)
    try:
        return staged.keep()
    finally:
        staged.drop()


def stage(content):
    """Write to a temporary file and sync it. StoreGone, StoreFull."""
    check_ready()
    return stage_unchecked(content)


def stage_unchecked(content):
    """The same for a store that has no mark yet: only a restore fills one of those."""
    return the_store().stage(content)


def begin():
    """A temporary file to be written piece by piece. StoreGone, StoreFull."""
    check_ready()
    return the_store().begin()


def check_ready():
    """Raise StoreGone unless this is the site's own store, StoreFull below the floor (B5)."""
    the_store().check_ready()


def read_mark():
    """The id of the site the store belongs to; None where there is none."""
    return the_store().read_mark()


def write_mark():
    """Mark the store as this site's own, and return the id."""
    return the_store().write_mark()


def is_well():
    """For the health page: our store, writable, with room."""
    try:
        the_store().try_out()
    except StoreError:
        return False
    return True


def open_checked(sha256):
    """The file, opened at its beginning, after its bytes were compared with their hash.

    FileMissing, FileChanged: then it is given to nobody.
    """
    return the_store().open_checked(sha256)


def open_piece(sha256, first, length):
    """So many bytes of a file from the byte `first` on, in chunks; not compared with its hash."""
    return the_store().open_piece(sha256, first, length)


def read_file(sha256):
    """The bytes of that hash, compared with it. FileMissing, FileChanged."""
    with open_checked(sha256) as file:
        return file.read()


def check_file(sha256):
    """'' when the file is there and whole, else 'missing' or 'changed'."""
    return the_store().check_file(sha256)


def stored_hashes(shelf="", before=None):
    """Every hash a file lies under, in order; of one shelf ("ab"), and filed before the instant."""
    return the_store().hashes(shelf, before)


def place():
    """What to call the store when speaking to an administrator."""
    return the_store().place


def left_over(at):
    """Temporary files of this machine that are older than a day: somebody died while writing."""
    return the_store().left_over(at)


# --- a folder only -------------------------------------------------------------------------------


def root():
    return Path(settings.STORAGE_ROOT)


def path_of(sha256):
    """Where a folder keeps the bytes of that hash. ValueError for anything that is no hash."""
    return root() / key_of(sha256)
