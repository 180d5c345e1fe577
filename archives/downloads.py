"""Giving out a filed paper: checked against its hash, in headers that let nothing run (C15, B4)."""

from contextlib import contextmanager

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from archives.cage import caged
from archives.links import document_of
from archives.models import Document
from archives.services.files import tell_rot
from archives.sniff import BYTES, DOCX, PDF, PPTX, XLSX
from archives.storage import FileChanged, FileMissing, StoreError, key_of, open_checked, read_file

SAFE_TYPES = {
    PDF: PDF,
    DOCX: DOCX,
    XLSX: XLSX,
    PPTX: PPTX,
    "text/plain": "text/plain; charset=utf-8",
    "image/png": "image/png",
    "image/jpeg": "image/jpeg",
    "image/gif": "image/gif",
    "image/webp": "image/webp",
    "application/zip": "application/zip",
    "application/msword": "application/msword",
    "application/vnd.ms-excel": "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint": "application/vnd.ms-powerpoint",
}
# Most papers are small: read at once, no slow reader keeps a file open.
AT_ONCE = 1024**2


def paper_response(paper):
    """The bytes of a paper as a download.

    FileMissing, FileChanged: then nothing is given out, and who restores it is told (B5).
    """
    with told_of_rot(paper):
        response = caged(_body(paper, SAFE_TYPES.get(paper.mime, BYTES)))
    response["Content-Disposition"] = content_disposition_header(True, paper.name)
    return response


def preview_picture(preview):
    """What was drawn of a paper, to be shown in a page."""
    return caged(HttpResponse(read_file(preview.sha256), content_type="image/png"))


@contextmanager
def told_of_rot(paper):
    """What does not come whole out of the store is told at once, whoever asked for it."""
    try:
        yield
    except (FileMissing, FileChanged) as error:
        fault = "missing" if isinstance(error, FileMissing) else "changed"
        tell_rot(paper=paper, fault=fault, at=timezone.now())
        raise


def preview_response(pdf, name):
    """A PDF that is filed nowhere: the preview of a paper, a page of figures in print."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _body(paper, kind):
    """The bytes; of a large file only where it lies, if a web server in front can send it."""
    file = open_checked(paper.sha256)
    if paper.size <= AT_ONCE:
        with file:
            response = HttpResponse(file.read(), content_type=kind)
    elif settings.X_ACCEL_PREFIX:
        file.close()
        response = HttpResponse(content_type=kind)
        response["X-Accel-Redirect"] = settings.X_ACCEL_PREFIX + key_of(paper.sha256)
        return response
    else:
        response = FileResponse(file, content_type=kind)
    response["Content-Length"] = paper.size
    return response


def link_paper(link):
    """The download behind a contact's link: exactly the bytes the link is bound to, else None."""
    paper = document_of(link)
    if paper is None or paper.face != Document.Face.CLIENT:
        return None
    if link.sha256 and link.sha256 != paper.sha256:
        return None
    return paper_response(paper)


def picture(sha256):
    """(mime, bytes) of a filed picture for the print process, None for anything else (C16)."""
    try:
        body = read_file(sha256)
    except (ValueError, StoreError):
        return None
    mime = next((kind for magic, kind in PICTURE_MAGIC.items() if body.startswith(magic)), None)
    return (mime, body) if mime else None


PICTURE_MAGIC = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
}
