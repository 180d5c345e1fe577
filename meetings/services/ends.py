"""How a sit-down meeting ended, and the clock that starts with it (3.1, E9)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import require
from accounts.services.telling import key_of, posts, stamp, tell, words
from agency.common.errors import Refused
from agency.common.services import void_waiting
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, lock, save, verb
from meetings.constants import END_SHIFT_UNCONFIRMED
from meetings.deadline import counted_end, set_due, set_report_due
from meetings.models import AgendaItem, ContactReport, Meeting, ReportPoint
from meetings.services import ahead, chair, draft, hold, ladder, takeover

State = Meeting.State
RUN = "meetings.run_meeting"


def lock_meeting(meeting, permission, row_version, by, at, *states):
    """The locked meeting and whom the person acts for; refused from any other state."""
    meeting = lock(meeting)
    behalf = require(by, permission, meeting.client, at)
    check_state(meeting, *states)
    check_version(meeting, row_version)
    return meeting, behalf


@verb
def open_provisional(*, meeting, at):
    """Planned end, and nobody has said anything: the clock opens the draft itself (3.2)."""
    meeting = lock(meeting)
    if meeting.state not in Meeting.INVITED or meeting.report_id:
        return None
    meeting.end_source = Meeting.EndSource.PLANNED
    set_report_due(meeting)
    save(meeting, "end_source", "report_due_at")
    report = _open_report(meeting, None, at)
    ladder.tell(report, at)
    record(meeting, "clock_started", by=None, at=at, client=meeting.client)
    return report


def _open_report(meeting, by, at):
    report = draft.open_draft(meeting.client, meeting.ae, [meeting], by=by, at=at)
    report.returner = report.recipients.filter(pk__in=meeting.attendees.values("contact")).first()
    report.save(update_fields=["returner"])
    for position, item in enumerate(meeting.items.on_agenda(), start=1):
        kind = ReportPoint.Kind.DECISION if item.conclusion else ReportPoint.Kind.DISCUSSION
        text = item.conclusion or item.notes
        ReportPoint.objects.create(
            report=report, position=position, item=item, kind=kind, text=text
        )
    takeover.take_all(meeting, at)
    return report


@verb
def ask_end(*, meeting, at):
    """Half an hour after the planned end the AE is asked how it ended (R15, 5.3)."""
    meeting = lock(meeting)
    if meeting.state not in Meeting.INVITED or meeting.end_asked_at:
        return []
    meeting.end_asked_at = at
    meeting.save(update_fields=["end_asked_at"])
    label = words(gettext_lazy("Was it held, and when did it end? %(title)s"), title=meeting.title)
    people = posts(meeting.client, ["ae"], at, named=meeting.ae)
    return tell(
        "end_missing",
        meeting,
        people,
        label,
        client=meeting.client,
        at=at,
        slot=f"ask:{stamp(meeting.planned_end)}",
        level="remind",
        due_at=meeting.planned_end,
    )


def _stop_asking(meeting, at):
    key = key_of("end_missing", meeting, "")
    void_waiting(key_prefix=key, reason=gettext_lazy("The end has been entered."), at=at)


@verb
def hold_meeting(
    *, meeting, ended_at, row_version, by, at, present=None, source=Meeting.EndSource.ENTERED
):
    """It was held and ended then. Opens the draft report, or takes over the clock's own.

    `present`: pks of the attendees who were there; None leaves them as they are. An end more than
    two hours later than planned counts only once the AM has confirmed it.
    """
    meeting, behalf = lock_meeting(meeting, RUN, row_version, by, at, *Meeting.INVITED)
    if at < meeting.starts_at:
        raise Refused(_("The meeting has not begun yet."))
    _check_end(meeting, ended_at, at)
    if present is not None:
        meeting.attendees.filter(pk__in=present).update(present=True)
        meeting.attendees.exclude(pk__in=present).update(present=False)
    ahead.end(meeting, at)
    hold.stop_all(meeting, ended_at)
    meeting.state, meeting.end_source = State.HELD, source
    meeting.chair = meeting.chair or chair.most_senior(meeting)
    meeting.held_without_agenda = meeting.agenda_sent_at is None
    _stop_asking(meeting, at)
    _count(meeting, ended_at, by, at, "")
    save(meeting)
    report = _recount(meeting, at) or _open_report(meeting, by, at)
    ladder.tell(report, at)
    record(
        meeting, "hold_meeting", by=by, at=at, client=meeting.client, behalf_of=behalf,
        ended_at=ended_at, counts=meeting.ended_at,
    )  # fmt: skip
    return ContactReport.objects.get(pk=report.pk)


def _check_end(meeting, ended_at, at):
    if ended_at > at:
        raise Refused(_("The end lies in the future."), "ended_at")
    if ended_at <= meeting.starts_at:
        raise Refused(_("The end lies before the start."), "ended_at")


def _count(meeting, ended_at, by, at, reason):
    """Take the end over, or keep it waiting for the AM when it is much later (E9)."""
    known = [end for end in (meeting.base_end, counted_end(meeting)) if end]
    if ended_at > min(known) + END_SHIFT_UNCONFIRMED:
        meeting.claimed_end, meeting.claimed_by, meeting.claimed_at = ended_at, by, at
        meeting.claimed_reason = reason
        meeting.ended_at = counted_end(meeting)
        _ask_manager(meeting, at)
    else:
        meeting.ended_at = ended_at
        _drop_claim(meeting)
    set_report_due(meeting)


def _drop_claim(meeting):
    meeting.claimed_end = meeting.claimed_by = meeting.claimed_at = None
    meeting.claimed_reason = ""


def _ask_manager(meeting, at):
    label = words(
        gettext_lazy("Confirm a later end, %(end)s: %(title)s"),
        end=meeting.claimed_end,
        title=meeting.title,
    )
    people = posts(meeting.client, ["am"], at)
    slot = stamp(meeting.claimed_end)
    client = meeting.client
    tell("end_claimed", meeting, people, label, client=client, at=at, slot=slot, level="remind")


def _recount(meeting, at):
    """The report's deadline after the meeting's end has changed; None without a report."""
    if meeting.report_id is None:
        return None
    report = lock(meeting.report)
    check_state(report, ContactReport.State.DRAFT)
    # Reminders counted from the old end that still wait for the morning would be wrong.
    ladder.stop(report, at)
    set_due(report)
    ladder.schedule(report, at)
    report.save(update_fields=["kind", "clock_from", "due_at", "next_notice_at"])
    return report


@verb
def set_outcomes(*, meeting, outcomes, row_version, by, at):
    """What came of each item: {item pk: (outcome, conclusion)}, until the issue (R14)."""
    meeting, behalf = lock_meeting(meeting, RUN, row_version, by, at, *Meeting.INVITED, State.HELD)
    if at < meeting.starts_at:
        raise Refused(_("The meeting has not begun yet."))
    if meeting.report and not meeting.report.is_draft:
        raise Refused(_("The report has been issued: its items are closed."))
    for item in meeting.items.filter(pk__in=outcomes):
        item.outcome, item.conclusion = outcomes[item.pk]
        _check_outcome(item)
        save(item)
        _fill_point(meeting, item)
    save(meeting)
    record(meeting, "set_outcomes", by=by, at=at, client=meeting.client, behalf_of=behalf)
    return meeting


def _check_outcome(item):
    if item.outcome not in AgendaItem.Outcome.values:
        raise Refused(_("Concluded, carried over or dropped?"), f"item-{item.pk}")


def _fill_point(meeting, item):
    """A conclusion becomes the words of the item's point as long as nobody has written there."""
    if item.conclusion.strip() and meeting.report_id:
        empty = ReportPoint.objects.filter(report=meeting.report_id, item=item, text="")
        empty.update(text=item.conclusion, kind=ReportPoint.Kind.DECISION)


