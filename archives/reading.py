"""The text of filed papers, so that they can be found by it later. Never in a request (B4)."""

import base64
import json
import logging
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from archives.kinds import DRAWABLE
from archives.sniff import DOCX, PDF, PLAIN, PPTX, XLSX
from archives.storage import open_checked

logger = logging.getLogger(__name__)
READERS = Path(__file__).with_name("readers")
READABLE = (PDF, PLAIN, DOCX, XLSX, PPTX, *DRAWABLE)
SECONDS = 45
MAX_ANSWER = 16 * 1024**2
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True)
class Reading:
    """What could be read: the text ('' = no text) and the number of pages, None where unknown."""

    text: str = ""
    pages: int | None = None


def read_text(sha256, mime):
    """The text of a stored file, read by a child process with a limit on time and memory.

    Whatever goes wrong with the file, the answer is Reading(): no text, and the paper stays filed.
    """
    if mime not in READABLE:
        return Reading()
    with open_checked(sha256) as file:
        answer = _ask_reader("text", file, mime)
    if answer is None:
        logger.warning("no text could be read from %s", sha256)
        return Reading()
    return Reading(text=_NOT_TEXT.sub("", answer["text"]).strip(), pages=answer["pages"])


@dataclass(frozen=True)
class Drawing:
    """A small PNG that shows a file, and its size in pixels."""

    png: bytes
    width: int
    height: int


def draw(sha256, mime):
    """What a child process drew of a stored picture or of a PDF's first page; None without one."""
    if mime not in DRAWABLE:
        return None
    with open_checked(sha256) as file:
        answer = _ask_reader("preview", file, mime)
    if answer is None:
        logger.warning("no preview could be drawn of %s", sha256)
        return None
    return Drawing(base64.b64decode(answer["picture"]), *answer["size"])


def redraw(path, mime):
    """The PNG that a child process made of an uploaded PNG or JPEG; None when it is damaged."""
    with open(path, "rb") as file:
        answer = _ask_reader("redraw", file, mime)
    return base64.b64decode(answer["picture"]) if answer else None


def _ask_reader(wanted, file, mime):
    command = [sys.executable, "-I", str(READERS), wanted, mime]
    try:
        done = subprocess.run(command, stdin=file, capture_output=True, timeout=SECONDS)
        if done.returncode or len(done.stdout) > MAX_ANSWER:
            return None
        return json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return None
