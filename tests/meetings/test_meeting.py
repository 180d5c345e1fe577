"""Sit-down meetings ahead: planned, invited, moved, cancelled (R15, domain.md 3.1)."""

import uuid
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused, Stale
from agency.common.models import OutboxMail
from archives.storage import read_file
from meetings import services
from meetings.models import AgendaItem, Meeting
from meetings.services.typed import ItemData, MeetingData, PersonData
from tests.builders import make_client, make_contact, make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R15")]
NOW = when("2026-11-02 09:00")
START, END = "2026-11-19 10:00", "2026-11-19 11:00"
REASON = "The client is ill today."


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad, code="LM")


@pytest.fixture
def meeting(account, ae):
    client, contact = account
    return make.invited(client, ae, contact, START, END)


def again(meeting):
    return Meeting.objects.get(pk=meeting.pk)


def typed(meeting, **fields):
    people = [
        PersonData(user=row.user, contact=row.contact, task=row.task)
        for row in meeting.attendees.all()
    ]
    data = MeetingData(
        kind="face",
        title="Media review",
        starts_at=when(START),
        planned_end=when(END),
        people=people,
        items=[],
    )
    return replace(data, **fields)


def test_a_plan_is_a_draft_and_tells_nobody(account, ae):
    client, contact = account
    meeting = make.plan(client, ae, START, END, [ae, contact], items=[ItemData("Poster", 20)])
    assert (meeting.state, meeting.ae, meeting.base_end) == ("draft", ae, when(END))
    assert [(item.title, item.minutes) for item in meeting.items.all()] == [("Poster", 20)]
    assert {row.task for row in meeting.attendees.all()} == {"takes notes", ""}
    assert not OutboxMail.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"starts_at": when("2026-11-01 10:00")}, "starts_at"),
        ({"planned_end": when(START)}, "planned_end"),
        ({"kind": "call"}, "kind"),
        ({"items": [ItemData("Poster", 0)]}, "items"),
    ],
)
def test_a_plan_is_refused_at_the_field(account, ae, fields, field):
    data = MeetingData("face", "Review", when(START), when(END))
    with pytest.raises(Refused) as caught:
        services.plan_meeting(client=account[0], data=replace(data, **fields), by=ae, at=NOW)
    assert caught.value.field == field
    assert not Meeting.objects.exists()


def test_another_clients_contact_is_refused(account, ae):
    with pytest.raises(Refused) as caught:
        make.plan(account[0], ae, START, END, [make_contact(make_client())])
    assert caught.value.field == "people"


def test_the_same_form_twice_plans_once(account, ae):
    data, key = MeetingData("face", "Review", when(START), when(END)), uuid.uuid4()
    for _round in range(2):
        services.plan_meeting(client=account[0], data=data, by=ae, at=NOW, form_key=key)
    assert Meeting.objects.count() == 1


def test_others_may_not_plan(account, other_ae):
    for person in (other_ae, make_user(role="finance"), make_user(role="admin")):
        with pytest.raises(PermissionDenied):
            make.plan(account[0], person, START, END)


def test_everybody_is_invited_with_a_calendar_file(meeting, account, ae):
    _client, contact = account
    mails = OutboxMail.objects.order_by("pk")
    assert meeting.state == "planned"
    assert {mail.to for mail in mails} == {ae.email, contact.email}
    file = read_file(mails[0].attachments[0]["sha256"]).decode()
    assert "METHOD:REQUEST" in file
    assert "DTSTART:20261119T020000Z" in file
    assert mails.get(to=contact.email).kind == "client_paper"


def test_an_invitation_needs_both_sides(account, ae):
    client, contact = account
    for people in ([ae], [contact]):
        meeting = make.plan(client, ae, START, END, people)
        with pytest.raises(Refused) as caught:
            services.invite(meeting=meeting, row_version=None, by=ae, at=NOW)
        assert caught.value.field == "people"


def test_nobody_is_invited_twice_or_to_the_past(meeting, account, ae):
    client, contact = account
    with pytest.raises(Refused):
        services.invite(meeting=meeting, row_version=None, by=ae, at=NOW)
    late = make.plan(client, ae, START, END, [ae, contact])
    with pytest.raises(Refused):
        services.invite(meeting=late, row_version=None, by=ae, at=when(START))


def test_who_joins_later_is_invited_too(meeting, account, ae):
    client, _contact = account
    other = make_contact(client, "叶知秋")
    data = typed(meeting)
    data = replace(data, people=[*data.people, PersonData(contact=other)])
    services.change_plan(meeting=meeting, data=data, row_version=None, by=ae, at=NOW)
    assert OutboxMail.objects.filter(to=other.email).count() == 1
    assert OutboxMail.objects.count() == 3


