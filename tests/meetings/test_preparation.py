"""What lacks on the home page, and how meetings were prepared in figures (6.8, R69)."""

from datetime import timedelta

import pytest

from agency.home import next_meetings
from meetings import services
from meetings.models import Meeting
from meetings.reports import awaiting, preparation
from meetings.reports.lacks import lacking, lacks
from tests.builders import from_kept, make_user, when
from tests.meetings import make
from tests.meetings.pages import text_of

pytestmark = pytest.mark.django_db
START = when("2026-11-19 15:00")
REASON = "Not for this meeting."
DAY = timedelta(days=1)


def make_kept():
    ae, am = make_user("ae"), make_user("am", role="am")
    client, contact = make.make_account(ae, am, code="LM")
    meeting = make.invited(client, ae, contact, "2026-11-19 15:00", "2026-11-19 16:00")
    return {"ae": ae, "am": am, "customer": client, "contact": contact, "meeting": meeting}


ae, am, customer, contact, meeting = from_kept("ae", "am", "customer", "contact", "meeting")


def rows(user, at):
    return [duty for duty in awaiting(user, at) if duty.group == "Prepare"]


def words(meeting, text):
    (row,) = lacking(Meeting.objects.filter(pk=meeting.pk)).select_related("client")
    return [text for _due, text in lacks(row, when(text))]


def fill_pack(meeting, by):
    for item in meeting.preparations.filter(required=True):
        services.set_not_needed(item=item, reason=REASON, by=by, at=START - DAY)


def tick_venue(meeting, by):
    meeting.venue_items.update(done_at=START - DAY, done_by=by)


def look(meeting, by):
    services.check_press(
        meeting=meeting, sources="Daily", nothing_new=True, no_surprise=True, by=by,
        at=START - timedelta(hours=5),
    )  # fmt: skip


def phone(meeting, by):
    for row in meeting.attendees.exclude(user=by):
        services.note_call(attendee=row, call="reached", by=by, at=START - timedelta(minutes=15))


@pytest.mark.rule("R7", "R8", "R9")
def test_what_lacks_is_said_in_one_row_of_the_ae(meeting, ae, am):
    (duty,) = rows(ae, when("2026-11-19 09:00"))
    said = "Pack lacks 5 of 5, 9 lines of the venue list open, no press check"
    assert (duty.detail, duty.due_at) == (said, START - timedelta(hours=2))
    assert rows(am, when("2026-11-19 09:00")) == []


@pytest.mark.rule("R8")
def test_the_press_is_asked_for_on_the_day_only(meeting):
    assert "no press check" not in words(meeting, "2026-11-18 23:59:59")
    assert "no press check" in words(meeting, "2026-11-19 00:00:00")


@pytest.mark.rule("R10")
def test_the_calls_are_asked_for_in_the_last_quarter_of_an_hour(meeting):
    assert "1 not phoned yet" not in words(meeting, "2026-11-19 14:44:59")
    assert "1 not phoned yet" in words(meeting, "2026-11-19 14:45:00")


def test_in_the_last_quarter_of_an_hour_the_row_leads_to_the_call_list(meeting, ae):
    found = [awaiting(ae, when(f"2026-11-19 14:{minute}")) for minute in (44, 45)]
    early, late = (next(duty for duty in one if duty.group == "Meet") for one in found)
    assert (early.url, early.button) == (meeting.get_absolute_url(), "Prepare")
    assert (late.url, late.button) == (f"/meetings/{meeting.pk}/calls/", "Call list")


@pytest.mark.rule("R69")
def test_a_row_comes_a_day_before_and_goes_with_the_start(meeting, ae):
    assert rows(ae, START - DAY - timedelta(seconds=1)) == []
    assert len(rows(ae, START - DAY)) == 1
    assert rows(ae, START) == []


def test_a_meeting_that_is_ready_is_no_duty(meeting, ae):
    fill_pack(meeting, ae)
    tick_venue(meeting, ae)
    look(meeting, ae)
    assert rows(ae, when("2026-11-19 14:00")) == []
    assert words(meeting, "2026-11-19 14:00") == ["agenda not sent"]


