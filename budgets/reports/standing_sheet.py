"""A client's year as one sheet: pots and media in rows, months in columns (screens.md)."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from agency.common.stacks import Pile
from agency.common.wording import sum_text
from archives.kinds import Medium
from budgets.models.budget import ZERO, Category
from budgets.reports.standing_facts import Standing, together

LABELS = {
    "planned": pgettext_lazy("money", "Planned"),
    "billed": gettext_lazy("Billed in the month"),
    "in_execution": gettext_lazy("In execution at its end"),
    "unexecuted": gettext_lazy("Unexecuted at its end"),
}
OWN_MONTH = ("planned", "billed", "signed")


@dataclass(frozen=True)
class Cell:
    """A month's figure; None where the month has not begun."""

    month: object
    amount: Decimal | None


@dataclass(frozen=True)
class SheetLine:
    """A row of the sheet: a column of the standing by month, or what a medium runs."""

    column: str
    label: str
    cells: list[Cell]
    total: Decimal
    medium: str = ""

    @property
    def is_alone(self):
        """Its cells are of their month, not as of its end."""
        return self.column in OWN_MONTH

    @property
    def is_signed(self):
        return self.column == "signed"


@dataclass(frozen=True)
class Block:
    """A category of the sheet."""

    standing: Standing
    lines: list[SheetLine]


def sheet(book, at):
    """[Block] of the categories that have anything in the year."""
    rows, series = book.rows(at), dict(book.series(at))
    return [_block(book, at, row, series) for row in rows if not row.is_empty]


def _block(book, at, row, series):
    ends = {month: _of(rows, row.category) for month, rows in series.items()}
    lines = [_planned(book, at, row), _billed(book, ends, row)]
    for column in ("in_execution", "unexecuted"):
        cells = [
            Cell(month, getattr(ends[month], column) if month in ends else None)
            for month in book.months
        ]
        lines.append(SheetLine(column, LABELS[column], cells, getattr(row, column)))
    return Block(row, [*lines, *_media(book, at, row.category)])


def _of(rows, category):
    return next(row for row in rows if row.category == category)


def _planned(book, at, row):
    pots = book.pots_at(at, row.category)
    cells = [
        Cell(month, sum((pot.months[number] for pot in pots), ZERO))
        for number, month in enumerate(book.months)
    ]
    return SheetLine(
        "planned", LABELS["planned"], cells, sum((cell.amount for cell in cells), ZERO)
    )


def _billed(book, ends, row):
    cells, before = [], ZERO
    for month in book.months:
        if month not in ends:
            cells.append(Cell(month, None))
            continue
        cells.append(Cell(month, ends[month].billed - before))
        before = ends[month].billed
    return SheetLine("billed", LABELS["billed"], cells, row.billed)


def _media(book, at, category):
    """What runs by medium in each month, of the plans in force."""
    if category != Category.MEDIA:
        return []
    sums = {}
    for paper in book.in_force(at):
        if paper.category == Category.MEDIA:
            months = sums.setdefault(paper.medium, dict.fromkeys(book.months, ZERO))
            months[paper.month] += paper.net
    return [
        SheetLine(
            "signed", str(dict(Medium.choices).get(medium, medium)),
            [Cell(month, amount) for month, amount in sums[medium].items()],
            sum(sums[medium].values(), ZERO), medium,
        )
        for medium in sorted(sums)
    ]  # fmt: skip


def year_piles(book, at, category=None):
    """[Pile] of the year's months: billed and in execution at their ends over the plan."""
    ends = {month: _shown(rows, category) for month, rows in book.series(at)}
    planned, piles = ZERO, []
    pots = book.pots_at(at, category)
    for number, month in enumerate(book.months):
        planned += sum((pot.months[number] for pot in pots), ZERO)
        piles.append(_pile(month, ends.get(month), planned))
    return piles


def _shown(rows, category):
    return _of(rows, category) if category else together(rows)


def _pile(month, row, planned):
    label = f"{month:%Y-%m}"
    if row is None:
        return Pile(label[2:], None, None, planned, label)
    words = _("%(month)s: billed %(billed)s, in execution %(in_execution)s, planned %(planned)s")
    facts = {
        "month": label, "billed": sum_text(row.billed), "planned": sum_text(planned),
        "in_execution": sum_text(row.in_execution),
    }  # fmt: skip
    return Pile(label[2:], row.billed, row.in_execution, planned, words % facts)
