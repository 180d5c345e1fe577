"""Reads or draws one file in a process with little to lose (B4): `python -I readers text MIME`.

Started by archives/reading.py: the file comes in on standard input, one JSON object goes out:
{"pages": 3, "text": "..."}, or {"picture": a PNG in base64, "size": [640, 480]}. It knows neither
the site nor the database.
"""

import importlib
import json
import mmap
import sys

from cage import cage

OFFICE = "application/vnd.openxmlformats-officedocument."
PICTURES = [f"image/{kind}" for kind in ("png", "jpeg", "gif", "webp", "tiff", "bmp")]
# what is wanted of which type → the module and its function
READERS = {
    ("text", "application/pdf"): ("pages", "read_pdf"),
    ("text", "text/plain"): ("pages", "read_plain"),
    ("text", f"{OFFICE}wordprocessingml.document"): ("office", "read_docx"),
    ("text", f"{OFFICE}spreadsheetml.sheet"): ("office", "read_xlsx"),
    ("text", f"{OFFICE}presentationml.presentation"): ("office", "read_pptx"),
    ("preview", "application/pdf"): ("pictures", "preview_pdf"),
    **{("preview", mime): ("pictures", "preview_picture") for mime in PICTURES},
    **{("redraw", mime): ("pictures", "redraw") for mime in PICTURES[:2]},
    **{("text", mime): ("scans", "read_picture") for mime in PICTURES},
}


def main(wanted, mime):
    module, function = READERS[wanted, mime]
    read = getattr(importlib.import_module(module), function)
    with mmap.mmap(sys.stdin.fileno(), 0, access=mmap.ACCESS_READ) as source:
        cage()
        found = read(source if mime == "text/plain" else bytes(source))
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
