import stat

import pytest

from agency.common.errors import Refused
from archives import intake, storage
from archives.intake import Infected, take_in
from tests.archives.papers import EICAR, PDF, png_header, upload, zip_of

BOMB_LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><l>&b;</l>'


@pytest.fixture
def scanner(tmp_path, settings):
    """A scanner that finds what clamscan would: exit 1 for the test virus, 0 for the rest."""
    program = tmp_path / "scanner"
    program.write_text('#!/bin/sh\nif grep -q EICAR-STANDARD-ANTIVIRUS "$1"; then exit 1; fi\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    settings.SCAN_COMMAND = str(program)


def temporary_files():
    return list((storage.root() / "tmp").glob("*"))


def test_file_that_passes_is_staged_with_its_true_type(db):
    taken = take_in(upload(PDF, "C:\\papers\\quote.exe", "text/html"))

    assert (taken.name, taken.mime, taken.is_scanned) == ("quote.exe", "application/pdf", False)
    assert taken.staged.path.read_bytes() == PDF


def refusal(file):
    with pytest.raises(Refused) as found:
        take_in(file)
    assert found.value.field == "file"
    assert temporary_files() == []
    return str(found.value)


def test_empty_file_is_refused(db):
    assert refusal(upload(b"")) == "This file is empty."


def test_file_over_the_limit_is_refused(db, monkeypatch):
    monkeypatch.setattr(intake, "MAX_SIZE", 1000)

    assert refusal(upload(b"x" * 1001)) == "This file is larger than 50 MB."
    assert take_in(upload(b"x" * 1000)).staged.size == 1000


def test_file_that_lies_about_its_size_is_refused(db, monkeypatch):
    monkeypatch.setattr(intake, "MAX_SIZE", 1000)
    file = upload(b"x" * 5000)
    file.size = 10

    assert refusal(file) == "This file is larger than 50 MB."


def test_bombs_and_floods_are_refused(db):
    assert "unpacks" in refusal(upload(zip_of({"a": b"\x00" * 2_000_000}), "a.docx"))
    assert "pixels" in refusal(upload(png_header(30_000, 30_000), "a.png"))


def test_billion_laughs_is_filed_as_bytes(db):
    content = zip_of({"[Content_Types].xml": BOMB_LAUGHS, "word/document.xml": BOMB_LAUGHS})

    assert take_in(upload(content, "a.docx")).mime.endswith("wordprocessingml.document")


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("a\x00b.pdf", "ab.pdf"),
        ("quote\u202efdp.exe", "quotefdp.exe"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie: x=1.pdf"),
        (".htaccess", "htaccess"),
        ("CON", "CON"),
        ("", "file"),
        ("a.pdf.exe", "a.pdf.exe"),
        ('say "hi".pdf', 'say "hi".pdf'),
        ("报价单（终版）.pdf", "报价单（终版）.pdf"),
        ("名" * 300 + ".pdf", "名" * 116 + ".pdf"),
    ],
)
def test_name_is_cleaned_and_never_a_path(db, name, clean):
    assert take_in(upload(PDF, name)).name == clean


def test_scanned_file_says_so(db, scanner):
    assert take_in(upload(PDF)).is_scanned is True


@pytest.mark.parametrize("content", [EICAR.encode(), b"hello " + EICAR.encode()])
def test_virus_is_locked_away(db, scanner, content):
    with pytest.raises(Infected) as found:
        take_in(upload(content))

    kept = storage.root() / "quarantine" / found.value.sha256
    assert kept.read_bytes() == content
    assert kept.stat().st_mode & 0o777 == 0o400
    assert list(storage.stored_hashes()) == []


@pytest.mark.parametrize("command", ["/nowhere/clamscan", "sh -c 'exit 2'"])
def test_scanner_that_does_not_answer_lets_nothing_in(db, settings, command):
    settings.SCAN_COMMAND = command

    assert "does not answer" in refusal(upload(PDF))
