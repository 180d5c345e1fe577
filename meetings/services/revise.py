"""Revisions: a new draft over an issued report, and how its words are taken over at issue (3.2)."""

from django.utils.translation import gettext as _

from accounts.permissions import require
from agency.common.errors import Refused
from agency.common.services import void_waiting
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, lock, save, verb
from archives.services import supersede
from meetings.marks import action_mark, new_due, point_mark
from meetings.models import ActionLog, ActionPoint, ContactReport, Mark, Meeting, ReportPoint
from meetings.services import ladder

State = ContactReport.State
REVISABLE = (State.ISSUED, State.ACCEPTED, State.OBJECTED, State.DEEMED_ACCEPTED)


@verb
def revise_report(*, report, reason, by, at):
    """Open the draft of the next revision: a copy, due 24 h after the objection (else from now)."""
    former = lock(report)
    behalf = require(by, "meetings.issue_report", former.client, at)
    check_state(former, *REVISABLE)
    if ContactReport.objects.filter(supersedes=former).exists():
        raise Refused(_("There is a draft of the next revision already."))
    reason = check_reason(reason)
    draft = _copy(former, reason, by, at)
    ladder.schedule(former, at)
    former.save(update_fields=["next_notice_at"])
    ladder.tell(draft, at)
    client = former.client
    record(former, "revise", by=by, at=at, client=client, behalf_of=behalf, reason=reason)
    return draft


def _copy(former, reason, by, at):
    start = former.objected_at if former.state == State.OBJECTED else at
    draft = ContactReport.objects.create(
        client=former.client,
        number=former.number,
        revision=former.revision + 1,
        supersedes=former,
        author=former.author,
        kind=former.kind,
        created_by=by,
        clock_from=start,
        due_at=ladder.revision_due(former.client, start),
        returner=former.returner,
        channel=former.channel,
        no_action=former.no_action,
        remark_internal=former.remark_internal,
        revise_reason=reason,
    )
    draft.recipients.set(former.recipients.all())
    draft.readers.set(former.readers.all())
    _copy_actions(former, draft, _copy_points(former, draft))
    return draft


def _copy_points(former, draft):
    copies = {}
    for point in former.points.all():
        copies[point.pk] = ReportPoint.objects.create(
            report=draft,
            position=point.position,
            item=point.item,
            job_id=point.job_id,
            kind=point.kind,
            text=point.text,
            solution=point.solution,
            for_management=point.for_management,
            told_at=point.told_at,
            origin=point,
        )
    return copies


def _copy_actions(former, draft, points):
    live = former.actions.live().exclude(state=ActionPoint.State.CANCELLED)
    for position, action in enumerate(live, start=1):
        ActionPoint.objects.create(
            report=draft,
            point=points.get(action.point_id),
            position=position,
            text=action.text,
            user=action.user,
            contact=action.contact,
            job_id=action.job_id,
            due_on=action.due_on,
            first_due_on=action.due_on,
            origin=action,
        )


def take_over(draft, *, by, at):
    """At issue: marks what changed, moves the live actions over, retires the former revision.

    Live rows keep their identity and their log; a live row without a draft is cancelled as
    dropped, a draft without origin becomes live itself and is marked added.
    """
    former = lock(draft.supersedes)
    mark_points(draft)
    drafts = list(draft.actions.filter(is_live=False).select_related("origin"))
    by_origin = {row.origin_id: row for row in drafts if row.origin_id}
    for live in former.actions.live().order_by("position", "pk"):
        _move(lock(live), by_origin.get(live.pk), draft, by, at)
    for row in drafts:
        if row.origin_id is None:
            row.mark = Mark.ADDED
            save(row, "mark")
    retire(former, draft, by, at)
    return former


def mark_points(draft):
    for point in draft.points.select_related("origin"):
        point.mark = point_mark(point)
        point.save(update_fields=["mark"])


def _move(live, row, draft, by, at):
    live.report = draft
    if row is not None:
        _take_words(live, row, by, at)
        row.delete()
    elif live.state != ActionPoint.State.CANCELLED:
        _drop(live, draft, by, at)
    save(live)


def _drop(live, draft, by, at):
    live.mark, live.point = Mark.DROPPED, None
    if live.state == ActionPoint.State.OPEN:
        live.state, live.cancel_reason = ActionPoint.State.CANCELLED, draft.revise_reason
        live.next_notice_at = None
        ActionLog.objects.create(action=live, at=at, by=by, text=draft.revise_reason)


def _take_words(live, row, by, at):
    live.mark = action_mark(row)
    due_on = new_due(row)
    if due_on != live.due_on:
        ActionLog.objects.create(action=live, at=at, by=by, old_due=live.due_on, new_due=due_on)
    live.text, live.user_id, live.contact_id = row.text, row.user_id, row.contact_id
    live.job_id = row.job_id
    live.due_on, live.position, live.point = due_on, row.position, row.point


def retire(former, draft, by, at):
    """The former revision is superseded; its links say so, its meetings move on."""
    former.state, former.next_notice_at = State.SUPERSEDED, None
    save(former, "state", "next_notice_at")
    ladder.stop(former, at)
    label = _("Replaced by %(report)s") % {"report": draft}
    for waiting in (f"report:{former.pk}:", f"report_return:{former.pk}:"):
        void_waiting(key_prefix=waiting, reason=label, at=at)
    for document in (former.document, former.internal_document):
        supersede(document=document, by=by, at=at, reason=label)
    Meeting.objects.filter(report=former).update(report=draft)
