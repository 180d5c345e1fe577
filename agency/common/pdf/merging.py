"""The merging process: several PDFs made one. Run by process.py, never imported."""

import contextlib
import io

import pypdfium2

from agency.common.pdf.child import serve


def parts(blob, sizes):
    """The PDFs that were sent one after another, none copied."""
    whole, start = memoryview(blob), 0
    for size in sizes:
        yield whole[start : start + size]
        start += size


def opened(part):
    """The document; None for one that is damaged or locked by a password."""
    with contextlib.suppress(pypdfium2.PdfiumError):
        return pypdfium2.PdfDocument(bytes(part))
    return None


def merge(pipe, request, blob):
    """How many pages each has, 0 where it cannot be read; and all pages as one PDF, if asked."""
    documents = [opened(part) for part in parts(blob, request["sizes"])]
    counts = [len(document) if document else 0 for document in documents]
    whole = [*covers(pipe, counts), *documents] if request["act"] == "behind" else documents
    body = b"" if request["act"] == "count" else joined(filter(None, whole))
    for document in filter(None, whole):
        document.close()
    return {"counts": counts}, body


def covers(pipe, counts):
    """The cover, printed by who asked once it is known how long each PDF is.

    It says where each begins: it is printed again where it takes more than one page itself.
    """
    cover = cover_of(pipe, counts, 1)
    if cover and len(cover) > 1:
        cover = cover_of(pipe, counts, len(cover))
    return [cover]


def cover_of(pipe, counts, length):
    _answer, body = pipe.ask({"counts": counts, "length": length})
    return opened(body)


def joined(documents):
    """One PDF of all their pages."""
    target, buffer = pypdfium2.PdfDocument.new(), io.BytesIO()
    for document in documents:
        target.import_pages(document)
    target.save(buffer)
    target.close()
    return buffer.getvalue()


if __name__ == "__main__":
    serve(merge)
