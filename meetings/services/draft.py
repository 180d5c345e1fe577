"""The draft of a contact report: opened, saved as typed, discarded (3.2)."""

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Contact, User
from accounts.permissions import require
from accounts.services import people
from agency.common.errors import Refused, Stale
from agency.common.services.record import record
from agency.common.verbs import check_state, check_version, lock, save, verb
from meetings.models import ActionPoint, Attendee, ContactReport, ReportPoint
from meetings.services import ladder
from meetings.services.typed import of_report

DRAFT = ContactReport.State.DRAFT


@verb
def save_draft(*, report, data, row_version, by, at):
    """Keep the draft exactly as typed, complete or not; return it with its new row_version.

    Stale carries `current` (ReportData) and `row_version` of what is stored now, so that the page
    can show both texts. Refused for people of another client.
    """
    report = lock(report)
    behalf = require(by, "meetings.issue_report", report.client, at)
    check_state(report, DRAFT)
    check_draft_version(report, row_version)
    write(report, data)
    save(report)
    record(report, "save_report", by=by, at=at, client=report.client, behalf_of=behalf)
    return report


def check_draft_version(report, row_version):
    try:
        check_version(report, row_version)
    except Stale as stale:
        stale.current, stale.row_version = of_report(report), report.row_version
        raise


def write(report, data):
    """Put the typed values into the rows; the caller saves the report itself."""
    _check_named(report.client_id, data)
    report.no_action = data.no_action
    report.returner = data.returner
    report.channel = data.channel
    report.remark_internal = data.remark_internal
    _write_points(report, data.points)
    _write_actions(report, data.actions)
    if data.recipients is not None:
        report.recipients.set(data.recipients)
    if data.readers is not None:
        report.readers.set(data.readers)
    keep_owners(report)


def _check_named(client_id, data):
    named = [data.returner, *(data.recipients or []), *(row.contact for row in data.actions)]
    if any(contact and contact.client_id != client_id for contact in named):
        raise Refused(_("This contact belongs to another client."), "returner")
    if any(row.user and row.contact for row in data.actions):
        raise Refused(_("Every action has exactly one owner."), "actions")
    if any(row.job and row.job.client_id != client_id for row in (*data.points, *data.actions)):
        raise Refused(_("This job belongs to another client."))


def _write_points(report, typed):
    typed = [point for point in typed if not point.is_empty]
    kept = {row.pk: row for row in report.points.all()}
    for position, point in enumerate(typed, start=1):
        row = kept.pop(point.pk, None) or _same_words(kept, typed, point)
        row = row or ReportPoint(report=report)
        row.position, row.kind, row.item = position, point.kind, point.item
        row.text, row.solution, row.job = point.text, point.solution, point.job
        # An opinion is for management by its kind (R25).
        row.for_management = point.for_management or point.kind == ReportPoint.Kind.OPINION
        row.save()
    ReportPoint.objects.filter(pk__in=kept).delete()


def _same_words(kept, typed, point):
    """A row saved from this form before the page knew its pk: it keeps what was told of it."""
    named = {other.pk for other in typed}
    for pk, row in kept.items():
        if pk not in named and row.text == point.text:
            return kept.pop(pk)
    return None


def _write_actions(report, typed):
    kept = {row.pk: row for row in report.actions.filter(is_live=False)}
    for position, action in enumerate((a for a in typed if not a.is_empty), start=1):
        row = kept.pop(action.pk, None) or ActionPoint(report=report)
        row.position, row.text, row.due_on = position, action.text, action.due_on
        row.user, row.contact, row.job = action.user, action.contact, action.job
        row.save()
    ActionPoint.objects.filter(pk__in=kept).delete()


def keep_owners(report):
    """Owners of actions and the returner get the report whatever the list says (R26)."""
    actions = report.actions.all()
    report.readers.add(*{row.user_id for row in actions if row.user_id})
    owners = {row.contact_id for row in actions if row.contact_id}
    report.recipients.add(*owners, *([report.returner_id] if report.returner_id else []))


def open_draft(client, author, meetings, *, by, at):
    """A new draft over these meetings, with the default lists of those who get it (3.2)."""
    first = min(meetings, key=lambda row: (row.report_due_at, row.pk))
    report = ContactReport.objects.create(
        client=client,
        author=author,
        created_by=by,
        kind=first.kind,
        clock_from=first.ended_at or first.planned_end,
        due_at=first.report_due_at,
    )
    for meeting in meetings:
        meeting.report = report
        save(meeting, "report")
    set_default_lists(report, at)
    return report


def set_default_lists(report, at):
    """Client attendees and contacts with gets_reports; our attendees, AM and AD (R26)."""
    attended = Attendee.objects.filter(meeting__report=report)
    contacts = Contact.objects.active().filter(
        Q(pk__in=attended.values("contact")) | Q(gets_reports=True), client=report.client_id
    )
    report.recipients.add(*contacts)
    users = User.objects.active().filter(pk__in=attended.values("user"))
    report.readers.add(report.author, *users, *managers(report.client, at))


def managers(client, at):
    """AM and AD of the client, stand-ins included."""
    found = [*people(client=client, role="am", at=at), *people(client=client, role="ad", at=at)]
    return list(dict.fromkeys(found))


@verb
def discard_draft(*, report, row_version, by, at):
    """Throw away a draft revision. The report of a meeting itself is never discarded (R16)."""
    report = lock(report)
    behalf = require(by, "meetings.issue_report", report.client, at)
    check_state(report, DRAFT)
    check_version(report, row_version)
    if report.supersedes_id is None:
        raise Refused(_("A meeting does not stay without its contact report."))
    former, label, client = lock(report.supersedes), str(report), report.client
    remove(report, at)
    ladder.schedule(former, at)
    former.save(update_fields=["next_notice_at"])
    record(former, "discard_revision", by=by, at=at, client=client, behalf_of=behalf, draft=label)
    return former


def remove(report, at):
    """Delete a draft with all it holds. Its waiting notices lose their mails."""
    ladder.stop(report, at)
    ActionPoint.objects.filter(report=report, is_live=False).delete()
    report.meetings.update(report=None)
    report.delete()
