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
    buffer = io.BytesIO()
    if request["act"] == "merge":
        target = pypdfium2.PdfDocument.new()
        for document in filter(None, documents):
            target.import_pages(document)
        target.save(buffer)
        target.close()
    for document in filter(None, documents):
        document.close()
    return {"counts": counts}, buffer.getvalue()


if __name__ == "__main__":
    serve(merge)
