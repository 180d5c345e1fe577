"""A version of the budget as a sheet, with its sums; two versions side by side."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.models import Brand
from budgets.models import AnnualBudget, Category
from budgets.years import MONTHS, months_of

ZERO = Decimal("0.00")
NOTHING = (ZERO,) * MONTHS
ORDER = {name: place for place, name in enumerate(Category.values)}


@dataclass(frozen=True)
class Row:
    """Twelve months of a category, of one brand, of all brands together or of the whole year."""

    category: str
    months: tuple
    brand: Brand | None = None

    @property
    def amount(self):
        return sum(self.months, ZERO)

    @property
    def label(self):
        return Category(self.category).label

    @property
    def key(self):
        return self.category, self.brand and self.brand.pk


@dataclass(frozen=True)
class Sheet:
    """heads: first days of the months; rows: as typed; categories: their sums by category."""

    budget: AnnualBudget
    heads: list[date]
    rows: list[Row]

    @property
    def categories(self):
        return [
            Row(name, added(row.months for row in self.rows if row.category == name))
            for name in Category.values
            if any(row.category == name for row in self.rows)
        ]

    @property
    def groups(self):
        """[(sum row of the category, its rows where there is more to say than the sum)]."""
        return [(row, self._parts(row.category)) for row in self.categories]

    def _parts(self, name):
        rows = [row for row in self.rows if row.category == name]
        return rows if len(rows) > 1 or rows[0].brand else []

    @property
    def months(self):
        return added(row.months for row in self.rows)

    @property
    def amount(self):
        return sum(self.months, ZERO)

    @property
    def is_whole(self):
        """No sum has cents: the page leaves them out."""
        return all(month == int(month) for row in self.rows for month in row.months)


def added(rows):
    return tuple(sum(column, ZERO) for column in zip(NOTHING, *rows, strict=True))


def sheet_of(budget):
    """The sheet of a version, in one query."""
    lines = sorted(
        budget.lines.select_related("brand"),
        key=lambda line: (ORDER[line.category], str(line.brand or ""), line.pk),
    )
    rows = [Row(line.category, tuple(line.months), line.brand) for line in lines]
    return Sheet(budget, months_of(budget.client, budget.year), rows)


# --- two versions ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Pair:
    """A row in both versions; in one of them it may be nothing."""

    row: Row
    old: tuple
    new: tuple

    @property
    def difference(self):
        return tuple(new - old for old, new in zip(self.old, self.new, strict=True))

    @property
    def lines(self):
        """[(kind, months, total)] of what stands under each other."""
        kinds = {"old": self.old, "new": self.new, "difference": self.difference}
        return [(name, months, sum(months, ZERO)) for name, months in kinds.items()]

    @property
    def is_changed(self):
        return any(self.difference)


def compare(old, new):
    """[Pair] of all rows of two sheets, in the order of a sheet, the total last."""
    before = {row.key: row for row in old.rows}
    after = {row.key: row for row in new.rows}
    rows = sorted(
        {**before, **after}.values(),
        key=lambda row: (ORDER[row.category], str(row.brand or "")),
    )
    return [Pair(row, _months(before, row), _months(after, row)) for row in rows]


def _months(rows, row):
    return rows[row.key].months if row.key in rows else NOTHING


def whole(old, new):
    """The Pair of both totals."""
    return Pair(Row("", NOTHING), old.months, new.months)
