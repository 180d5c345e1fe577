"""What bars a weekly report from being signed: screen and verb ask the same (R28, R31, R32, 8)."""

from datetime import date
from decimal import Decimal as D
from types import SimpleNamespace

import pytest

from meetings.models import StatusLine
from meetings.reports import status_problems as asked
from meetings.services import status_lines
from tests.builders import from_kept, make_user, when
from tests.meetings import weeks
from tests.meetings.weeks import EMPTY, FRIDAY, NOON, SAID, WHY

pytestmark = pytest.mark.django_db
make_kept = weeks.make_world
client, ae, job = from_kept("client", "ae", "job")
THURSDAY_SIX = when("2026-11-26 18:00")


def codes(report, at=FRIDAY):
    return [(problem.code, str(problem.line or "")) for problem in asked.problems(report, at)]


def put(report, **fields):
    """The only line as it is in the database, whoever wrote it."""
    report.lines.filter(is_empty_section=False).update(**fields)


@pytest.fixture
def report(client, ae):
    return weeks.written(client, ae)


def test_with_all_said_nothing_bars_it(report):
    assert codes(report) == []


# --- sections -----------------------------------------------------------------------------------


@pytest.mark.rule("R28")
@pytest.mark.parametrize("section", EMPTY)
def test_a_silent_section_bars_it(report, section):
    report.lines.filter(section=section).delete()
    (problem,) = asked.problems(report, FRIDAY)
    label = StatusLine.Section(section).label
    assert (problem.line, problem.code) == (None, f"silent:{section}")
    assert problem.words == f"{label} says nothing: add work, or say why there is none."


@pytest.mark.rule("R28")
def test_a_report_without_any_work_may_say_so(client, ae, report):
    status_lines.remove_line(line=weeks.line_of(report), reason=WHY, by=ae, at=FRIDAY)
    weeks.empty(report, ae, "creative")
    assert codes(report) == []


@pytest.mark.rule("R28")
def test_a_fresh_draft_lacks_everything(client):
    found = codes(weeks.draft(client))
    assert [code for code, _line in found] == [
        "silent:research", "silent:media", "silent:finance", "current", "next_step"
    ]  # fmt: skip


@pytest.mark.parametrize("field", ["current", "next_step"])
def test_both_texts_are_needed(report, field):
    put(report, **{field: "  "})
    assert codes(report) == [(field, "Poster")]


# --- copied -------------------------------------------------------------------------------------


@pytest.mark.rule("R32")
@pytest.mark.parametrize(
    ("similarity", "found"),
    [("0.899", []), ("0.900", [("copied", "Poster")]), ("1.000", [("copied", "Poster")])],
)
def test_copied_from_ninety_in_a_hundred_on(report, similarity, found):
    put(report, similarity=D(similarity))
    assert codes(report) == found


@pytest.mark.rule("R32")
def test_with_a_reason_it_may_be_as_last_week(report):
    put(report, similarity=D("1.000"), unchanged_reason=WHY, unchanged_run=1)
    assert codes(report) == []


def same_as_last_week(report, run=3, **fields):
    last = type(report).objects.create(
        client=report.client, week=date(2026, 11, 16), due_at=FRIDAY, state="draft"
    )
    old = StatusLine.objects.create(
        report=last, section="creative", position=1, title="Poster", **SAID
    )
    said = {"former": old, "unchanged_reason": WHY, "unchanged_run": run}
    put(report, **said, similarity=D("1.000"), **fields)


@pytest.mark.rule("R32")
@pytest.mark.parametrize(("run", "found"), [(2, []), (3, [("stuck", "Poster")])])
def test_the_third_time_something_must_change(report, run, found):
    same_as_last_week(report, run)
    assert codes(report) == found


@pytest.mark.rule("R32")
@pytest.mark.parametrize(
    "changed", [{"next_on": date(2026, 12, 2)}, {"next_step": "We call their director on Monday"}]
)
def test_a_new_date_or_another_step_is_a_change(report, changed):
    same_as_last_week(report, **changed)
    assert codes(report) == []


@pytest.mark.rule("R32")
@pytest.mark.parametrize(
    ("run", "am", "ad"), [(0, 0, 0), (1, 0, 0), (2, 1, 0), (3, 1, 1), (4, 1, 1)]
)
def test_who_is_shown_what_is_unchanged(report, run, am, ad):
    put(report, unchanged_run=run)
    lines = asked.lines_of(report)
    assert (len(asked.shown_to_am(lines)), len(asked.told_to_ad(lines))) == (am, ad)


@pytest.mark.rule("R32")
def test_much_like_last_week_is_a_hint_and_bars_nothing(report):
    put(report, similarity=D("0.750"))
    (hint,) = asked.hints(asked.lines_of(report))
    assert (hint.code, codes(report)) == ("hint", [])


