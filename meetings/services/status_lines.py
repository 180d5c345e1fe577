"""The lines of a weekly report: typed, confirmed as unchanged, taken out (R31, R32, 3.4)."""

from django.utils.translation import gettext as _

from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, lock, save, verb
from archives.services import signing
from meetings import copyguard
from meetings.deadline import local_day
from meetings.models import StatusLine, StatusReport
from meetings.reports.status_problems import shown_to_am
from meetings.services.status_guard import Guard, last_reason, note_change, note_confirmed

State = StatusReport.State
EDIT, SIGN = "meetings.edit_status", "meetings.sign_status"
TEXTS = ("current", "next_step")
PLACED = ("section", "next_user", "next_contact", "next_on")
OWN = ("title", "ended_on", "job")  # of free lines: the others have them from what they stand for
FREE = "free:"


@verb
def edit_line(*, line, typed, by, at, row_version=None):
    """Write a line. `typed`: {field: value} of current, next_step, section, next_user,
    next_contact, next_on; of a free line also title, job and ended_on (its work is done).

    What was submitted or signed is a draft again. `row_version` is the line's.
    """
    report, line, behalf = _begun(line, by, at, row_version)
    changes = _put(line, report, typed)
    if changes:
        _settle(line, report, changes, by, at)
        signing.reopened(report, at, by)
        save(report)
        _record(report, line, "edit_status_line", by, at, behalf, changes)
    return line


def _begun(line, by, at, row_version, right=EDIT, states=StatusReport.UNISSUED):
    """The report locked first, then its line (C5); right, version and state are asked."""
    report = signing.begun(line.report)
    behalf = require(by, right, report.client, at)
    line = lock(line)
    line.report = report
    check_version(line, row_version)
    check_state(report, *states)
    return report, line, behalf


def _put(line, report, typed):
    """{field: [old, new]} of what is really new."""
    changes = {}
    for name in _fields(line):
        if name not in typed:
            continue
        value = typed[name].strip() if isinstance(typed[name], str) else typed[name]
        old = getattr(line, name)
        if value != old:
            setattr(line, name, value)
            changes[name] = [old, value]
    _check(line, report)
    return changes


def _fields(line):
    if line.is_empty_section:
        return ["current"]
    return [*TEXTS, *PLACED, *(OWN if line.is_free else ())]


def _check(line, report):
    if line.is_empty_section:
        check_reason(line.current, "current")
    if line.section not in StatusLine.Section:
        raise Refused(_("There is no such section."), "section")
    if line.next_user and line.next_contact:
        raise Refused(_("One person does what comes next."), "next_user")
    contact = line.next_contact
    if contact and contact.client_id != report.client_id:
        words = _("%(name)s is not a contact of this client.") % {"name": contact}
        raise Refused(words, "next_contact")
    if line.job and line.job.client_id != report.client_id:
        raise Refused(_("This job is another client's."), "job")
    if not line.title.strip():
        raise Refused(_("Give the work a title."), "title")


def _settle(line, report, changes, by, at):
    """After a change: how like last week it is, whether it is news today."""
    if {*TEXTS, "section"} & set(changes):
        Guard(report).judge(line)
    save(line)
    if "section" in changes:
        report.lines.filter(section=line.section, is_empty_section=True).delete()
    if set(TEXTS) & set(changes) and not line.is_empty_section:
        note_change(line, report, by, at)
        line.save(update_fields=["touched_at"])


def _record(report, line, done, by, at, behalf, changes):
    record(report, done, by=by, at=at, client=report.client, behalf_of=behalf, line=line.title,
           **changes)  # fmt: skip


@verb
def confirm_line(*, line, reason, by, at, row_version=None):
    """Nothing has changed, and why; not for the reason of last time (8.5)."""
    report, line, behalf = _begun(line, by, at, row_version)
    if not line.is_written:
        raise Refused(_("Write where it stands and what comes next first."), "current")
    reason = check_reason(reason)
    former = last_reason(line, local_day(report.client, at))
    if former and copyguard.is_copied(copyguard.similarity(former, reason)):
        raise Refused(_("That was the reason last time: say why it is still so."), "reason")
    Guard(report).judge(line)
    note_confirmed(line, report, reason, by, at)
    signing.reopened(report, at, by)
    save(report)
    _record(report, line, "confirm_status_line", by, at, behalf, {"reason": reason})
    return line


