"""Columns of a list: one description for the page and for the sheet."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import get_language


@dataclass(frozen=True)
class Column:
    """One column.

    label: the head; value: an attribute path ("client.name", methods are called) or row → value.
    kind: text, short (in one line), code, badge, date, moment (date and time), time, number, money.
    sort: a name in the page's `sorts`; url: row → address, or True for the row's own page.
    tone: row → "red", "amber", "green", "accent" or "" (badge); small: row → second line.
    """

    label: str | Promise
    value: str | Callable
    kind: str = "text"
    sort: str = ""
    url: Callable | bool | None = None
    tone: Callable | None = None
    small: Callable | None = None

    def of(self, row):
        """The value of this column for a row."""
        return self.value(row) if callable(self.value) else reach(row, self.value)

    def address(self, row):
        if self.url is True:
            return row.get_absolute_url()
        return self.url(row) if self.url else ""

    @property
    def is_number(self):
        return self.kind in ("number", "money")


@dataclass(frozen=True)
class Cell:
    """A value ready for the page."""

    column: Column
    value: object
    url: str = ""
    tone: str = ""
    small: str = ""


def reach(row, path):
    """Follow an attribute path; a missing link gives None."""
    for name in path.split("."):
        if row is None:
            return None
        if isinstance(row, Model) and name.startswith("get_") and name.endswith("_display"):
            return label(row, name[4:-8])
        row = row.get(name) if isinstance(row, dict) else getattr(row, name)
        if callable(row) and not isinstance(row, Model | type):
            row = row()
    return row


def label(row, name):
    """What `get_…_display()` says, from what is known of the field in this language."""
    field = row._meta.get_field(name)
    return _label(field, getattr(row, field.attname), get_language())


@lru_cache(maxsize=2000)
def _label(field, value, _language):
    return str(dict(field.flatchoices).get(value, value))


def cells(columns, row):
    """The cells of one row, in order."""
    return [
        Cell(
            column,
            column.of(row),
            column.address(row) or "",
            column.tone(row) if column.tone else "",
            column.small(row) if column.small else "",
        )
        for column in columns
    ]


def headings(columns, sort, query):
    """[{label, url, order, is_number}]: a sortable head links to its order, then to its reverse."""
    return [heading(column, sort, query) for column in columns]


def heading(column, sort, query):
    name, order, url = column.sort, "", ""
    if name:
        order = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
        asked = query.copy()
        asked.pop("page", None)
        asked["sort"] = f"-{name}" if order == "ascending" else name
        url = f"?{asked.urlencode()}"
    return {"label": column.label, "url": url, "order": order, "is_number": column.is_number}
