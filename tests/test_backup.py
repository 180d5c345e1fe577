"""The drill: saved while people write, brought back elsewhere, everything whole (C24, G10)."""

import json
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from agency.backup import BackupError, back_up
from agency.common.models import Instance
from archives import storage
from archives.models import Document
from tests.archives.papers import make_document
from tests.bucket import REGION
from tests.builders import make_client, make_contact, make_user

ROOT = Path(__file__).resolve().parent.parent
WRITERS = 4
PAPERS = 300


def quiet(line):
    """Progress that nobody reads."""


@contextmanager
def empty_database(name):
    """A database beside the test's own; its URL."""
    facts = connection.settings_dict
    server = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}".format_map(facts)
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        yield f"{server}/{name}"
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def manage(*words, **variables):
    """Run manage.py as a person would on another machine."""
    command = [sys.executable, "manage.py", *words]
    environment = os.environ | variables
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


@contextmanager
def writers(client):
    """People who file papers all the while."""
    enough = threading.Event()

    def write(number):
        count = 0
        while not enough.is_set() and count < 200:
            make_document(client, content=f"{number} {count}".encode(), kind="memo")
            count += 1
        connections.close_all()

    threads = [threading.Thread(target=write, args=[number]) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    yield
    enough.set()
    for thread in threads:
        thread.join()


@pytest.fixture
def papers(transactional_db):
    client = make_client(team=[make_user()])
    make_contact(client)
    for number in range(5):
        make_document(client, content=f"paper {number}".encode())
    return client


def shelve(client, count):
    """So many papers more, each with a file of its own; nobody is told of them."""
    stored = [storage.store(f"paper of the cabinet {number}".encode()) for number in range(count)]
    Document.objects.bulk_create(
        Document(
            client=client, kind="memo", title=f"paper {number}", name="memo.txt", face="internal",
            mime="text/plain", sha256=file.sha256, size=file.size, dated_on=date(2020, 1, 1),
            year=2020,
        )
        for number, file in enumerate(stored)
    )  # fmt: skip


def test_backup_under_writers_comes_back_whole(papers, tmp_path):
    shelve(papers, PAPERS)
    with writers(papers):
        manifest = back_up(tmp_path / "saved", quiet)
    site = Instance.load()

    store = tmp_path / "elsewhere"
    with empty_database(f"drill_{os.getpid()}") as url:
        target = {"DATABASE_URL": url, "STORAGE_URL": store.as_uri()}
        done = manage("restore", str(tmp_path / "saved"), "--verify", **target)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Verified" in done.stdout
        assert f"files: {len(manifest['files'])} of {len(manifest['files'])}" in done.stdout
        with psycopg.connect(url) as restored:
            rows = restored.execute("SELECT sha256 FROM archives_document").fetchall()
            new_id, paused = restored.execute(
                "SELECT instance_id, mail_paused FROM common_instance"
            ).fetchone()
        again = manage("restore", str(tmp_path / "saved"), **target)

    assert {sha256 for (sha256,) in rows} == set(manifest["files"])
    assert len(rows) == manifest["counts"]["archives_document"] >= PAPERS + 5
    assert (new_id != site.instance_id, paused) == (True, True)
    assert (store / storage.SENTINEL).read_text() == str(new_id)
    assert "The database is not empty" in again.stderr
    assert again.returncode == 1


def test_backup_says_what_it_holds(papers, tmp_path):
    lines = []

    manifest = back_up(tmp_path / "saved", lines.append)

    assert json.loads((tmp_path / "saved/manifest.json").read_text()) == manifest
    assert manifest["counts"]["archives_document"] == 5
    assert set(manifest["files"]) == set(Document.objects.values_list("sha256", flat=True))
    assert manifest["instance_id"] == str(Instance.load().instance_id)
    assert len(manifest["audit_head"]) == 64
    assert lines[-1] == "files: 5 of 5"


def test_ill_file_is_named_and_the_rest_is_saved(papers, tmp_path):
    ill = Document.objects.first().sha256
    storage.path_of(ill).unlink()

    manifest = back_up(tmp_path / "saved", quiet)

    assert manifest["faults"] == {ill: "FileMissing"}
    assert len(manifest["files"]) == 4


def test_command_says_how_far_it_is_and_fails_for_an_ill_file(papers, tmp_path, capsys):
    call_command("backup", str(tmp_path / "whole"))
    assert "5 files are saved." in capsys.readouterr().out

    ill = Document.objects.first().sha256
    storage.path_of(ill).unlink()
    with pytest.raises(CommandError, match="ill in the store"):
        call_command("backup", str(tmp_path / "ill"))
    assert f"FileMissing: {ill}" in capsys.readouterr().err


def test_backup_never_writes_over_another(papers, tmp_path):
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved/database.dump").write_text("yesterday's")

    with pytest.raises(BackupError, match="is not empty"):
        back_up(tmp_path / "saved", quiet)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda saved: (saved / "manifest.json").unlink(), "no finished backup"),
        (lambda saved: (saved / "database.dump").write_bytes(b"other"), "has changed since"),
        (lambda saved: spoil_files(saved), "has changed since"),
    ],
)
def test_damaged_backup_is_not_brought_back(papers, tmp_path, damage, words):
    saved = tmp_path / "saved"
    back_up(saved, quiet)
    damage(saved)

    with empty_database(f"drill_{os.getpid()}") as url:
        target = {"DATABASE_URL": url, "STORAGE_URL": (tmp_path / "elsewhere").as_uri()}
        done = manage("restore", str(saved), **target)
        with psycopg.connect(url) as database:
            tables = database.execute(
                "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
            ).fetchone()

    assert (done.returncode, tables) == (1, (0,))
    assert words in done.stderr


