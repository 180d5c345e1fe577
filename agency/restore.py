"""Bring a backup back into an empty database and an empty (or its own) store (C24, B5)."""

import json
import uuid
from pathlib import Path

from django.db import connection

from agency.backup import (
    DUMP,
    EVERY,
    FILES,
    MANIFEST,
    VERSION,
    BackupError,
    counts,
    hash_of,
    tool,
)
from agency.common.models import Instance
from agency.common.services import audit
from agency.common.services.audit import breaks
from agency.common.verbs import lock, verb
from archives import storage
from archives.verify import findings


def restore(path, at, say):
    """Files first, then the database in one transaction, then a new id and a paused outbox."""
    path = Path(path)
    manifest = read_manifest(path)
    _check_empty(manifest)
    _bring_files(path, manifest, say)
    say("database …")
    tool("pg_restore", "--no-owner", "--no-privileges", "--single-transaction", *_into(path))
    _compare(manifest)
    stamp(made_at=manifest["made_at"], at=at)
    storage.write_mark()
    say("database: restored. No mail leaves until `manage.py resume_mail`.")
    return manifest


def read_manifest(path):
    """The manifest of a finished backup whose dump is whole. BackupError."""
    try:
        manifest = json.loads((path / MANIFEST).read_text())
    except FileNotFoundError as error:
        raise BackupError(f"{path} holds no finished backup: {MANIFEST} is missing.") from error
    if manifest["version"] != VERSION:
        raise BackupError(f"{path} was made by another version of the site.")
    if hash_of(path / DUMP) != manifest["dump_sha256"]:
        raise BackupError(f"{path / DUMP} has changed since the backup.")
    return manifest


def _into(path):
    return ["--exit-on-error", f"--dbname={connection.settings_dict['NAME']}", str(path / DUMP)]


def _check_empty(manifest):
    if connection.introspection.table_names():
        raise BackupError("The database is not empty: a backup is restored into an empty one only.")
    mark = storage.read_mark()
    if mark not in (None, manifest["instance_id"]):
        raise BackupError(f"{storage.place()} is the store of another site.")
    if mark is None and any(storage.stored_hashes()):
        raise BackupError(f"{storage.place()} holds files already.")


def _bring_files(path, manifest, say):
    """Every file of the manifest into the store; what lies there whole is left alone."""
    total = len(manifest["files"])
    for done, sha256 in enumerate(sorted(manifest["files"]), start=1):
        if storage.check_file(sha256):
            _bring(path / FILES / sha256[:2] / sha256, sha256)
        if done % EVERY == 0 or done == total:
            say(f"files: {done:,} of {total:,}")


def _bring(source, sha256):
    try:
        with source.open("rb") as file:
            staged = storage.stage_unchecked(file)
    except FileNotFoundError as error:
        raise BackupError(f"{source} is missing from the backup.") from error
    if staged.sha256 != sha256:
        staged.drop()
        raise BackupError(f"{source} has changed since the backup.")
    staged.keep()


def _compare(manifest):
    found = counts()
    wrong = [name for name, rows in manifest["counts"].items() if found.get(name) != rows]
    if wrong:
        raise BackupError(f"These tables differ from the backup: {', '.join(wrong)}.")


@verb
def stamp(*, made_at, at):
    """A copy is another site: it gets a new id, and sends nothing until somebody says so (B5)."""
    site = lock(Instance.load())
    site.instance_id, site.mail_paused = uuid.uuid4(), True
    site.save(update_fields=["instance_id", "mail_paused"])
    audit(actor=None, verb="restore", subject=site, changes={"backup_of": made_at}, at=at)


def faults(manifest, say):
    """Yield a sentence for whatever is wrong after a restore: files, audit trail, indexes."""
    for finding in findings():
        if finding.is_loss:
            yield str(finding)
    yield from breaks(known_head=manifest["audit_head"])
    try:
        tool("pg_amcheck", "--install-missing", connection.settings_dict["NAME"])
    except BackupError as error:
        if "must be superuser" not in str(error) and "permission denied" not in str(error):
            yield str(error)
        say("pg_amcheck was not run: it needs a superuser of the database.")
