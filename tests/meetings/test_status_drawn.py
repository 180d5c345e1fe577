"""A weekly report as its pages draw it: marks of the copy guard, steps, corrections (8.5)."""

from datetime import date
from decimal import Decimal as D

import pytest

from meetings.models import StatusLine, StatusReport
from meetings.reports import status_drawn as drawn
from tests.builders import from_kept, make_client, make_user
from tests.meetings.status_rows import DUE, MONDAY, THURSDAY, add_empty, add_line, make_status

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R32")]
report, ae, am = from_kept("report", "ae", "am")


def make_kept():
    ae, am = make_user("ae"), make_user("am", "am")
    report = make_status(make_client("LM", team=[ae, am]), "issued", ae, am, created_by=None)
    add_line(report, "Poster")
    add_line(report, "Film", "media")
    add_empty(report, "finance")
    return {"report": report, "ae": ae, "am": am}


def words(line, stale=()):
    return [(str(mark.words), mark.tone) for mark in drawn.marks_of(line, stale)]


@pytest.mark.parametrize(
    ("similarity", "found"),
    [
        (None, []),
        ("0.749", []),
        ("0.750", [("much like last week (75%)", "amber")]),
        ("0.899", [("much like last week (90%)", "amber")]),
        ("0.900", [("as last week (90%)", "red")]),
        ("1.000", [("as last week (100%)", "red")]),
    ],
)
def test_how_like_last_week_a_line_is(similarity, found):
    assert words(StatusLine(similarity=D(similarity) if similarity else None)) == found


@pytest.mark.parametrize(
    ("run", "found"),
    [
        (1, "unchanged, with reason"),
        (2, "unchanged, week 2 running"),
        (3, "unchanged, week 3 running"),
    ],
)
def test_a_confirmed_line_is_no_longer_red(run, found):
    line = StatusLine(similarity=D(1), unchanged_reason="At the fair", unchanged_run=run)
    assert words(line) == [(found, "amber")]


@pytest.mark.parametrize(
    ("run", "wanted"),
    [
        (0, ""),
        (1, ""),
        (2, "The AM must tick it."),
        (3, "The AD is told; the next step or its date must change."),
        (5, "The AD is told; the next step or its date must change."),
    ],
)
def test_who_has_to_look_at_it(run, wanted):
    assert str(drawn.wants_of(StatusLine(unchanged_run=run))) == wanted


@pytest.mark.rule("R31")
def test_a_stale_line_is_red(report):
    line = report.lines.get(title="Poster")
    assert words(line, [line]) == [("not moved since last evening", "red")]


def test_work_that_has_ended_says_so():
    assert words(StatusLine(ended_on=date(2026, 11, 24))) == [("ended", "green")]


@pytest.mark.rule("R28")
def test_all_four_sections_in_order_with_what_is_in_them(report):
    sections = drawn.drawn_sections(list(report.lines.all()))
    assert [section["value"] for section in sections] == [
        "research",
        "media",
        "finance",
        "creative",
    ]
    assert [len(section["lines"]) for section in sections] == [0, 1, 0, 1]
    assert [bool(section["empty"]) for section in sections] == [False, False, True, False]


def test_each_line_bears_its_marks(report):
    sections = drawn.drawn_sections(list(report.lines.all()))
    (line,) = sections[1]["lines"]
    assert (line.marks, line.wants) == ([], "")


# --- steps --------------------------------------------------------------------------------------


def kinds(report, state):
    report.state = state
    return [kind for _label, kind, _at, _who in drawn.drawn_steps(report)]


@pytest.mark.parametrize(
    ("state", "found"),
    [
        ("draft", ["done", "now", "wait", "wait"]),
        ("submitted", ["done", "done", "now", "wait"]),
        ("signed", ["done", "done", "done", "now"]),
        ("issued", ["done", "done", "done", "done"]),
        ("superseded", ["done", "done", "done", "done"]),
    ],
)
def test_how_far_the_report_has_come(report, state, found):
    assert kinds(report, state) == found


@pytest.mark.rule("R29")
def test_a_step_done_says_when_and_by_whom(report, ae, am):
    steps = drawn.drawn_steps(report)
    assert [(at, who) for _label, _kind, at, who in steps] == [
        (MONDAY, None), (THURSDAY, ae), (THURSDAY, am), (DUE, None)
    ]  # fmt: skip


def test_a_step_that_was_taken_back_says_nothing(report):
    report.state = StatusReport.State.DRAFT
    assert [at for _label, _kind, at, _who in drawn.drawn_steps(report)] == [
        MONDAY, None, None, None
    ]  # fmt: skip


# --- corrections --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("current", "where it stands"),
        ("next_step", "what comes next"),
        ("next_on", "by when"),
        ("next_user", "who"),
        ("next_contact", "who"),
        ("summary", "summary"),
    ],
)
def test_a_correction_names_line_text_old_new_and_who(report, field, label):
    row = {"line": "Poster", "field": field, "old": "a", "new": "b", "by": "am"}
    report.corrections = [row]
    ((line, text, *rest),) = drawn.drawn_corrections(report)
    assert (line, str(text), rest) == ("Poster", label, ["a", "b", "am"])
