"""The press check of the day, its findings in the reference file, calls and arrivals (R8-R11)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused
from archives.models import Document
from meetings import services
from tests.builders import from_kept, make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R8")]
START = when("2026-11-19 15:00")
AT = when("2026-11-19 09:00")
SAID = {"sources": "Daily, trade weekly", "nothing_new": True, "no_surprise": True}
FOUND = {"sources": "Daily", "finding": "A rival cuts its prices."}


def make_kept():
    ae = make_user("ae")
    client, contact = make.make_account(ae)
    meeting = make.invited(client, ae, contact, "2026-11-19 15:00", "2026-11-19 16:00")
    guest = meeting.attendees.get(contact=contact)
    return {"ae": ae, "meeting": meeting, "guest": guest}


ae, meeting, guest = from_kept("ae", "meeting", "guest")


def check(meeting, by, at=AT, **said):
    return services.check_press(meeting=meeting, by=by, at=at, **(said or SAID))


def test_it_is_noted_with_whom_was_asked(meeting, ae):
    media = make_user(role="department")
    row = check(meeting, ae, **SAID, asked=[media])
    assert (row.on, row.by, list(row.asked.all())) == (AT, ae, [media])
    make.tick(START)
    meeting.refresh_from_db()
    assert meeting.press_missed_at is None


@pytest.mark.parametrize("text", ["2026-11-18 23:59:59", "2026-11-19 15:00:01"])
def test_only_on_the_day_and_before_the_start(meeting, ae, text):
    with pytest.raises(Refused, match=r"on the day|was missed"):
        check(meeting, ae, when(text))


def test_exactly_at_the_start_is_in_time(meeting, ae):
    assert check(meeting, ae, START).on == START


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"sources": " ", "nothing_new": True, "no_surprise": True}, "sources"),
        ({"sources": "Daily"}, "finding"),
        ({"sources": "Daily", "finding": "News", "nothing_new": True}, "finding"),
        ({"sources": "Daily", "nothing_new": True}, "no_surprise"),
    ],
)
def test_half_a_check_is_none(meeting, ae, said, field):
    with pytest.raises(Refused) as refused:
        check(meeting, ae, **said)
    assert refused.value.field == field


def test_a_missed_check_is_not_cured_later(meeting, ae):
    make.tick(START)
    with pytest.raises(Refused, match="was missed"):
        check(meeting, ae, START + timedelta(minutes=1))
    meeting.refresh_from_db()
    assert meeting.press_missed_at == START


def test_its_finding_is_filed_once_as_a_clipping(meeting, ae):
    row = check(meeting, ae, **FOUND)
    paper = services.file_finding(check=row, by=ae, at=AT).document
    assert (paper.kind, paper.face, paper.client) == ("clipping", "internal", meeting.client)
    assert "A rival cuts its prices." in paper.text
    services.file_finding(check=row, by=ae, at=AT)
    assert Document.objects.filter(kind="clipping").count() == 1


def test_nothing_new_is_not_filed(meeting, ae):
    with pytest.raises(Refused, match="nothing to file"):
        services.file_finding(check=check(meeting, ae), by=ae, at=AT)


@pytest.mark.parametrize("verb", ["check", "file", "call", "arrival"])
def test_who_does_not_serve_the_client_notes_nothing(meeting, guest, ae, other_ae, verb):
    acts = {
        "check": lambda: check(meeting, other_ae),
        "file": lambda: services.file_finding(
            check=check(meeting, ae, **FOUND), by=other_ae, at=AT
        ),
        "call": lambda: services.note_call(attendee=guest, call="reached", by=other_ae, at=AT),
        "arrival": lambda: services.note_arrival(attendee=guest, arrived_at=AT, by=other_ae, at=AT),
    }
    with pytest.raises(PermissionDenied):
        acts[verb]()


@pytest.mark.rule("R10")
def test_each_call_keeps_its_answer_until_the_start(meeting, guest, ae):
    for call in ("missed", "on_way", "reached"):
        services.note_call(attendee=guest, call=call, by=ae, at=START)
    guest.refresh_from_db()
    assert (guest.call, guest.called_at) == ("reached", START)
    make.tick(START)
    meeting.refresh_from_db()
    assert meeting.calls_missed_at is None


@pytest.mark.rule("R10")
def test_after_the_start_no_call_is_noted(meeting, guest, ae):
    with pytest.raises(Refused, match="has begun"):
        services.note_call(attendee=guest, call="reached", by=ae, at=START + timedelta(seconds=1))
    with pytest.raises(Refused, match="on the way"):
        services.note_call(attendee=guest, call="none", by=ae, at=AT)


@pytest.mark.rule("R11")
def test_arrivals_are_noted_at_once_or_afterwards(meeting, ae):
    row = meeting.attendees.get(user=ae)
    there = START - timedelta(minutes=20)
    services.note_arrival(attendee=row, arrived_at=there, by=ae, at=START + timedelta(hours=2))
    row.refresh_from_db()
    assert row.arrived_at == there


@pytest.mark.rule("R11")
@pytest.mark.parametrize("text", ["2026-11-19 15:06", "2026-11-19 02:59", "2026-11-19 16:01"])
def test_no_arrival_in_the_future_or_at_another_time(meeting, ae, text):
    row, at = meeting.attendees.get(user=ae), when("2026-11-19 15:05")
    at = when("2026-11-19 17:00") if "16:01" in text else at
    with pytest.raises(Refused, match=r"future|not the time"):
        services.note_arrival(attendee=row, arrived_at=when(text), by=ae, at=at)
