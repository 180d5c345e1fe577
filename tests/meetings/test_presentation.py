"""Presentations: rehearsal, presenters, result (R85)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from agency.common.errors import Refused, Stale
from meetings import services
from meetings.models import Meeting
from meetings.reports.awaiting import awaiting
from tests.builders import when
from tests.meetings import make
from tests.meetings.pages import send, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R85")]
START, END = "2026-11-19 10:00", "2026-11-19 11:00"
DAY_BEFORE = when("2026-11-18 10:00")


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad, code="LM")


def present(account, ae, start=START, end=END, **fields):
    fields = {"purpose": "presentation", **fields}
    return make.invited(account[0], ae, account[1], start, end, **fields)


@pytest.fixture
def meeting(account, ae):
    return present(account, ae)


def note(meeting, by, at=DAY_BEFORE, **fields):
    fields = {
        "rehearsed_on": date(2026, 11, 17), "presenters": set(), "result": "none", **fields,
    }  # fmt: skip
    return services.note_presentation(meeting=meeting, row_version=None, by=by, at=at, **fields)


def hold(meeting, by):
    services.hold_meeting(
        meeting=meeting, ended_at=when(END), row_version=None, by=by, at=when(END)
    )


def test_rehearsal_and_presenters_are_noted(meeting, account, ae):
    ours = meeting.attendees.get(user=ae)
    theirs = meeting.attendees.get(contact=account[1])
    row = note(meeting, ae, presenters={ours.pk, theirs.pk})
    assert row.rehearsed_on == date(2026, 11, 17)
    assert [one.user for one in meeting.attendees.filter(is_presenter=True)] == [ae]
    note(meeting, ae)
    assert not meeting.attendees.filter(is_presenter=True).exists()


@pytest.mark.parametrize("result", ["won", "lost", "revise"])
def test_the_result_is_noted_once_it_was_held(meeting, ae, result):
    with pytest.raises(Refused):
        note(meeting, ae, result=result)
    hold(meeting, ae)
    assert note(meeting, ae, when("2026-11-25 10:00"), result=result).result == result


def test_a_result_may_come_after_the_issue(meeting, ae):
    hold(meeting, ae)
    make.send_out(Meeting.objects.get().report, ae, when(END))
    assert note(meeting, ae, when("2026-12-01 10:00"), result="won").result == "won"


@pytest.mark.parametrize(
    ("day", "at"), [("2026-11-19", DAY_BEFORE), ("2026-11-20", when("2026-11-25 10:00"))]
)
def test_a_rehearsal_has_been_and_before_the_presentation(meeting, ae, day, at):
    with pytest.raises(Refused):
        note(meeting, ae, at, rehearsed_on=date.fromisoformat(day))


def test_other_meetings_have_none(account, ae):
    with pytest.raises(Refused):
        note(present(account, ae, purpose="work"), ae)


def test_a_stale_page_and_strangers_note_nothing(meeting, ae, other_ae):
    with pytest.raises(PermissionDenied):
        note(meeting, other_ae)
    with pytest.raises(Stale):
        services.note_presentation(
            meeting=meeting, rehearsed_on=None, presenters=set(), result="none",
            row_version=99, by=ae, at=DAY_BEFORE,
        )  # fmt: skip


def open_of(user, at):
    sentences = [duty.sentence for duty in awaiting(user, at)]
    return "No rehearsal on record: Media review" in sentences


def test_the_am_sees_what_is_not_rehearsed_the_day_before(meeting, ae, am):
    assert not open_of(am, DAY_BEFORE - timedelta(seconds=1))
    assert open_of(am, DAY_BEFORE)
    assert not open_of(ae, DAY_BEFORE)
    note(meeting, ae)
    assert not open_of(am, DAY_BEFORE)


def test_the_am_is_told_once(meeting, ae):
    for at in (DAY_BEFORE - timedelta(minutes=1), DAY_BEFORE, DAY_BEFORE + timedelta(hours=3)):
        make.tick(at)
    assert make.told(meeting, "rehearsal_open") == {("am", "day")}


def test_a_rehearsed_one_is_told_of_to_nobody(meeting, ae):
    note(meeting, ae, DAY_BEFORE - timedelta(hours=1))
    make.tick(DAY_BEFORE)
    assert make.told(meeting, "rehearsal_open") == set()


def test_a_moved_one_is_asked_for_anew(meeting, ae):
    make.tick(DAY_BEFORE)
    start = when("2026-11-23 10:00")
    services.move_meeting(
        meeting=meeting, starts_at=start, planned_end=start + timedelta(hours=1),
        reason="The client asked for it.", row_version=None, by=ae, at=DAY_BEFORE,
    )  # fmt: skip
    make.tick(start - timedelta(hours=20))
    assert len(make.told(meeting, "rehearsal_open")) == 1
    assert meeting_notices(meeting) == 2


def meeting_notices(meeting):
    return make.Notification.objects.about(meeting).filter(kind="rehearsal_open").count()


def test_the_page_notes_it_and_the_meeting_shows_it(client, account, ae):
    start = timezone.localtime() + timedelta(days=2)
    times = (f"{start:%Y-%m-%d %H:%M}", f"{start + timedelta(hours=1):%Y-%m-%d %H:%M}")
    meeting = present(account, ae, *times)
    client.force_login(ae)
    path = f"/meetings/{meeting.pk}/"
    assert "not on record" in text_of(client.get(path))
    yesterday = timezone.localdate() - timedelta(days=1)
    row = meeting.attendees.get(user=ae)
    send(client, f"{path}presentation/", rehearsed_on=yesterday, presenters=[row.pk])
    words = text_of(client.get(path))
    assert f"{yesterday.day} {yesterday:%b %Y}" in words
    assert f"Presenters {ae.name}" in words


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *[("rehearsed_on", day) for day in ("soon", "0001-01-01", "2099-01-01")],
        ("presenters", ["999999"]),
        ("result", "golf"),
        ("result", "won"),
        ("row_version", ""),
    ],
)
def test_bad_input_is_refused(client, account, ae, field, value):
    start = timezone.localtime() + timedelta(days=2)
    times = (f"{start:%Y-%m-%d %H:%M}", f"{start + timedelta(hours=1):%Y-%m-%d %H:%M}")
    meeting = present(account, ae, *times)
    client.force_login(ae)
    path = f"/meetings/{meeting.pk}/presentation/"
    assert send(client, path, **{field: value}).status_code == 422
    assert Meeting.objects.get().result == "none"
