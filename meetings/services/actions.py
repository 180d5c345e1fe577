"""Action points live on after the report is frozen: progress, new date, done (R27, 3.3)."""

from datetime import time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import require
from accounts.services.telling import key_of, one, posts, tell, words
from agency.common import dates
from agency.common.errors import Refused
from agency.common.models import CalendarDay
from agency.common.services import void_waiting
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, lock, save, verb
from archives.services import dispatch
from meetings.constants import MORNING_HOUR, MOVES_TOLD
from meetings.deadline import local_day, zone_of
from meetings.models import ActionLog, ActionPoint

State = ActionPoint.State
MORNING = time(MORNING_HOUR)
DAY = timedelta(days=1)
AM_AFTER = 3  # days overdue


def _open(action, by, at, *states, own=True):
    """The locked action and whom the person acts for; the owner may where `own` says so."""
    action = lock(action)
    is_owner = own and by is not None and action.user_id == by.pk
    # The owner's right comes with the action, whoever else serves the client (4.2: own).
    client = None if is_owner else action.report.client
    behalf = require(by, "meetings.work_action", client, at, own=is_owner)
    if not action.is_live:
        raise Refused(_("The action is a draft: it begins when the report is issued."))
    check_state(action, *states)
    return action, behalf


def _done(action, verb_name, by, behalf, at, text="", **changes):
    if verb_name != "action_progress":
        # Reminders of the old date or of what is done, still waiting for the morning.
        for waiting in (key_of("action_due", action, ""), f"action_due:{action.pk}:"):
            void_waiting(key_prefix=waiting, reason=gettext_lazy("Not needed any more."), at=at)
    log_dates = {name: changes[name] for name in ("old_due", "new_due") if name in changes}
    ActionLog.objects.create(action=action, at=at, by=by, text=text, **log_dates)
    save(action)
    client = action.report.client
    changes["text"] = text
    record(action, verb_name, by=by, at=at, client=client, behalf_of=behalf, **changes)
    return action


@verb
def progress(*, action, text, by, at):
    """Note how far it is; owner and AE+."""
    action, behalf = _open(action, by, at, State.OPEN)
    text = (text or "").strip()
    if not text:
        raise Refused(_("Say how far it is."), "text")
    return _done(action, "action_progress", by, behalf, at, text)


@verb
def move_due(*, action, due_on, by, at, reason="", row_version=None):
    """A new date; the first one is kept, and from the third move on the AM is told."""
    action, behalf = _open(action, by, at, State.OPEN, own=False)
    check_version(action, row_version)
    if due_on < local_day(action.report.client, at):
        raise Refused(_("The new date lies in the past."), "due_on")
    if due_on == action.due_on:
        raise Refused(_("This is the date it has already."), "due_on")
    old, action.due_on = action.due_on, due_on
    action.moved += 1
    schedule(action, at)
    if action.moved >= MOVES_TOLD:
        _tell_moves(action, at)
    return _done(
        action, "action_move", by, behalf, at, (reason or "").strip(), old_due=old, new_due=due_on
    )


def _tell_moves(action, at):
    label = words(
        gettext_lazy("Moved %(count)s times: %(text)s"), count=action.moved, text=action.text
    )
    client = action.report.client
    people = posts(client, ["am"], at)
    tell("action_moved", action, people, label, client=client, at=at, slot=f"m{action.moved}")


@verb
def complete(*, action, by, at, text="", row_version=None):
    """Done; owner and AE+."""
    action, behalf = _open(action, by, at, State.OPEN)
    check_version(action, row_version)
    action.state, action.done_at, action.done_by = State.DONE, at, by
    action.next_notice_at = None
    return _done(action, "action_done", by, behalf, at, (text or "").strip())