@verb
def not_held(*, meeting, reason, row_version, by, at):
    """The client did not come: a reason, the clock's provisional draft goes, the AM is told."""
    meeting, behalf = lock_meeting(meeting, RUN, row_version, by, at, *Meeting.INVITED)
    if at < meeting.starts_at:
        raise Refused(_("The meeting has not begun yet: it can still be cancelled."))
    meeting.cancel_reason = check_reason(reason)
    ahead.drop(meeting, at)
    meeting.state = State.NOT_HELD
    _stop_asking(meeting, at)
    report, meeting.report, meeting.report_due_at = meeting.report, None, None
    save(meeting)
    if report is not None:
        draft.remove(lock(report), at)
    label = words(gettext_lazy("Not held: %(title)s"), title=meeting.title)
    people = posts(meeting.client, ["am"], at)
    tell("not_held", meeting, people, label, client=meeting.client, at=at)
    record(
        meeting, "not_held", by=by, at=at, client=meeting.client, behalf_of=behalf,
        reason=meeting.cancel_reason,
    )  # fmt: skip
    return meeting


@verb
def correct_end(*, meeting, ended_at, reason, row_version, by, at):
    """Another end than entered, with a reason, as long as the report has not been issued."""
    meeting, behalf = lock_meeting(meeting, RUN, row_version, by, at, State.HELD)
    if meeting.report and not meeting.report.is_draft:
        raise Refused(_("The report has been issued: the end stands."))
    reason = check_reason(reason)
    _check_end(meeting, ended_at, at)
    old = meeting.ended_at
    meeting.end_source = Meeting.EndSource.ENTERED
    _count(meeting, ended_at, by, at, reason)
    save(meeting)
    _restart(meeting, at)
    record(
        meeting, "correct_end", by=by, at=at, client=meeting.client, behalf_of=behalf,
        ended_at=[old, ended_at], counts=meeting.ended_at, reason=reason,
    )  # fmt: skip
    return meeting


