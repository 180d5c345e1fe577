"""Papers in a bucket, on a real server: every promise of the folder, and a line that breaks."""

import hashlib
import socket
import uuid

import pytest

from agency.common.models import Instance
from archives import storage
from archives.intake import Infected, take_in
from archives.models import Document
from archives.reading import read_text
from archives.storage import bucket as bucket_store
from archives.verify import findings
from tests.archives.papers import EICAR, NOON, PDF, make_document, page, upload
from tests.bucket import Relay
from tests.builders import make_client

GONE = "The store of papers cannot be reached. Nothing was filed; please tell the administrator."
ABSENT = hashlib.sha256(b"absent").hexdigest()
FIVE_MB = PDF + b"%" * 5 * 1024**2


def key(sha256):
    return f"site/{sha256[:2]}/{sha256}"


def body_of(bucket, sha256):
    return bucket.Object(key(sha256)).get()["Body"].read()


def keys(bucket):
    return [row.key for row in bucket.objects.all()]


def temporary_files():
    return list(storage.root().glob("tmp/*"))


@pytest.fixture
def through(settings):
    """Reach the bucket by another line: `through(relay.url)`."""

    def change(url):
        settings.STORAGE_BUCKET = settings.STORAGE_BUCKET._replace(endpoint=url)

    return change


@pytest.fixture
def relay(bucket, s3, through):
    with Relay(s3.port) as line:
        through(line.url)
        yield line


# --- in and out ----------------------------------------------------------------------------------


def test_bytes_lie_under_their_hash_with_the_hash_beside_them(db, bucket):
    stored = storage.store(b"paper")

    found = bucket.Object(key(stored.sha256)).get()
    assert (stored.size, found["Metadata"]) == (5, {"sha256": stored.sha256})
    assert found["ContentType"] == "application/octet-stream"
    assert storage.read_file(stored.sha256) == b"paper"
    assert list(storage.stored_hashes()) == [stored.sha256]
    assert temporary_files() == []


def test_first_writer_is_let_in_and_a_second_changes_nothing(db, bucket, relay):
    stored = storage.store(b"paper")
    first = bucket.Object(key(stored.sha256)).last_modified

    assert storage.store(b"paper") == stored
    assert bucket.Object(key(stored.sha256)).last_modified == first
    assert relay.asked.count(b"PUT /") == 3  # the mark, and twice the paper
    assert relay.asked.lower().count(b"if-none-match: *") == 3


def test_second_write_heals_a_changed_object(db, bucket):
    stored = storage.store(b"paper")
    bucket.put_object(Key=key(stored.sha256), Body=b"other")

    storage.store(b"paper")

    assert body_of(bucket, stored.sha256) == b"paper"


def test_requests_are_signed_by_version_4_with_the_hash_of_the_bytes(db, relay):
    stored = storage.store(b"paper")

    asked = relay.asked.decode("latin-1").lower()
    assert f"x-amz-content-sha256: {stored.sha256}" in asked
    assert "authorization: aws4-hmac-sha256 " in asked
    assert "awsaccesskeyid=" not in asked


def test_nothing_is_ever_deleted(db, relay):
    stored = storage.store(b"paper")
    storage.store(b"paper")
    storage.read_file(stored.sha256)
    list(storage.stored_hashes())
    storage.is_well()

    assert b"DELETE /" not in relay.asked
    assert b"?delete" not in relay.asked


def test_missing_and_changed_objects_are_given_to_nobody(db, bucket):
    stored = storage.store(b"paper")
    bucket.put_object(Key=key(stored.sha256), Body=b"paper!", Metadata={"sha256": stored.sha256})

    with pytest.raises(storage.FileChanged):
        storage.read_file(stored.sha256)
    with pytest.raises(storage.FileMissing):
        storage.open_checked(ABSENT)
    assert (storage.check_file(stored.sha256), storage.check_file(ABSENT)) == ("changed", "missing")


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "g" * 64, ABSENT + "\n"])
def test_only_hashes_lead_to_objects(db, bucket, name):
    with pytest.raises(ValueError, match="not a SHA-256"):
        storage.open_checked(name)


def test_text_of_a_stored_paper_is_read(db, bucket):
    stored = storage.store("绿麦 55,947.16".encode())

    assert read_text(stored.sha256, "text/plain").text == "绿麦 55,947.16"


# --- through the pages ---------------------------------------------------------------------------


def test_5_mb_with_a_chinese_name_go_in_and_out_by_the_pages(at_ae, client_, bucket):
    values = {"client": client_.pk, "kind": "memo", "dated_on": "2026-11-19", "face": "internal"}
    values |= {"form_key": uuid.uuid4(), "files": [upload(FIVE_MB, "报价单（终版）.pdf")]}

    filed = at_ae.post("/archives/file/", values, follow=True)

    paper = Document.objects.get()
    assert "报价单（终版）" in page(filed)
    assert hashlib.sha256(body_of(bucket, paper.sha256)).hexdigest() == paper.sha256
    answer = at_ae.get(f"/archives/{paper.pk}/pdf/")
    assert b"".join(answer.streaming_content) == FIVE_MB
    assert "%E6%8A%A5%E4%BB%B7%E5%8D%95" in answer["Content-Disposition"]
    assert answer["Content-Security-Policy"].startswith("sandbox;")
    answer.close()
    assert temporary_files() == []


