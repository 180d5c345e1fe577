"""A plan as a drawing: bars by day, for the screen in pixels and for paper in millimetres.

Pure: rows are those of jobs/papers/timeline.py, whatever face they are of; words and colours are
the template's. Every number of a shape is a text, so that no locale writes it with a comma.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

DAY = timedelta(days=1)
WEEK = 7 * DAY
MONDAY, SUNDAY = 0, 6
# pixels
HEAD, ROW, BAR = 46, 34, 18
DAY_WIDTHS = ((70, 26), (120, 18), (400, 12))
NUMBERS_FROM = 18
LETTER = 12
GAP = 7
# millimetres
PAPER_WIDE, PAPER_ROW, PAPER_LINE = 121, 6.1, 4
LABELS_MOST = 10


@dataclass(frozen=True)
class Axis:
    """The days of the drawing, from a Monday to a Sunday; `day` is how wide one is."""

    first: date
    last: date
    day: float

    @property
    def days(self):
        return (self.last - self.first).days + 1

    @property
    def width(self):
        return self.days * self.day

    def x(self, day):
        return (day - self.first).days * self.day

    def weeks(self):
        return [self.first + n * WEEK for n in range(self.days // 7)]

    def off(self, calendar):
        """[(first, last)] of the stretches of days that are not worked."""
        found = []
        for number in range(self.days):
            day = self.first + number * DAY
            if calendar.is_working(day):
                continue
            if found and found[-1][1] == day - DAY:
                found[-1] = (found[-1][0], day)
            else:
                found.append((day, day))
        return found


@dataclass(frozen=True)
class Bar:
    """What a row shows from the first to the last day; kinds: was plan client actual given late
    forecast mile."""

    kind: str
    first: date
    last: date


@dataclass(frozen=True)
class Shape:
    kind: str
    x: str
    width: str
    y: str = ""
    centre: str = ""


@dataclass(frozen=True)
class Line:
    """One row of the drawing with its data, its shapes and where its words stand."""

    row: dict
    shapes: list = field(default_factory=list)
    y: str = ""
    middle: str = ""
    base: str = ""
    label_x: str = ""
    anchor: str = "start"
    height: str = ""


def span_of(rows, extra=()):
    """(Monday, Sunday) around every day that the rows or `extra` name."""
    names = ("starts_on", "due_on", "was_due_on", "forecast_on", "done_on")
    days = [row[name] for row in rows for name in names if row.get(name)]
    days += [day for day in extra if day]
    first, last = min(days), max(days)
    return first - first.weekday() * DAY, last + (SUNDAY - last.weekday()) * DAY


def bars_of(row, today):
    """[Bar] of a row: what was planned, what is, how late it is."""
    start = min(row["starts_on"] or row["due_on"], row["due_on"])
    due, done = row["due_on"], row["done_on"]
    found = []
    if row["was_due_on"] and row["was_due_on"] < start:
        found.append(Bar("was", row["was_due_on"], row["was_due_on"]))
    if row["is_final"] and start == due:
        found.append(Bar("mile", due, due))
    else:
        found.append(Bar("client" if row["is_duty"] else "plan", start, due))
    if done:
        found.append(Bar("given" if row["is_duty"] else "actual", min(start, done), done))
    elif due < today:
        found.append(Bar("late", due + DAY, today))
    elif start <= today and not row["is_duty"]:
        found.append(Bar("actual", start, today))
    if row["forecast_on"] and not done and row["forecast_on"] > due:
        found.append(Bar("forecast", due + DAY, row["forecast_on"]))
    return found


# --- screen ------------------------------------------------------------------------------------


def screen(rows, today, calendar, label, until=None):
    """The drawing for a page; `label(row)` are the words beside a bar. None without rows."""
    if not rows:
        return None
    first, last = span_of(rows, [until])
    wide = next(width for most, width in DAY_WIDTHS if (last - first).days < most or most == 400)
    axis = Axis(first, last, wide)
    height = HEAD + ROW * len(rows)
    return {
        "axis": axis,
        "width": str(axis.width),
        "height": str(height),
        "days": _days(axis, calendar) if wide >= NUMBERS_FROM else [],
        "day_width": str(wide),
        "half": px(wide / 2),
        "off": [_stretch(axis, *days) for days in axis.off(calendar)],
        "weeks": [
            {"x": px(axis.x(day) + 0.5), "text_x": px(axis.x(day) + 6), "day": day}
            for day in axis.weeks()
        ],
        "rows_height": str(height - HEAD),
        "today": px(axis.x(today) + wide / 2) if first <= today <= last else "",
        "lines": [_line(axis, row, n, today, label(row)) for n, row in enumerate(rows)],
    }


def px(value):
    return f"{value:.1f}".removesuffix(".0")


def _days(axis, calendar):
    days = [axis.first + n * DAY for n in range(axis.days)]
    return [{"x": px(axis.x(day) + axis.day / 2), "text": str(day.day)} for day in days]


def _stretch(axis, first, last):
    width = axis.x(last) - axis.x(first) + axis.day
    return {"x": px(axis.x(first)), "width": px(width), "first": first, "last": last}


def _line(axis, row, number, today, text):
    top = HEAD + ROW * number
    bars = bars_of(row, today)
    shapes = [_shape(axis, bar, top) for bar in bars]
    right = max(axis.x(bar.last) for bar in bars) + axis.day + GAP
    left = min(axis.x(bar.first) for bar in bars) - GAP
    fits = right + length(text) <= axis.width or left < length(text)
    return Line(
        row=row,
        shapes=shapes,
        y=px(top + ROW - 0.5),
        middle=px(top + ROW / 2),
        base=px(top + ROW / 2 + 4),
        label_x=px(right if fits else left),
        anchor="start" if fits else "end",
    )


HIGH = {"plan": 19, "client": 18, "given": 18, "late": 18, "actual": 10, "was": 19, "forecast": 4}


def _shape(axis, bar, top):
    high = HIGH.get(bar.kind, BAR)
    x, width = axis.x(bar.first), axis.x(bar.last) - axis.x(bar.first) + axis.day
    return Shape(
        kind=bar.kind,
        x=px(x + 2),
        width=px(width - 4),
        y=px(top + (ROW - high) / 2),
        centre=px(x + axis.day / 2),
    )


def length(text):
    """About how wide the words are: a Chinese character is twice a Latin letter."""
    return sum(LETTER if ord(letter) > 0x2E80 else LETTER * 0.56 for letter in str(text))


# --- paper -------------------------------------------------------------------------------------


def paper(rows, today, calendar, lines_of=None):
    """The same for a table of a paper: one small drawing a row, all with one axis."""
    if not rows:
        return None
    first, last = span_of(rows)
    axis = Axis(first, last, PAPER_WIDE / ((last - first).days + 1))
    weeks = axis.weeks()
    step = -(-len(weeks) // LABELS_MOST)
    return {
        "width": str(PAPER_WIDE),
        "first": first,
        "last": last,
        "off": [
            {"x": mm(axis.x(a)), "width": mm(axis.x(b) - axis.x(a) + axis.day)}
            for a, b in axis.off(calendar)
        ],
        "weeks": [mm(axis.x(day)) for day in weeks] + [mm(axis.width)],
        "labels": [{"x": mm(axis.x(day) + 0.9), "day": day} for day in weeks[::step]],
        "today": mm(axis.x(today) + axis.day / 2) if first <= today <= last else "",
        "lines": [_paper_line(axis, row, today, lines_of) for row in rows],
    }


def mm(value):
    return f"{value:.3f}"


def _paper_line(axis, row, today, lines_of):
    lines = lines_of(row) if lines_of else 1
    height = PAPER_ROW + PAPER_LINE * (lines - 1)
    shapes = [
        Shape(
            kind=bar.kind,
            x=mm(axis.x(bar.first)),
            width=mm(axis.x(bar.last) - axis.x(bar.first) + axis.day),
            centre=mm(axis.x(bar.first) + axis.day / 2),
        )
        for bar in bars_of(row, today)
    ]
    return Line(row=row, shapes=shapes, height=f"{height:.1f}")