def spoil_files(saved):
    for path in (saved / "files").glob("*/*"):
        path.write_bytes(b"other")


def test_store_of_another_site_is_left_alone(papers, tmp_path):
    back_up(tmp_path / "saved", quiet)
    store = tmp_path / "elsewhere"
    store.mkdir()
    (store / storage.SENTINEL).write_text("another site")

    with empty_database(f"drill_{os.getpid()}") as url:
        done = manage(
            "restore", str(tmp_path / "saved"), DATABASE_URL=url, STORAGE_URL=store.as_uri()
        )

    assert "store of another site" in done.stderr
    assert (store / storage.SENTINEL).read_text() == "another site"


def test_bucket_is_saved_and_comes_back_into_a_bucket(bucket, s3, papers, tmp_path):
    ill = Document.objects.first().sha256
    bucket.put_object(Key=f"site/{storage.key_of(ill)}", Body=b"other")
    manifest = back_up(tmp_path / "saved", quiet)
    place = f"s3://{bucket.name}/new?endpoint={s3.url}&region={REGION}"

    with empty_database(f"drill_{os.getpid()}") as url:
        target = {"DATABASE_URL": url, "STORAGE_URL": place}
        done = manage("restore", str(tmp_path / "saved"), "--verify", **target)

    assert manifest["faults"] == {ill: "FileChanged"}
    assert f"missing: {ill}" in done.stdout + done.stderr
    brought = {row.key[-64:] for row in bucket.objects.filter(Prefix="new/") if "/." not in row.key}
    assert brought == set(manifest["files"])
    assert len(brought) == 4


def test_bucket_of_another_site_is_left_alone(bucket, s3, papers, tmp_path):
    back_up(tmp_path / "saved", quiet)
    bucket.put_object(Key="new/.instance", Body=b"another site")
    place = f"s3://{bucket.name}/new?endpoint={s3.url}&region={REGION}"

    with empty_database(f"drill_{os.getpid()}") as url:
        done = manage("restore", str(tmp_path / "saved"), DATABASE_URL=url, STORAGE_URL=place)

    assert f"s3://{bucket.name}/new/ is the store of another site" in done.stderr
    assert [row.key for row in bucket.objects.filter(Prefix="new/")] == ["new/.instance"]
