"""Papers and hostile files for tests, in plain functions."""

import io
import struct
import zipfile
import zlib
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from agency.common.models import OutboxMail
from archives.kinds import Kind
from archives.services import dispatch, file_document
from tests.builders import when

NOON = when("2026-11-19 12:00")
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def make_document(client, kind=Kind.CONTACT_REPORT, content=PDF, **fields):
    """A filed paper of the client, dated 2026-11-19."""
    defaults = {
        "title": "Media review",
        "name": "paper.pdf",
        "face": "client",
        "dated_on": date(2026, 11, 19),
        "by": None,
        "at": NOON,
    }
    return file_document(client=client, kind=kind, content=content, **{**defaults, **fields})


def upload(content=PDF, name="scan.pdf", content_type="application/pdf"):
    """A file as a browser sends it; Django has stripped no path from this name."""
    file = SimpleUploadedFile("x", content, content_type)
    file._name = name
    return file


def zip_of(entries, compression=zipfile.ZIP_DEFLATED):
    """A zip of {name: bytes}, the same at any time: some tests have their name from it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, body in entries.items():
            archive.writestr(zipfile.ZipInfo(name), body, compression)
    return out.getvalue()


def png_header(width, height):
    """A PNG that claims a size and holds next to nothing."""

    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(b"\x00" * 100))
    return b"\x89PNG\r\n\x1a\n" + head + data + chunk(b"IEND", b"")


def send(paper, contact, letter, state, **fields):
    """The Dispatch of a paper whose mail has come to that state."""
    context = {"words": ""}
    row = dispatch(
        document=paper, contacts=[contact], key="k", template=letter, context=context, at=NOON
    )[0]
    OutboxMail.objects.filter(pk=row.mail_id).update(state=state, **fields)
    return row


def page(response, status=200):
    """The text of an answer that has the status expected."""
    assert response.status_code == status, response.content.decode()[:2000]
    return response.content.decode()
