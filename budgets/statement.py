"""A bank's statement, CSV or XLSX: read, never obeyed. Each row knows what is wrong with it."""

import csv
import hashlib
import io
import re
import tempfile
import zipfile
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from agency.common.errors import Refused
from agency.common.inputs import FIRST_YEAR, LAST_YEAR
from archives.sniff import check_zip
from jobs.incoming import FILE_MOST, NUMBER, bare

ROWS_MOST = 1000
COLUMNS_MOST = 40
HEAD_WITHIN = 20
CELL_MOST = 300
CHUNK = 1 << 16
SHEETS = "xl/worksheets/"
MERGED = b"<mergeCell "
FIELDS = ("on", "amount", "payer", "reference")
HEADS = {
    "on": "date booking.date value.date 日期 交易日期 入账日期 记账日期 交易时间 到账日期",
    "amount": "amount credit amount.received 金额 贷方 贷方金额 收入 收入金额 贷方发生额 交易金额"
    " 发生额 到账金额",
    "payer": "payer counterparty from payer.name 付款人 付款方 付款人名称 对方户名 对方名称"
    " 对方单位 户名",
    "reference": "reference details remark remarks purpose description 摘要 用途 附言 备注"
    " 交易附言 交易摘要",
}
HEAD_OF = {word.replace(".", " "): name for name, words in HEADS.items() for word in words.split()}
SHAPES = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日", "%d.%m.%Y")
NONE = "file"
NUMBER_OF_ROW = re.compile(r"[0-9]{1,6}")


@dataclass
class Row:
    """One row of the statement: `problem` says why it cannot be booked."""

    number: int
    on: date | None
    amount: Decimal | None
    payer: str
    reference: str
    problem: str = ""
    key: str = ""
    # As they stood in the file: what is no day or no amount is still said on the next page.
    typed_on: str = ""
    typed_amount: str = ""

    @property
    def said(self):
        """What the bank says in this row, wherever it stands in whichever file."""
        amount = self.typed_amount if self.amount is None else f"{self.amount}"
        return "\t".join((f"{self.on or self.typed_on}", amount, self.payer, self.reference))

    @property
    def text(self):
        """The row with its number as one line, to be read again when it is booked."""
        return f"{self.number}\t{self.said}"


def rows_of_file(upload):
    """[Row] of an uploaded statement; Refused at `file` for what is none."""
    if upload.size > FILE_MOST:
        raise Refused(_("The statement may have at most 5 MB."), NONE)
    content = upload.read()
    grid = _of_sheet(content) if content[:2] == b"PK" else _of_text(content)
    return read(grid)


def rows_of_text(text):
    """[Row] of lines that `Row.text` has written."""
    grid = [line.split("\t") for line in text.splitlines() if line.strip()]
    if len(grid) > ROWS_MOST:
        raise too_long()
    rows = [_row(_number(cells[0]), dict(zip(FIELDS, cells[1:], strict=False))) for cells in grid]
    if len({row.number for row in rows}) < len(rows):
        raise Refused(_("The rows were changed on their way: please read the file again."), NONE)
    return marked(rows)


def _number(text):
    """The number under which the row was shown."""
    if not NUMBER_OF_ROW.fullmatch(text):
        raise Refused(_("The rows were changed on their way: please read the file again."), NONE)
    return int(text)


def too_long():
    return Refused(_("A statement may have at most %(most)s rows.") % {"most": ROWS_MOST}, NONE)


# --- text ---------------------------------------------------------------------------------------


def _of_text(content):
    for code in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(code)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise Refused(_("This file is neither a spreadsheet (XLSX) nor text (CSV)."), NONE)
    if "\0" in text:
        raise Refused(_("This file is neither a spreadsheet (XLSX) nor text (CSV)."), NONE)
    return _cells(text)


def _cells(text):
    head = text[:2000]
    comma = max(",;\t", key=head.count)
    grid = []
    try:
        for cells in csv.reader(io.StringIO(text), delimiter=comma):
            if len(grid) > ROWS_MOST + HEAD_WITHIN:
                raise too_long()
            grid.append([_plain(cell) for cell in cells[:COLUMNS_MOST]])
    except csv.Error as error:
        raise Refused(_("This file cannot be read as CSV."), NONE) from error
    return grid


def _plain(value):
    return " ".join(str(value).split())[:CELL_MOST]


