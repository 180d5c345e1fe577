import hashlib
import io
import os
import resource
import uuid
from contextlib import contextmanager
from datetime import timedelta

import pytest

from agency.common.models import Instance
from archives import storage
from archives.models import Document
from archives.storage import folder
from archives.verify import known_hashes
from tests.archives.papers import NOON, PDF, make_document
from tests.builders import make_client

ABSENT = hashlib.sha256(b"absent").hexdigest()


@contextmanager
def files_of_at_most(size):
    """The system then refuses longer files, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def temporary_files():
    return list((storage.root() / "tmp").glob("*"))


def test_bytes_lie_under_their_hash(db):
    stored = storage.store(b"paper")

    assert stored == storage.Stored(hashlib.sha256(b"paper").hexdigest(), 5)
    assert storage.path_of(stored.sha256).parent.name == stored.sha256[:2]
    assert storage.read_file(stored.sha256) == b"paper"
    assert temporary_files() == []


def test_opened_file_is_stored_from_its_beginning(db):
    file = io.BytesIO(b"a" * 3_000_000)
    file.seek(17)

    assert storage.store(file).size == 3_000_000


def test_stored_file_is_read_only(db):
    stored = storage.store(b"paper")

    assert storage.path_of(stored.sha256).stat().st_mode & 0o777 == 0o440


def test_same_bytes_twice_are_one_file(db):
    assert storage.store(b"paper") == storage.store(b"paper")
    assert len(list(storage.stored_hashes())) == 1


def test_second_store_heals_a_rotten_file(db):
    stored = storage.store(b"paper")
    rot(stored.sha256)

    storage.store(b"paper")

    assert storage.read_file(stored.sha256) == b"paper"


def rot(sha256):
    path = storage.path_of(sha256)
    path.chmod(0o640)
    path.write_bytes(b"other" + path.read_bytes()[5:])


def test_changed_file_is_given_to_nobody(db):
    stored = storage.store(b"paper")
    rot(stored.sha256)

    with pytest.raises(storage.FileChanged):
        storage.read_file(stored.sha256)
    assert storage.check_file(stored.sha256) == "changed"


def test_missing_file_is_said(db):
    with pytest.raises(storage.FileMissing):
        storage.open_checked(ABSENT)
    assert storage.check_file(ABSENT) == "missing"


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "AB" * 32, "g" * 64, ABSENT + "\n"])
def test_only_hashes_lead_to_files(settings, name):
    with pytest.raises(ValueError, match="not a SHA-256"):
        storage.path_of(name)


def test_first_paper_makes_the_store_and_marks_it(db):
    storage.store(b"first")

    assert storage.read_mark() == str(Instance.load().instance_id)


def test_store_without_mark_is_gone_once_there_are_papers(db):
    make_document(make_client())
    (storage.root() / storage.SENTINEL).unlink()

    with pytest.raises(storage.StoreGone) as refusal:
        storage.store(b"into the empty mount point")
    assert refusal.value.status == 507
    assert storage.is_well() is False


def test_store_of_another_site_is_refused(db):
    storage.store(b"first")
    (storage.root() / storage.SENTINEL).write_text(str(uuid.uuid4()))

    with pytest.raises(storage.StoreGone):
        storage.store(b"second")


def test_nothing_is_stored_below_the_floor(db, monkeypatch):
    storage.store(b"first")
    monkeypatch.setattr(folder, "FREE_FLOOR", 10**18)

    with pytest.raises(storage.StoreFull):
        storage.store(b"second")


def test_full_disk_leaves_no_row_and_no_half_file(db):
    client = make_client()
    storage.store(b"first")

    with files_of_at_most(1000), pytest.raises(storage.StoreFull):
        make_document(client, content=b"x" * 5000)

    assert Document.objects.count() == 0
    assert temporary_files() == []
    assert storage.is_well() is True


def test_unwritable_store_is_gone(db):
    storage.store(b"first")
    (storage.root() / "tmp").rmdir()
    (storage.root() / "tmp").write_text("in the way")

    with pytest.raises(storage.StoreGone):
        storage.store(b"second")


def test_store_that_works_is_well(db):
    assert storage.is_well() is True
    assert temporary_files() == []


def test_file_of_a_refused_verb_is_an_orphan_and_no_loss(db):
    make_document(make_client())
    storage.store(b"its verb failed")

    assert set(storage.stored_hashes()) - known_hashes() == {
        hashlib.sha256(b"its verb failed").hexdigest()
    }


def test_temporary_files_go_after_a_day(db):
    old, young = storage.stage(b"old"), storage.stage(b"young")
    os.utime(old.path, (0, (NOON - timedelta(days=1, seconds=1)).timestamp()))
    os.utime(young.path, (0, (NOON - timedelta(hours=23)).timestamp()))

    assert storage.left_over(NOON) == [old.path]


def test_papers_know_their_hash(db):
    paper = make_document(make_client())

    assert (paper.size, paper.sha256) == (len(PDF), hashlib.sha256(PDF).hexdigest())
    assert known_hashes() == {paper.sha256}
