"""Papers on a disk: written beside, synced, renamed into place (C13)."""

import os
import secrets
import shutil

from archives.storage.base import (
    FULL,
    GONE,
    QUARANTINE,
    SENTINEL,
    Store,
    StoreFull,
    StoreGone,
    instance_id,
    is_hash,
    key_of,
    make_dir,
    missing,
    said_in_words,
    sync_dir,
)

FREE_FLOOR = 2 * 1024**3


class Folder(Store):
    """STORAGE_URL=file:///…"""

    @property
    def place(self):
        return str(self.root)

    # --- in ---

    def keep(self, staged):
        target = self.root / key_of(staged.sha256)
        with said_in_words():
            make_dir(target.parent)
            os.chmod(staged.path, 0o440)
            os.replace(staged.path, target)
            sync_dir(target.parent)

    def quarantine(self, staged):
        folder = self.root / QUARANTINE
        with said_in_words():
            make_dir(folder)
            os.chmod(staged.path, 0o400)
            os.replace(staged.path, folder / staged.sha256)

    # --- is it our store, and is there room? ---

    def check_ready(self):
        """StoreGone unless it is our own, StoreFull below the floor (B5)."""
        with said_in_words():
            super().check_ready()
            if shutil.disk_usage(self.root).free < FREE_FLOOR:
                raise StoreFull(FULL, "file")

    def read_mark(self):
        try:
            return (self.root / SENTINEL).read_text().strip()
        except FileNotFoundError:
            return None

    def write_mark(self):
        """Mark the store as this site's own, and return the id."""
        self.root.mkdir(mode=0o750, parents=True, exist_ok=True)
        mark = instance_id()
        temp = self.root / f"{SENTINEL}.{secrets.token_hex(4)}"
        temp.write_text(mark)
        os.replace(temp, self.root / SENTINEL)
        sync_dir(self.root)
        return mark

    write_first_mark = write_mark

    def try_out(self):
        """Write a little and take it away again."""
        self.check_ready()
        self.stage(b"").drop()

    # --- out ---

    def open(self, sha256):
        try:
            return (self.root / key_of(sha256)).open("rb")
        except FileNotFoundError as error:
            raise missing(sha256) from error
        except OSError as error:
            raise StoreGone(GONE) from error

    def hashes(self, shelf="", before=None):
        for folder in sorted(self.root.glob(shelf or "[0-9a-f][0-9a-f]")):
            for path in sorted(folder.iterdir()):
                if is_hash(path.name) and (before is None or _is_older(path, before)):
                    yield path.name


def _is_older(path, instant):
    return path.stat().st_mtime < instant.timestamp()
