"""The copy guard at work: what a line is compared with, and what that makes of it (8.4, 8.7)."""

from functools import cached_property

from agency.common.verbs import save
from meetings import copyguard
from meetings.constants import STATUS_DAILY
from meetings.deadline import local_day, zone_of
from meetings.models import StatusLine, StatusLineDay, StatusReport

Kind = StatusLineDay.Kind


class Guard:
    """What the lines of a report are compared with; last week is read once, when it is needed."""

    def __init__(self, report):
        self.report = report

    @cached_property
    def _sections(self):
        """{section: [words]} of the last issued report."""
        last = StatusReport.objects.before(self.report)
        found = {}
        for line in last.lines.filter(is_empty_section=False) if last else ():
            found.setdefault(line.section, []).append(line.words)
        return found

    def likeness(self, line):
        """With its predecessor, else with every line of the section (8.4); None of no words."""
        if line.is_empty_section or not line.words.strip():
            return None
        if line.former_id:
            return copyguard.similarity(line.former.words, line.words)
        return copyguard.closest(self._sections.get(line.section, []), line.words)

    def judge(self, line):
        """Write how alike it is; what is not copied is not confirmed either. The caller saves."""
        line.similarity = self.likeness(line)
        if not line.is_copied:
            line.unchanged_reason, line.confirmed_by, line.seen_by = "", None, None
        line.unchanged_run = _run(line) if line.is_confirmed else 0


def _run(line):
    """Reports in a row that said it is unchanged, this one included."""
    return 1 + (line.former.unchanged_run if line.former else 0)


def judge_all(report):
    """Judge each line anew: another report has become the last issued one."""
    rows, guard = list(report.lines.select_related("former")), Guard(report)
    for line in rows:
        guard.judge(line)
    fields = ["similarity", "unchanged_reason", "unchanged_run", "confirmed_by", "seen_by"]
    StatusLine.objects.bulk_update(rows, fields)


def note_change(line, report, by, at):
    """The day's row of a line whose words were typed; its touch, if they say something new.

    Typed and undone is no change: what counts is what the line said on the last day (8.7).
    """
    day = local_day(report.client, at)
    row = line.days.filter(day=day).first()
    is_new = _is_news(line, day)
    if row is None and is_new:
        line.days.create(day=day, at=at, kind=Kind.CHANGED, by=by, created_by=by, created_at=at,
                         **_words(line))  # fmt: skip
    elif row and (is_new or row.kind == Kind.CONFIRMED or _is_closed(report, at)):
        _rewrite(row, line)
    elif row:
        row.delete()
    line.touched_at = at if is_new else _last_touch(line)


def _is_news(line, day):
    before = line.days.filter(day__lt=day).last() or line.former
    if not line.current.strip():
        return False
    if before is None:
        return True
    old = f"{before.current}\n{before.next_step}"
    return not copyguard.is_copied(copyguard.similarity(old, line.words))


def _is_closed(report, at):
    """After 18:00 the day stays as it was."""
    return at.astimezone(zone_of(report.client)).time() >= STATUS_DAILY


def _last_touch(line):
    last = line.days.last()
    return last.at if last else None


def _words(line):
    return {"current": line.current, "next_step": line.next_step}


def _rewrite(row, line, **fields):
    for name, value in {**_words(line), **fields}.items():
        setattr(row, name, value)
    row.save()


def note_confirmed(line, report, reason, by, at):
    """The day's row of a line confirmed as unchanged; copied from last week, it says so (R32)."""
    day = local_day(report.client, at)
    row = line.days.filter(day=day).first()
    if row:
        _rewrite(row, line, reason=reason)
    else:
        line.days.create(day=day, at=at, kind=Kind.CONFIRMED, by=by, reason=reason,
                         created_by=by, created_at=at, **_words(line))  # fmt: skip
    line.touched_at = at
    if line.is_copied:
        line.unchanged_reason, line.confirmed_by, line.seen_by = reason, by, None
        line.unchanged_run = _run(line)
    save(line)


def last_reason(line, day):
    """The reason given last before the day, in this week or the one before."""
    row = line.days.filter(day__lt=day).exclude(reason="").last()
    if row:
        return row.reason
    return line.former.unchanged_reason if line.former else ""