@pytest.mark.rule("R32")
def test_the_same_next_step_is_a_hint(report):
    same_as_last_week(report, current="All is done but the colours")
    put(report, similarity=D("0.500"), unchanged_reason="", unchanged_run=0)
    (hint,) = asked.hints(asked.lines_of(report))
    assert (hint.code, str(hint.line)) == ("same_step", "Poster")


# --- the second signature -----------------------------------------------------------------------


@pytest.mark.rule("R32")
def test_unchanged_twice_the_manager_ticks_it_before_signing(report):
    put(report, unchanged_run=2, unchanged_reason=WHY)
    found = [(one.code, str(one.line or "")) for one in asked.sign_problems(report)]
    assert found == [("unseen", "Poster"), ("copy_note", "")]
    put(report, seen_by=make_user())
    assert [one.code for one in asked.sign_problems(report, copy_note=WHY)] == []


def lines_like(*confirmed):
    return [SimpleNamespace(is_empty_section=False, is_confirmed=one) for one in confirmed]


@pytest.mark.rule("R32")
@pytest.mark.parametrize(
    ("confirmed", "wanted"),
    [([], False), ([True], True), ([True, False], False), ([True, True, False], True)],
)
def test_over_half_unchanged_wants_a_word(confirmed, wanted):
    assert asked.needs_copy_note(lines_like(*confirmed)) is wanted


@pytest.mark.rule("R32")
def test_sections_without_work_count_for_neither(report):
    put(report, unchanged_run=1, unchanged_reason=WHY)
    assert asked.needs_copy_note(asked.lines_of(report))


# --- fresh and ahead ----------------------------------------------------------------------------


@pytest.mark.rule("R31")
@pytest.mark.parametrize(
    ("touched", "found"),
    [(THURSDAY_SIX, []), (when("2026-11-26 17:59:59"), [("stale", "Poster")]), (NOON, [])],
)
def test_every_line_is_touched_since_six_of_the_day_before(report, touched, found):
    put(report, touched_at=touched)
    assert codes(report) == found


@pytest.mark.rule("R31")
def test_a_line_that_came_this_morning_is_not_stale(report):
    put(report, touched_at=None, created_at=when("2026-11-27 06:00"))
    assert codes(report) == []


@pytest.mark.rule("R31")
def test_ended_work_is_said_once_and_then_left(report):
    old = when("2026-11-24 10:00")
    put(report, touched_at=old, ended_on=date(2026, 11, 24), next_on=date(2026, 11, 24))
    assert codes(report) == []
    assert asked.stale(report, FRIDAY) == []


@pytest.mark.rule("R32")
@pytest.mark.parametrize(
    ("day", "found"),
    [(date(2026, 11, 26), [("past", "")]), (date(2026, 11, 27), []), (None, [])],
)
def test_it_looks_ahead(report, day, found):
    put(report, next_on=day)
    assert codes(report) == found


@pytest.mark.rule("R32")
def test_one_date_ahead_is_enough(report, ae):
    put(report, next_on=date(2026, 11, 20))
    typed = {**SAID, "title": "Fair", "section": "creative", "current": "Stand is booked for two"}
    status_lines.add_line(report=report, typed=typed, by=ae, at=FRIDAY)
    assert codes(report) == []


@pytest.mark.rule("R31")
def test_a_revision_is_of_a_week_that_is_over(report):
    report.revision = 2
    put(report, touched_at=when("2026-11-24 10:00"), next_on=date(2026, 11, 20))
    assert codes(report) == []


@pytest.mark.rule("R31")
def test_red_lines_of_a_morning_and_those_of_three_days(report):
    put(report, touched_at=when("2026-11-23 17:00"))
    for morning, red, long in (("24", 0, 0), ("25", 1, 0), ("26", 1, 0), ("27", 1, 1)):
        at = when(f"2026-11-{morning} 09:00")
        assert (len(asked.stale(report, at)), len(asked.long_stale(report, at))) == (red, long)


def test_it_asks_the_same_number_of_questions_for_many_lines(report, ae, django_assert_num_queries):
    assert codes(report) == []
    with django_assert_num_queries(2):
        asked.problems(report, FRIDAY)
    for number in range(3):
        put_more(report, number)
    with django_assert_num_queries(2):
        asked.problems(report, FRIDAY)


def put_more(report, number):
    StatusLine.objects.create(
        report=report, section="creative", position=number, title=f"Work {number}",
        touched_at=FRIDAY, current=f"Work {number} is being done", next_step=f"Step {number}",
    )  # fmt: skip
