import socket
import subprocess
import time

import pytest

from archives import reading, storage
from archives.reading import Reading, read_text

PLAIN, PDF_TYPE = "text/plain", "application/pdf"
LETTERS = "BT /F1 24 Tf 100 700 Td (Quote 55,947.16) Tj ET"


def pdf_saying(stream):
    """A PDF of one page with that content stream; readers mend the missing table."""
    return f"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R
/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj
4 0 obj<</Length {len(stream)}>>stream
{stream}
endstream endobj
trailer<</Root 1 0 R>>
%%EOF""".encode()


def read(content, mime):
    return read_text(storage.store(content).sha256, mime)


def test_text_and_pages_of_a_pdf(db):
    assert read(pdf_saying(LETTERS), PDF_TYPE) == Reading("Quote 55,947.16", 1)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_plain_text_in_the_encodings_of_the_trade(db, encoding):
    assert read("绿麦食品 报价".encode(encoding), PLAIN) == Reading("绿麦食品 报价")


def test_what_the_database_would_refuse_is_left_out(db):
    assert read(b"a\x07b\xef\xbf\xbfc", PLAIN) == Reading("abc")


@pytest.mark.parametrize("content", [b"%PDF-1.7 nothing", b"%PDF-1.4\n" + b"<<" * 200_000])
def test_broken_pdf_has_no_text(db, content):
    assert read(content, PDF_TYPE) == Reading()


def test_other_types_are_not_opened(db):
    assert read(b"<html>", "text/html") == Reading()


def may_unshare():
    """Whether the system lets the reader leave the network behind; a container may forbid it."""
    done = subprocess.run(["unshare", "-n", "true"], capture_output=True)
    return done.returncode == 0 or not subprocess.call(
        ["unshare", "-Un", "true"], stderr=subprocess.DEVNULL
    )


def child(tmp_path, monkeypatch, body):
    """Put readers of our own in the place of the real ones."""
    (tmp_path / "__main__.py").write_text(body)
    monkeypatch.setattr(reading, "READERS", tmp_path)


@pytest.mark.parametrize(
    "body",
    ["while True: pass", "import time; time.sleep(60)", "raise SystemExit(3)", "print('no json')"],
)
def test_reader_that_hangs_or_dies_is_given_up(db, tmp_path, monkeypatch, body):
    child(tmp_path, monkeypatch, body)
    monkeypatch.setattr(reading, "SECONDS", 1)
    begun = time.monotonic()

    assert read(b"text", PLAIN) == Reading()
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("act", "fault"),
    [
        ("bytearray(2 * 1024**3)", "MemoryError"),
        ("open(SPOT, 'w').write('x' * 10000)", "OSError"),
        pytest.param(
            "socket.create_connection(('127.0.0.1', PORT), 2)",
            "OSError",
            marks=pytest.mark.skipif(
                not may_unshare(), reason="this machine lets nobody give a network up"
            ),
        ),
    ],
)
def test_reader_sits_in_a_cage(db, tmp_path, monkeypatch, act, fault, unused_port):
    folder = reading.READERS
    act = act.replace("PORT", str(unused_port)).replace("SPOT", repr(str(tmp_path / "x")))
    child(
        tmp_path,
        monkeypatch,
        f"""
import json, socket, sys
sys.path.insert(0, {str(folder)!r})
import cage
cage.cage()
try:
    {act}
    print(json.dumps({{"text": "out", "pages": 1}}))
except {fault}:
    print(json.dumps({{"text": "caged", "pages": 1}}))
""",
    )

    assert read(b"text", PLAIN) == Reading("caged", 1)


@pytest.fixture
def unused_port():
    """A port somebody listens on, as a database would."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("script", sorted(reading.READERS.glob("*.py")), ids=lambda one: one.name)
def test_readers_know_nothing_of_the_site(script):
    words = script.read_text()
    assert "django" not in words
    assert "import agency" not in words