def test_once_invited_the_time_changes_by_moving_only(meeting, ae):
    data = typed(meeting, starts_at=when("2026-11-19 10:30"))
    with pytest.raises(Refused) as caught:
        services.change_plan(meeting=meeting, data=data, row_version=None, by=ae, at=NOW)
    assert caught.value.field == "starts_at"


def test_a_stale_page_changes_nothing(meeting, ae):
    services.change_plan(meeting=meeting, data=typed(meeting), row_version=None, by=ae, at=NOW)
    with pytest.raises(Stale):
        services.change_plan(
            meeting=meeting,
            data=typed(meeting, title="Other"),
            row_version=meeting.row_version,
            by=ae,
            at=NOW,
        )
    assert again(meeting).title == "Media review"


def move(meeting, ae, start="2026-11-20 14:00", end="2026-11-20 15:00", at=NOW, reason=REASON):
    return services.move_meeting(
        meeting=meeting,
        starts_at=when(start),
        planned_end=when(end),
        reason=reason,
        row_version=None,
        by=ae,
        at=at,
    )


def test_a_move_is_told_to_all_with_old_and_new_time(meeting, account, ae):
    _client, contact = account
    moved = move(meeting, ae)
    assert (moved.starts_at, moved.moved_from) == (when("2026-11-20 14:00"), when(START))
    mail = OutboxMail.objects.get(to=contact.email, state="queued")
    assert "2026-11-19 10:00" in mail.text
    assert "2026-11-20 14:00" in mail.text
    assert REASON in mail.text
    assert OutboxMail.objects.filter(state="void").count() == 2
    assert {who for who, _slot in make.told(meeting, "meeting_moved")} == {"ae"}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"start": "2026-11-01 10:00"}, "starts_at"),
        ({"end": "2026-11-20 14:00"}, "planned_end"),
        ({"reason": "no"}, "reason"),
        ({"at": when(START)}, "starts_at"),
        ({"start": START, "end": END}, "starts_at"),
    ],
)
def test_a_move_is_refused_at_the_field(meeting, ae, fields, field):
    with pytest.raises(Refused) as caught:
        move(meeting, ae, **fields)
    assert caught.value.field == field
    assert again(meeting).starts_at == when(START)


def test_the_clock_of_the_old_time_dies_with_the_move(meeting, ae):
    move(meeting, ae)
    make.tick(when("2026-11-19 12:00"))
    assert again(meeting).report is None
    make.tick(when("2026-11-20 15:30"))
    assert again(meeting).report.due_at == when("2026-11-21 15:00")


def cancel(meeting, by, at=NOW, reason=REASON):
    return services.cancel_meeting(meeting=meeting, row_version=None, by=by, at=at, reason=reason)


def test_cancelling_tells_all_and_needs_no_report(meeting, account, ae):
    _client, contact = account
    contact.language = "en"
    contact.save()
    cancel(meeting, ae)
    mail = OutboxMail.objects.get(to=contact.email, state="queued")
    assert mail.subject == "LM: Cancelled: Media review"
    assert "METHOD:CANCEL" in read_file(mail.attachments[0]["sha256"]).decode()
    make.tick(when("2026-11-21 12:00"))
    assert again(meeting).report is None


def test_cancelling_needs_a_reason_and_time(meeting, ae):
    with pytest.raises(Refused):
        cancel(meeting, ae, reason="")
    with pytest.raises(Refused):
        cancel(meeting, ae, at=when(START))
    assert again(meeting).state == "planned"


def test_a_draft_is_cancelled_without_words(account, ae):
    client, contact = account
    meeting = make.plan(client, ae, START, END, [ae, contact])
    assert cancel(meeting, ae, reason="").state == "cancelled"
    assert not OutboxMail.objects.exists()


@pytest.mark.rule("R14")
def test_carried_items_come_back_until_they_are_taken_up(account, ae):
    client, contact = account
    first = make.invited(client, ae, contact, START, END, items=[ItemData("Poster", 20)])
    services.hold_meeting(meeting=first, ended_at=when(END), row_version=None, by=ae, at=when(END))
    item = first.items.get()
    outcomes = {item.pk: ("carried", "")}
    services.set_outcomes(meeting=first, outcomes=outcomes, row_version=None, by=ae, at=when(END))
    second = make.plan(client, ae, "2026-11-26 10:00", "2026-11-26 11:00", at=when(END))
    carried = second.items.get()
    assert (carried.title, carried.source, carried.carried_from) == ("Poster", "carried", item)
    third = make.plan(client, ae, "2026-11-27 10:00", "2026-11-27 11:00", at=when(END))
    assert not AgendaItem.objects.filter(meeting=third).exists()