@verb
def add_line(*, report, typed, by, at, row_version=None):
    """A line of its own (`typed` as in edit_line): work without job, paper or action point."""
    report = signing.begun(report)
    behalf = require(by, EDIT, report.client, at)
    check_version(report, row_version)
    check_state(report, *StatusReport.UNISSUED)
    line = StatusLine(report=report, source_key=FREE, created_by=by, created_at=at,
                      position=_next_position(report))  # fmt: skip
    changes = _put(line, report, typed)
    line.save()
    line.source_key = f"{FREE}{line.pk}"
    _settle(line, report, changes, by, at)
    signing.reopened(report, at, by)
    save(report)
    _record(report, line, "add_status_line", by, at, behalf, changes)
    return line


def _next_position(report):
    last = report.lines.order_by("-position").first()
    return last.position + 1 if last else 1


@verb
def remove_line(*, line, by, at, reason="", row_version=None):
    """Take a line out; what lives goes out with a reason only, and stays out this week."""
    report, line, behalf = _begun(line, by, at, row_version)
    if not (line.is_free or line.is_empty_section):
        reason = check_reason(reason)
        row = {"source_key": line.source_key, "title": line.title, "reason": reason}
        report.removed = [*report.removed, row]
    _record(report, line, "remove_status_line", by, at, behalf, {"reason": reason})
    line.delete()
    signing.reopened(report, at, by)
    save(report)
    return report


@verb
def set_empty(*, report, section, reason, by, at, row_version=None):
    """A section without work says so, and why (R28)."""
    report = signing.begun(report)
    behalf = require(by, EDIT, report.client, at)
    check_version(report, row_version)
    check_state(report, *StatusReport.UNISSUED)
    section = StatusLine.Section(section)
    if report.lines.filter(section=section, is_empty_section=False).exists():
        raise Refused(_("There is work in this section."), "section")
    line, _is_new = StatusLine.objects.update_or_create(
        report=report, section=section, is_empty_section=True,
        defaults={"current": check_reason(reason), "touched_at": at},
        create_defaults={
            "current": check_reason(reason), "touched_at": at, "title": str(section.label),
            "position": 0, "created_by": by, "created_at": at,
        },
    )  # fmt: skip
    signing.reopened(report, at, by)
    save(report)
    _record(report, line, "set_empty_section", by, at, behalf, {"reason": line.current})
    return line


@verb
def correct_line(*, line, typed, by, at, row_version=None):
    """The AM's own corrections while signing: the AE's signature stays, he reads old and new."""
    report, line, behalf = _begun(line, by, at, row_version, SIGN, (State.SUBMITTED,))
    signing.check_other(report, by, behalf)
    changes = _put(line, report, typed)
    if not changes:
        return line
    _settle(line, report, changes, by, at)
    _check_corrected(line)
    rows = [
        {"field": name, "line": line.title, "old": _plain(old), "new": _plain(new)}
        for name, (old, new) in changes.items()
    ]
    signing.corrected(report, rows, by, at)
    save(report)
    _record(report, line, "correct_status_line", by, at, behalf, changes)
    return line


def _check_corrected(line):
    if not line.current.strip() or not (line.is_written or line.is_empty_section):
        raise Refused(_("Write where it stands and what comes next."), "current")
    if line.is_copied and not line.is_confirmed:
        raise Refused(_("As last week: reword it, or say why nothing changed."), "current")


def _plain(value):
    return "" if value is None else str(value)


@verb
def tick_seen(*, line, by, at, row_version=None):
    """The AM has seen that a line is unchanged for the second time (R32)."""
    report, line, behalf = _begun(line, by, at, row_version, SIGN, (State.SUBMITTED,))
    signing.check_other(report, by, behalf)
    if shown_to_am([line]) and line.seen_by_id is None:
        line.seen_by = by
        save(line, "seen_by")
        _record(report, line, "tick_status_line", by, at, behalf, {})
    return line