def test_changed_object_is_said_on_a_page_of_ours(at_ae, client_, bucket):
    paper = make_document(client_)
    bucket.put_object(Key=key(paper.sha256), Body=b"other")

    text = page(at_ae.get(f"/archives/{paper.pk}/pdf/"), 507)

    assert "no longer what was filed" in text


def test_virus_is_locked_away_in_the_bucket(db, bucket, settings):
    settings.SCAN_COMMAND = "sh -c '! grep -q EICAR-STANDARD \"$0\"'"

    with pytest.raises(Infected) as found:
        take_in(upload(EICAR.encode()))

    locked = bucket.Object(f"site/quarantine/{found.value.sha256}").get()["Body"].read()
    assert locked == EICAR.encode()
    assert list(storage.stored_hashes()) == []
    assert temporary_files() == []


# --- whose bucket --------------------------------------------------------------------------------


def test_first_paper_marks_the_bucket(db, bucket):
    storage.store(b"first")

    assert storage.read_mark() == str(Instance.load().instance_id)
    assert "site/.instance" in keys(bucket)


def test_bucket_of_another_site_is_refused(db, bucket):
    bucket.put_object(Key="site/.instance", Body=str(uuid.uuid4()).encode())

    with pytest.raises(storage.StoreGone):
        storage.store(b"second")
    assert keys(bucket) == ["site/.instance"]
    assert storage.is_well() is False


def test_of_two_sites_at_once_one_gets_the_bucket(db, bucket):
    theirs = str(uuid.uuid4())
    bucket.put_object(Key="site/.instance", Body=theirs.encode())

    assert storage.the_store().write_first_mark() == theirs


def test_bucket_without_mark_is_gone_once_there_are_papers(db, bucket):
    make_document(make_client())
    bucket.Object("site/.instance").delete()

    with pytest.raises(storage.StoreGone):
        storage.store(b"into the wrong bucket")


# --- when it does not answer ---------------------------------------------------------------------


def refusal(content=b"paper"):
    with pytest.raises(storage.StoreGone) as found:
        storage.store(content)
    assert found.value.status == 507
    return str(found.value)


def test_bucket_that_is_not_there_says_so_in_one_sentence(db, bucket, settings):
    settings.STORAGE_BUCKET = settings.STORAGE_BUCKET._replace(name="nobody-made-this")

    assert refusal() == GONE
    assert storage.is_well() is False


def test_server_that_is_down_says_so_and_nothing_is_filed(db, bucket, s3):
    client = make_client()
    staged = storage.stage(PDF)
    s3.stop()
    try:
        assert refusal() == GONE
        with pytest.raises(storage.StoreGone):
            staged.keep()
        with pytest.raises(storage.StoreGone):
            make_document(client)
        assert storage.is_well() is False
    finally:
        s3.start()
    assert Document.objects.count() == 0

    staged.keep()  # it is back: the bytes were waiting on our side
    assert storage.read_file(staged.sha256) == PDF
    assert temporary_files() == []


def test_line_that_breaks_while_sending_leaves_no_half_object(db, bucket, relay):
    storage.store(b"first")
    staged = storage.stage(FIVE_MB)
    relay.up = 1024**2

    with pytest.raises(storage.StoreGone):
        staged.keep()

    assert key(staged.sha256) not in keys(bucket)
    relay.up = 10**9
    staged.keep()
    assert body_of(bucket, staged.sha256) == FIVE_MB


def test_line_that_breaks_while_fetching_gives_out_nothing(at_ae, client_, relay):
    paper = make_document(client_, content=FIVE_MB)
    relay.down = 1024**2

    text = page(at_ae.get(f"/archives/{paper.pk}/pdf/"), 507)

    assert "cannot be reached" in text
    assert temporary_files() == []


def test_server_that_never_answers_is_not_waited_for(db, bucket, through, monkeypatch):
    monkeypatch.setattr(bucket_store, "READ_SECONDS", 0.2)
    monkeypatch.setattr(bucket_store, "ATTEMPTS", 1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        through("http://{}:{}".format(*silent.getsockname()))
        assert refusal() == GONE


# --- looked over ---------------------------------------------------------------------------------


def test_verify_archive_finds_a_missing_and_a_changed_object(db, bucket):
    client = make_client()
    lost = make_document(client, content=b"lost")
    changed = make_document(client, content=b"changed")
    make_document(client, content=b"whole")
    storage.store(b"orphan")
    bucket.Object(key(lost.sha256)).delete()
    bucket.put_object(Key=key(changed.sha256), Body=b"chanqed")

    found = {row.sha256: row.fault for row in findings()}

    orphan = hashlib.sha256(b"orphan").hexdigest()
    assert found == {lost.sha256: "missing", changed.sha256: "changed", orphan: "orphan"}


def test_files_of_a_dead_process_go_after_a_day(db, bucket):
    staged = storage.stage(b"died while writing")

    assert storage.left_over(NOON.replace(year=2036)) == [staged.path]


def test_piece_of_a_film_is_fetched_alone(db, bucket, relay):
    sha256 = storage.store(b"x" * 1000 + b"middle" + b"y" * 100_000).sha256

    assert b"".join(storage.open_piece(sha256, 1000, 6)) == b"middle"
    assert b"bytes=1000-1005" in relay.asked
    with pytest.raises(storage.FileMissing):
        storage.open_piece("ab" * 32, 0, 1)
