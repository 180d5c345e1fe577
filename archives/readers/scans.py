"""The text of pictures of pages, where the engine is installed (Debian's tesseract-ocr)."""

import io
import os
import shutil
import subprocess

from pictures import opened
from PIL import Image, ImageOps

LANGUAGES = "chi_sim+eng"
MAX_PAGES, PAGE_SECONDS = 8, 20
# A page read by a scanner is larger than this; a smaller picture holds nothing to read.
LEAST_SIDE, MOST_SIDE = 800, 2500
DOTS = 200 / 72


def read_pages(document):
    """The first pages of a PDF whose pages are pictures; "" without the engine."""
    if not shutil.which("tesseract"):
        return ""
    count = min(len(document), MAX_PAGES)
    return "\n".join(words(page_picture(document[number])) for number in range(count))


def page_picture(page):
    scale = min(DOTS, MOST_SIDE / max(*page.get_size(), 1))
    return page.render(scale=scale, grayscale=True).to_pil()


def read_picture(source):
    """What stands on a photographed or scanned page."""
    picture = opened(source)
    if min(picture.size) < LEAST_SIDE or not shutil.which("tesseract"):
        return {"pages": None, "text": ""}
    picture.draft("L", (MOST_SIDE, MOST_SIDE))
    picture = ImageOps.exif_transpose(picture).convert("L")
    picture.thumbnail((MOST_SIDE, MOST_SIDE), Image.Resampling.LANCZOS)
    return {"pages": None, "text": words(picture)}


def words(picture):
    """One thread, nothing on disk: the engine lives in the same cage as its caller."""
    out = io.BytesIO()
    picture.save(out, "BMP")
    done = subprocess.run(
        ["tesseract", "stdin", "stdout", "-l", LANGUAGES],
        input=out.getvalue(),
        capture_output=True,
        timeout=PAGE_SECONDS,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""
