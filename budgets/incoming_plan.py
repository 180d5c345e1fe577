"""Rows of a media plan from a spreadsheet: pasted text or an XLSX file, read, never obeyed.

What a person must look at again is refused in words: merged cells, and formulas, of which the
figure that the file last showed is not the one that counts.
"""

import re
import zipfile

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from openpyxl import load_workbook

from agency.common.errors import Refused
from archives.kinds import Medium
from budgets.models import MediaLine
from jobs.constants import LINES_MOST
from jobs.incoming import Shape, bare, cell_text, percent

COLUMNS = ("medium", "vehicle", "month", "runs", "unit_gross", "discount_rate", "fixed_price",
           "bonus_runs", "market", "spec", "supplier")  # fmt: skip
HEADS = {
    "medium": "medium media 媒介 媒介类型 媒体类型",
    "vehicle": "vehicle 媒体 媒体名称 载体 频道",
    "month": "month 月份 月 投放月份",
    "runs": "runs insertions 次数 频次 投放次数",
    "unit_gross": "rate.card.price.of.a.run rate.card.price rate.card 刊例价 单次刊例价 刊例单价",
    "discount_rate": "discount discount.% 折扣 折扣率",
    "fixed_price": "agreed.price fixed.price 协议价 固定价 议定价",
    "bonus_runs": "bonus.runs bonus 赠播 赠播次数",
    "market": "market 市场 地区 城市",
    "spec": "format spec 规格 版位 时段",
    "supplier": "media.owner supplier owner 媒体主 媒体方 供应商",
}
SHAPE = Shape(COLUMNS, HEADS, "vehicle", gettext_lazy("A media plan has at most %(most)s lines."))
AMOUNTS = ("runs", "unit_gross", "fixed_price", "bonus_runs")
MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*月)?(?:[-/.]\d{1,2})?(?:\s.*)?")
SPARE = 6  # columns beside ours that a sheet may have between them
MERGED = b"<mergeCell "
TAIL = 64  # of one chunk kept before the next: the word may lie across both


def cells_of(path):
    """The texts of the first sheet; a formula as it is written. Refused for merged cells."""
    book = load_workbook(path, read_only=True)
    sheet = book.worksheets[0]
    with zipfile.ZipFile(path) as archive:
        if has_merged(archive, sheet):
            raise Refused(
                _("The sheet has merged cells: please split them, each row must stand by itself."),
                "file",
            )
    rows = sheet.iter_rows(max_row=LINES_MOST + 2, max_col=len(COLUMNS) + SPARE)
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


def names():
    """The words of the columns, in the order in which rows without a head are read."""
    return [word_of(name) for name in COLUMNS]


def word_of(name):
    return MediaLine._meta.get_field(name).verbose_name


def tidy(row, suppliers):
    """The row as a form would have it typed: bare numbers, percent, keys for names."""
    typed = dict(row)
    for name in AMOUNTS:
        if name in typed:
            typed[name] = bare(typed[name])
    if "discount_rate" in typed:
        typed["discount_rate"] = short(percent(typed["discount_rate"]))
    if "month" in typed:
        typed["month"] = month(typed["month"])
    for name, known in (("medium", media()), ("supplier", suppliers)):
        if name in typed:
            typed[name] = known.get(typed[name].casefold(), typed[name])
    return typed


def short(text):
    """45 of 45.0000: the idle zeros would be places too many."""
    return text.rstrip("0").rstrip(".") if "." in text else text


def month(text):
    """2026-11 of 2026/11, 2026年11月 or a whole date of that month."""
    found = MONTH.fullmatch(text)
    return f"{found[1]}-{int(found[2]):02}" if found else text


def media():
    """{word in any of our languages: key}."""
    known = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            known |= {str(label).casefold(): key for key, label in Medium.choices}
    return known | {key: key for key in Medium.values}
