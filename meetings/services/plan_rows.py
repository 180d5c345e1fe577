"""The people and the agenda items of a plan, put into rows (R1, R2, R14)."""

from django.db.models import Q

from meetings.models import AgendaItem, Attendee, Meeting
from meetings.services.typed import ItemData

State = Meeting.State
Source = AgendaItem.Source
GONE = (State.CANCELLED, State.NOT_HELD)


def carried_items(client):
    """What waits for the client's next agenda and has been taken up nowhere since.

    Carried over at an earlier meeting, or asked for by the client for one that never was.
    """
    held = Q(meeting__state=State.HELD, outcome=AgendaItem.Outcome.CARRIED)
    lost = Q(meeting__state__in=GONE, source=Source.CLIENT)
    rows = AgendaItem.objects.filter(held | lost, meeting__client=client)
    rows = rows.exclude(carried_to__meeting__in=Meeting.objects.exclude(state__in=GONE))
    rows = rows.select_related("speaker__user", "speaker__contact", "job")
    return [
        ItemData(
            title=row.title,
            minutes=row.minutes,
            speaker=row.speaker and (row.speaker.user or row.speaker.contact),
            is_disputed=row.is_disputed,
            source=Source.CARRIED,
            carried_from=row,
            job=row.job,
        )
        for row in rows.order_by("meeting__starts_at", "position")
    ]


def write_people(meeting, typed, by, at):
    """Put the list of people into rows; who stays keeps the row. Returns (new, taken away).

    A task changed is confirmed anew; who writes down his own has confirmed it (R3).
    """
    kept = {(row.user_id, row.contact_id): row for row in meeting.attendees.all()}
    new = []
    for person in typed:
        key = (person.user and person.user.pk, person.contact and person.contact.pk)
        row = kept.pop(key, None)
        if row is None:
            row = Attendee(meeting=meeting, user=person.user, contact=person.contact)
            new.append(row)
        if row.task != person.task:
            row.task = person.task
            row.agreed_at = at if row.user_id == by.pk and row.task else None
        row.save()
    return new, list(kept.values())


def drop_people(meeting, rows):
    meeting.attendees.filter(pk__in=[row.pk for row in rows]).delete()


def write_items(meeting, typed, is_arranged, at):
    """Put the items into rows; those of the client stay, whatever the page knew of them (R4)."""
    kept = {row.pk: row for row in meeting.items.on_agenda()}
    speakers = {row.user or row.contact: row for row in meeting.attendees.all()}
    pairs = [(item, kept.pop(item.pk, None)) for item in typed]
    for position, (item, row) in enumerate(_in_order(pairs, is_arranged), start=1):
        row = row or AgendaItem(meeting=meeting, created_at=at)
        _fill(row, item, position, speakers.get(item.speaker))
        row.save()
    asked = [row for row in kept.values() if row.asked_by_id and row.source == Source.CLIENT]
    for position, row in enumerate(asked, start=len(pairs) + 1):
        row.position = position
        row.save(update_fields=["position"])
    meeting.items.filter(pk__in=kept).exclude(pk__in=[row.pk for row in asked]).delete()


def _fill(row, item, position, speaker):
    row.position, row.title, row.minutes = position, item.title, item.minutes
    row.speaker, row.is_disputed, row.job = speaker, item.is_disputed, item.job
    row.carried_from = row.carried_from or item.carried_from
    if row.pk is None and item.carried_from:
        row.asked_by = item.carried_from.asked_by
    if row.pk is None or row.asked_by_id is None:
        row.source = item.source
    row.row_version += 1


def _in_order(pairs, is_arranged):
    """As typed; what is newly disputed before all that is not, unless put elsewhere (R2)."""
    if is_arranged:
        return pairs
    fresh = [pair for pair in pairs if _is_newly_disputed(*pair)]
    others = [pair for pair in pairs if pair not in fresh]
    calm = [number for number, (item, _row) in enumerate(others) if not item.is_disputed]
    place = calm[0] if calm else len(others)
    return [*others[:place], *fresh, *others[place:]]


def _is_newly_disputed(item, row):
    return item.is_disputed and (row is None or not row.is_disputed)
