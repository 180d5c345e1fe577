"""Calls and written exchanges: logged once over, their clock running already (R16, R17)."""

from dataclasses import replace

from django.utils.translation import gettext as _

from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.services.record import once, record
from agency.common.verbs import check_state, lock, save, verb
from meetings.deadline import set_due, set_report_due
from meetings.models import Attendee, ContactReport, Meeting
from meetings.services import draft, ladder, typed

LOGGED = (Meeting.Kind.CALL, Meeting.Kind.WRITTEN)


@verb
def log_call(
    *,
    client,
    kind,
    title,
    ended_at,
    data,
    by,
    at,
    users=(),
    contacts=(),
    starts_at=None,
    ae=None,
    report=None,
    form_key=None,
):
    """Log a call or a written exchange, with what was said; return the draft of its report.

    `data` is a ReportData. `report` is an open draft of calls to add it to (Z9): its rows stand
    first, read under its lock, so that two calls joined at once lose nothing. The clock counts
    from `ended_at`, not from now. Sent twice with one form_key, the first report comes back.
    """
    behalf = require(by, "meetings.log_call", client, at)
    meeting, is_new = _log(
        client, kind, title, starts_at, ended_at, ae or by, users, contacts, form_key, by, at
    )
    if not is_new:
        return meeting.report
    if report is None:
        report = draft.open_draft(client, meeting.ae, [meeting], by=by, at=at)
    else:
        report = _join(report, meeting, at)
        data = _after(typed.of_report(report), data)
    draft.write(report, data)
    save(report)
    ladder.tell(report, at)
    record(meeting, "log_call", by=by, at=at, client=client, behalf_of=behalf, kind=kind)
    return report


def _after(current, data):
    """The rows of a call put after those of the locked draft it joins; the rest is the draft's."""
    return replace(
        current,
        points=[*current.points, *data.points],
        actions=[*current.actions, *data.actions],
        returner=current.returner or data.returner,
    )


@verb
def add_call_to_report(
    *,
    report,
    kind,
    title,
    ended_at,
    by,
    at,
    users=(),
    contacts=(),
    starts_at=None,
    form_key=None,
):
    """One more call in an open draft: it is due with the earliest of them (Z9)."""
    client = report.client
    behalf = require(by, "meetings.log_call", client, at)
    meeting, is_new = _log(
        client, kind, title, starts_at, ended_at, report.author, users, contacts, form_key, by, at
    )
    if not is_new:
        return meeting.report
    report = _join(report, meeting, at)
    save(report)
    ladder.tell(report, at)
    record(meeting, "log_call", by=by, at=at, client=client, behalf_of=behalf, kind=kind)
    return report


def drafts_to_join(client, user, at):
    """Open drafts of calls that one more call of this client may be added to."""
    drafts = ContactReport.objects.visible_to(user, at).drafts().filter(client=client, revision=1)
    return drafts.exclude(meetings__kind__in=[Meeting.Kind.FACE, Meeting.Kind.VIDEO])


def _log(client, kind, title, starts_at, ended_at, ae, users, contacts, form_key, by, at):
    starts_at = starts_at or ended_at
    _check(client, kind, starts_at, ended_at, users, contacts, at)
    meeting = Meeting(
        client=client,
        kind=kind,
        title=title,
        place=Meeting.Place.ELSEWHERE,
        starts_at=starts_at,
        ended_at=ended_at,
        base_end=ended_at,
        end_source=Meeting.EndSource.ENTERED,
        state=Meeting.State.HELD,
        ae=ae,
        created_by=by,
        form_key=form_key,
    )
    set_report_due(meeting)
    meeting, is_new = once(meeting)
    if is_new:
        _add_people(meeting, users, contacts)
    return meeting, is_new


def _check(client, kind, starts_at, ended_at, users, contacts, at):
    if kind not in LOGGED:
        raise Refused(_("Only calls and written exchanges are logged afterwards."), "kind")
    if ended_at > at:
        raise Refused(_("The end lies in the future."), "ended_at")
    if starts_at > ended_at:
        raise Refused(_("The end lies before the start."), "ended_at")
    if not contacts:
        raise Refused(_("Say who of the client took part."), "contacts")
    if any(contact.client_id != client.pk for contact in contacts):
        raise Refused(_("This contact belongs to another client."), "contacts")
    if not users:
        raise Refused(_("Say who of ours took part."), "users")


def _add_people(meeting, users, contacts):
    people = [Attendee(meeting=meeting, user=user) for user in users]
    people += [Attendee(meeting=meeting, contact=contact) for contact in contacts]
    Attendee.objects.bulk_create(people)


def _join(report, meeting, at):
    """Put the call into the locked draft and count again."""
    report = lock(report)
    check_state(report, ContactReport.State.DRAFT)
    if report.client_id != meeting.client_id:
        raise Refused(_("That report is another client's."), "report")
    if report.revision > 1 or report.meetings.sit_down().exists():
        raise Refused(_("A sit-down meeting has a report of its own."), "report")
    meeting.report = report
    save(meeting, "report")
    set_due(report)
    draft.set_default_lists(report, at)
    return report
