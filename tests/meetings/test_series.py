"""Meetings in a row: planned, invited, moved and called off together (R15)."""

from datetime import UTC, date

import pytest

from agency.common.errors import Refused
from agency.common.models import CalendarDay, OutboxMail
from meetings import services
from meetings.models import Meeting
from meetings.services.series import days_of
from meetings.services.typed import ItemData, MeetingData, PersonData
from tests.builders import when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R15")]
NOW = when("2026-10-12 09:00")
REASON = "The client has moved house."


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad, code="LM", timezone="Europe/Berlin")


def plan(client, ae, contact, count=4, rhythm="weekly", day_off="skip", start="2026-10-15 17:00"):
    data = MeetingData(
        kind="face",
        title="Regular",
        starts_at=when(start),
        planned_end=when(start.replace(":00", ":30")),
        people=[PersonData(user=ae, task="takes notes"), PersonData(contact=contact)],
        items=[ItemData("Poster", 10, ae)],
    )
    return services.plan_series(
        client=client, data=data, count=count, rhythm=rhythm, day_off=day_off, by=ae, at=NOW
    )


@pytest.fixture
def series(account, ae):
    """Four Thursdays at 11:00 in Berlin, over the end of summer time."""
    return plan(account[0], ae, account[1])


def utc(rows):
    return [f"{row.starts_at.astimezone(UTC):%m-%d %H:%M}" for row in rows]


def test_the_local_time_stays_when_the_clocks_change(series):
    assert utc(series) == ["10-15 09:00", "10-22 09:00", "10-29 10:00", "11-05 10:00"]
    assert {row.series for row in series[1:]} == {series[0]}
    assert series[0].series is None
    assert {row.state for row in series} == {"draft"}


@pytest.mark.parametrize(
    ("day_off", "days"),
    [
        ("skip", ["09-24", "10-08", "10-15"]),
        ("before", ["09-24", "09-30", "10-08"]),
        ("after", ["09-24", "10-08", "10-15"]),
    ],
)
def test_a_day_off_is_left_out_or_moved(day_off, days):
    calendar = CalendarDay.objects.calendar()
    found = days_of(date(2026, 9, 24), "weekly", 3, day_off, calendar)
    assert [f"{day:%m-%d}" for day in found] == days


def test_every_second_week_and_every_month():
    calendar = CalendarDay.objects.calendar()
    fortnight = days_of(date(2026, 11, 2), "fortnightly", 3, "skip", calendar)
    month = days_of(date(2026, 8, 31), "monthly", 4, "before", calendar)
    assert [f"{day:%m-%d}" for day in fortnight] == ["11-02", "11-16", "11-30"]
    assert [f"{day:%m-%d}" for day in month] == ["08-31", "09-30", "10-30", "11-30"]


@pytest.mark.parametrize("count", [1, 53])
def test_a_series_has_its_bounds(account, ae, count):
    with pytest.raises(Refused) as caught:
        plan(account[0], ae, account[1], count)
    assert caught.value.field == "count"


def invite(series, ae):
    services.invite_following(meeting=series[0], row_version=None, by=ae, at=NOW)
    return list(Meeting.objects.order_by("starts_at"))


def test_one_invitation_a_person_with_every_date(series, account, ae):
    rows = invite(series, ae)
    assert {row.state for row in rows} == {"planned"}
    mail = OutboxMail.objects.get(to=account[1].email)
    assert len(mail.attachments) == 4
    assert "2026-10-29 11:00" in mail.text
    assert mail.text.count("{{link:") == 4


def test_this_and_the_following_move_and_are_told_once(series, account, ae):
    rows = invite(series, ae)
    services.move_following(
        meeting=rows[1], starts_at=when("2026-10-23 18:00"), planned_end=when("2026-10-23 19:00"),
        reason=REASON, row_version=None, by=ae, at=NOW,
    )  # fmt: skip
    moved = Meeting.objects.order_by("starts_at")
    assert utc(moved) == ["10-15 09:00", "10-23 10:00", "10-30 11:00", "11-06 11:00"]
    mail = OutboxMail.objects.get(to=account[1].email, key__contains=":move:")
    assert "2026-10-29 11:00 → 2026-10-30 12:00" in mail.text
    assert REASON in mail.text
    assert len(make.told(kind="meeting_moved")) == 1


