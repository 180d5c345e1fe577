"""A key contact to whom nobody has spoken for fourteen days (R75)."""

from datetime import timedelta

import pytest

from accounts.models import Contact
from accounts.services import add_note
from meetings import services
from meetings.reports.awaiting import awaiting
from meetings.reports.touch import known_since, last_spoken, unspoken, unspoken_to, with_last_spoken
from meetings.services import touch
from tests.builders import make_user, when
from tests.meetings import make
from tests.meetings.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R75")]
AT, NINE = when("2026-11-19 08:59"), when("2026-11-19 09:00")


@pytest.fixture
def account(ae, am):
    client, contact = make.make_account(ae, am, status="active")
    Contact.objects.filter(pk=contact.pk).update(is_key=True, created_at=when("2026-09-01 10:00"))
    return client, contact


def spoke(contact, ae, day, channel="call"):
    at = when(f"2026-11-{day} 10:00")
    add_note(contact=contact, by=ae, at=at, on=at.date(), channel=channel, text="Of the poster.")


def silent(at=AT):
    return [row.pk for row in unspoken(Contact.objects.all(), at)]


def reread(contact):
    return with_last_spoken(Contact.objects).get(pk=contact.pk)


@pytest.mark.parametrize(("day", "is_silent"), [("05", True), ("06", False), ("19", False)])
def test_fourteen_days_after_the_last_note(account, ae, day, is_silent):
    spoke(account[1], ae, day)
    assert bool(silent()) is is_silent


def test_a_letter_is_not_spoken(account, ae):
    spoke(account[1], ae, "18", "written")
    assert silent() == [account[1].pk]
    spoke(account[1], ae, "18", "social")
    assert silent() == []


@pytest.mark.parametrize(("day", "is_silent"), [("05", True), ("06", False)])
def test_a_call_that_was_logged_counts(account, ae, day, is_silent):
    make.log(*account, ae, ended_at=when(f"2026-11-{day} 10:00"))
    assert bool(silent()) is is_silent


def test_a_written_exchange_does_not(account, ae):
    make.log(*account, ae, ended_at=when("2026-11-18 10:00"), kind="written")
    assert silent() == [account[1].pk]


def test_only_who_was_there_was_spoken_to(account, ae):
    client, contact = account
    meeting = make.invited(client, ae, contact, "2026-11-18 10:00", "2026-11-18 11:00")
    assert silent() == [contact.pk]
    there = meeting.attendees.filter(user=ae).values_list("pk", flat=True)
    services.hold_meeting(
        meeting=meeting, ended_at=when("2026-11-18 11:00"), row_version=None, by=ae,
        at=when("2026-11-18 11:00"), present=set(there),
    )  # fmt: skip
    assert silent() == [contact.pk]
    meeting.attendees.update(present=True)
    assert silent() == []


@pytest.mark.parametrize(
    "change",
    [
        {"is_key": False},
        {"is_active": False},
        {"created_at": when("2026-11-06 00:00")},
    ],
)
def test_others_may_be_silent(account, change):
    assert silent() == [account[1].pk]
    Contact.objects.filter(pk=account[1].pk).update(**change)
    assert silent() == []


def test_resting_clients_may_be_silent(account):
    client, _contact = account
    client.status = "resting"
    client.save()
    assert silent() == []


def test_the_last_talk_is_the_newer_of_note_and_meeting(account, ae):
    contact = account[1]
    assert last_spoken(reread(contact)) is None
    assert f"{known_since(reread(contact))}" == "2026-09-01"
    make.log(*account, ae, ended_at=when("2026-11-04 10:00"))
    assert f"{last_spoken(reread(contact))}" == "2026-11-04"
    spoke(contact, ae, "05")
    assert f"{last_spoken(reread(contact))}" == "2026-11-05"


def test_it_stands_on_the_aes_list_alone(account, ae, am, other_ae):
    spoke(account[1], ae, "05")
    sentence = "Nobody has spoken to 何嘉宁 since 5 Nov 2026."
    assert sentence in [duty.sentence for duty in awaiting(ae, AT)]
    for person in (am, other_ae, make_user(role="finance")):
        assert sentence not in [duty.sentence for duty in awaiting(person, AT)]


def test_the_ae_is_told_once_in_fourteen_days(account, ae):
    contact = account[1]
    spoke(contact, ae, "05")
    make.tick(AT)
    assert make.told(contact, "no_touch") == set()
    for at in (NINE, NINE + timedelta(hours=5), NINE + timedelta(days=13)):
        make.tick(at)
    assert make.told(contact, "no_touch") == {("ae", "20261105+1")}
    make.tick(NINE + timedelta(days=14))
    assert make.told(contact, "no_touch") == {("ae", "20261105+1"), ("ae", "20261105+2")}


def test_a_talk_begins_the_days_anew(account, ae):
    spoke(account[1], ae, "05")
    make.tick(NINE)
    spoke(account[1], ae, "20")
    make.tick(when("2026-12-03 09:00"))
    make.tick(when("2026-12-04 09:00"))
    assert len(make.told(account[1], "no_touch")) == 2


def test_nobody_is_told_on_a_day_off(account, ae):
    spoke(account[1], ae, "07")
    assert touch.to_tell(when("2026-11-21 09:00")) == []  # a Saturday
    assert len(touch.to_tell(when("2026-11-23 09:00"))) == 1


def test_the_list_is_one_question_however_many(account, ae, am, django_assert_num_queries):
    client, _contact = account
    for number in range(12):
        Contact.objects.create(
            client=client, name=f"Key {number}", address_as="K", is_key=True,
            created_at=when("2026-09-01 10:00"),
        )  # fmt: skip
    with django_assert_num_queries(1):
        assert len(unspoken_to(ae, AT)) == 13


def test_the_contacts_page_says_when_one_last_spoke(client, account, ae):
    client.force_login(ae)
    assert "Last spoken not yet" in text_of(client.get(account[1].get_absolute_url()))
    spoke(account[1], ae, "05")
    assert "Last spoken 5 Nov 2026" in text_of(client.get(account[1].get_absolute_url()))
