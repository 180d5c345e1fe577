"""The agenda: complete, printed in two faces, sent before the start (R1–R5)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from agency.common.errors import Refused, Stale
from agency.common.pdf import render
from agency.common.services import next_number
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import save, verb
from agency.common.wording import names_text
from archives.kinds import Kind
from archives.services import file_document, supersede
from meetings import papers_agenda
from meetings.deadline import local_day
from meetings.lead import Lead, lead_verdict
from meetings.models import Meeting
from meetings.services import invitations
from meetings.services.ends import RUN, lock_meeting

State = Meeting.State
FACES = {
    "client": ("meetings/pdf/agenda_client.html", papers_agenda.agenda_client),
    "internal": ("meetings/pdf/agenda_internal.html", papers_agenda.agenda_internal),
}


def agenda_problems(meeting):
    """[(field, message)] of what the agenda lacks before it may be sent (R1, R2, R4)."""
    found = [*_tasks(meeting), *_items(meeting)]
    if not meeting.objective.strip():
        found.append(("objective", _("The agenda has no objective.")))
    if meeting.topics_asked_at is None and not meeting.topics_note:
        found.append(("topics_note", _("The client has not been asked for topics.")))
    return found


def _tasks(meeting):
    names = [str(row) for row in meeting.attendees.without_task().select_related("user")]
    if names:
        yield (
            "people",
            _("Only people with a task attend: %(names)s") % {"names": names_text(names)},
        )


def _items(meeting):
    items = list(meeting.items.on_agenda())
    if not items:
        yield "items", _("The agenda has no item.")
    silent = [item.title for item in items if item.speaker_id is None]
    if silent:
        yield "items", _("Nobody speaks on: %(items)s") % {"items": names_text(silent)}


def minutes_over(meeting):
    """By how many minutes the items are longer than the meeting; 0 or less: they fit."""
    return sum(item.minutes for item in meeting.items.on_agenda()) - meeting.planned_minutes


def preview_agenda(*, meeting, face, at):
    """One face exactly as it would be sent, only a first one without its number."""
    return _print(meeting, face, _number(meeting), meeting.agenda_revision + 1, at)


def _number(meeting):
    return meeting.agenda_document.number if meeting.agenda_document_id else ""


def _print(meeting, face, number, revision, at):
    template, data = FACES[face]
    return render(template, data(meeting, at, number=number, revision=revision))


@verb
def send_agenda(*, meeting, row_version, by, at, **typed):
    """To the client's people and ours, the first time. typed: as in `_check`."""
    return _send(meeting, row_version, by, at, (State.PLANNED,), typed)


@verb
def resend_agenda(*, meeting, row_version, by, at, **typed):
    """Once more as it is now, as a new revision: the last sending before the start counts (R5)."""
    return _send(meeting, row_version, by, at, (State.AGENDA_SENT,), typed)


def _send(meeting, row_version, by, at, states, typed):
    meeting, behalf = lock_meeting(meeting, RUN, row_version, by, at, *states)
    meeting.agenda_late_reason = _check(meeting, at, **typed)
    put_out(meeting, by, at)
    meeting.state = State.AGENDA_SENT
    save(meeting)
    invitations.send_agenda(meeting, by, at)
    record(
        meeting, "send_agenda", by=by, at=at, client=meeting.client, behalf_of=behalf,
        revision=meeting.agenda_revision, lead=str(meeting.starts_at - at),
        verdict=lead_verdict(meeting.starts_at, at).value,
    )  # fmt: skip
    return meeting


def _check(meeting, at, late_reason="", is_over_known=False, last_item=None):
    """Refuse with every reason at once; the late reason where one is needed.

    is_over_known: the tick that the items may be longer than the meeting (R2). last_item: the
    newest item on the page that was looked at; a topic that came since makes it stale.
    """
    if at >= meeting.starts_at:
        raise Refused(_("The meeting has begun: its agenda is not sent any more."))
    if last_item is not None and meeting.items.filter(pk__gt=last_item).exists():
        raise Stale(_("A topic has been added after the page had been opened."))
    reasons = agenda_problems(meeting)
    over = minutes_over(meeting)
    if over > 0 and not is_over_known:
        reasons.append(("is_over_known", _beyond(over)))
    kept = ""
    if lead_verdict(meeting.starts_at, at) == Lead.LATE:
        try:
            kept = check_reason(late_reason, "late_reason")
        except Refused as refused:
            reasons += refused.reasons
    if reasons:
        raise Refused(reasons[0][1], reasons[0][0], reasons)
    return kept


def _beyond(minutes):
    return ngettext(
        "The items are %(minutes)d minute longer than the meeting: tick that you know.",
        "The items are %(minutes)d minutes longer than the meeting: tick that you know.",
        minutes,
    ) % {"minutes": minutes}


def put_out(meeting, by, at):
    """Print both faces as the next revision and file them; the caller saves and sends."""
    number = _number(meeting) or _draw(meeting.client, at)
    meeting.agenda_revision += 1
    printed = {face: _print(meeting, face, number, meeting.agenda_revision, at) for face in FACES}
    meeting.agenda_document = _file(meeting, "client", printed, number, by, at)
    meeting.agenda_internal_document = _file(meeting, "internal", printed, number, by, at)
    meeting.agenda_sent_at, meeting.agenda_shown = at, papers_agenda.shown(meeting, at)


def _draw(client, at):
    key = f"{client.code}/AG/{local_day(client, at).year}"
    return f"{key}/{next_number(key):03d}"


def _file(meeting, face, printed, number, by, at):
    former = meeting.agenda_document if face == "client" else meeting.agenda_internal_document
    if former is not None:
        supersede(document=former, by=by, at=at)
    revision, ending = meeting.agenda_revision, "" if face == "client" else "-internal"
    stem = number.replace("/", "-") + (f"-R{revision}" if revision > 1 else "")
    return file_document(
        client=meeting.client,
        kind=Kind.AGENDA,
        title=_titled("zh-hans", meeting.title),
        title_en=_titled("en", meeting.title),
        content=printed[face],
        name=f"{stem}{ending}.pdf",
        face=face,
        dated_on=local_day(meeting.client, at),
        number=number,
        revision=revision,
        language=meeting.client.paper_language,
        job_numbers=_jobs(meeting),
        replaces=former,
        by=by,
        at=at,
    )


def _jobs(meeting):
    numbers = meeting.items.on_agenda().values_list("job__number", flat=True)
    return [number for number in dict.fromkeys(numbers) if number]


def _titled(language, title):
    with override(language):
        return f"{_('Agenda')} {title}"[:200]


@verb
def note_topics_asked(*, meeting, note, row_version, by, at):
    """How the client was asked for topics without a link: "by phone at 10:15" (R4)."""
    meeting, behalf = lock_meeting(meeting, RUN, row_version, by, at, *Meeting.AHEAD)
    meeting.topics_note = note.strip()
    if not meeting.topics_note:
        raise Refused(_("Write how and when the client was asked."), "topics_note")
    save(meeting)
    record(
        meeting, "note_topics_asked", by=by, at=at, client=meeting.client, behalf_of=behalf,
        note=meeting.topics_note,
    )  # fmt: skip
    return meeting
