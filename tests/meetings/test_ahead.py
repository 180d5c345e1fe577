"""What a meeting ahead begins with (3.1)."""

import pytest

from meetings.forms.prepare import CallForm, NewRoomForm, PressForm, VenueForm
from meetings.models import PrepItem
from meetings.services import ahead, reminders
from tests.builders import from_kept, make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R7", "R9")]
AT = when("2026-11-18 09:00")
PACK = "last_report budget work ads references quotes schedule samples approvals guidelines"
VENUE = {
    "ours": "room av reception met catering lights clear agendas seats papers",
    "client": "av agendas papers",
    "elsewhere": "room av met catering lights agendas seats papers",
    "online": "av papers",
}


def make_kept():
    ae = make_user("ae")
    client, contact = make.make_account(ae)
    span = "2096-11-19 15:00", "2096-11-19 16:00"
    meeting = make.invited(client, ae, contact, *span)
    return {"ae": ae, "customer": client, "contact": contact, "meeting": meeting}


ae, customer, contact, meeting = from_kept("ae", "customer", "contact", "meeting")


def test_a_planned_meeting_begins_with_its_lists(meeting):
    pack = dict(meeting.preparations.order_by("pk").values_list("kind", "required"))
    assert list(pack) == PACK.split()
    assert [kind for kind, required in pack.items() if required] == PACK.split()[:5]
    kinds = meeting.venue_items.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == VENUE["ours"].split()


@pytest.mark.parametrize("place", VENUE)
def test_each_place_has_its_own_list(meeting, place):
    meeting.place = place
    ahead.fit_venue(meeting)
    assert set(meeting.venue_items.values_list("kind", flat=True)) == set(VENUE[place].split())


def test_what_is_on_the_list_stays_as_it_is(meeting):
    before = list(meeting.venue_items.order_by("pk").values())
    ahead.fit_venue(meeting)
    assert list(meeting.venue_items.order_by("pk").values()) == before
    assert meeting.preparations.count() == len(PrepItem.Kind)


def test_a_call_has_no_lists_and_no_reminders(customer, contact, ae):
    report = make.log(customer, contact, ae)
    call = report.meetings.get()
    reminders.schedule(call, AT)
    assert (call.next_notice_at, call.preparations.count()) == (None, 0)


def test_the_next_reminder_is_noted_when_it_is_planned(meeting):
    assert meeting.next_notice_at == when("2096-11-18 17:00")


@pytest.mark.parametrize(
    ("do", "fault"), [("reached", None), ("arrived", None), ("dance", "do"), ("", "do")]
)
def test_a_button_of_the_call_list(meeting, do, fault):
    rows = meeting.attendees.all()
    form = CallForm({"attendee": rows[0].pk, "do": do}, attendees=rows)
    assert list(form.errors) == ([fault] if fault else [])


@pytest.mark.parametrize("when_typed", ["0001-01-01T10:00", "tomorrow", "2100-01-01T00:00"])
def test_an_arrival_that_is_no_time(meeting, when_typed):
    rows = meeting.attendees.all()
    data = {"attendee": rows[0].pk, "do": "arrived", "arrived_at": when_typed}
    assert list(CallForm(data, attendees=rows).errors) == ["arrived_at"]


def test_a_note_is_one_line_of_at_most_200(meeting):
    items = meeting.venue_items.all()
    for note in ("x" * 201, "two\nlines", "bell\x07"):
        assert "note" in VenueForm({"item": items[0].pk, "note": note}, items=items).errors
    assert VenueForm({"item": items[0].pk, "note": "x" * 200}, items=items).is_valid()


def test_nobody_who_is_not_offered_is_asked(ae):
    form = PressForm({"sources": "Daily", "asked": ["u999"]}, people={f"u{ae.pk}": ae})
    assert "asked" in form.errors


@pytest.mark.parametrize("seats", ["0", "-1", "many", "1e30", ""])
def test_a_room_has_seats(seats):
    assert "seats" in NewRoomForm({"name": "听雨室", "seats": seats}).errors
