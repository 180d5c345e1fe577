"""How long papers take, beside bare WeasyPrint on the same page: `python -m bench.pdf`."""

import os
import statistics
import time
from functools import partial
from pathlib import Path

import django
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "agency.settings")
os.environ.setdefault("DEBUG", "1")
django.setup()

from django.template.loader import render_to_string  # noqa: E402 (after django.setup)

from agency.common import pdf  # noqa: E402
from agency.common.pdf.fetcher import PaperFetcher  # noqa: E402
from agency.common.pdf.printing import FACES, STYLE  # noqa: E402
from tests import papers  # noqa: E402

ROUNDS = 6
CLIENT_FACE = "meetings/pdf/contact_report.html"
INTERNAL_FACE = "meetings/pdf/contact_report_internal.html"
ROW = "{:28} {:>5} {:>5} {:>8} {:>8} {:>8} {:>8} {:>8}"


def long_report():
    points = [papers.point(f"1.{n}", "discussion", "讨论内容，" * 20 + "完。") for n in range(40)]
    return papers.contact_report(items=[papers.item("长会", *points)])


PAPERS = {
    "contact report": (CLIENT_FACE, papers.contact_report()),
    "contact report, bilingual": (CLIENT_FACE, papers.contact_report(lang="both")),
    "contact report, internal": (INTERNAL_FACE, papers.internal_report()),
    "contact report, 40 points": (CLIENT_FACE, long_report()),
    "record of return": ("archives/pdf/trail.html", papers.trail()),
}


class Bare:
    """WeasyPrint and nothing else: fonts and stylesheet kept, or read anew for each paper."""

    def __init__(self):
        self.fetcher = PaperFetcher(lambda sha256: ("", b""))
        self.fonts = FontConfiguration()
        self.css = FACES + STYLE.read_text("utf-8")
        self.style = CSS(string=self.css, font_config=self.fonts, url_fetcher=self.fetcher)

    def kept(self, html, variant="pdf/ua-1"):
        page = HTML(string=html, url_fetcher=self.fetcher)
        return page.write_pdf(stylesheets=[self.style], font_config=self.fonts, pdf_variant=variant)

    def anew(self, html):
        return Bare().kept(html)

    def untagged(self, html):
        return self.kept(html, None)


def medians_ms(acts):
    """Milliseconds of each act, all taken in turn so that a busy minute falls on all alike."""
    times = [[] for _act in acts]
    for number in range(ROUNDS + 1):
        for act, taken in zip(acts, times, strict=True):
            started = time.perf_counter()
            act()
            if number:  # the first round warms up
                taken.append(time.perf_counter() - started)
    return [round(1000 * statistics.median(taken)) for taken in times]


def first_ms():
    pdf.printer.stop()
    started = time.perf_counter()
    pdf.render(*PAPERS["record of return"])
    return round(1000 * (time.perf_counter() - started))


def megabytes(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) // 1024


def main():
    bare = Bare()
    print(f"Milliseconds, median of {ROUNDS}; the first paper of a process: {first_ms()}")
    print(ROW.format("paper", "pages", "KB", "ours", "bare", "untagged", "anew", "pictures"))
    for name, (template, context) in PAPERS.items():
        html, paper = render_to_string(template, context), pdf.render(template, context)
        acts = [
            partial(pdf.render, template, context),
            partial(bare.kept, html),
            partial(bare.untagged, html),
            partial(bare.anew, html),
            partial(pdf.preview_pages, paper),
        ]
        pages = len(pdf.preview_pages(paper))
        print(ROW.format(name, pages, len(paper) // 1024, *medians_ms(acts)), flush=True)
    print(
        f"MB: print process {megabytes(pdf.printer.process.pid)}, "
        f"reading process {megabytes(pdf.reader.process.pid)}"
    )
    print(
        "bare: WeasyPrint in this process; untagged: without pdf/ua-1; anew: fonts read each time"
    )


if __name__ == "__main__":
    main()
