"""Rows of an estimate from a spreadsheet: pasted text or an XLSX file, read, never obeyed.

A first row of known heads says what stands where; without one the order is that of COLUMNS.
"""

import re
import tempfile
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import load_workbook

from agency.common.errors import Refused
from archives.sniff import check_zip
from jobs.constants import LINES_MOST
from jobs.models import EstimateLine

COLUMNS = ("text", "quantity", "unit", "unit_cost", "markup_rate", "fixed_price", "vat_rate",
           "group", "deliverable", "supplier")  # fmt: skip
HEADS = {
    "text": "what item description line text 预估项 项目 内容 事项 名称",
    "quantity": "quantity qty 数量",
    "unit": "unit 单位",
    "unit_cost": "unit.cost cost 单位成本 成本单价",
    "markup_rate": "markup markup.% 加成",
    "fixed_price": "fixed.unit.price fixed.price unit.price 固定单价 固定价 单价",
    "vat_rate": "vat vat.% 税率 增值税",
    "group": "group 组 分组 类别",
    "deliverable": "deliverable 交付物",
    "supplier": "supplier 供应商",
}
TOO_MANY = gettext_lazy("An estimate has at most %(most)s lines.")
AMOUNTS = ("quantity", "unit_cost", "fixed_price")
RATES = ("markup_rate", "vat_rate")
SIGNS = re.compile(r"[,，\s¥￥$€]")
# Plain digits: an exponent could ask for a text of any length.
NUMBER = re.compile(r"-?\d{1,20}(\.\d{0,20})?|-?\.\d{1,20}")
MINUS = str.maketrans("−–－", "---")
FILE_MOST = 5 * 1024 * 1024


@dataclass(frozen=True)
class Shape:
    """What a pasted table may hold: its columns in order, the words of their heads, the column
    that every row fills, and the words when there are too many rows."""

    columns: tuple
    heads: dict
    key: str
    too_many: str | Promise

    def rows_of(self, text):
        """[{name: text}] of pasted rows, without the empty ones; columns parted by tabs."""
        cells = [
            [cell.strip() for cell in line.split("\t")]
            for line in text.splitlines() if line.strip()
        ]  # fmt: skip
        names = self.columns
        if cells and (known := self._heads(cells[0])):
            names, cells = known, cells[1:]
        if len(cells) > LINES_MOST:
            raise Refused(self.too_many % {"most": LINES_MOST}, "text")
        return [
            {name: cell for name, cell in zip(names, row, strict=False) if name and cell}
            for row in cells
        ]

    def _heads(self, cells):
        """The names of the columns when the row is a head: it names the key and something else.

        Of two columns for the same the first one counts: “Unit cost” before “Cost”.
        """
        known = {
            word.replace(".", " "): name
            for name, words in self.heads.items() for word in words.split()
        }  # fmt: skip
        names = []
        for cell in cells:
            name = known.get(cell.casefold().strip(" :：*"))
            names.append(None if name in names else name)
        return names if self.key in names and len(set(names) - {None}) > 1 else None


SHAPE = Shape(COLUMNS, HEADS, "text", TOO_MANY)
rows_of = SHAPE.rows_of


def text_of_file(upload, read=None):
    """The first sheet of an XLSX as pasted text; Refused at `file` for what is none.

    read(file): the rows of its cells as texts; without it what the cells show.
    """
    if upload.size > FILE_MOST:
        raise Refused(_("The spreadsheet may have at most 5 MB."), "file")
    if upload.read(2) != b"PK":
        raise Refused(_("This is no spreadsheet (XLSX)."), "file")
    upload.seek(0)
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as copy:
        for chunk in upload.chunks():
            copy.write(chunk)
        copy.flush()
        check_zip(copy.name)
        try:
            rows = (read or _cells_of)(copy)
        except Refused:
            raise
        except Exception as error:  # damage inside a file meets the reader in any shape
            raise Refused(_("This is no spreadsheet (XLSX)."), "file") from error
    return "\n".join("\t".join(row).rstrip() for row in rows)


def _cells_of(file):
    book = load_workbook(file, read_only=True, data_only=True)
    sheet = book.worksheets[0]
    rows = sheet.iter_rows(max_row=LINES_MOST + 2, max_col=len(COLUMNS) + 6)
    return [[cell_text(cell) for cell in row] for row in rows]


def cell_text(cell):
    """What the cell shows: percent as percent, numbers as they were typed."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, int) or type(value).__name__ == "float":
        number = Decimal(str(value))
        return f"{number * 100:f}%" if "%" in (cell.number_format or "") else f"{number:f}"
    return " ".join(str(value).split())


def tidy(row, deliverables, suppliers):
    """The row as a form would have it typed: bare numbers, percent, keys for names."""
    typed = dict(row)
    for name in AMOUNTS:
        if name in typed:
            typed[name] = bare(typed[name])
    for name in RATES:
        if name in typed:
            typed[name] = percent(typed[name])
    for name, known in (("deliverable", deliverables), ("supplier", suppliers)):
        if name in typed:
            typed[name] = known.get(typed[name].casefold(), typed[name])
    return typed


def as_typed(row):
    """The row as LineForm takes it: VAT by the key of its choice, percent to two places."""
    ways = {"vat_rate": _vat_key, "markup_rate": _short}
    return {name: ways.get(name, str)(cell) for name, cell in row.items()}


def _vat_key(text):
    return f"{Decimal(text) / 100:.4f}" if NUMBER.fullmatch(text) else text


def _short(text):
    """17.65 of 17.6500: the idle zeros would be places too many."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def names():
    """The words of the columns, in the order in which rows without a head are read."""
    return [EstimateLine._meta.get_field(name).verbose_name for name in COLUMNS]


def bare(text):
    """1236.5 of ¥1,236.50; brackets are a minus."""
    text = SIGNS.sub("", text.translate(MINUS))
    return f"-{text[1:-1]}" if text.startswith("(") and text.endswith(")") else text


def percent(text):
    """17.65 of 17.65%; a bare number below 1 is a share: 0.06 is 6 percent."""
    text = bare(text)
    if text.endswith("%"):
        return text[:-1]
    is_share = NUMBER.fullmatch(text) and 0 < Decimal(text) < 1
    return f"{Decimal(text) * 100:f}" if is_share else text
