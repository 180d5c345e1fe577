"""Open duties move to a successor, closed ones keep their name (R92)."""

from datetime import date

import pytest

from agency.common.models import AuditEntry
from meetings import services
from meetings.models import ActionPoint, ContactReport, Meeting
from tests.builders import make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R92")]
NOON = when("2026-11-19 12:00")


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad)


@pytest.fixture
def heir(db):
    return make_user("heir")


def duties(account, ae):
    """A draft, a meeting ahead with a seat at it, a running report with an action: five."""
    client, contact = account
    make.log(client, contact, ae)
    make.invited(client, ae, contact, "2026-11-26 10:00", "2026-11-26 11:00")
    actions = [make.action(user=ae, due_on=date(2026, 11, 25))]
    return make.issued(client, contact, ae, data=make.typed(contact, actions=actions))


def reassign(ae, heir, client):
    return services.reassign(old=ae, new=heir, client=client, by=None, at=NOON)


def test_everything_open_is_handed_over(account, ae, heir):
    duties(account, ae)
    assert reassign(ae, heir, account[0]) == 5
    assert set(ContactReport.objects.values_list("author__username", flat=True)) == {"heir"}
    assert ActionPoint.objects.get().user == heir
    assert Meeting.objects.ahead().get().ae == heir
    assert AuditEntry.objects.filter(verb="handed_over").count() == 5
    assert reassign(ae, heir, account[0]) == 0


def test_without_a_successor_it_only_counts(account, ae):
    duties(account, ae)
    assert services.open_duties(ae) == {account[0]: 5}
    assert reassign(ae, None, None) == 5
    assert ActionPoint.objects.get().user == ae


def test_other_clients_are_left_alone(account, ae, heir):
    duties(account, ae)
    elsewhere = make.log(*make.make_account(ae), ae)
    reassign(ae, heir, account[0])
    elsewhere.refresh_from_db()
    assert elsewhere.author == ae


def test_what_is_closed_keeps_its_name(account, ae, heir):
    report = duties(account, ae)
    make.hand_over(report, account[1], make.END)
    make.tick(NOON)
    make.answer(report, account[1], NOON)
    services.complete(action=report.actions.get(), by=ae, at=NOON)
    assert reassign(ae, heir, account[0]) == 3
    report.refresh_from_db()
    assert (report.author, report.actions.get().user) == (ae, ae)


def seat(meeting, user, **fields):
    return meeting.attendees.create(user=user, **fields)


def test_seat_chair_and_word_at_a_meeting_ahead_go_to_the_successor(account, ae, am, heir):
    client, contact = account
    meeting = make.invited(client, ae, contact, "2026-11-26 10:00", "2026-11-26 11:00")
    guest = seat(meeting, am, task="Present the plan")
    meeting.items.create(title="Plan", minutes=20, position=9, speaker=guest)
    Meeting.objects.filter(pk=meeting.pk).update(chair=am)
    assert reassign(am, heir, client) == 1
    meeting.refresh_from_db()
    guest.refresh_from_db()
    assert (guest.user, meeting.chair, meeting.ae) == (heir, heir, ae)
    assert meeting.items.get(title="Plan").speaker == guest


def test_successor_who_sits_there_keeps_one_seat(account, ae, am, heir):
    client, contact = account
    meeting = make.invited(client, ae, contact, "2026-11-26 10:00", "2026-11-26 11:00")
    old, twin = seat(meeting, am, task="Present the plan"), seat(meeting, heir)
    meeting.items.create(title="Plan", minutes=20, position=9, speaker=old)
    reassign(am, heir, client)
    twin.refresh_from_db()
    assert twin.task == "Present the plan"
    assert meeting.items.get(title="Plan").speaker == twin
    assert not meeting.attendees.filter(user=am).exists()


def test_seat_at_a_meeting_that_was_held_keeps_its_name(account, ae, am, heir):
    client, contact = account
    meeting = make.invited(client, ae, contact, "2026-11-26 10:00", "2026-11-26 11:00")
    seat(meeting, am)
    end = when("2026-11-26 11:00")
    Meeting.objects.filter(pk=meeting.pk).update(state="held", ended_at=end)
    assert reassign(am, heir, client) == 0
    assert meeting.attendees.filter(user=am).exists()


def test_draft_is_read_by_the_successor(account, ae, am, heir):
    client, contact = account
    report = make.log(client, contact, ae)
    reassign(am, heir, client)
    readers = set(report.readers.all())
    assert heir in readers
    assert am not in readers
