"""The whole preparation pack as one file, of what the person may see: a ZIP, or one PDF (R7)."""

import shutil
import tempfile
import zipfile
from contextlib import ExitStack
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch

from agency.common.pdf import merged_behind, render
from archives.models import Document
from archives.sniff import PDF
from archives.storage import open_checked, read_file
from meetings import papers_prepare
from meetings.models import PrepItem

# What is more stays in the ZIP alone: the merging process has a cap on its memory.
MOST_BYTES = 100 * 1024**2
IN_MEMORY = 4 * 1024**2
COVER = "meetings/pdf/pack.html"


@dataclass
class Place:
    """One kind of the pack with the papers that the person may see."""

    item: PrepItem
    papers: list = field(default_factory=list)
    newer: Document | None = None

    @property
    def is_open(self):
        """Required and empty; papers that this person may not see fill it, too."""
        return self.item.required and not (self.item.is_filled or self.item.not_needed)

    def holds(self, paper):
        return any(one.pk == paper.pk for one in self.papers)


def places(meeting, user, at):
    """[Place] of the pack, in two queries."""
    seen = Document.objects.visible_to(user, at).filter(client=meeting.client_id).filed().light()
    papers = Prefetch("documents", seen, to_attr="seen")
    links = PrepItem.documents.through.objects.filter(prepitem=OuterRef("pk"))
    items = meeting.preparations.annotate(is_filled=Exists(links)).prefetch_related(papers)
    return [Place(item, item.seen) for item in items]


def pack_pdf(meeting, user, at, most=MOST_BYTES):
    """A cover with the list, then every paper that is a PDF; the others are named on the cover."""
    rows = places(meeting, user, at)
    fitting = _fitting(rows, most)

    def cover(counts, length):
        starts = _starts(fitting, counts, length)
        return render(COVER, papers_prepare.pack_cover(meeting, rows, starts, at))

    return merged_behind(cover, [read_file(paper.sha256) for paper in fitting])


def _fitting(rows, most):
    """The PDFs in order, each once, up to what one merge may hold."""
    left, found = most, {}
    for paper in (paper for row in rows for paper in row.papers):
        if paper.mime == PDF and paper.pk not in found and paper.size <= left:
            found[paper.pk] = paper
            left -= paper.size
    return list(found.values())


def _starts(papers, counts, length):
    """{paper's key: its first page} behind a cover of `length` pages."""
    starts, page = {}, length + 1
    for paper, count in zip(papers, counts, strict=True):
        if count:
            starts[paper.pk] = page
        page += count
    return starts


def pack_zip(meeting, user, at):
    """The list and every paper as it was filed, a folder for each kind; an opened file."""
    rows = places(meeting, user, at)
    with ExitStack() as stack:
        out = stack.enter_context(tempfile.SpooledTemporaryFile(IN_MEMORY))
        _write_zip(out, render(COVER, papers_prepare.pack_cover(meeting, rows, {}, at)), rows)
        out.seek(0)
        stack.pop_all()
    return out


def _write_zip(out, cover, rows):
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("00.pdf", cover)
        for number, row in enumerate(rows, start=1):
            for place, paper in enumerate(row.papers, start=1):
                name = f"{number:02d} {row.item}/{place:02d} {paper.name}"
                with open_checked(paper.sha256) as file, archive.open(name, "w") as entry:
                    shutil.copyfileobj(file, entry)