def test_the_soonest_of_what_lacks_is_when_it_is_due(meeting, ae):
    fill_pack(meeting, ae)
    (duty,) = rows(ae, when("2026-11-19 09:00"))
    assert duty.due_at == START - timedelta(hours=1)
    tick_venue(meeting, ae)
    (duty,) = rows(ae, when("2026-11-19 09:00"))
    assert (duty.detail, duty.due_at) == ("No press check", START)


def test_a_stand_in_sees_it_for_whom_he_stands_in(meeting, ae):
    deputy = make_user("deputy")
    day = START.date()
    ae.absences.create(deputy=deputy, starts_on=day, ends_on=day, reason="leave", made_by=ae)
    (duty,) = rows(deputy, when("2026-11-19 09:00"))
    assert duty.person == ae


@pytest.mark.rule("R15")
def test_a_cancelled_meeting_lacks_nothing(meeting, ae):
    args = {"meeting": meeting, "reason": REASON, "row_version": None}
    services.cancel_meeting(by=ae, at=START - DAY, **args)
    assert rows(ae, when("2026-11-19 09:00")) == []


def test_the_next_days_say_what_each_meeting_lacks(meeting, ae):
    ((_day, is_today, (row,)),) = next_meetings(ae, when("2026-11-18 10:00"))
    assert not is_today
    assert row.lacks == [
        "agenda not sent", "pack lacks 5 of 5", "9 lines of the venue list open",
    ]  # fmt: skip


# --- figures ------------------------------------------------------------------------------------


def hold(meeting, by):
    end = meeting.planned_end
    services.hold_meeting(meeting=meeting, ended_at=end, row_version=None, by=by, at=end)


def figures(user, by="ae"):
    found = preparation.rates(user, START - DAY, START + DAY, by=by)
    return [(row.label, row.held, row.press, row.calls, row.early) for row in found]


def arrive(meeting, by, at):
    row = meeting.attendees.get(user=by)
    services.note_arrival(attendee=row, arrived_at=at, by=by, at=meeting.planned_end)


@pytest.mark.rule("R8", "R10", "R11")
def test_a_well_prepared_meeting_counts_in_all_three(meeting, ae):
    look(meeting, ae)
    phone(meeting, ae)
    hold(meeting, ae)
    arrive(meeting, ae, START)
    assert figures(ae) == [("ae", 1, 1, 1, 1)]
    assert figures(ae, "client") == [("Client LM", 1, 1, 1, 1)]


@pytest.mark.rule("R8", "R10", "R11")
def test_what_was_missed_counts_in_none(meeting, ae):
    hold(meeting, ae)
    arrive(meeting, ae, START + timedelta(seconds=60))
    assert figures(ae) == [("ae", 1, 0, 0, 0)]


@pytest.mark.rule("R11")
def test_an_arrival_nobody_noted_is_not_early(meeting, ae):
    hold(meeting, ae)
    assert figures(ae)[0][4] == 0


def test_only_meetings_held_in_the_period_count(meeting, ae):
    assert figures(ae) == []
    hold(meeting, ae)
    assert preparation.rates(ae, START + timedelta(seconds=1), START + DAY) == []
    assert len(preparation.rates(ae, START, START + DAY)) == 1


def test_an_ae_sees_his_own_and_an_am_those_of_the_client(meeting, ae, am, customer, contact):
    hold(meeting, ae)
    assert figures(am) == figures(ae)
    assert figures(make_user("stranger")) == []
    (row,) = preparation.rates(am, START - DAY, START + DAY)
    assert (row.rate("press"), row.rate("early")) == (0, 0)


def test_the_page_of_figures_opens_the_list_of_what_was_missed(client, meeting, am, ae):
    hold(meeting, ae)
    client.force_login(am)
    span = "since=2026-11-01&until=2026-11-30"
    page = client.get(f"/meetings/figures/prepared/?{span}")
    assert "0%" in text_of(page).replace("0.0%", "0%")
    listed = client.get(f"/meetings/figures/prepared/list/?{span}&missed=press&ae={ae.pk}")
    assert [row.pk for row in listed.context["rows"]] == [meeting.pk]
    kept = client.get(f"/meetings/figures/prepared/list/?{span}&client={meeting.client_id + 999}")
    assert "Media review" in text_of(kept)
