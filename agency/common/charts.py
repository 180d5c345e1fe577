"""Charts as SVG of our own: colours by class, words in title and desc, the table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _

WIDE, HIGH = 96, 24
EDGE = 3
FRAME = {"left": 44, "right": 12, "top": 18, "bottom": 22}
STEP, HEIGHT, BAR = 56, 160, 28
ROW, NAMES, LONG = 30, 140, 420


@dataclass(frozen=True)
class Point:
    """One bar: its label, its value (None: nothing to count), the figure in words, its list."""

    label: str | Promise
    value: Decimal | int | None
    text: str
    url: str = ""
    is_under: bool = False


@dataclass(frozen=True)
class Chart:
    """One question: title, bars, the value of a full bar, and a line to reach."""

    title: str | Promise
    points: Sequence[Point]
    desc: str | Promise = ""
    top: Decimal | int | None = None
    target: Decimal | int | None = None
    target_text: str | Promise = ""
    label_head: str | Promise = ""
    value_head: str | Promise = ""

    @property
    def full(self):
        """The value at the top of the scale, never 0."""
        known = [point.value for point in self.points if point.value is not None]
        return Decimal(self.top or max([*known, self.target or 0], default=0) or 1)


def sparkline(values, base=None):
    """Path and last point of a small line; None values are left out; empty for fewer than two.

    base: the value of the dotted line; the floor where none is given.
    """
    known = [Decimal(value) for value in values if value is not None]
    if len(known) < 2:
        return {}
    low, high = min([*known, *_given(base)]), max([*known, *_given(base)])
    spread = (high - low) or Decimal(1)
    step = Decimal(WIDE - 2 * EDGE) / (len(known) - 1)
    places = [
        (EDGE + step * number, _height(value, low, spread)) for number, value in enumerate(known)
    ]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    x, y = places[-1]
    floor = _height(low if base is None else Decimal(base), low, spread)
    return {"path": path, "x": f"{x:.1f}", "y": f"{y:.1f}", "base": f"{floor:.1f}"}


def _given(base):
    return [] if base is None else [Decimal(base)]


def _height(value, low, spread):
    return HIGH - EDGE - (value - low) / spread * (HIGH - 2 * EDGE)


def columns(chart):
    """Upright bars, for months: everything the template draws, in user units as text."""
    width = FRAME["left"] + STEP * max(len(chart.points), 1) + FRAME["right"]
    floor = FRAME["top"] + HEIGHT
    bars = [_column(chart, point, number, floor) for number, point in enumerate(chart.points)]
    line = None if chart.target is None else f"{floor - _part(chart, chart.target, HEIGHT):.1f}"
    return {
        "chart": chart,
        "bars": bars,
        "width": width,
        "height": floor + FRAME["bottom"],
        "left": FRAME["left"],
        "floor": floor,
        "label_y": floor + 16,
        "target": line,
    }


def _column(chart, point, number, floor):
    height = _part(chart, point.value, HEIGHT)
    left = FRAME["left"] + STEP * number + (STEP - BAR) // 2
    return {
        "point": point,
        "x": left,
        "middle": left + BAR // 2,
        "y": f"{floor - height:.1f}",
        "text_y": f"{floor - height - 5:.1f}",
        "width": BAR,
        "height": f"{height:.1f}",
        "words": _words(point),
    }


def bars(chart):
    """Lying bars, for people or clients: a row each."""
    rows = [
        {
            "point": point,
            "y": ROW * number + 7,
            "text_y": ROW * number + 20,
            "width": f"{_part(chart, point.value, LONG):.1f}",
            "text_x": f"{NAMES + _part(chart, point.value, LONG) + 6:.1f}",
            "words": _words(point),
        }
        for number, point in enumerate(chart.points)
    ]
    line = None if chart.target is None else f"{NAMES + _part(chart, chart.target, LONG):.1f}"
    height = ROW * max(len(rows), 1) + 4
    return {
        "chart": chart,
        "bars": rows,
        "left": NAMES,
        "names": NAMES - 8,
        "width": NAMES + LONG + 90,
        "height": height,
        "target": line,
    }


def _part(chart, value, length):
    """How far a value reaches of a length, never beyond it."""
    if value is None:
        return Decimal(0)
    return min(max(Decimal(value) / chart.full, Decimal(0)), Decimal(1)) * length


def _words(point):
    return _("%(label)s: %(figure)s") % {"label": point.label, "figure": point.text}
