"""Reads the text of one file, or draws a picture anew, in a process with little to lose (B4).

Started by archives/reading.py as a script: the file comes in on standard input, one JSON object
goes out: {"pages": 3, "text": "..."}, or {"picture": a PNG in base64, "size": [640, 480]}. It
knows neither the site nor the database.
"""

import base64
import ctypes
import io
import json
import mmap
import resource
import sys
from functools import partial

import pypdfium2
from PIL import Image, ImageOps

CPU_SECONDS = 30
MEMORY = 1024**3
MAX_PAGES = 500
MAX_TEXT = 2_000_000
PICTURE_BOX = (1100, 300)
PREVIEW_BOX = (640, 640)
COLOURS = 256
NEW_USER, NEW_NETWORK = 0x10000000, 0x40000000


def cage():
    """Little time, little memory, no file to write, no network where the system allows that."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    libc = ctypes.CDLL(None)
    if libc.unshare(NEW_NETWORK):
        libc.unshare(NEW_USER | NEW_NETWORK)


def read_pdf(source):
    document = pypdfium2.PdfDocument(source)
    parts, left = [], MAX_TEXT
    for number in range(min(len(document), MAX_PAGES)):
        text = document[number].get_textpage().get_text_range()[:left]
        parts.append(text)
        left -= len(text)
        if left <= 0:
            break
    return {"pages": len(document), "text": "\n".join(parts)}


def read_plain(source):
    data = source[: 4 * MAX_TEXT]
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return {"pages": None, "text": data.decode(encoding)[:MAX_TEXT]}
        except UnicodeDecodeError:
            continue
    return {"pages": None, "text": data.decode("utf-8", "replace")[:MAX_TEXT]}


def redraw(source, kind):
    """The pixels alone, no wider than a letterhead can print; nothing else of the file is kept."""
    picture = Image.open(io.BytesIO(source), formats=[kind])
    picture.load()
    drawn = picture.convert("RGBA")
    drawn.thumbnail(PICTURE_BOX)
    drawn.info, out = {}, io.BytesIO()
    drawn.save(out, "PNG")
    return {"picture": base64.b64encode(out.getvalue()).decode()}


def preview_picture(source, kind):
    """The picture as it would hang on a wall: upright, on white, small."""
    picture = Image.open(io.BytesIO(source), formats=[kind])
    picture.draft("RGB", PREVIEW_BOX)
    return preview(ImageOps.exif_transpose(picture))


def preview_pdf(source):
    """The first page, drawn no larger than the box whatever it says its size is."""
    page = pypdfium2.PdfDocument(source)[0]
    scale = min(
        side / max(length, 1) for side, length in zip(PREVIEW_BOX, page.get_size(), strict=True)
    )
    return preview(page.render(scale=scale).to_pil())


def preview(picture):
    drawn = picture.convert("RGBA")
    drawn.thumbnail(PREVIEW_BOX)
    paper = Image.new("RGB", drawn.size, "white")
    paper.paste(drawn, mask=drawn)
    out = io.BytesIO()
    paper.quantize(COLOURS).save(out, "PNG")
    return {"picture": base64.b64encode(out.getvalue()).decode(), "size": paper.size}


def redraw_png(source):
    return redraw(source, "PNG")


def redraw_jpeg(source):
    return redraw(source, "JPEG")


READERS = {
    "application/pdf": read_pdf,
    "text/plain": read_plain,
    "image/png": redraw_png,
    "image/jpeg": redraw_jpeg,
    "preview of application/pdf": preview_pdf,
}
for _kind in ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP"):
    READERS[f"preview of image/{_kind.lower()}"] = partial(preview_picture, kind=_kind)


def main(mime):
    with mmap.mmap(sys.stdin.fileno(), 0, access=mmap.ACCESS_READ) as source:
        cage()
        found = READERS[mime](source if mime == "text/plain" else bytes(source))
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1])
