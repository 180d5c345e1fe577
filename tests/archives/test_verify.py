import hashlib
import io

import pytest
from django.core.management import CommandError, call_command

from agency.common.models import OutboxMail
from archives import storage
from archives.verify import findings
from tests.archives.papers import NOON, make_document
from tests.builders import make_client


def damage(sha256):
    path = storage.path_of(sha256)
    path.chmod(0o640)
    body = bytearray(path.read_bytes())
    body[3] ^= 1
    path.write_bytes(body)


def verify():
    out = io.StringIO()
    call_command("verify_archive", stdout=out)
    return out.getvalue()


def test_whole_archive_is_said_so(db):
    make_document(make_client())

    assert "1 files, all whole." in verify()


def test_one_flipped_bit_is_found_and_named(db):
    client = make_client(code="LM")
    paper = make_document(client, number="LM/CR/2026/014")
    make_document(client, content=b"whole")
    damage(paper.sha256)

    found = list(findings())

    assert [(row.sha256, row.fault) for row in found] == [(paper.sha256, "changed")]
    assert "LM/CR/2026/014" in found[0].papers
    with pytest.raises(CommandError, match="1 of 2 files"):
        verify()


def test_missing_file_is_found(db):
    paper = make_document(make_client())
    storage.path_of(paper.sha256).unlink()

    assert [row.fault for row in findings()] == ["missing"]


def test_file_without_row_is_no_loss(db):
    make_document(make_client())
    storage.store(b"orphan")

    (finding,) = findings()

    assert (finding.fault, finding.is_loss) == ("orphan", False)
    assert finding.sha256 == hashlib.sha256(b"orphan").hexdigest()
    assert "orphan" in verify()


def test_what_lies_in_mails_is_looked_at_too(db):
    stored = storage.store(b"BEGIN:VCALENDAR")
    OutboxMail.objects.create(
        key="k",
        message_id="m",
        to="a@b.example",
        subject="s",
        text="t",
        attachments=[{"name": "a.ics", "sha256": stored.sha256}],
        next_try_at=NOON,
    )
    assert list(findings()) == []
    damage(stored.sha256)

    assert [row.fault for row in findings()] == ["changed"]
