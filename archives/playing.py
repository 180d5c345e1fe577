"""Film and sound played in a page: the browser asks for the piece that it needs (C15)."""

import re
from contextlib import closing
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse

from archives.cage import caged
from archives.downloads import AT_ONCE
from archives.storage import key_of, open_piece

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


@dataclass(frozen=True)
class Span:
    """Bytes from the first to the last, both inclusive."""

    first: int
    last: int

    @property
    def length(self):
        return self.last - self.first + 1


class Unsatisfiable(Exception):
    """The piece begins behind the end of the file."""


def span_of(header, size):
    """The Span asked for; None for the whole file: nothing, several or nonsense was asked for."""
    match = _RANGE.fullmatch(header.strip())
    if match is None or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        return _tail(int(last), size)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise Unsatisfiable
    return Span(int(first), min(int(last), size - 1) if last else size - 1)


def _tail(length, size):
    """The last so many bytes."""
    if not length:
        raise Unsatisfiable
    return Span(max(size - length, 0), size - 1)


def play_response(paper, asked="", known=""):
    """The film or the piece of it: 200, 206 or 416. `known`: If-Range, the ETag of what is held.

    The clock looks at every file once a week; here a film is not read whole for each of its pieces.
    """
    tag = f'"{paper.sha256}"'
    try:
        span = span_of(asked, paper.size) if known in ("", tag) else None
    except Unsatisfiable:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{paper.size}"
        return caged(response)
    response = _sent(paper, span)
    response["Content-Type"], response["ETag"] = paper.mime, tag
    response["Content-Disposition"] = "inline"
    return caged(response)


def _sent(paper, span):
    if settings.X_ACCEL_PREFIX:
        # the web server in front knows ranges itself
        response = HttpResponse()
        response["X-Accel-Redirect"] = settings.X_ACCEL_PREFIX + key_of(paper.sha256)
        return response
    piece = span or Span(0, paper.size - 1)
    response = _bytes(open_piece(paper.sha256, piece.first, piece.length), piece.length)
    response["Content-Length"], response["Accept-Ranges"] = piece.length, "bytes"
    if span:
        response.status_code = 206
        response["Content-Range"] = f"bytes {span.first}-{span.last}/{paper.size}"
    return response


def _bytes(piece, length):
    """A small piece is read at once, so that no slow reader keeps a file open."""
    if length > AT_ONCE:
        return StreamingHttpResponse(piece)
    with closing(piece):
        return HttpResponse(b"".join(piece))
