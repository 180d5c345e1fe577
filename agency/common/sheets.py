"""Lists as XLSX: text stays text, whatever it begins with (B4)."""

import io
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.http import content_disposition_header, urlencode
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MONEY, NUMBER, DAY, MOMENT, CLOCK = "#,##0.00", "#,##0", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "hh:mm"
TITLE_BAD = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
WIDEST = 60


def sheet_response(name, title, columns, rows):
    """The sheet of a list as a download. `columns`: Column; `rows`: anything they read."""
    heads = [column.label for column in columns]
    table = ([column.of(row) for column in columns] for row in rows)
    kinds = [column.kind for column in columns]
    response = HttpResponse(sheet_bytes(title, heads, table, kinds), content_type=XLSX)
    filename = f"{name}-{timezone.localdate():%Y-%m-%d}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, filename)
    return response


class Leaves:
    """Mixin, put before Filtered: `?format=xlsx` gives `sheet_rows()` in `sheet_columns`; refused
    to who may take nothing away."""

    sheet_name = ""
    sheet_columns = ()

    def sheet_rows(self):
        raise NotImplementedError

    def sheet(self):
        title = self.get_page_title()
        return sheet_response(self.sheet_name, title, self.sheet_columns, self.sheet_rows())

    def leaves(self):
        """{format: what gives it}."""
        return {"xlsx": self.sheet}

    def get(self, request, *args, **kwargs):
        leave = self.leaves().get(request.GET.get("format"))
        if leave is None:
            return super().get(request, *args, **kwargs)
        if not self.may_export:
            raise PermissionDenied
        return leave()

    def here(self, **changes):
        """This page with something else asked of it."""
        return f"{self.request.path}?{urlencode(self.request.GET.dict() | changes)}"


class AsSheet(Leaves):
    """Leaves, but who may take nothing away gets the page."""

    def leaves(self):
        return super().leaves() if self.may_export else {}


def sheet_bytes(title, heads, rows, kinds=()):
    """A workbook of one sheet. rows: lists of values; kinds: see Column.kind (money, date, ...)."""
    book = Workbook()
    sheet = book.active
    sheet.title = (force_str(title).translate(TITLE_BAD).strip() or "Sheet")[:31]
    kinds = [*kinds, *["text"] * (len(heads) - len(kinds))]
    for number, head in enumerate(heads, start=1):
        put(sheet.cell(1, number), head, "text").font = Font(bold=True)
    for line, row in enumerate(rows, start=2):
        for number, (value, kind) in enumerate(zip(row, kinds, strict=True), start=1):
            put(sheet.cell(line, number), value, kind)
    finish(sheet, len(heads))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(cell, value, kind):
    """Write one value in its own type; text is typed as string and never read as a formula."""
    if value is None or value == "":
        return cell
    if isinstance(value, bool) or not isinstance(value, int | Decimal | date):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", force_str(value))
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text="\n" in cell.value, vertical="top")
        return cell
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.make_naive(value)
    cell.value = value
    cell.number_format = number_format(value, kind)
    return cell


def number_format(value, kind):
    if isinstance(value, datetime):
        return MOMENT
    if isinstance(value, date):
        return DAY
    if isinstance(value, int) and kind != "money":
        return NUMBER
    return MONEY


def finish(sheet, columns):
    """Column widths by their content, a head that stays, filters."""
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    for number in range(1, columns + 1):
        cells = sheet.iter_rows(min_col=number, max_col=number, max_row=200, values_only=True)
        longest = max((width(value) for (value,) in cells), default=0)
        sheet.column_dimensions[get_column_letter(number)].width = min(longest + 2, WIDEST)


def width(value):
    """How wide a value looks: Chinese characters count two."""
    lines = force_str("" if value is None else value).split("\n")
    return max(sum(2 if ord(character) > 0x2E7F else 1 for character in line) for line in lines)
