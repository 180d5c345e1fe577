"""The agenda: asked for, complete, sent before the start (R1–R6, domain.md 3.1, 5.3)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused, Stale
from agency.common.models import OutboxMail
from archives.models import Document
from meetings import services
from meetings.models import Meeting
from meetings.services.typed import ItemData
from tests.builders import make_user, when
from tests.meetings import make
from tests.meetings.test_meeting import typed

pytestmark = pytest.mark.django_db
START, END = "2026-11-19 10:00", "2026-11-19 11:00"
EARLY = when(START) - timedelta(hours=5)
REASON = "The client sent his figures late."


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad, code="LM")


@pytest.fixture
def meeting(account, ae):
    client, contact = account
    items = [ItemData("Poster", 20, ae), ItemData("Budget", 30, contact, is_disputed=True)]
    words = {"objective": "Take the poster", "items": items}
    return make.invited(client, ae, contact, START, END, **words)


def send(meeting, by, at=EARLY, **more):
    return services.send_agenda(meeting=meeting, row_version=None, by=by, at=at, **more)


def again(meeting):
    return Meeting.objects.get(pk=meeting.pk)


def refused(meeting, by, at=EARLY, **more):
    with pytest.raises(Refused) as caught:
        send(meeting, by, at, **more)
    assert again(meeting).state == "planned"
    return dict(caught.value.reasons)


@pytest.mark.rule("R5")
def test_an_agenda_goes_to_both_sides_each_its_face(meeting, account, ae):
    _client, contact = account
    sent = send(meeting, ae)
    assert (sent.state, sent.agenda_sent_at, sent.agenda_revision) == ("agenda_sent", EARLY, 1)
    assert (sent.agenda_document.number, sent.agenda_document.face) == ("LM/AG/2026/001", "client")
    mails = OutboxMail.objects.filter(key__contains=":agenda:r1:")
    files = {mail.to: mail.attachments[0]["name"] for mail in mails}
    assert files[contact.email] == "LM-AG-2026-001.pdf"
    assert files[ae.email] == "LM-AG-2026-001-internal.pdf"


@pytest.mark.rule("R2")
def test_disputed_items_stand_first(meeting):
    assert [item.title for item in meeting.items.all()] == ["Budget", "Poster"]


@pytest.mark.rule("R2")
def test_an_order_made_by_hand_stays(meeting, ae):
    rows = {item.title: item.pk for item in meeting.items.all()}
    items = [
        ItemData("Poster", 20, ae, pk=rows["Poster"]),
        ItemData("Budget", 30, ae, is_disputed=True, pk=rows["Budget"]),
        ItemData("Prices", 5, ae, is_disputed=True),
    ]
    data = typed(meeting, items=items, is_arranged=True)
    services.change_plan(meeting=meeting, data=data, row_version=None, by=ae, at=EARLY)
    assert [item.title for item in meeting.items.all()] == ["Poster", "Budget", "Prices"]


@pytest.mark.rule("R1")
def test_who_has_no_task_is_named(meeting, ae):
    meeting.attendees.filter(user=ae).update(task="")
    assert "ae" in refused(meeting, ae)["people"]


@pytest.mark.rule("R2")
def test_no_objective_no_item_nobody_who_speaks(meeting, ae):
    meeting.items.update(speaker=None)
    assert "Poster" in refused(meeting, ae)["items"]
    meeting.items.all().delete()
    Meeting.objects.update(objective=" ")
    assert {"items", "objective"} <= set(refused(meeting, ae))


@pytest.mark.rule("R4")
def test_the_client_is_asked_for_topics_by_link_or_by_phone(meeting, ae):
    assert meeting.topics_asked_at == when("2026-11-02 09:00")
    Meeting.objects.update(topics_asked_at=None)
    assert set(refused(meeting, ae)) == {"topics_note"}
    note = "asked by phone at 8:40"
    services.note_topics_asked(meeting=meeting, note=note, row_version=None, by=ae, at=EARLY)
    assert send(meeting, ae).topics_note == note


@pytest.mark.rule("R4")
def test_a_note_without_words_is_none(meeting, ae):
    with pytest.raises(Refused):
        services.note_topics_asked(meeting=meeting, note=" ", row_version=None, by=ae, at=EARLY)


@pytest.mark.rule("R2")
def test_items_beyond_the_slot_are_sent_after_a_tick(meeting, ae):
    meeting.items.filter(title="Poster").update(minutes=30)
    assert services.minutes_over(meeting) == 0
    meeting.items.filter(title="Poster").update(minutes=31)
    assert "1 minute" in refused(meeting, ae)["is_over_known"]
    assert send(meeting, ae, is_over_known=True).state == "agenda_sent"


@pytest.mark.rule("R5")
def test_an_hour_before_needs_no_reason_a_second_later_does(meeting, ae):
    hour = timedelta(hours=1)
    late = when(START) - hour + timedelta(seconds=1)
    assert set(refused(meeting, ae, late)) == {"late_reason"}
    assert set(refused(meeting, ae, late, late_reason="late")) == {"late_reason"}
    assert send(meeting, ae, late, late_reason=REASON).agenda_late_reason == REASON


@pytest.mark.rule("R5")
def test_exactly_at_the_start_it_is_too_late(meeting, ae):
    with pytest.raises(Refused):
        send(meeting, ae, when(START), late_reason=REASON)
    assert send(meeting, ae, when(START) - timedelta(seconds=1), late_reason=REASON)


@pytest.mark.rule("R5")
def test_the_last_sending_before_the_start_counts(meeting, ae):
    first = send(meeting, ae)
    at = when(START) - timedelta(hours=1, minutes=30)
    second = services.resend_agenda(meeting=first, row_version=None, by=ae, at=at)
    assert (second.agenda_sent_at, second.agenda_revision) == (at, 2)
    assert second.agenda_document.number == first.agenda_document.number
    assert str(second.agenda_document.name) == "LM-AG-2026-001-R2.pdf"
    assert Document.objects.get(pk=first.agenda_document_id).state == "superseded"
    assert OutboxMail.objects.filter(key__contains=":agenda:r2:").count() == 2


def test_a_first_sending_is_no_second_one(meeting, ae):
    with pytest.raises(Refused):
        services.resend_agenda(meeting=meeting, row_version=None, by=ae, at=EARLY)
    send(meeting, ae)
    with pytest.raises(Refused):
        send(meeting, ae)


@pytest.mark.rule("R5")
def test_a_move_sends_the_agenda_along_with_the_new_time(meeting, account, ae):
    _client, contact = account
    send(meeting, ae)
    at = when(START) - timedelta(hours=1)
    times = {"starts_at": when("2026-11-19 10:50"), "planned_end": when("2026-11-19 11:50")}
    who = {"row_version": None, "by": ae, "at": at, "urgent_by": "He Jianing"}
    moved = services.move_meeting(meeting=meeting, reason=REASON, **times, **who)
    assert (moved.state, moved.agenda_sent_at, moved.agenda_revision) == ("agenda_sent", at, 2)
    assert moved.is_urgent
    mail = OutboxMail.objects.get(to=contact.email, key__contains=":move:")
    names = [file["name"] for file in mail.attachments]
    assert names == ["LM-AG-2026-001-R2.pdf", "meeting.ics"]
    assert not OutboxMail.objects.filter(key__contains=":agenda:r2:").exists()


@pytest.mark.rule("R5")
def test_held_without_an_agenda_is_marked(meeting, ae):
    services.hold_meeting(
        meeting=meeting, ended_at=when(END), row_version=None, by=ae, at=when(END)
    )
    assert again(meeting).held_without_agenda


def test_others_may_not_send(meeting, other_ae):
    for person in (other_ae, make_user(role="finance"), make_user(role="department")):
        with pytest.raises(PermissionDenied):
            send(meeting, person)


def test_a_topic_that_came_meanwhile_makes_the_page_stale(meeting, ae):
    last = meeting.items.order_by("-pk").first().pk
    meeting.items.create(position=9, title="Prices", minutes=5)
    with pytest.raises(Stale):
        send(meeting, ae, last_item=last)


@pytest.mark.rule("R6")
def test_less_than_two_hours_ahead_somebody_asked_for_it(account, ae):
    client, contact = account
    at = when(START) - timedelta(hours=1, minutes=59, seconds=59)
    with pytest.raises(Refused) as caught:
        make.plan(client, ae, START, END, [ae, contact], at=at)
    assert caught.value.field == "urgent_by"
    row = make.plan(client, ae, START, END, [ae, contact], at=at, urgent_by="He Jianing")
    assert (row.is_urgent, row.urgent_by) == (True, "He Jianing")


@pytest.mark.rule("R6")
def test_two_hours_ahead_is_not_urgent(account, ae):
    client, contact = account
    at = when(START) - timedelta(hours=2)
    row = make.plan(client, ae, START, END, [ae, contact], at=at, urgent_by="He Jianing")
    assert (row.is_urgent, row.urgent_by) == (False, "")


@pytest.mark.rule("R6")
def test_a_draft_put_nearer_is_urgent_too(account, ae):
    client, contact = account
    row = make.plan(client, ae, START, END, [ae, contact])
    near = when(START) + timedelta(minutes=30)
    data = replace(typed(row), planned_end=near, starts_at=when(START))
    who = {"row_version": None, "by": ae, "at": when(START) - timedelta(hours=1)}
    with pytest.raises(Refused) as caught:
        services.change_plan(meeting=row, data=data, **who)
    assert caught.value.field == "urgent_by"
    changed = services.change_plan(meeting=row, data=replace(data, urgent_by="何嘉宁"), **who)
    assert changed.is_urgent