@verb
def reopen(*, action, reason, by, at):
    """Not done after all, with a reason; AE+."""
    action, behalf = _open(action, by, at, State.DONE, own=False)
    reason = check_reason(reason)
    action.state, action.done_at, action.done_by = State.OPEN, None, None
    schedule(action, at)
    return _done(action, "action_reopen", by, behalf, at, reason)


@verb
def cancel(*, action, reason, by, at, agreed_with=""):
    """Not to be done, with a reason; a client's action only after noting who agreed. AE+."""
    action, behalf = _open(action, by, at, State.OPEN, own=False)
    reason = check_reason(reason)
    if action.contact_id and not agreed_with.strip():
        raise Refused(_("Say who of the client agreed."), "agreed_with")
    action.state, action.cancel_reason = State.CANCELLED, reason
    action.agreed_with, action.next_notice_at = agreed_with.strip(), None
    return _done(action, "action_cancel", by, behalf, at, reason, agreed_with=action.agreed_with)


# --- what the clock does with them --------------------------------------------------------------


def make_live(report, at):
    """At issue the drafts begin to run."""
    for action in ActionPoint.objects.filter(report=report):
        if not action.is_live:
            action.is_live, action.first_due_on = True, action.due_on
        schedule(action, at)
        save(action)


def slots(action):
    """(name, instant) of the reminders, at 09:00 on working days: before, over, over3 (R27)."""
    client, calendar = action.report.client, CalendarDay.objects.calendar()

    def morning(day):
        return dates.local_instant(day, MORNING, zone_of(client))

    found = []
    if action.contact_id:
        found.append(("before", morning(dates.add_working_days(action.due_on, -1, calendar))))
    over = dates.shift(action.due_on + DAY, calendar, back=False)
    found.append(("over", morning(over)))
    if action.user_id:
        third = dates.shift(action.due_on + AM_AFTER * DAY, calendar, back=False)
        found.append(("over3", max(morning(third), morning(over))))
    return found


def schedule(action, at):
    """Note when the clock must look at it next; the caller saves."""
    is_open = action.is_live and action.state == State.OPEN
    ahead = [instant for _name, instant in slots(action) if instant > at] if is_open else []
    action.next_notice_at = min(ahead, default=None)


@verb
def remind(*, action, at):
    """Tell whose turn it is; each slot once for each date. Returns the slots told."""
    action = lock(action)
    if not action.is_live or action.state != State.OPEN:
        return []
    reached = [name for name, instant in slots(action) if instant <= at]
    if "over" in reached:
        # The day has passed: asking the client to keep it would come too late (5.5).
        reached = [name for name in reached if name != "before"]
    for name in reached:
        SLOTS[name](action, at)
    schedule(action, at)
    action.save(update_fields=["next_notice_at"])
    return reached


def _before(action, at):
    """The client's one reminder, one working day ahead."""
    report, contact = action.report, action.contact
    if contact.is_active and contact.email:
        dispatch(
            document=report.document,
            contacts=[contact],
            purpose="reminder",
            key=f"action_due:{action.pk}:before:{action.due_on}",
            template="meetings/mail/action_reminder.txt",
            context={"report": report, "action": action},
            at=at,
        )


def _over(action, at):
    """The owner of ours, and the AE always."""
    client = action.report.client
    people = one(client, action.user, at) if action.user else []
    people = [*people, *posts(client, ["ae"], at, named=action.report.author)]
    _tell_over(action, people, "over", at)


def _over3(action, at):
    _tell_over(action, posts(action.report.client, ["am"], at), "over3", at)


def _tell_over(action, people, slot, at):
    label = words(
        gettext_lazy("Overdue since %(due)s: %(text)s (%(owner)s)"),
        due=action.due_on,
        text=action.text[:120],
        owner=action.owner,
    )
    tell(
        "action_due",
        action,
        list(dict.fromkeys(people)),
        label,
        client=action.report.client,
        at=at,
        slot=f"{slot}:{action.due_on}",
        level="breach",
    )


SLOTS = {"before": _before, "over": _over, "over3": _over3}
