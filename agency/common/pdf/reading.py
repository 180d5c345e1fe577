"""The reading process: pictures and text of a PDF's pages. Run by process.py, never imported."""

import io

import pypdfium2

from agency.common.pdf.child import serve

SCALE = 1.75  # 126 dots an inch: crisp on a screen, about 150 KB a page


def picture(page):
    """One page as the bytes of a PNG."""
    buffer = io.BytesIO()
    bitmap = page.render(scale=SCALE)
    bitmap.to_pil().save(buffer, "PNG")
    return buffer.getvalue()


def text(page):
    return page.get_textpage().get_text_range().replace("\r\n", "\n")


def read(pipe, request, blob):
    """The first `limit` pages as pictures or as text, one after another, with their sizes."""
    act = {"pictures": picture, "text": lambda page: text(page).encode()}[request["act"]]
    with pypdfium2.PdfDocument(blob) as pdf:
        count = len(pdf)
        parts = [act(pdf[number]) for number in range(min(count, request["limit"]))]
    return {"sizes": [len(part) for part in parts], "pages": count}, b"".join(parts)


if __name__ == "__main__":
    serve(read)
