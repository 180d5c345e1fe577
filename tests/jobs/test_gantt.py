"""The drawing of a plan: axis, bars, words beside them; the same data on screen and paper."""

from datetime import date

import pytest

from agency.common.models.calendar import Calendar
from jobs import gantt

CALENDAR = Calendar()
TODAY = date(2026, 11, 20)


def row(due, starts=None, **fields):
    facts = {
        "no": 1, "name": "Step", "name_en": "", "starts_on": starts and date.fromisoformat(starts),
        "due_on": date.fromisoformat(due), "was_due_on": None, "forecast_on": None,
        "done_on": None, "is_duty": False, "is_final": False,
    }  # fmt: skip
    return {**facts, **fields}


def kinds(row, today=TODAY):
    return [(bar.kind, f"{bar.first:%d}", f"{bar.last:%d}") for bar in gantt.bars_of(row, today)]


@pytest.mark.parametrize(
    ("step", "bars"),
    [
        (row("2026-11-27", "2026-11-25"), [("plan", "25", "27")]),
        (row("2026-11-27"), [("plan", "27", "27")]),
        (row("2026-11-27", "2026-11-18"), [("plan", "18", "27"), ("actual", "18", "20")]),
        (row("2026-11-18", "2026-11-16"), [("plan", "16", "18"), ("late", "19", "20")]),
        (
            row("2026-11-18", "2026-11-16", done_on=date(2026, 11, 19)),
            [("plan", "16", "18"), ("actual", "16", "19")],
        ),
        (
            row("2026-11-18", "2026-11-16", done_on=date(2026, 11, 13)),
            [("plan", "16", "18"), ("actual", "13", "13")],
        ),
        (row("2026-11-27", "2026-11-18", is_duty=True), [("client", "18", "27")]),
        (
            row("2026-11-18", is_duty=True, done_on=date(2026, 11, 18)),
            [("client", "18", "18"), ("given", "18", "18")],
        ),
        (row("2026-11-27", is_final=True), [("mile", "27", "27")]),
        (row("2026-11-27", "2026-11-26", is_final=True), [("plan", "26", "27")]),
        (
            row("2026-11-27", "2026-11-26", was_due_on=date(2026, 11, 24)),
            [("was", "24", "24"), ("plan", "26", "27")],
        ),
        (
            row("2026-11-27", "2026-11-26", forecast_on=date(2026, 11, 30)),
            [("plan", "26", "27"), ("forecast", "28", "30")],
        ),
    ],
)
def test_planned_against_actual(step, bars):
    assert kinds(step) == bars


def test_what_is_due_today_is_not_late():
    assert kinds(row("2026-11-20")) == [("plan", "20", "20"), ("actual", "20", "20")]


def test_the_axis_runs_from_monday_to_sunday_around_every_day_named():
    rows = [row("2026-11-18", "2026-11-11"), row("2026-11-27", forecast_on=date(2026, 12, 2))]
    assert gantt.span_of(rows) == (date(2026, 11, 9), date(2026, 12, 6))
    assert gantt.span_of(rows, [date(2026, 12, 11)])[1] == date(2026, 12, 13)


def test_days_off_are_weekends_and_holidays_never_make_up_workdays():
    axis = gantt.Axis(date(2026, 9, 14), date(2026, 10, 11), 26)
    off = [(f"{a:%m-%d}", f"{b:%m-%d}") for a, b in axis.off(CALENDAR)]
    # Sun 20 Sep and Sat 10 Oct are worked; mid-autumn 25–27 Sep, National Day 1–7 Oct
    assert off == [("09-19", "09-19"), ("09-25", "09-27"), ("10-01", "10-07"), ("10-11", "10-11")]


def draw(rows, **more):
    return gantt.screen(rows, TODAY, CALENDAR, lambda row: row["name"], **more)


def test_the_screen_draws_each_day_26_pixels_wide():
    plan = draw([row("2026-11-27", "2026-11-25")])
    assert (plan["width"], plan["height"], plan["day_width"]) == (str(7 * 26), "80", "26")
    (shape,) = plan["lines"][0].shapes
    assert (shape.x, shape.width) == (str(2 * 26 + 2), str(3 * 26 - 4))
    assert [day["text"] for day in plan["days"]] == ["23", "24", "25", "26", "27", "28", "29"]
    assert plan["today"] == ""


def test_todays_line_stands_in_the_middle_of_its_day():
    plan = draw([row("2026-11-20")])
    assert plan["today"] == str(4 * 26 + 13)


def test_a_long_plan_is_drawn_narrower():
    assert draw([row("2027-01-29", "2026-11-09")])["day_width"] == "18"
    long = draw([row("2027-06-30", "2026-11-09")])
    assert (long["day_width"], long["days"]) == ("12", [])


def test_words_stand_left_of_the_bar_where_the_right_has_no_room():
    words = "Delivery by the end of the week"
    early = row("2026-11-17", "2026-11-16", name="Short")
    late = row("2026-12-13", "2026-12-11", name=words)
    first, last = draw([early, late])["lines"]
    assert (first.anchor, last.anchor) == ("start", "end")
    assert last.label_x == gantt.px((date(2026, 12, 11) - date(2026, 11, 16)).days * 26 - 7)


def test_nothing_to_draw():
    assert draw([]) is None
    assert gantt.paper([], TODAY, CALENDAR) is None


def test_paper_fits_its_column_and_names_at_most_ten_weeks():
    plan = gantt.paper([row("2027-03-01", "2026-11-09")], TODAY, CALENDAR)
    assert plan["width"] == "121"
    assert len(plan["weeks"]) == 18
    assert [f"{label['day']:%m-%d}" for label in plan["labels"]][:3] == ["11-09", "11-23", "12-07"]
    (line,) = plan["lines"]
    shape = line.shapes[0]
    assert shape.x == "0.000"
    assert shape.width.startswith("114.8")
    assert line.height == "6.1"


def test_paper_rows_grow_with_the_lines_of_their_step():
    plan = gantt.paper([row("2026-11-27")], TODAY, CALENDAR, lambda row: 3)
    assert plan["lines"][0].height == "14.1"


@pytest.mark.parametrize(("value", "text"), [(26, "26"), (26.5, "26.5"), (1234.25, "1234.2")])
def test_pixels_are_written_without_commas(value, text):
    assert gantt.px(value) == text
