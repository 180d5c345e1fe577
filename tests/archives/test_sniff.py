import os
import zipfile

import pytest

from agency.common.errors import Refused
from archives.sniff import check_picture, check_zip, claimed, is_text, sniff
from tests.archives.papers import PDF, png_header, zip_of

GIF_SCRIPT = b"GIF89a/*" + b"x" * 20 + b"*/=1;alert(1)"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
OFFICE = "application/vnd.openxmlformats-officedocument"


@pytest.fixture
def typed(tmp_path):
    """The type of bytes under a name."""

    def find(content, name="x"):
        path = tmp_path / "file"
        path.write_bytes(content)
        return sniff(path, name)

    return find


@pytest.mark.parametrize(
    ("content", "name", "mime"),
    [
        (PDF, "a.exe", "application/pdf"),
        (b"<html><script>alert(1)</script>", "a.pdf", "text/html"),
        (SVG, "a.png", "image/svg+xml"),
        (b'<?xml version="1.0"?>' + SVG, "a.png", "image/svg+xml"),
        (GIF_SCRIPT, "a.js", "image/gif"),
        (PDF + zip_of({"a": b"b"}), "a.zip", "application/pdf"),
        ("你好，世界".encode(), "a.txt", "text/plain"),
        ("你好，世界".encode("gb18030"), "a.txt", "text/plain"),
        (b"MZ" + b"\x00" * 100, "quote.pdf.exe", "application/octet-stream"),
        (b"\x00\x01\x02", "a.txt", "application/octet-stream"),
        (png_header(3, 3), "a.jpg", "image/png"),
        (zip_of({"a.txt": b"b"}), "a.docx", "application/zip"),
        (zip_of({"[Content_Types].xml": b"", "word/document.xml": b""}), "a.zip",
         f"{OFFICE}.wordprocessingml.document"),
        (zip_of({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "a.zip",
         f"{OFFICE}.spreadsheetml.sheet"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600, "a.xls", "application/vnd.ms-excel"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600, "a.pdf", "application/octet-stream"),
    ],
)  # fmt: skip
def test_type_comes_from_the_bytes(typed, content, name, mime):
    assert typed(content, name) == mime


def test_name_only_claims():
    assert claimed("报价单（终版）.pdf") == "application/pdf"
    assert claimed("no ending") == ""


def test_character_cut_by_the_end_of_the_head_is_still_text():
    assert is_text("广告".encode()[:-1])


@pytest.fixture
def refused(tmp_path):
    """What an archive is refused with."""

    def look(content):
        path = tmp_path / "file"
        path.write_bytes(content)
        with pytest.raises(Refused) as refusal:
            check_zip(path)
        return str(refusal.value)

    return look


def test_bomb_by_ratio_is_refused(refused):
    assert "unpacks to far more" in refused(zip_of({"a": b"\x00" * 2_000_000}))


def test_bomb_by_sum_is_refused(refused):
    entries = {f"{number}": b"ab" * 2048 for number in range(5)}
    content = bytearray(zip_of(entries, zipfile.ZIP_STORED))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = (250 * 1024**2).to_bytes(4, "little")
    content[at + 20 : at + 24] = (200 * 1024**2).to_bytes(4, "little")

    assert "unpacks to far more" in refused(bytes(content))


def test_directory_of_too_many_is_refused_unread(refused):
    content = zip_of({str(number): b"" for number in range(5_001)})

    assert "more than 5000 files" in refused(content)


def test_lying_end_of_directory_is_refused(refused):
    content = bytearray(zip_of({"a": b"b"}))
    content[-10:-6] = (900_000_000).to_bytes(4, "little")

    assert "more than 5000 files" in refused(bytes(content))


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x05\x06" + b"\x00" * 18 + b"x" * 90_000,
                                     zip_of({"a": b"b"})[:-30]])  # fmt: skip
def test_broken_archive_is_said(refused, content):
    assert "damaged" in refused(content)


def test_ordinary_archive_passes(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(zip_of({"a": os.urandom(2_000_000), "../../etc/passwd": b"x"}))

    assert check_zip(path) is None


def test_pixel_flood_is_refused_by_its_header(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(png_header(30_000, 30_000))

    with pytest.raises(Refused, match="50 million pixels"):
        check_picture(path, "image/png")


@pytest.mark.parametrize("content", [png_header(5_000, 5_000), b"\x89PNG\r\n\x1a\n broken"])
def test_other_pictures_pass(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)

    assert check_picture(path, "image/png") is None
