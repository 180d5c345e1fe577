"""The print process: the only place that imports WeasyPrint. Run by process.py, never imported."""

import logging
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from agency.common.pdf.child import serve
from agency.common.pdf.fetcher import PaperFetcher

STYLE = Path(__file__).with_name("pdf.css")
FACES = """
@font-face { font-family: 'Paper'; font-weight: 400; src: url("font:regular") }
@font-face { font-family: 'Paper'; font-weight: 700; src: url("font:bold") }
"""


class Notes(logging.Handler):
    """What WeasyPrint complains about, in order."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage()[:500])

    def take(self):
        lines, self.lines = self.lines[:50], []
        return lines


class Press:
    """Fonts and stylesheet, read once and kept."""

    def __init__(self):
        self.notes = Notes()
        logging.getLogger("weasyprint").addHandler(self.notes)
        self.pipe = None
        self.fetcher = PaperFetcher(self.picture)
        self.fonts = FontConfiguration()
        self.style = CSS(
            string=FACES + STYLE.read_text("utf-8"),
            font_config=self.fonts,
            url_fetcher=self.fetcher,
        )

    def picture(self, sha256):
        header, body = self.pipe.ask({"picture": sha256})
        return header["mime"], body

    def print(self, pipe, request, blob):
        self.pipe = pipe
        self.notes.take()
        page = HTML(string=blob.decode("utf-8"), url_fetcher=self.fetcher)
        pdf = page.write_pdf(
            stylesheets=[self.style],
            font_config=self.fonts,
            pdf_variant=request["variant"],
        )
        return {"notes": self.notes.take()}, pdf


if __name__ == "__main__":
    serve(Press().print)
