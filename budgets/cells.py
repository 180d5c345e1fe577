"""The cells of a spreadsheet that is handed in: read, never obeyed.

What a person must look at again is refused in words: merged cells, and formulas, of which the
figure that the file last showed is not the one that counts.
"""

import zipfile

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from agency.common.errors import Refused
from jobs.constants import LINES_MOST
from jobs.incoming import cell_text

COLUMNS_MOST = 24
MERGED = b"<mergeCell "
TAIL = 64  # of one chunk kept before the next: the word may lie across both


def cells_of(file):
    """The texts of the first sheet; a formula as it is written. Refused for merged cells."""
    book = load_workbook(file, read_only=True)
    sheet = book.worksheets[0]
    with zipfile.ZipFile(file) as archive:
        if has_merged(archive, sheet):
            raise Refused(
                _("The sheet has merged cells: please split them, each row must stand by itself."),
                "file",
            )
    rows = sheet.iter_rows(max_row=LINES_MOST + 2, max_col=COLUMNS_MOST)
    return [[shown(cell) for cell in row] for row in rows]


def has_merged(archive, sheet):
    """Looked for in the part itself, chunk by chunk: a sheet of any length is never held."""
    with archive.open(sheet._worksheet_path) as part:
        tail = b""
        while chunk := part.read(1024 * 1024):
            if MERGED in tail + chunk:
                return True
            tail = chunk[-TAIL:]
    return False


def shown(cell):
    """A formula begins with =, whatever shape the file gives it."""
    if getattr(cell, "data_type", "") == "f":
        return f"={cell_text(cell).lstrip('=')}"
    return cell_text(cell)


def formulas(row):
    """The columns of a row in which a formula stands where a value belongs."""
    return [name for name, cell in row.items() if cell.startswith(("=", "@"))]


def problems_of(row, form):
    """What is wrong with a row in words: its formulas, then what its form says of other columns."""
    told = [form.fields[name].label for name in formulas(row)]
    words = _("%(column)s: a formula is not read; please enter its value.")
    others = [(label, message) for _where, label, message in form.summary if label not in told]
    return [words % {"column": label} for label in told] + [
        f"{label}: {message}" for label, message in others
    ]
