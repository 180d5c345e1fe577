"""The text of PDFs and of plain files; a PDF without text is a scan and is looked at."""

import pypdfium2
import scans

MAX_PAGES = 500
MAX_TEXT = 2_000_000
# fewer letters than this on all pages: page numbers at most, so the pages are pictures
SCANNED = 20


def read_pdf(source):
    document = pypdfium2.PdfDocument(source)
    parts, left = [], MAX_TEXT
    for number in range(min(len(document), MAX_PAGES)):
        text = document[number].get_textpage().get_text_range()[:left]
        parts.append(text)
        left -= len(text)
        if left <= 0:
            break
    text = "\n".join(parts)
    if len(text.strip()) < SCANNED:
        text = scans.read_pages(document) or text
    return {"pages": len(document), "text": text}


def read_plain(source):
    data = source[: 4 * MAX_TEXT]
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return {"pages": None, "text": data.decode(encoding)[:MAX_TEXT]}
        except UnicodeDecodeError:
            continue
    return {"pages": None, "text": data.decode("utf-8", "replace")[:MAX_TEXT]}
