"""Full, read-only, gone, failing half-way, rolled back, killed: no half paper, and words (B5)."""

import os
import signal
import uuid
from contextlib import contextmanager

import pytest
from django.db import connection

from agency.common.errors import Refused
from archives import storage
from archives.models import Document, SearchChunk
from archives.services import file_upload
from archives.verify import findings
from tests.archives.papers import NOON, PDF, make_document, page, upload
from tests.archives.test_storage import files_of_at_most
from tests.bucket import Relay
from tests.builders import make_client

FULL, GONE = "is full. Nothing was filed", "cannot be reached. Nothing was filed"
STRANGER = 65534
BIG = PDF + b"%" * 900_000


@pytest.fixture
def papers(client_):
    """A store in use: one paper is in it."""
    make_document(client_, content=b"first")
    return client_


def send(browser, client, content=BIG):
    values = {"client": client.pk, "kind": "memo", "dated_on": "2026-11-19", "face": "internal"}
    values |= {"form_key": uuid.uuid4(), "files": [upload(content, "报价单.pdf")]}
    return browser.post("/archives/file/", values, follow=True)


def refused(browser, client, words):
    """Said at the field, and nothing of it is anywhere: no row, no file, no word to find it by."""
    text = page(send(browser, client), 422)
    assert "报价单.pdf" in text
    assert words in text
    assert Document.objects.count() == 1
    assert not SearchChunk.objects.filter(body__contains="报价单").exists()
    assert list(storage.root().glob("tmp/*")) == []


def filed(browser, client):
    """It works again, by itself."""
    assert "报价单" in page(send(browser, client))
    assert list(findings()) == []
    assert storage.is_well() is True


@contextmanager
def read_only():
    """Who may read the store and write nothing in it: to us it is read-only then."""
    reachable = [path for path in storage.root().parents if path.stat().st_mode & 0o777 == 0o700]
    closed = [storage.root(), *(path for path in storage.root().iterdir() if path.is_dir())]
    modes = {path: path.stat().st_mode for path in (*reachable, *closed)}
    for path in modes:
        path.chmod(0o555 if path in closed else 0o755)
    user = os.geteuid()
    os.seteuid(user or STRANGER)
    try:
        yield
    finally:
        os.seteuid(user)
        for path, mode in modes.items():
            path.chmod(mode)


def test_full_disk(at_ae, papers):
    with files_of_at_most(400_000):
        refused(at_ae, papers, FULL)
    filed(at_ae, papers)


def test_store_that_is_read_only(at_ae, papers):
    sha256 = papers.documents.get().sha256
    assert storage.read_file(sha256) == b"first"

    with read_only():
        with pytest.raises(storage.StoreGone, match=GONE):
            storage.store(BIG)
        states = (storage.is_well(), storage.check_file(sha256))
    assert states == (False, "")
    filed(at_ae, papers)


def test_store_that_is_not_mounted(at_ae, papers):
    away = storage.root().with_name("away")
    storage.root().rename(away)
    storage.root().mkdir()

    refused(at_ae, papers, GONE)
    assert page(at_ae.get(f"/archives/{papers.documents.get().pk}/pdf/"), 507)
    storage.root().rmdir()
    away.rename(storage.root())
    filed(at_ae, papers)


def test_bucket_that_fails_half_way(bucket, s3, settings, at_ae, papers):
    with Relay(s3.port) as line:
        settings.STORAGE_BUCKET = settings.STORAGE_BUCKET._replace(endpoint=line.url)
        line.up = 400_000
        refused(at_ae, papers, GONE)
        line.up = 10**9
        filed(at_ae, papers)


def test_database_that_rolls_back_after_the_file_is_stored(at_ae, ae, papers):
    def refuse(paper):
        raise Refused("no")

    facts = {"client": papers, "kind": "memo", "dated_on": NOON.date(), "by": ae, "at": NOON}
    with pytest.raises(Refused):
        file_upload(upload=upload(BIG, "报价单.pdf"), then=refuse, **facts)

    assert Document.objects.count() == 1
    assert [(found.fault, found.is_loss) for found in findings()] == [("orphan", False)]
    filed(at_ae, papers)  # the file that lies there is its own now


@pytest.mark.parametrize(
    ("fault", "left"),
    [("before_keep", (1, [])), ("after_keep", (0, ["orphan"])), ("before_commit", (0, ["orphan"]))],
)
def test_killed_in_the_middle_of_filing(transactional_db, settings, fault, left):
    client = make_client()
    make_document(client, content=b"first")

    assert killed_while_filing(client, settings, fault) == -signal.SIGKILL

    assert Document.objects.count() == 1
    temporary = list(storage.root().glob("tmp/*"))
    assert (len(temporary), [found.fault for found in findings()]) == left
    make_document(client, content=BIG)
    assert [found.fault for found in findings()] == []


def killed_while_filing(client, settings, fault):
    """The exit code of a process like ours that files a paper and dies of the fault."""
    child = os.fork()
    if not child:
        connection.connection = None  # the parent's; this process asks for its own
        settings.FAULT = fault
        make_document(client, content=BIG)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