def test_this_one_alone_moves_alone(series, ae):
    rows = invite(series, ae)
    services.move_meeting(
        meeting=rows[1], starts_at=when("2026-10-23 18:00"), planned_end=when("2026-10-23 19:00"),
        reason=REASON, row_version=None, by=ae, at=NOW,
    )  # fmt: skip
    moved = Meeting.objects.order_by("starts_at")
    assert utc(moved) == ["10-15 09:00", "10-23 10:00", "10-29 10:00", "11-05 10:00"]


def test_this_and_the_following_are_called_off_once(series, account, ae):
    rows = invite(series, ae)
    services.cancel_following(meeting=rows[2], reason=REASON, row_version=None, by=ae, at=NOW)
    states = list(Meeting.objects.order_by("starts_at").values_list("state", flat=True))
    assert states == ["planned", "planned", "cancelled", "cancelled"]
    mail = OutboxMail.objects.get(to=account[1].email, key__contains=":cancel:")
    assert len(mail.attachments) == 2


def test_drafts_of_a_series_are_called_off_in_silence(series, ae):
    services.cancel_following(meeting=series[1], reason="", row_version=None, by=ae, at=NOW)
    assert Meeting.objects.filter(state="cancelled").count() == 3
    assert not OutboxMail.objects.exists()


# --- while the invitation waits -----------------------------------------------------------------


def call_off(row, ae):
    services.cancel_meeting(meeting=row, reason=REASON, row_version=None, by=ae, at=NOW)


def waiting(person, key):
    return OutboxMail.objects.filter(state="queued", to=person.email, key__contains=key)


def days_in(mail):
    """Of the calendar files that are enclosed."""
    return [file["name"].removeprefix("meeting-")[5:10] for file in mail.attachments]


@pytest.mark.parametrize("number", [0, 2])
def test_one_date_called_off_drops_out_of_the_waiting_invitation(series, account, ae, number):
    rows = invite(series, ae)
    call_off(rows[number], ae)
    left = [day for n, day in enumerate(["10-15", "10-22", "10-29", "11-05"]) if n != number]
    for person in (account[1], ae):
        mail = waiting(person, ":invite").get()
        assert days_in(mail) == left
        assert [f"2026-{day}" in mail.text for day in left] == [True] * 3
        assert f"{rows[number].starts_at:%Y-%m-%d}" not in mail.text
    assert waiting(account[1], ":invite").get().text.count("{{link:") == 3


def test_two_dates_called_off_one_after_the_other_both_drop_out(series, account, ae):
    rows = invite(series, ae)
    call_off(rows[0], ae)
    services.cancel_meeting(
        meeting=rows[3], reason=REASON, row_version=None, by=ae, at=NOW.replace(minute=1)
    )
    assert days_in(waiting(account[1], ":invite").get()) == ["10-22", "10-29"]


def test_a_date_moved_alone_is_told_by_its_own_mail(series, account, ae):
    rows = invite(series, ae)
    services.move_meeting(
        meeting=rows[0], starts_at=when("2026-10-16 18:00"), planned_end=when("2026-10-16 19:00"),
        reason=REASON, row_version=None, by=ae, at=NOW,
    )  # fmt: skip
    assert days_in(waiting(account[1], ":invite").get()) == ["10-22", "10-29", "11-05"]
    assert waiting(account[1], ":move:").count() == 1


def test_an_invitation_that_has_left_stays_as_it_is(series, account, ae):
    rows = invite(series, ae)
    OutboxMail.objects.update(state="handed", handed_at=NOW)
    call_off(rows[0], ae)
    assert OutboxMail.objects.get(to=account[1].email, key__contains=":invite").state == "handed"


def test_all_dates_called_off_nobody_is_invited(series, account, ae):
    rows = invite(series, ae)
    services.cancel_following(meeting=rows[0], reason=REASON, row_version=None, by=ae, at=NOW)
    assert not waiting(account[1], ":invite").exists()


def test_one_moved_date_called_off_leaves_the_news_of_the_others(series, account, ae):
    rows = invite(series, ae)
    services.move_following(
        meeting=rows[0], starts_at=when("2026-10-16 18:00"), planned_end=when("2026-10-16 19:00"),
        reason=REASON, row_version=None, by=ae, at=NOW,
    )  # fmt: skip
    call_off(Meeting.objects.get(pk=rows[0].pk), ae)
    assert len(waiting(account[1], ":move:").get().attachments) == 4
    assert waiting(account[1], ":cancel:").exists()