# --- spreadsheet --------------------------------------------------------------------------------


def _of_sheet(content):
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as copy:
        copy.write(content)
        copy.flush()
        check_zip(copy.name)
        try:
            _check_merged(copy)
            return _grid_of(copy)
        except Refused:
            raise
        except Exception as error:  # damage inside a file meets the reader in any shape
            raise Refused(_("This is no spreadsheet (XLSX)."), NONE) from error


def _check_merged(file):
    """Merged cells hide which row a value belongs to."""
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            if name.startswith(SHEETS) and name.endswith(".xml") and _holds(archive, name):
                raise Refused(_("The sheet has merged cells: please take them apart."), NONE)


def _holds(archive, name):
    tail = b""
    with archive.open(name) as part:
        while chunk := part.read(CHUNK):
            if MERGED in tail + chunk:
                return True
            tail = chunk[-len(MERGED) :]
    return False


def _grid_of(file):
    sheet = load_workbook(file, read_only=True).worksheets[0]
    sheet.reset_dimensions()  # the size that the file tells may be wrong: rows would be lost
    grid = []
    for cells in sheet.iter_rows(max_col=COLUMNS_MOST):
        if len(grid) > ROWS_MOST + HEAD_WITHIN:
            raise too_long()
        grid.append([_cell_text(cell) for cell in cells])
    return grid


def _cell_text(cell):
    value = cell.value
    if cell.data_type == "f":
        raise Refused(
            _("Cell %(cell)s holds a formula: please keep the values only.")
            % {"cell": cell.coordinate},
            NONE,
        )
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, int) or type(value).__name__ == "float":
        return f"{Decimal(str(value)):f}"
    return _plain(value)


# --- rows ---------------------------------------------------------------------------------------


def read(grid):
    """[Row] below the head, without empty ones."""
    place, names = _head(grid)
    rows = []
    for number, cells in enumerate(grid[place + 1 :], start=place + 2):
        said = {name: cells[column] for name, column in names.items() if column < len(cells)}
        if any(said.values()):
            rows.append(_row(number, said))
    if len(rows) > ROWS_MOST:
        raise too_long()
    if not rows:
        raise Refused(_("There is no row below the head."), NONE)
    return marked(rows)


def _head(grid):
    """(place, {name: column}) of the row that names date and amount."""
    for place, cells in enumerate(grid[:HEAD_WITHIN]):
        names = {}
        for column, cell in enumerate(cells):
            name = HEAD_OF.get(cell.casefold().strip(" :：*"))
            if name:
                names.setdefault(name, column)
        if {"on", "amount"} <= set(names):
            return place, names
    raise Refused(
        _("No row names the columns: date, amount, payer, reference (日期, 金额, 付款人, 摘要)."),
        NONE,
    )


def _row(number, said):
    on, amount = day_of(said.get("on", "")), amount_of(said.get("amount", ""))
    typed = {"typed_on": said.get("on", ""), "typed_amount": said.get("amount", "")}
    row = Row(number, on, amount, said.get("payer", ""), said.get("reference", ""), **typed)
    if on is None:
        row.problem = _("“%(text)s” is no date.") % {"text": said.get("on", "")}
    elif amount is None:
        row.problem = _("“%(text)s” is no amount.") % {"text": said.get("amount", "")}
    elif amount <= 0:
        row.problem = _("This is no money that came in.")
    return row


def day_of(text):
    """2026-11-30, 2026/11/30, 20261130, 2026年11月30日, with or without a time after it."""
    text = text.strip().split(" ")[0].split("T")[0]
    for shape in SHAPES:
        try:
            day = datetime.strptime(text, shape).date()
        except ValueError:
            continue
        return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
    return None


def amount_of(text):
    """12,000.00 in cents; None for what is none or finer than a cent."""
    text = bare(text).removeprefix("+").removesuffix("元")
    if not NUMBER.fullmatch(text):
        return None
    value = Decimal(text)
    kept = value.quantize(Decimal("0.01")) if abs(value) < Decimal("1e12") else None
    return kept if kept == value else None


def marked(rows):
    """Each with its own mark: the same row in two statements has the same one.

    Rows that say the same are told apart by which of them it is.
    """
    seen = Counter()
    for row in rows:
        text = row.said
        seen[text] += 1
        row.key = hashlib.sha256(f"{text}\t{seen[text]}".encode()).hexdigest()
    return rows
