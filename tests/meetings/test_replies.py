"""Who comes, what the client wants to talk about, whose task is on it (R3, R4, 3.10)."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import ClientLink
from accounts.services import revoke_links
from agency.common.errors import Refused
from agency.common.models import AuditEntry
from meetings import services
from meetings.models import Attendee
from meetings.services.typed import ItemData, PersonData
from tests.builders import make_contact, make_user, when
from tests.meetings import make
from tests.meetings.test_meeting import typed

pytestmark = pytest.mark.django_db
START, END = "2026-11-19 10:00", "2026-11-19 11:00"
NOW = when("2026-11-18 09:00")
REASON = "The prices are not known before December."


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad, code="LM")


@pytest.fixture
def meeting(account, ae):
    client, contact = account
    return make.invited(client, ae, contact, START, END, items=[ItemData("Poster", 20, ae)])


@pytest.fixture
def link(meeting):
    return ClientLink.objects.of(meeting).get()


def reply(link, answer="yes", at=NOW, name="何嘉宁"):
    return services.reply_by_link(link=link, reply=answer, typed_name=name, at=at)


def topic(link, title="Prices", at=NOW, name="何嘉宁", **more):
    return services.add_topic(link=link, title=title, typed_name=name, at=at, **more)


@pytest.mark.rule("R4")
def test_an_invited_contact_has_a_link_until_the_start(meeting, link, account):
    assert (link.purpose, link.contact) == ("topics", account[1])
    assert link.expires_at == when(START)


def test_a_contact_accepts_and_the_ae_is_told_once(meeting, link):
    for _round in range(2):
        row = reply(link)
    assert (row.reply, row.replied_at) == ("yes", NOW)
    assert len(make.told(meeting, "reply")) == 1
    entry = AuditEntry.objects.filter(verb="reply").latest("pk")
    assert entry.contact_name == "何嘉宁"


def test_a_contact_may_change_his_mind_until_the_start(meeting, link):
    reply(link)
    last = when(START) - timedelta(seconds=1)
    assert reply(link, "no", last).reply == "no"
    with pytest.raises(Refused):
        reply(link, "yes", when(START))


@pytest.mark.parametrize(("answer", "name"), [("yes", " "), ("yes", "x"), ("soon", "何嘉宁")])
def test_an_answer_needs_a_name_and_one_of_three_words(link, answer, name):
    with pytest.raises(Refused):
        reply(link, answer, name=name)
    assert not Attendee.objects.exclude(reply="none").exists()


@pytest.mark.rule("R4")
def test_a_topic_of_the_clients_is_marked_and_shown_to_ours(meeting, link, account, ae):
    item = topic(link)
    assert (item.source, item.asked_by, item.position) == ("client", account[1], 2)
    assert item.speaker.contact == account[1]
    assert {who for who, _slot in make.told(meeting, "topic_added")} == {"ae"}


def test_the_same_topic_form_twice_is_one_topic(meeting, link):
    key = uuid.uuid4()
    assert topic(link, form_key=key) == topic(link, form_key=key)
    assert meeting.items.filter(source="client").count() == 1


@pytest.mark.parametrize(("title", "name"), [(" ", "何嘉宁"), ("Prices", "")])
def test_a_topic_needs_words_and_a_name(meeting, link, title, name):
    with pytest.raises(Refused):
        topic(link, title, name=name)
    assert meeting.items.count() == 1


def test_one_contact_cannot_flood_the_agenda(meeting, link):
    for number in range(20):
        topic(link, f"Topic {number}")
    with pytest.raises(Refused):
        topic(link)
    assert meeting.items.filter(source="client").count() == 20


def test_a_dead_link_answers_nothing(meeting, link):
    revoke_links(subject=meeting, reason="x", at=NOW)
    for act in (reply, topic):
        with pytest.raises(Refused):
            act(link)


@pytest.mark.rule("R15")
def test_cancelling_closes_the_contacts_page(meeting, link, ae):
    reason = "The client is ill today."
    services.cancel_meeting(meeting=meeting, reason=reason, row_version=None, by=ae, at=NOW)
    assert ClientLink.objects.get().state == "revoked"
    with pytest.raises(Refused):
        reply(link)


@pytest.mark.rule("R15")
def test_a_move_prolongs_the_link_and_asks_anew(meeting, link, ae):
    reply(link)
    times = {"starts_at": when("2026-11-20 10:00"), "planned_end": when("2026-11-20 11:00")}
    who = {"row_version": None, "by": ae, "at": NOW}
    services.move_meeting(meeting=meeting, reason="The client travels.", **times, **who)
    assert ClientLink.objects.get().expires_at == times["starts_at"]
    assert set(meeting.attendees.values_list("reply", flat=True)) == {"none"}


def test_who_is_taken_off_the_list_has_no_link_any_more(meeting, link, account, ae):
    other = make_contact(account[0], "叶知秋")
    people = [PersonData(user=ae, task="takes notes"), PersonData(contact=other)]
    data = typed(meeting, people=people)
    services.change_plan(meeting=meeting, data=data, row_version=None, by=ae, at=NOW)
    link.refresh_from_db()
    assert link.state == "revoked"
    assert ClientLink.objects.open().get().contact == other


@pytest.mark.rule("R4")
def test_a_topic_is_never_lost_to_a_page_that_did_not_know_it(meeting, link, ae):
    data = typed(meeting, items=[ItemData("Poster", 10, ae)])
    topic(link)
    services.change_plan(meeting=meeting, data=data, row_version=None, by=ae, at=NOW)
    assert [item.title for item in meeting.items.all()] == ["Poster", "Prices"]


def postpone(item, by, reason=REASON):
    return services.postpone_topic(item=item, reason=reason, row_version=None, by=by, at=NOW)


@pytest.mark.rule("R4")
def test_a_topic_waits_only_with_a_reason(meeting, link, ae):
    item = topic(link)
    with pytest.raises(Refused):
        postpone(item, ae, "later")
    item = postpone(item, ae)
    assert item.postponed_reason == REASON
    assert list(meeting.items.on_agenda().values_list("title", flat=True)) == ["Poster"]
    services.take_up_topic(item=item, row_version=None, by=ae, at=NOW)
    assert meeting.items.on_agenda().count() == 2


@pytest.mark.rule("R4")
def test_our_own_items_are_not_postponed(meeting, ae, other_ae, link):
    with pytest.raises(Refused):
        postpone(meeting.items.get(), ae)
    with pytest.raises(PermissionDenied):
        postpone(topic(link), other_ae)


@pytest.mark.rule("R14")
def test_a_postponed_topic_stands_in_the_next_draft(meeting, link, account, ae):
    postpone(topic(link), ae)
    end = when(END)
    services.hold_meeting(meeting=meeting, ended_at=end, row_version=None, by=ae, at=end)
    later = make.plan(account[0], ae, "2026-11-26 10:00", "2026-11-26 11:00", at=end)
    item = later.items.get()
    assert (item.title, item.source, item.asked_by) == ("Prices", "carried", account[1])
    assert item.is_client_topic


@pytest.mark.rule("R14")
def test_topics_of_a_cancelled_meeting_come_back(meeting, link, account, ae):
    topic(link)
    reason = "The client is ill today."
    services.cancel_meeting(meeting=meeting, reason=reason, row_version=None, by=ae, at=NOW)
    later = make.plan(account[0], ae, "2026-11-26 10:00", "2026-11-26 11:00", at=NOW)
    assert [item.title for item in later.items.all()] == ["Prices"]


@pytest.fixture
def creative():
    return make_user("art", "department")


@pytest.fixture
def shared(account, ae, creative):
    """Planned by the AE, with a task for a creative."""
    client, contact = account
    row = make.plan(client, ae, START, END, [ae, creative, contact])
    return services.invite(meeting=row, row_version=None, by=ae, at=NOW)


@pytest.mark.rule("R3")
def test_my_task_is_on_it(shared, creative):
    assert [row.user for row in shared.attendees.unconfirmed()] == [creative]
    for _round in range(2):
        row = services.confirm_task(meeting=shared, by=creative, at=NOW)
    assert row.agreed_at == NOW
    assert AuditEntry.objects.filter(verb="confirm_task").count() == 1
    assert not shared.attendees.unconfirmed().exists()


@pytest.mark.rule("R3")
def test_who_writes_down_his_own_task_has_confirmed_it(shared, ae):
    assert shared.attendees.get(user=ae).agreed_at == when("2026-11-02 09:00")


@pytest.mark.rule("R3")
def test_another_task_is_confirmed_anew(shared, ae, creative):
    services.confirm_task(meeting=shared, by=creative, at=NOW)
    people = [*make.people_of(shared)[:1], PersonData(user=creative, task="presents")]
    data = typed(shared, people=[*people, *make.people_of(shared)[2:]])
    services.change_plan(meeting=shared, data=data, row_version=None, by=ae, at=NOW)
    assert shared.attendees.get(user=creative).agreed_at is None


@pytest.mark.rule("R3")
def test_nobody_confirms_for_somebody_else(meeting, am):
    for person in (am, make_user(role="department")):
        with pytest.raises(Refused):
            services.confirm_task(meeting=meeting, by=person, at=NOW)
        with pytest.raises(Refused):
            services.reply_own(meeting=meeting, reply="yes", by=person, at=NOW)


@pytest.mark.rule("R3")
def test_a_department_answers_for_itself(shared, creative):
    assert services.reply_own(meeting=shared, reply="no", by=creative, at=NOW).reply == "no"
    with pytest.raises(Refused):
        services.confirm_task(meeting=shared, by=creative, at=when(START))
