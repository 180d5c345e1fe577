"""The only addresses a paper may name: our two fonts, and filed pictures by their hash (C16)."""

import re
from pathlib import Path

from weasyprint.urls import URLFetcher, URLFetcherResponse

FONTS = {
    "font:regular": "NotoSansSC-Regular.ttf",
    "font:bold": "NotoSansSC-Bold.ttf",
}
FONT_DIR = Path(__file__).resolve().parent.parent / "fonts"
PICTURE = re.compile(r"doc:([0-9a-f]{64})")


class PaperFetcher(URLFetcher):
    """Knows `font:regular`, `font:bold` and `doc:<sha256>`; opens no file and no network else.

    `picture(sha256) -> (mime, bytes)` is asked for filed pictures; mime "" means there is none.
    """

    def __init__(self, picture):
        super().__init__(allowed_protocols=("font", "doc"), allow_redirects=False)
        self.picture = picture

    def fetch(self, url, headers=None):
        if url in FONTS:
            body = (FONT_DIR / FONTS[url]).read_bytes()
            return URLFetcherResponse(url, body, {"Content-Type": "font/ttf"})
        match = PICTURE.fullmatch(url)
        mime, body = self.picture(match[1]) if match else ("", b"")
        if not mime:
            raise ValueError(f"a paper may not open {url[:200]}")
        return URLFetcherResponse(url, body, {"Content-Type": mime})
