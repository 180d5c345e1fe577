"""What still bars a weekly report, and what is worth a look: screen and verbs ask the same (8)."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from agency.common.models import CalendarDay
from agency.common.texts import is_reason
from meetings import copyguard
from meetings.constants import CHANGED_FROM, SEEN_FROM, STALE_DAYS_TOLD
from meetings.deadline import local_day
from meetings.models import StatusLine
from meetings.week import last_daily, stale_days

Section = StatusLine.Section


class Problem(NamedTuple):
    """`line` None: of the whole report; `code` says which rule, `words` tell it."""

    line: StatusLine | None
    code: str
    words: str


def lines_of(report):
    return list(
        report.lines.select_related(
            "former", "job", "next_user", "next_contact", "confirmed_by", "seen_by"
        )
    )


def problems(report, at, lines=None):
    """[Problem] for which it is not submitted."""
    lines = lines_of(report) if lines is None else lines
    found = [*_silent(lines), *_dates(report, lines, at)]
    since = last_daily(report.client, at, CalendarDay.objects.calendar())
    for line in worked(lines):
        found += _of_line(line, report, since)
    return found


def worked(lines):
    """Lines of work; a section that says it has none is no work."""
    return [line for line in lines if not line.is_empty_section]


def _silent(lines):
    """Every section speaks: of its work, or of why there is none (R28)."""
    spoken = {line.section for line in lines}
    for section in Section:
        if section not in spoken:
            words = _("%(section)s says nothing: add work, or say why there is none.")
            yield Problem(None, f"silent:{section.value}", words % {"section": section.label})


def _dates(report, lines, at):
    """It looks ahead (8.6)."""
    days = [line.next_on for line in worked(lines) if line.next_on and not line.ended_on]
    if report.is_first and days and max(days) < local_day(report.client, at):
        yield Problem(None, "past", _("All next dates lie in the past: say what comes next."))


def _of_line(line, report, since):
    if not line.current.strip():
        yield Problem(line, "current", _("Say where it stands."))
    if not line.next_step.strip():
        yield Problem(line, "next_step", _("Say what comes next."))
    if not line.is_written:
        return
    if line.is_copied and not line.is_confirmed:
        yield Problem(line, "copied", _("As last week: reword it, or say why nothing changed."))
    if is_stuck(line):
        words = _("Unchanged for the third time: change the next step or its date.")
        yield Problem(line, "stuck", words)
    if report.is_first and not line.ended_on and (line.touched_at or line.created_at) < since:
        yield Problem(line, "stale", _("Not touched since the last working day: bring up to date."))


def is_stuck(line):
    """Confirmed three times running, and neither next step nor date is another (8.5)."""
    if line.unchanged_run < CHANGED_FROM or line.former is None:
        return False
    is_same = copyguard.is_copied(copyguard.similarity(line.former.next_step, line.next_step))
    return is_same and line.former.next_on == line.next_on


def sign_problems(report, lines=None, copy_note=""):
    """[Problem] for which the second signature is refused, beside those of submitting."""
    lines = lines_of(report) if lines is None else lines
    found = [
        Problem(line, "unseen", _("Unchanged twice running: tick that you have seen it."))
        for line in shown_to_am(lines)
        if line.seen_by_id is None
    ]
    if needs_copy_note(lines) and not is_reason(copy_note or report.copy_note):
        words = _("More than half of the lines are unchanged: say why in a sentence.")
        found.append(Problem(None, "copy_note", words))
    return found


def shown_to_am(lines):
    """Lines confirmed twice running or more: the AM ticks each (R32)."""
    return [line for line in lines if line.unchanged_run >= SEEN_FROM]


def told_to_ad(lines):
    return [line for line in lines if line.unchanged_run >= CHANGED_FROM]


def needs_copy_note(lines):
    """More than half of the lines are copied and confirmed (8.6)."""
    rows = worked(lines)
    return 2 * sum(line.is_confirmed for line in rows) > len(rows)


def hints(lines):
    """[Problem] that bar nothing: nearly last week's words, or the same next step."""
    for line in worked(lines):
        if line.verdict == copyguard.HINT:
            yield Problem(line, "hint", _("Much like last week."))
        elif line.former and line.next_step and not line.is_copied and _has_same_step(line):
            yield Problem(line, "same_step", _("The next step is last week's."))


def _has_same_step(line):
    return copyguard.is_copied(copyguard.similarity(line.former.next_step, line.next_step))


def stale(report, at, lines=None, days=1):
    """Lines not brought up to date for so many working days: red (R31)."""
    lines = lines_of(report) if lines is None else lines
    calendar = CalendarDay.objects.calendar()
    return [
        line
        for line in worked(lines)
        if not line.ended_on and stale_days(line, report.client, at, calendar) >= days
    ]


def long_stale(report, at, lines=None):
    return stale(report, at, lines, days=STALE_DAYS_TOLD)
