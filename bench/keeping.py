"""Keeping at 60,000 papers: filed, saved, brought back elsewhere, looked through (G10, C24).

`python -m bench.keeping [papers] [papers of one folder]`; needs an empty database (make bench gives
one). Files lie beside it, their bytes random: nothing of it is smaller than in life but the papers.
"""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agency.settings")
django.setup()

import psycopg  # noqa: E402 (after django.setup)
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext, override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from agency.backup import back_up  # noqa: E402
from archives import packing, storage  # noqa: E402
from archives.kinds import Kind  # noqa: E402
from archives.models import Document  # noqa: E402
from archives.reports import in_folder  # noqa: E402
from archives.verify import findings  # noqa: E402
from bench.pages import browser_of  # noqa: E402
from tests.builders import make_client, make_user  # noqa: E402

BYTES = 4000
BATCH = 1000
ROW = "{:44} {:>10} {:>12}"
KINDS = [kind.value for kind in Kind]


@contextmanager
def timed(what, count):
    begin = time.perf_counter()
    yield
    seconds = time.perf_counter() - begin
    print(ROW.format(what, f"{seconds:.1f} s", f"{count / seconds:,.0f} /s"), flush=True)


def file_papers(client, count):
    """Papers with a file each, as the store keeps them; their rows by the thousand."""
    for first in range(0, count, BATCH):
        rows = []
        for number in range(first, min(first + BATCH, count)):
            file = storage.store(os.urandom(BYTES))
            rows.append(
                Document(
                    client=client, kind=KINDS[number % len(KINDS)], title=f"paper {number}",
                    name="paper.pdf", face="internal", sha256=file.sha256, size=file.size,
                    dated_on=timezone.localdate(), year=timezone.localdate().year,
                )
            )  # fmt: skip
        Document.objects.bulk_create(rows)


@contextmanager
def empty_database():
    facts = connection.settings_dict
    server = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}".format_map(facts)
    name = f"keeping_{os.getpid()}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        yield f"{server}/{name}"
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def restore(saved, place, url):
    target = os.environ | {"DATABASE_URL": url, "STORAGE_URL": place.as_uri()}
    command = [sys.executable, "manage.py", "restore", str(saved), "--verify"]
    done = subprocess.run(command, env=target, capture_output=True, text=True)
    print(done.stdout.splitlines()[-1] if done.returncode == 0 else done.stderr, flush=True)


def folder_page(browser, client):
    """Milliseconds and queries of the folder's page, once it is warm."""
    address = reverse("archives:folder", args=[client.pk])
    browser.get(address)
    with CaptureQueriesContext(connection) as queries:
        begin = time.perf_counter()
        browser.get(address)
        spent = (time.perf_counter() - begin) * 1000
    print(ROW.format("page of the folder", f"{spent:.0f} ms", f"{len(queries)} queries"))


def packed(user, client):
    papers = list(packing.packable(in_folder(user, client, timezone.now())))
    return sum(len(piece) for piece in packing.pieces(papers))


def main(total, of_one):
    ae = make_user(username="keeper")
    many, one = make_client("KA", team=[ae]), make_client("KB", team=[ae])
    with timed(f"{total:,} papers filed", total):
        file_papers(many, total - of_one)
        file_papers(one, of_one)
    connection.cursor().execute("ANALYZE")
    folder_page(browser_of(ae), one)
    with timed(f"{of_one:,} papers packed as ZIP", of_one):
        packed(ae, one)
    with timed("verify_archive", total):
        print(f"findings: {len(list(findings()))}", flush=True)
    saved = Path(settings.STORAGE_ROOT).parent / "saved"
    with timed("backup", total):
        back_up(saved, lambda line: None)
    with empty_database() as url, timed("restore --verify", total):
        restore(saved, saved.parent / "elsewhere", url)


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:]] or [60_000, 5_000]
    call_command("migrate", verbosity=0)
    with tempfile.TemporaryDirectory() as place:
        root = f"{place}/files"
        with override_settings(STORAGE_ROOT=root, ALLOWED_HOSTS=["*"]):
            main(*numbers)
