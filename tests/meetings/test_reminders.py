"""What lacks before a meeting is said to the second, once, and dies with the start (5.3, 5.5)."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from agency.common.models import Notification, OutboxMail
from meetings import services
from meetings.models import Meeting
from tests.builders import SHANGHAI, from_kept, make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db]
BERLIN = ZoneInfo("Europe/Berlin")
START = when("2026-11-19 15:00")
THREE, SECOND = time(15), timedelta(seconds=1)
REASON = "The client is ill today."


def make_kept():
    ae, am = make_user("ae"), make_user("am", role="am")
    client, contact = make.make_account(ae, am)
    meeting = make.invited(client, ae, contact, "2026-11-19 15:00", "2026-11-19 16:00")
    return {"ae": ae, "am": am, "account_client": client, "contact": contact, "meeting": meeting}


ae, am, account_client, contact, meeting = from_kept(
    "ae", "am", "account_client", "contact", "meeting"
)


def kinds(row):
    rows = Notification.objects.about(row).filter(is_dropped=False).order_by("pk")
    return [(n.kind, str(n.recipient), n.key.split(":")[3]) for n in rows if n.kind != "report_due"]


def ticks(*texts, zone=None):
    for text in texts:
        make.tick(when(text, zone) if zone else when(text))


SLOTS = [
    (-1, time(17), [("pack_open", "ae", "d1")]),
    (0, time(12), [("agenda_due", "ae", "h3")]),
    (0, time(13), [("agenda_due", "ae", "h2"), ("agenda_due", "am", "h2"),
                   ("pack_open", "ae", "h2")]),
    (0, time(14), [("venue_open", "ae", "h1")]),
    (0, time(14, 45), [("pre_call", "ae", "m15")]),
]  # fmt: skip


@pytest.mark.rule("R5", "R7", "R9", "R10", "R15")
@pytest.mark.parametrize("zone", [SHANGHAI, BERLIN], ids=["Shanghai", "Berlin"])
@pytest.mark.parametrize(
    "day",
    [
        date(2026, 10, 2),  # in the holidays: ladders of hours never move
        date(2026, 10, 10),  # a Saturday worked for them
    ],
)
def test_the_whole_ladder_at_the_second(account_client, ae, contact, zone, day):
    account_client.timezone = zone.key
    account_client.save()
    row, found = invited_at(account_client, ae, contact, datetime.combine(day, THREE, zone)), []
    for days, hour, new in SLOTS:
        at = datetime.combine(day + timedelta(days=days), hour, zone)
        make.tick(at - SECOND)
        assert kinds(row) == found
        make.tick(at)
        found += new
        assert kinds(row) == found
    asked = datetime.combine(day, time(16, 30), zone)
    make.tick(asked - SECOND)
    assert ("ae", "ask") not in make.told(row)
    make.tick(asked)
    assert ("ae", "ask") in make.told(row)


def invited_at(client, ae, contact, start):
    """An hour long, planned a week before."""
    spans = [f"{timezone.localtime(start + timedelta(hours=n)):%Y-%m-%d %H:%M}" for n in (0, 1)]
    return make.invited(client, ae, contact, *spans, at=start - timedelta(weeks=1))


def test_what_does_not_lack_is_not_said(meeting, ae, contact):
    for item in meeting.preparations.filter(required=True):
        services.set_not_needed(
            item=item, reason="Not for this one.", by=ae, at=when("2026-11-18 09:00")
        )
    at = when("2026-11-19 13:30")
    for item in meeting.venue_items.exclude(kind__in=["room", "met"]):
        services.note_venue(item=item, is_done=True, by=ae, at=at)
    meeting.venue_items.filter(kind="room").update(done_at=at, done_by=ae)
    for row in meeting.attendees.exclude(user=ae):
        services.note_call(attendee=row, call="reached", by=ae, at=at)
    ticks("2026-11-18 17:00", "2026-11-19 13:00", "2026-11-19 14:00", "2026-11-19 14:45")
    assert {kind for kind, _who, _slot in kinds(meeting)} == {"agenda_due"}


def test_slots_that_have_passed_when_it_is_planned_are_skipped(account_client, contact, ae):
    at = when("2026-11-19 12:30")
    row = make.invited(account_client, ae, contact, "2026-11-19 15:00", "2026-11-19 16:00", at=at)
    make.tick(at)
    assert kinds(row) == []
    assert row.next_notice_at == when("2026-11-19 13:00")


def moved(meeting, ae, start, at):
    return services.move_meeting(
        meeting=meeting, starts_at=when(start), planned_end=when(start) + timedelta(hours=1),
        reason=REASON, row_version=None, by=ae, at=when(at),
    )  # fmt: skip


@pytest.mark.rule("R15")
def test_a_move_lets_the_old_ones_die_and_brings_new_ones(meeting, ae):
    ticks("2026-11-18 17:00")
    moved(meeting, ae, "2026-11-20 15:00", "2026-11-19 09:00")
    ticks("2026-11-19 14:45", "2026-11-19 15:00")
    assert [row for row in kinds(meeting) if row[0] != "meeting_moved"] == [
        ("pack_open", "ae", "d1")
    ]
    ticks("2026-11-19 17:00")
    assert [row for row in kinds(meeting) if row[0] == "pack_open"] == 2 * [
        ("pack_open", "ae", "d1")
    ]
    assert not Meeting.objects.filter(pk=meeting.pk, press_missed_at__isnull=False).exists()


def test_a_mail_of_the_old_start_is_void_after_a_move(account_client, contact, ae):
    row = make.invited(account_client, ae, contact, "2026-11-19 08:00", "2026-11-19 09:00")
    ticks("2026-11-19 05:00")
    moved(row, ae, "2026-11-20 15:00", "2026-11-19 06:00")
    assert (
        OutboxMail.objects.get(key__startswith=f"agenda_due:meeting:{row.pk}:h3:").state == "void"
    )


@pytest.mark.rule("R15")
@pytest.mark.parametrize("verb", [services.cancel_meeting, services.not_held])
def test_cancelled_or_not_held_all_die(meeting, ae, verb):
    at = when("2026-11-19 15:01" if verb is services.not_held else "2026-11-18 09:00")
    verb(meeting=meeting, reason=REASON, row_version=None, by=ae, at=at)
    before = kinds(meeting)
    ticks("2026-11-19 13:00", "2026-11-19 14:45", "2026-11-19 15:10")
    assert kinds(meeting) == before
    assert Meeting.objects.get(pk=meeting.pk).next_notice_at is None


def test_after_a_standstill_the_highest_of_each_kind_alone(meeting):
    ticks("2026-11-19 14:50")
    assert sorted(kinds(meeting)) == [
        ("agenda_due", "ae", "h2"), ("agenda_due", "am", "h2"), ("pack_open", "ae", "h2"),
        ("pre_call", "ae", "m15"), ("venue_open", "ae", "h1"),
    ]  # fmt: skip
    assert make.dropped(meeting) == {("ae", "h3"), ("ae", "d1")}


def test_after_the_start_nothing_is_said_any_more(meeting):
    ticks("2026-11-19 15:00")
    assert kinds(meeting) == []
    assert {slot for _who, slot in make.dropped(meeting)} == {"d1", "h3", "h2", "h1", "m15"}


def test_a_clock_set_back_says_nothing_twice(meeting):
    ticks("2026-11-19 12:00", "2026-11-19 11:00", "2026-11-19 12:00")
    assert [slot for kind, _who, slot in kinds(meeting) if kind == "agenda_due"] == ["h3"]


def test_no_mail_of_a_reminder_leaves_after_the_start(meeting):
    ticks("2026-11-19 14:45")
    assert OutboxMail.objects.get(key__startswith="pre_call:").valid_until == START
    assert Notification.objects.get(kind="pre_call").path.endswith("/calls/")


def test_summer_time_ends_in_berlin(ae):
    """It begins at 09:00 there, the day after the clock went back."""
    client, contact = make.make_account(ae, timezone="Europe/Berlin")
    early = when("2026-10-01 09:00")
    row = make.invited(client, ae, contact, "2026-10-26 16:00", "2026-10-26 17:00", at=early)
    ticks("2026-10-25 16:59:59", zone=BERLIN)
    assert kinds(row) == []
    ticks("2026-10-25 17:00:00", "2026-10-26 06:00:00", zone=BERLIN)
    assert [slot for _kind, _who, slot in kinds(row)] == ["d1", "h3"]


def test_summer_time_begins_in_berlin(ae):
    """Three hours before 04:30 it is 00:30: the clock jumps from two to three."""
    client, contact = make.make_account(ae, timezone="Europe/Berlin")
    start = when("2026-03-29 04:30", BERLIN)
    local = timezone.localtime(start), timezone.localtime(start + timedelta(hours=1))
    early = when("2026-03-02 09:00")
    spans = [f"{one:%Y-%m-%d %H:%M}" for one in local]
    row = make.invited(client, ae, contact, *spans, at=early)
    ticks("2026-03-28 17:00:00", "2026-03-29 00:29:59", zone=BERLIN)
    assert [slot for _kind, _who, slot in kinds(row)] == ["d1"]
    ticks("2026-03-29 00:30:00", zone=BERLIN)
    assert [slot for _kind, _who, slot in kinds(row)] == ["d1", "h3"]


@pytest.mark.rule("R8", "R10")
def test_at_the_start_what_was_not_done_is_missed_for_good(meeting, ae, contact):
    ticks("2026-11-19 14:59:59")
    assert not Meeting.objects.get(pk=meeting.pk).press_missed_at
    ticks("2026-11-19 15:00:00")
    row = Meeting.objects.get(pk=meeting.pk)
    assert (row.press_missed_at, row.calls_missed_at) == (START, START)
    assert [(r.call, r.called_at) for r in row.attendees.filter(contact=contact)] == [
        ("missed", None)
    ]


@pytest.mark.rule("R8", "R10")
def test_held_before_the_clock_came_by_is_missed_as_well(meeting, ae):
    end = when("2026-11-19 16:00")
    services.hold_meeting(meeting=meeting, ended_at=end, row_version=None, by=ae, at=end)
    row = Meeting.objects.get(pk=meeting.pk)
    assert (row.press_missed_at, row.calls_missed_at, row.next_notice_at) == (START, START, None)


def test_a_draft_is_not_reminded_of_and_misses_nothing(account_client, ae, contact):
    row = make.plan(account_client, ae, "2026-11-19 15:00", "2026-11-19 16:00", [ae, contact])
    ticks("2026-11-19 14:45", "2026-11-19 15:00")
    assert (kinds(row), Meeting.objects.get(pk=row.pk).press_missed_at) == ([], None)
