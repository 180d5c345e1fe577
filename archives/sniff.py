"""What a file really is, read from its bytes and never from its name (B4, C14)."""

import mimetypes
import struct
import zipfile
import zlib
from pathlib import PurePosixPath

import puremagic
from django.utils.translation import gettext_lazy as _
from PIL import Image

from agency.common.errors import Refused

HEAD = 8 * 1024
PLAIN, BYTES, ZIP, PDF = (
    "text/plain",
    "application/octet-stream",
    "application/zip",
    "application/pdf",
)
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = f"{_OFFICE}wordprocessingml.document"
XLSX = f"{_OFFICE}spreadsheetml.sheet"
PPTX = f"{_OFFICE}presentationml.presentation"
OFFICE_FOLDERS = {"word/": DOCX, "xl/": XLSX, "ppt/": PPTX}
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
OLE_ENDINGS = {
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
}
PICTURES = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}
PICTURES |= {"image/tiff": "TIFF", "image/bmp": "BMP", "image/x-ms-bmp": "BMP"}

# Film and sound. Boxes of other brands (HEIC, AVIF) are pictures.
BOXED = dict.fromkeys(("isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1"), "video/mp4")
BOXED |= {"m4v": "video/mp4", "msnv": "video/mp4", "dash": "video/mp4", "qt": "video/quicktime"}
BOXED |= {"m4a": "audio/mp4", "m4b": "audio/mp4"}
RIFFED = {b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
MEDIA = [
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"\x00\x00\x01\xba", "video/mpeg"),
]

MAX_ENTRIES = 5_000
MAX_DIRECTORY = 4 * 1024**2
MAX_UNPACKED = 200 * 1024**2
MAX_RATIO = 100
SMALL_ENTRY = 1024**2
MAX_PIXELS = 50_000_000
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

BOMB = _("This archive unpacks to far more than it seems, so it is not taken.")
TOO_MANY = _("This archive holds more than %(count)s files, so it is not taken.")
BROKEN_ZIP = _("This archive is damaged and cannot be read. Please make it again.")
FLOOD = _("This picture has more than 50 million pixels. Please save it smaller.")


def sniff(path, name):
    """The MIME type of the file at `path`; `name` only tells old office formats apart."""
    with open(path, "rb") as file:
        head = file.read(HEAD)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip_type(path)
    if head.startswith(OLE_MAGIC):
        return OLE_ENDINGS.get(PurePosixPath(name.lower()).suffix, BYTES)
    if media := media_type(head):
        return media
    try:
        return puremagic.from_string(head, mime=True) or BYTES
    except (puremagic.PureError, ValueError):
        return PLAIN if is_text(head) else BYTES


def media_type(head):
    """The type of a film or of sound, by its first bytes; "" for anything else."""
    if head[4:8] == b"ftyp":
        return BOXED.get(head[8:12].decode("latin-1").strip().lower(), "")
    if head.startswith(b"\x1aE\xdf\xa3"):
        return "video/webm" if b"webm" in head[:64] else "video/x-matroska"
    if head.startswith(b"RIFF"):
        return RIFFED.get(head[8:12], "")
    if head.startswith(b"OggS"):
        return "video/ogg" if b"theora" in head[:256] else "audio/ogg"
    return next((mime for magic, mime in MEDIA if head.startswith(magic)), "")


def is_media(mime):
    return mime.startswith(("video/", "audio/"))


def is_text(head):
    """UTF-8 or GB 18030 without NUL; the last character may be cut by the end of the head."""
    if b"\x00" in head:
        return False
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):
            try:
                head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return True
    return False


def claimed(name):
    """The type the name claims, '' when it claims none."""
    return mimetypes.guess_type(name)[0] or ""


def _zip_type(path):
    check_zip(path)
    with zipfile.ZipFile(path) as archive:
        names = [entry.filename for entry in archive.infolist()]
    if "[Content_Types].xml" in names:
        for folder, mime in OFFICE_FOLDERS.items():
            if any(name.startswith(folder) for name in names):
                return mime
    return ZIP


# --- bombs --------------------------------------------------------------------------------------


def check_zip(path):
    """Refuse an archive that would unpack to too much; nothing is ever unpacked here."""
    _check_directory(path)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, zlib.error) as error:
        raise Refused(BROKEN_ZIP, "file") from error
    if len(entries) > MAX_ENTRIES:
        raise Refused(TOO_MANY % {"count": MAX_ENTRIES}, "file")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED or any(map(_is_bomb, entries)):
        raise Refused(BOMB, "file")


def _is_bomb(entry):
    return entry.file_size > SMALL_ENTRY and entry.file_size > MAX_RATIO * entry.compress_size


def _check_directory(path):
    """Read the 22 bytes at the end first: a directory of a million rows is never loaded."""
    with open(path, "rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 22 - 65_535))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 22 > len(tail):
        raise Refused(BROKEN_ZIP, "file")
    entries, directory = struct.unpack("<HI", tail[at + 10 : at + 16])
    if entries > MAX_ENTRIES or directory > MAX_DIRECTORY:
        raise Refused(TOO_MANY % {"count": MAX_ENTRIES}, "file")


def check_picture(path, mime):
    """Refuse a picture whose header alone asks for too much memory. Only the header is read."""
    if mime not in PICTURES:
        return
    try:
        with Image.open(path, formats=[PICTURES[mime]]) as picture:
            width, height = picture.size
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(FLOOD, "file") from error
    except Exception:
        # A damaged picture is filed as what it is: bytes. Nothing here opens it again.
        return
    if width * height > MAX_PIXELS:
        raise Refused(FLOOD, "file")