def _restart(meeting, at):
    report = _recount(meeting, at)
    if report is not None:
        ladder.tell(report, at)


def _claimed(meeting, row_version, by, at):
    meeting, behalf = lock_meeting(meeting, "meetings.confirm_end", row_version, by, at, State.HELD)
    if meeting.claimed_end is None:
        raise Refused(_("No later end waits for confirmation."))
    if meeting.claimed_by_id == by.pk:
        raise Refused(_("Whoever entered the end cannot confirm it."))
    return meeting, behalf


@verb
def confirm_end(*, meeting, row_version, by, at):
    """The AM confirms the later end: from now on the clock counts from it (E9)."""
    meeting, behalf = _claimed(meeting, row_version, by, at)
    if meeting.report and not meeting.report.is_draft:
        raise Refused(_("The report has been issued: the end stands."))
    old, meeting.ended_at = meeting.ended_at, meeting.claimed_end
    meeting.base_end = meeting.ended_at
    _drop_claim(meeting)
    set_report_due(meeting)
    save(meeting)
    _restart(meeting, at)
    record(
        meeting, "confirm_end", by=by, at=at, client=meeting.client, behalf_of=behalf,
        ended_at=[old, meeting.ended_at],
    )  # fmt: skip
    return meeting


@verb
def refuse_end(*, meeting, reason, row_version, by, at):
    """The AM does not confirm it: the earlier end stands, the AE is told why."""
    meeting, behalf = _claimed(meeting, row_version, by, at)
    reason, claimed = check_reason(reason), meeting.claimed_end
    _drop_claim(meeting)
    save(meeting)
    label = words(gettext_lazy("The later end was not confirmed: %(title)s"), title=meeting.title)
    people = posts(meeting.client, ["ae"], at, named=meeting.ae)
    tell(
        "end_refused", meeting, people, label, client=meeting.client, at=at,
        slot=stamp(claimed), detail=reason,
    )  # fmt: skip
    record(
        meeting, "refuse_end", by=by, at=at, client=meeting.client, behalf_of=behalf, reason=reason
    )
    return meeting
