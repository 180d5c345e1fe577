"""Weekly status report: drafted, kept up with what lives (3.4, R28, 8.1)."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.models import CalendarDay
from agency.common.services.record import record
from agency.common.verbs import check_state, check_version, lock, save, verb
from archives.services import signing
from archives.services.dispatches import LANGUAGES
from meetings.deadline import local_day
from meetings.models import StatusLine, StatusReport
from meetings.reports.status_sources import carried, former_lines, is_due_for, sources
from meetings.services.status_guard import judge_all
from meetings.services.status_slots import schedule
from meetings.week import drafted_from, status_due

State = StatusReport.State
Section = StatusLine.Section
RIGHT, SIGN = "meetings.edit_status", "meetings.sign_status"


@verb
def draft_status(*, client, week, at, by=None):
    """The draft of a week; the report that is there already, if any. `week`: its Monday."""
    client = lock(client)
    behalf = require(by, RIGHT, client, at)
    report = client.status_reports.filter(week=week).order_by("-revision").first()
    if report:
        return report
    report = _new_report(client, week, at, by)
    # drafted by the clock after its due time, it is overdue at once (5.5)
    schedule(report, at if by else min(at, report.due_at))
    report.save()
    _fill(report, at)
    record(report, "draft_status", by=by, at=at, client=client, behalf_of=behalf)
    return report


def _new_report(client, week, at, by):
    due = status_due(client, week, CalendarDay.objects.calendar())
    if not is_due_for(client):
        raise Refused(_("The client is not active."))
    if due is None:
        raise Refused(_("The week has no working day: there is no report."), "week")
    if at < drafted_from(client, week):
        raise Refused(_("The week has not begun yet."), "week")
    return StatusReport(client=client, week=week, due_at=due, created_by=by, created_at=at)


@verb
def refresh_status(*, report, at, by=None, row_version=None):
    """While it is a draft: new work comes in, ended work is marked, last week's words are found."""
    report = signing.begun(report)
    behalf = require(by, RIGHT, report.client, at)
    check_version(report, row_version)
    check_state(report, State.DRAFT)
    if changes := _fill(report, at):
        save(report)
        record(report, "refresh_status", by=by, at=at, client=report.client, behalf_of=behalf,
               **changes)  # fmt: skip
    return report


def _fill(report, at):
    """{new, ended}: how many lines came in and how many ended."""
    former = former_lines(report)
    live = sources(report.client, at)
    lines = list(report.lines.all())
    ended = _mark_ended(lines, live, local_day(report.client, at))
    changes = _link(lines, former)
    known = {line.source_key for line in lines} | {row["source_key"] for row in report.removed}
    is_new = not lines
    wanted = live + (carried(former) if is_new else [])
    new = [source for source in wanted if source.key not in known]
    _add(report, new, former, at, len(lines))
    if is_new and report.client.no_media and not any(one.section == Section.MEDIA for one in new):
        _fill_no_media(report, at)
    if changes:
        judge_all(report)
    found = {"new": len(new), "ended": ended, "linked": changes}
    return {name: count for name, count in found.items() if count}


def _mark_ended(lines, live, day):
    """Work that is no longer open is said once more; reopened, it goes on."""
    keys, count = {source.key for source in live}, 0
    for line in lines:
        if not line.source_key or line.is_free:
            continue
        is_over = line.source_key not in keys
        if is_over != (line.ended_on is not None):
            line.ended_on = day if is_over else None
            save(line, "ended_on")
            count += 1
    return count


def _link(lines, former):
    """Set what each line follows, where that has changed; returns how many."""
    count = 0
    for line in lines:
        last = former.get(line.source_key)
        if line.former_id != (last.pk if last else None):
            line.former = last
            save(line, "former")
            count += 1
    return count


def _add(report, found, former, at, position):
    rows = []
    for source in found:
        position += 1
        last = former.get(source.key)
        fields = source.fields()
        if last and source.job is None:
            fields["section"] = last.section  # where the AE had put it
        rows.append(
            StatusLine(report=report, position=position, former=last, created_at=at, **fields)
        )
    StatusLine.objects.bulk_create(rows)
    filled = {row.section for row in rows}
    report.lines.filter(section__in=filled, is_empty_section=True).delete()


def _fill_no_media(report, at):
    """The system says itself that a client without media work has none (R28)."""
    with override(LANGUAGES.get(report.client.paper_language, LANGUAGES["zh"])):
        words = _("No media work is agreed with this client.")
        title = str(Section.MEDIA.label)
    StatusLine.objects.create(
        report=report, section=Section.MEDIA, position=0, title=title, current=words,
        is_empty_section=True, touched_at=at, created_at=at,
    )  # fmt: skip


@verb
def edit_summary(*, report, summary, by, at, row_version=None):
    """The words above the sections. What was submitted or signed is a draft again."""
    report = signing.begun(report)
    behalf = require(by, RIGHT, report.client, at)
    check_version(report, row_version)
    check_state(report, *StatusReport.UNISSUED)
    old, report.summary = report.summary, summary.strip()
    if old != report.summary:
        signing.reopened(report, at, by)
    save(report)
    record(report, "edit_summary", by=by, at=at, client=report.client, behalf_of=behalf,
           summary=[old, report.summary])  # fmt: skip
    return report


@verb
def correct_summary(*, report, summary, by, at, row_version=None):
    """The AM's own words while signing: the AE's signature stays, he reads old and new (3.4)."""
    report = signing.begun(report)
    behalf = require(by, SIGN, report.client, at)
    check_version(report, row_version)
    check_state(report, State.SUBMITTED)
    signing.check_other(report, by, behalf)
    old, report.summary = report.summary, summary.strip()
    if old == report.summary:
        return report
    row = {"field": "summary", "old": old, "new": report.summary}
    signing.corrected(report, [row], by, at)
    save(report)
    record(report, "correct_summary", by=by, at=at, client=report.client, behalf_of=behalf,
           summary=[old, report.summary])  # fmt: skip
    return report
