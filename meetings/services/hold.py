"""A meeting while it goes on: lines, timers, outcomes, who is there (R12–R14)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError
from django.db.models import Count, F, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import require
from agency.common.errors import Refused, Stale
from agency.common.services.record import record
from agency.common.verbs import check_state, held, lock, lock_beside, save, verb
from meetings.deadline import local_day
from meetings.models import AgendaItem, Attendee, ContactReport, HoldLine, Meeting
from meetings.services import takeover
from meetings.spoken import ACTION, CONCLUSION, Spoken, kind_and_words, read_action

RUN = "meetings.run_meeting"
OPEN = (*Meeting.INVITED, Meeting.State.HELD)
MOST_LINES = 180  # a report has room for 200 points and 200 actions
MOST_WAITED = timedelta(hours=12)
LONGEST = {HoldLine.Kind.DECISION: 2000, HoldLine.Kind.CONCLUSION: 2000, HoldLine.Kind.ACTION: 300}


@dataclass(frozen=True)
class Said:
    """A line as typed: "d …", "c …" or "a who when …", and what was chosen beside it.

    cast: the people that may be named; it is asked when an action names somebody.
    """

    typed: str
    cast: object
    kind: str = CONCLUSION
    owner: object = None
    due_on: date | None = None


def lock_client(meeting, by, at):
    """The locked meeting with client and report, and whom the person acts for."""
    meeting = lock_beside(meeting, "client__group", "report")
    return meeting, require(by, RUN, meeting.client, at)


def lock_open(meeting, by, at, *states):
    """Locked while what is said there may still be written down."""
    meeting, behalf = lock_client(meeting, by, at)
    check_state(meeting, *(states or OPEN))
    if meeting.report and not meeting.report.is_draft:
        raise Refused(_("The report has been issued: what was said is closed."))
    return meeting, behalf


@verb
def add_line(*, meeting, key, said, by, at, item=None):
    """Keep a line at once; the same key again is the same row, however often it is sent."""
    head = _lock_head(meeting, key)
    require(by, RUN, head.client, at)
    if head.state not in OPEN or head.report_state not in (None, ContactReport.State.DRAFT):
        lock_open(meeting, by, at)
    if head.twin:
        return _twin(meeting, head.twin)
    if head.lines >= MOST_LINES:
        raise Refused(_("This meeting has as many lines as a report holds."), "typed")
    row = HoldLine(meeting=meeting, item=_item_of(meeting, item), key=key, created_by=by)
    row.created_at = at
    _put(row, understood(meeting, said))
    try:
        row.save(force_insert=True)
    except IntegrityError as error:
        raise Refused(_("This line belongs to another meeting."), "typed") from error
    if head.report_state:
        takeover.take(lock(meeting), [row], at)
    return row


def _lock_head(meeting, key):
    """The few facts that a new line asks for, the meeting locked: each line waits for them."""
    twins = HoldLine.objects.filter(key=key).values("pk")
    lines = HoldLine.objects.filter(meeting=meeting.pk).values("meeting").values_list(Count("pk"))
    facts = {
        "report_state": F("report__state"),
        "twin": Subquery(twins[:1]),
        "lines": Coalesce(Subquery(lines), 0),
    }
    rows = (
        Meeting.objects.order_by()
        .annotate(**facts)
        .values_list("state", "client", *facts, named=True)
    )
    with held(meeting):
        return rows.get(pk=meeting.pk)


def _twin(meeting, twin):
    row = HoldLine.objects.get(pk=twin)
    if row.meeting_id != meeting.pk:
        raise Refused(_("This line belongs to another meeting."), "typed")
    return row


def _item_of(meeting, item):
    if item is not None and item.meeting_id != meeting.pk:
        raise Refused(_("This item belongs to another meeting."), "item")
    return item


def understood(meeting, said):
    """What was typed, read in one place; refused when nothing is left of it."""
    kind, words = kind_and_words(said.typed, said.kind)
    spoken = Spoken(kind, words)
    if kind == ACTION:
        day = local_day(meeting.client, meeting.starts_at)
        read = read_action(words, said.cast.people.values(), day)
        spoken = Spoken(kind, read.text, read.person or said.owner, read.due_on or said.due_on)
    _check(spoken)
    return spoken


def _check(spoken):
    if not spoken.text:
        raise Refused(_("Nothing was typed."), "typed")
    if len(spoken.text) > LONGEST[spoken.kind]:
        raise Refused(
            _("Too long: at most %(count)d characters.") % {"count": LONGEST[spoken.kind]}, "typed"
        )


def _put(row, spoken):
    row.kind, row.text, row.due_on = spoken.kind, spoken.text, spoken.due_on
    is_ours = isinstance(spoken.person, User)
    row.user = spoken.person if is_ours else None
    row.contact = None if is_ours else spoken.person


def _lock_line(line, row_version, by, at):
    """The meeting first, then its line: nobody takes it into the report meanwhile."""
    meeting, behalf = lock_open(line.meeting, by, at)
    row = lock(line)
    if row.is_removed:
        raise Stale(_("Somebody has removed this line: “%(text)s”") % {"text": row.text})
    if row_version is not None and row_version != row.row_version:
        raise Stale(_("Somebody has changed this line to “%(text)s”") % {"text": row.text})
    return meeting, row, behalf


@verb
def change_line(*, line, said, row_version, by, at):
    """Other words for a line; in the draft too, as long as nobody has written there."""
    meeting, row, behalf = _lock_line(line, row_version, by, at)
    spoken, before = understood(meeting, said), takeover.written(meeting, row)
    old, was_said = row.text, row.kind == HoldLine.Kind.CONCLUSION
    _put(row, spoken)
    save(row)
    takeover.rewrite(meeting, before, row, old if was_said else None)
    record(
        row, "change_line", by=by, at=at, client=meeting.client, behalf_of=behalf,
        text=[old, row.text],
    )  # fmt: skip
    return row


@verb
def remove_line(*, line, row_version, by, at):
    """Out of sight; in the draft its words go as long as nobody has written there."""
    meeting, row, behalf = _lock_line(line, row_version, by, at)
    before = takeover.written(meeting, row)
    row.is_removed = True
    save(row)
    takeover.erase(meeting, before, row)
    record(row, "remove_line", by=by, at=at, client=meeting.client, behalf_of=behalf, text=row.text)
    return row


def _when(at, ago):
    """The instant of a press that waited for the network, at most half a day."""
    return at - min(timedelta(seconds=max(ago or 0, 0)), MOST_WAITED)


@verb
def start_item(*, item, by, at, ago=0):
    """Its timer runs; that of any other item stops. One that runs already keeps running."""
    meeting, _behalf = lock_open(item.meeting, by, at, *Meeting.INVITED)
    when, row = _when(at, ago), None
    for one in meeting.items.select_for_update():
        if one.pk == item.pk:
            row = one
        else:
            stop(one, when)
    if row.running_since is None:
        row.running_since = when
        row.save(update_fields=["running_since"])
    return row


@verb
def stop_item(*, item, by, at, ago=0):
    lock_open(item.meeting, by, at, *Meeting.INVITED)
    return stop(lock(item), _when(at, ago))


def stop(item, when):
    """Add what was spoken since its timer was started; a stopped one stays as it is."""
    if item.running_since is not None:
        item.spent += max(int((when - item.running_since).total_seconds()), 0)
        item.running_since = None
        item.save(update_fields=["spent", "running_since"])
    return item


def stop_all(meeting, when):
    for item in meeting.items.filter(running_since__isnull=False):
        stop(item, when)


@verb
def set_outcome(*, item, outcome, by, at):
    """What came of one item; the last word counts (R14)."""
    meeting, behalf = lock_open(item.meeting, by, at)
    if outcome not in AgendaItem.Outcome.values:
        raise Refused(_("Concluded, carried over or dropped?"), "outcome")
    row = lock(item)
    old, row.outcome = row.outcome, outcome
    save(row, "outcome")
    record(
        row, "set_outcome", by=by, at=at, client=meeting.client, behalf_of=behalf,
        outcome=[old, outcome],
    )  # fmt: skip
    return row


@verb
def set_present(*, attendee, present, by, at):
    """Whether somebody is there (R13)."""
    lock_open(attendee.meeting, by, at)
    Attendee.objects.filter(pk=attendee.pk).update(present=present)
    return Attendee.objects.get(pk=attendee.pk)
