"""A whole folder as one ZIP: every paper one may see, a list of them, and their checksums (R38).

SHA256SUMS.txt is what `sha256sum -c` reads. A paper whose file is missing or changed is not in it:
it is named in a list of its own, and who restores it is told.
"""

import zipfile
from datetime import date
from itertools import chain

from django.utils.translation import gettext as _

from agency.common.sheets import sheet_bytes
from archives.downloads import told_of_rot
from archives.kinds import Compartment
from archives.storage import CHUNK, StoreError, open_checked

SUMS = "SHA256SUMS.txt"
# What no system takes in the name of a file.
BARRED = str.maketrans(dict.fromkeys(':*?"<>|', "_"))
PARTS = {part: number for number, part in enumerate(Compartment, start=1)}
OLDEST = date(1980, 1, 1)  # a ZIP knows no day before it
LARGE = 2**31 - 1
KINDS = ("text", "text", "number", "text", "text", "date", "text", "text", "text", "date",
         "number", "text")  # fmt: skip


def packable(papers):
    """The papers of a folder in the order of a pack, with what its list says of each."""
    return papers.filed().light().prefetch_related("job_numbers").order_by("pk")


def path_of(paper):
    """Where it lies in the ZIP: its compartment, then its day, so that a folder reads in order."""
    part = paper.compartment
    name = f"{paper.dated_on:%Y-%m-%d} {paper.pk} {paper.name}".translate(BARRED)
    return f"{PARTS[part]} {part.label}/{name}".replace("\\", "_")


def pieces(papers):
    """The bytes of the ZIP, a piece at a time: never more of it in memory than one."""
    pipe, lost = _Pipe(), []
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        for paper in papers:
            yield from _filled(archive, paper, lost, pipe)
        put_lists(archive, papers, lost)
        yield pipe.taken()
    yield pipe.taken()


def _filled(archive, paper, lost, pipe):
    for _done in put_paper(archive, paper, lost):
        yield pipe.taken()


def put_paper(archive, paper, lost):
    """Add one paper, a step for each piece; in vain into `lost` where its file is not whole."""
    try:
        with told_of_rot(paper):
            file = open_checked(paper.sha256)
    except StoreError:
        lost.append(paper)
        return
    with file, archive.open(_entry(paper), "w", force_zip64=paper.size > LARGE) as entry:
        while chunk := file.read(CHUNK):
            entry.write(chunk)
            yield len(chunk)


def _entry(paper):
    day = max(paper.dated_on, OLDEST)
    return zipfile.ZipInfo(path_of(paper), (day.year, day.month, day.day, 0, 0, 0))


def put_lists(archive, papers, lost):
    """The last of it: what is in it, the checksums, and what could not be put in."""
    missing = {paper.pk for paper in lost}
    there = [paper for paper in papers if paper.pk not in missing]
    title = _("List of papers")
    archive.writestr(f"{title}.xlsx", sheet_bytes(title, _heads(), map(_row, there), KINDS))
    archive.writestr(SUMS, "".join(f"{paper.sha256}  {path_of(paper)}\n" for paper in there))
    if lost:
        words = _("The files of these papers are missing or changed; the administrator is told.")
        lines = chain([words], (paper.label for paper in lost))
        title = _("Not in this ZIP")
        archive.writestr(f"{title}.txt", "\n".join(lines))


def _heads():
    return [
        *(_("File"), _("Number"), _("Revision"), _("Title"), _("Kind"), _("Dated"), _("State")),
        *(_("Face"), _("Jobs"), _("Keep until"), _("Bytes"), "SHA-256"),
    ]


def _row(paper):
    jobs = ", ".join(row.job_number for row in paper.job_numbers.all())
    return [
        *(path_of(paper), paper.number, paper.revision, paper.title, paper.get_kind_display()),
        *(paper.dated_on, paper.get_state_display(), paper.get_face_display(), jobs),
        *(paper.retain_until, paper.size, paper.sha256),
    ]


class _Pipe:
    """What a ZIP is written to that nobody keeps: each piece is taken at once."""

    def __init__(self):
        self._parts = []

    def write(self, part):
        self._parts.append(bytes(part))
        return len(part)

    def flush(self):
        """Nothing is held back."""

    def taken(self):
        parts, self._parts = self._parts, []
        return b"".join(parts)
