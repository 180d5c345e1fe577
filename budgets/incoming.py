"""Rows of a budget from a spreadsheet: pasted text, read, never obeyed.

A first row of known heads says what stands where; without one the order is category, brand,
year and the twelve months. The text of an XLSX comes from jobs.incoming.
"""

import re

from django.utils.translation import gettext as _

from agency.common.errors import Refused
from budgets.models import MONTHS, Category
from budgets.services.budget_sheet import ROWS_MOST
from jobs.incoming import bare

COLUMNS = ("category", "brand", "amount", *MONTHS)
HEADS = {
    "category": "category pot 类别 预算类别 科目",
    "brand": "brand 品牌",
    "amount": "year amount total annual 全年 金额 合计 年度 年度金额 全年合计",
}
HEAD_OF = {word: name for name, words in HEADS.items() for word in words.split()}
CATEGORY_OF = {
    **dict.fromkeys(("media", "媒介", "媒体", "媒介费"), "media"),
    **dict.fromkeys(("production", "制作", "制作费"), "production"),
    **dict.fromkeys(("fee", "fees", "服务费", "月费"), "fee"),
}
SUM_ROWS = {"total", "sum", "subtotal", "合计", "总计", "小计"}
EVERY_BRAND = {"", "–", "-", "all brands", "全部品牌"}
NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DATED = re.compile(r"\d{4}\s*[-/.年]\s*(\d{1,2})(?!\d)")
NUMBERED = re.compile(r"(\d{1,2})\s*月")


def rows_of(text, first_month):
    """[{name: text}] of pasted rows, without empty ones and sums; columns parted by tabs."""
    cells = [
        [cell.strip() for cell in line.split("\t")]
        for line in text.splitlines() if line.strip()
    ]  # fmt: skip
    names = COLUMNS
    if cells and (known := _heads(cells[0], first_month)):
        names, cells = known, cells[1:]
    if len(cells) > ROWS_MOST:
        raise Refused(_("A budget has at most %(most)s rows.") % {"most": ROWS_MOST}, "text")
    rows = [
        {name: cell for name, cell in zip(names, row, strict=False) if name and cell}
        for row in cells
    ]
    rows = [row for row in rows if row.get("category", "").casefold() not in SUM_ROWS]
    return [_without_sum(row) for row in rows]


def _without_sum(row):
    """A year that the sheet itself adds up is no figure of its own: it follows the months."""
    is_added = row.get("amount", "").startswith("=") and any(name in row for name in MONTHS)
    return {name: cell for name, cell in row.items() if name != "amount" or not is_added}


def _heads(cells, first_month):
    """The names of the columns when the row is a head: the category and something else."""
    names = []
    for cell in cells:
        name = HEAD_OF.get(cell.casefold().strip(" :：*")) or _month(cell, first_month)
        names.append(None if name in names else name)
    return names if "category" in names and len(set(names) - {None}) > 1 else None


def _month(cell, first_month):
    """m01 of “2026-04”, “4月” or “Apr” where the fiscal year begins in April."""
    found = DATED.match(cell) or NUMBERED.search(cell)
    number = int(found.group(1)) if found else _number_of(cell.casefold()[:3])
    return MONTHS[(number - first_month) % len(MONTHS)] if 1 <= number <= len(MONTHS) else None


def _number_of(name):
    return NAMES.index(name) + 1 if name in NAMES else 0


def as_typed(row, brands):
    """The row as SheetRow takes it: keys for names, bare sums. brands: {name: key}."""
    typed = {name: bare(cell) for name, cell in row.items() if name in ("amount", *MONTHS)}
    category = row.get("category", "")
    labels = {str(label).casefold(): key for key, label in Category.choices}
    typed["category"] = {**CATEGORY_OF, **labels}.get(category.casefold(), category)
    brand = row.get("brand", "")
    is_all = brand.casefold() in EVERY_BRAND
    typed["brand"] = "" if is_all else brands.get(brand.casefold(), brand)
    return typed


def named(brands):
    """{name in either language: key} of the client's brands."""
    found = {}
    for brand in brands:
        for name in filter(None, (brand.name, brand.name_en)):
            found.setdefault(name.casefold(), str(brand.pk))
    return found
