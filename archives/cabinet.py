"""An old cabinet: a folder or a ZIP of papers, with or without a sheet that says what they are.

Read where it lies: nothing is unpacked to disk, no link is followed (B4).
"""

import zipfile
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from archives.guessing import guess
from archives.intake import MAX_SIZE
from archives.kinds import FILED_BY_HAND
from archives.sniff import check_zip

SKIPPED = {".DS_Store", "Thumbs.db", "desktop.ini"}
# heading of the sheet, small → what it says
HEADINGS = {
    **{"file": "path", "文件": "path", "client": "client", "客户": "client"},
    **{"kind": "kind", "类别": "kind", "dated": "dated_on", "日期": "dated_on"},
    **{"title": "title", "标题": "title", "job": "job_number", "工作号": "job_number"},
    **{"source": "source", "来源": "source"},
}


@dataclass(frozen=True)
class Item:
    """One file of the cabinet and what is known of it; `open` gives it as an upload."""

    path: str
    size: int
    client: int | None = None
    kind: str = ""
    dated_on: date | None = None
    title: str = ""
    job_number: str = ""
    source: str = ""

    @property
    def is_complete(self):
        """Enough to be filed: a hand-filed paper needs kind, client and date."""
        return bool(self.client and self.kind and self.dated_on)


class Cabinet:
    """The files of a folder tree or of a ZIP; the sheet of the cabinet is none of them."""

    def __init__(self, place, listing=None):
        self.place, self.listing = Path(place), listing and Path(listing)
        self.archive = None
        if self.place.is_file():
            check_zip(self.place)
            self.archive = zipfile.ZipFile(self.place)

    def files(self):
        """[(path as text, size)] by name."""
        found = self._in_archive() if self.archive else self._in_folder()
        return sorted(one for one in found if Path(one[0]).name not in SKIPPED)

    def _in_archive(self):
        for entry in self.archive.infolist():
            if not entry.is_dir():
                yield entry.filename, entry.file_size

    def _in_folder(self):
        for path in self.place.rglob("*"):
            is_list = self.listing and path.resolve() == self.listing.resolve()
            if path.is_file() and not path.is_symlink() and not is_list:
                yield path.relative_to(self.place).as_posix(), path.stat().st_size

    def upload(self, item):
        """The file as one that somebody sends."""
        name = item.path.rpartition("/")[2]
        if self.archive:
            with self.archive.open(item.path) as file:
                return ContentFile(file.read(MAX_SIZE + 1), name=name)
        return UploadedFile((self.place / item.path).open("rb"), name=name, size=item.size)


def facts_of(listing):
    """{path: {name: value}} of the sheet; its headings in either language, in any order."""
    if listing is None:
        return {}
    with closing(openpyxl.load_workbook(listing, read_only=True, data_only=True)) as book:
        return facts_in(book.active.iter_rows(values_only=True))


def facts_in(rows):
    names = [HEADINGS.get(str(head or "").strip().lower()) for head in next(rows, ())]
    facts = {}
    for row in rows:
        said = {name: read(value) for name, value in zip(names, row, strict=False) if name}
        if path := said.pop("path", ""):
            facts[str(path).replace("\\", "/")] = said
    return facts


def read(value):
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else str(value or "").strip()


def items(cabinet, clients, today):
    """Yield an Item for each file: what the sheet says of it, else what it seems to be."""
    listed, keys = facts_of(cabinet.listing), {known.code: known.key for known in clients}
    kinds = {word: kind.value for kind in FILED_BY_HAND for word in (kind.value, str(kind.label))}
    for path, size in cabinet.files():
        said = listed.get(path, {})
        found = guess(path.replace("/", " "), "", clients, today)
        item = Item(path, size, found.client, found.kind, found.dated_on, "", found.job_number)
        yield with_said(item, said, keys, kinds)


def with_said(item, said, keys, kinds):
    """The sheet's word stands before any guess; what it says wrongly is left open."""
    changes = {name: said[name] for name in ("title", "job_number", "source") if said.get(name)}
    if said.get("client"):
        changes["client"] = keys.get(str(said["client"]).upper())
    if said.get("kind"):
        changes["kind"] = kinds.get(str(said["kind"]), "")
    if said.get("dated_on"):
        day = said["dated_on"]
        changes["dated_on"] = day if isinstance(day, date) else as_day(day)
    return replace(item, **changes)


def as_day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
