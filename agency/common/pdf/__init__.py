"""Papers as PDF: a template of Django, printed by a process of its own (safety.md C16).

The contexts of the templates, keys and all, are in docs/papers.md.
"""

import atexit
import hashlib
import logging

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from agency.common.faults import happens
from agency.common.pdf.process import Helper, PdfFailed

__all__ = [
    "PdfFailed",
    "merged",
    "merged_behind",
    "page_counts",
    "preview_pages",
    "print_html",
    "render",
    "text_of",
    "warm",
]

logger = logging.getLogger(__name__)


def filed_picture(header):
    """Answer the print process: a filed picture by its hash, or none (setting PDF_PICTURES)."""
    find = getattr(settings, "PDF_PICTURES", "")
    found = import_string(find)(header["picture"]) if find else None
    mime, body = found or ("", b"")
    return {"mime": mime}, body


printer = Helper("agency.common.pdf.printing", needs=filed_picture)
reader = Helper("agency.common.pdf.reading", seconds=30, megabytes=1024)
merger = Helper("agency.common.pdf.merging", megabytes=1024)
atexit.register(printer.stop)
atexit.register(merger.stop)
atexit.register(reader.stop)


def render(template, context, *, variant="pdf/ua-1"):
    """The bytes of the paper. The same context gives the same bytes.

    `context` is plain data (docs/papers.md). Raises PdfFailed, and nothing has changed.
    """
    if happens("pdf_fail"):
        raise PdfFailed("fault point")
    html = render_to_string(template, context)
    if happens("pdf_blank"):
        return b"%PDF-1.7\n%" + hashlib.sha256(html.encode()).hexdigest().encode() + b"\n%%EOF\n"
    return print_html(html, variant=variant)


def print_html(html, *, variant="pdf/ua-1"):
    """The bytes of the PDF. Addresses it may not open are left out, and said in the log."""
    answer, pdf = printer.ask({"variant": variant}, html.encode("utf-8"))
    for line in answer["notes"]:
        logger.error("paper: %s", line)
    return pdf


def preview_pages(pdf, limit=20):
    """The first pages as PNG bytes, just as the reader of the PDF will see them."""
    return _parts("pictures", pdf, limit)


def text_of(pdf, limit=500):
    """The words of the PDF in reading order, a form feed between pages."""
    return "\f".join(part.decode() for part in _parts("text", pdf, limit))


def page_counts(pdfs):
    """How many pages each of these PDFs has; 0 for one that is damaged or locked."""
    return _merge("count", pdfs)[0]["counts"]


def merged(pdfs):
    """One PDF of all their pages in this order; what cannot be read is left out."""
    return _merge("merge", pdfs)[1]


def merged_behind(cover, pdfs):
    """One PDF: what `cover(counts, length)` prints, then all pages of the others.

    counts: pages of each, 0 for what cannot be read and is left out; length: pages of the cover,
    as far as it is known. Each PDF goes to the merging process once; alone, the cover stays as it
    was printed.
    """
    printed = b""

    def needs(asked):
        nonlocal printed
        printed = cover(asked["counts"], asked["length"])
        return {}, printed

    answer, whole = _merge("behind", pdfs, needs)
    return whole if any(answer["counts"]) else printed


def _merge(act, pdfs, needs=None):
    header = {"act": act, "sizes": [len(pdf) for pdf in pdfs]}
    return merger.ask(header, b"".join(pdfs), needs)


def warm():
    """Start the print process now, so that the first paper does not wait for it."""
    printer.warm()


def _parts(act, pdf, limit):
    answer, body = reader.ask({"act": act, "limit": limit}, pdf)
    parts, start = [], 0
    for size in answer["sizes"]:
        parts.append(body[start : start + size])
        start += size
    return parts
