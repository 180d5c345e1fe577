"""A media plan as its pages lay it out: by medium, by month, two versions side by side (3.8)."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy

from agency.common.wording import sum_text
from archives.kinds import Medium
from budgets.models import MediaPlan
from budgets.wording import month_text
from jobs.reports.pairs import Pair, changes_of, put_dropped
from jobs.wording import quantity_text, rate_text

ZERO = Decimal("0.00")
ORDER = {medium: place for place, medium in enumerate(Medium.values)}
FIELDS = ("vehicle", "medium", "supplier", "market", "spec", "month", "runs", "unit_gross",
          "discount_rate", "fixed_price", "bonus_runs", "media_price")  # fmt: skip
WORDS = {
    "month": month_text, "runs": quantity_text, "bonus_runs": quantity_text,
    "unit_gross": sum_text, "fixed_price": sum_text, "media_price": sum_text,
    "discount_rate": rate_text, "commission_rate": rate_text, "service_fee_rate": rate_text,
    "vat_rate": rate_text,
}  # fmt: skip
HEAD = ("title", "mode", "billing", "commission_rate", "service_fee_rate", "vat_rate",
        "note_client")  # fmt: skip
SUMS = ("gross", "media_price", "service_fee", "client_net", "vat", "total")


def grouped(lines):
    """The lines by medium, in the order of the media; the first of each opens its group."""
    rows = sorted(lines, key=lambda line: ORDER[line.medium])
    former = ""
    for row in rows:
        row.opens_group = row.get_medium_display() if row.medium != former else ""
        former = row.medium
    return rows


# --- the calendar --------------------------------------------------------------------------------


@dataclass
class Cell:
    """What runs in a month, and at what price."""

    runs: int = 0
    bonus: int = 0
    price: Decimal = ZERO

    def add(self, line):
        self.runs += line.runs
        self.bonus += line.bonus_runs
        self.price += line.media_price

    def __bool__(self):
        return bool(self.runs or self.bonus or self.price)


class Calendar:
    """Media in rows, months in columns; `rows`: [(medium, cells, sum)], `foot`: the sums below."""

    def __init__(self, lines):
        self.months = sorted({line.month for line in lines})
        cells, self.foot, self.total = {}, {month: Cell() for month in self.months}, Cell()
        sums = {}
        for line in lines:
            key = (line.medium, line.month)
            for cell in (
                cells.setdefault(key, Cell()), sums.setdefault(line.medium, Cell()),
                self.foot[line.month], self.total,
            ):  # fmt: skip
                cell.add(line)
        self.rows = [
            (
                Medium(medium).label,
                [cells.get((medium, month), Cell()) for month in self.months],
                sums[medium],
            )
            for medium in sorted(sums, key=ORDER.get)
        ]

    @property
    def feet(self):
        return [self.foot[month] for month in self.months]


# --- two versions --------------------------------------------------------------------------------


class LinePair(Pair):
    ADDED = gettext_lazy("New: %(line)s, %(month)s, %(price)s")
    DROPPED = gettext_lazy("Dropped: %(line)s, %(month)s, %(price)s")

    def facts(self, line):
        return {
            "line": line.vehicle, "month": month_text(line.month),
            "price": sum_text(line.media_price),
        }  # fmt: skip


def compare(old, new):
    """(pairs by thread in the order of the new version, [(label, old, new)] of the head)."""
    before = {line.thread: line for line in old.lines.select_related("supplier")}
    pairs = []
    for line in new.lines.select_related("supplier"):
        twin = before.pop(line.thread, None)
        changes, names = changes_of(twin, line, FIELDS, words_of) if twin else ((), frozenset())
        pairs.append(LinePair(twin, line, changes, names))
    for line in before.values():
        put_dropped(pairs, LinePair(line, None))
    return pairs, changes_of(old, new, HEAD, words_of)[0]


def words_of(row, name):
    value = getattr(row, name)
    if value is None or value == "":
        return "–"
    if row._meta.get_field(name).choices:
        return str(getattr(row, f"get_{name}_display")())
    return WORDS[name](value) if name in WORDS else str(value)


def sums_of(old, new):
    """[(label, old, new)] of the sums that stand under the lines."""
    fields = [MediaPlan._meta.get_field(name) for name in SUMS]
    return [
        (field.verbose_name, getattr(old, field.name), getattr(new, field.name)) for field in fields
    ]


def versions_beside(plan):
    """The other versions of the job's plan, newest first."""
    rows = MediaPlan.objects.filter(job=plan.job_id).exclude(pk=plan.pk)
    return list(rows.order_by("-revision"))
