"""What waits for a person now, from meetings (R69, R77, R80)."""

from datetime import date

import pytest

from meetings import services
from meetings.models import Meeting
from meetings.reports import awaiting
from meetings.services.typed import ItemData
from tests.builders import make_stand_in, make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R69")]
EARLY = when("2026-10-30 09:00")
NOON = when("2026-11-19 12:00")


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad)


def groups(user, at=NOON):
    return [duty.group for duty in awaiting(user, at)]


def test_a_draft_waits_for_its_author_until_it_is_issued(account, ae, am):
    report = make.log(*account, ae)
    (duty,) = awaiting(ae, NOON)
    assert (duty.group, duty.due_at, duty.clock) == ("Issue", report.due_at, 24)
    assert (duty.client, duty.person) == (account[0].name, None)
    assert "Poster" in duty.sentence
    assert groups(am) == []
    make.send_out(report, ae, NOON)
    assert groups(ae) == []


@pytest.mark.rule("R22")
def test_an_objection_waits_until_there_is_a_draft(account, ae):
    client, contact = account
    report = make.delivered(client, contact, ae)
    make.object_to(report, contact, NOON)
    (duty,) = awaiting(ae, NOON)
    assert (duty.group, duty.due_at) == ("Revise", when("2026-11-20 12:00"))
    report.refresh_from_db()
    services.revise_report(report=report, reason="another size", by=ae, at=NOON)
    assert groups(ae) == ["Issue"]


@pytest.mark.rule("R15")
def test_a_meeting_that_begins_and_one_without_end(account, ae):
    client, contact = account
    make.invited(client, ae, contact, "2026-11-19 10:00", "2026-11-19 11:00")
    assert groups(ae, when("2026-11-19 09:29")) == ["Send the agenda", "Prepare"]
    duty = next(row for row in awaiting(ae, when("2026-11-19 09:30")) if row.group == "Meet")
    assert duty.urgent
    (duty,) = awaiting(ae, when("2026-11-19 11:00"))
    assert (duty.group, duty.due_at) == ("Enter the end", when("2026-11-19 11:30"))


@pytest.mark.rule("R27")
def test_actions_of_today_and_what_the_client_owes(account, ae):
    client, contact = account
    actions = [
        make.action("Ours", user=ae, due_on=date(2026, 11, 20)),
        make.action("Theirs", contact=contact, due_on=date(2026, 11, 20)),
    ]
    make.issued(client, contact, ae, data=make.typed(contact, actions=actions))
    assert groups(ae, when("2026-11-19 23:59")) == []
    assert groups(ae, when("2026-11-20 08:00")) == ["Do"]
    ask, do = sorted(awaiting(ae, when("2026-11-21 08:00")), key=lambda duty: duty.group)
    assert (do.sentence, do.due_at) == ("Ours", when("2026-11-21 00:00"))
    assert (ask.group, ask.sentence, ask.is_client) == ("Ask for", "Theirs", True)


def test_a_later_end_waits_for_the_am_not_for_its_author(account, ae, am, ad):
    client, contact = account
    meeting = make.invited(client, ae, contact, "2026-11-19 10:00", "2026-11-19 11:00")
    at = when("2026-11-19 14:00")
    services.hold_meeting(
        meeting=meeting, ended_at=when("2026-11-19 13:30"), row_version=None, by=ae, at=at
    )
    assert groups(am, at) == ["Confirm"]
    assert groups(ad, at) == []


def test_without_am_it_waits_for_the_ad(ae, ad):
    client, contact = make.make_account(ae, ad)
    meeting = make.invited(client, ae, contact, "2026-11-19 10:00", "2026-11-19 11:00")
    at = when("2026-11-19 14:00")
    services.hold_meeting(
        meeting=meeting, ended_at=when("2026-11-19 13:30"), row_version=None, by=ae, at=at
    )
    assert groups(ad, at) == ["Confirm"]


@pytest.mark.rule("R25")
def test_an_opinion_waits_for_the_ad_until_read(account, ae, ad, am):
    client, contact = account
    points = [services.PointData(text="Fine"), services.PointData("opinion", "Too slow")]
    report = make.issued(client, contact, ae, data=make.typed(contact, points=points))
    assert (groups(ad), groups(am)) == (["Read"], [])
    services.read_opinion(report=report, by=ad, at=NOON)
    assert groups(ad) == []


@pytest.mark.rule("R77")
def test_a_stand_in_sees_the_absent_persons_duties_under_his_name(account, ae):
    deputy = make_user("deputy")
    make_stand_in(ae, deputy, date(2026, 11, 19), date(2026, 11, 19), client=account[0])
    make.log(*account, ae)
    make.log(*make.make_account(ae), ae)
    (duty,) = awaiting(deputy, NOON)
    assert (duty.client, duty.person) == (account[0].name, ae)
    assert groups(deputy, when("2026-11-20 12:00")) == []


def test_nothing_waits_for_the_admin_or_a_stranger(account, ae, other_ae):
    make.log(*account, ae)
    assert groups(make_user(role="admin")) == groups(other_ae) == []


def test_the_number_of_queries_does_not_grow(account, ae, django_assert_max_num_queries):
    for _count in range(4):
        make.log(*account, ae)
    with django_assert_max_num_queries(8):
        assert len(awaiting(ae, NOON)) == 4


@pytest.mark.rule("R5")
def test_an_agenda_waits_from_a_day_before_until_it_is_sent(account, ae, am):
    client, contact = account
    words = {"objective": "Take it", "items": [ItemData("Poster", 10, ae)]}
    times = ("2026-11-20 10:00", "2026-11-20 11:00")
    meeting = make.invited(client, ae, contact, *times, **words)
    assert groups(ae, when("2026-11-19 09:59")) == []
    duty = next(row for row in awaiting(ae, NOON) if row.group == "Send the agenda")
    assert duty.due_at == when("2026-11-20 08:00")
    assert duty.url.endswith(f"/{meeting.pk}/agenda/send/")
    assert groups(am) == []
    services.send_agenda(meeting=meeting, row_version=None, by=ae, at=NOON)
    assert groups(ae) == ["Prepare"]


@pytest.mark.rule("R3")
def test_a_task_waits_for_who_has_it_and_its_name_for_the_am(account, ae, am):
    client, contact = account
    creative = make_user("art", "department")
    people = [ae, creative, contact]
    plan = make.plan(client, ae, "2026-11-20 10:00", "2026-11-20 11:00", people)
    meeting = services.invite(meeting=plan, row_version=None, by=ae, at=when("2026-11-02 09:00"))
    (duty,) = awaiting(creative, NOON)
    assert (duty.group, duty.due_at) == ("Confirm", when("2026-11-20 10:00"))
    assert "takes notes" in duty.sentence
    (asked,) = awaiting(am, NOON)
    assert asked.sentence == "Tasks not confirmed at “Media review”: art"
    assert groups(am, when("2026-11-19 09:00")) == []
    services.confirm_task(meeting=meeting, by=creative, at=NOON)
    assert groups(creative) == groups(am) == []


@pytest.mark.rule("R6")
def test_above_a_fifth_of_urgent_meetings_is_the_ads_matter(account, ae, am, ad):
    client, contact = account
    rows = [
        make.invited(client, ae, contact, f"2026-11-{day} 10:00", f"2026-11-{day} 11:00", at=EARLY)
        for day in ("02", "03", "04", "26", "27")
    ]
    set_urgent(rows[:1])
    assert "Look into" not in groups(ad)
    set_urgent(rows[:2])
    (duty,) = [duty for duty in awaiting(ad, NOON) if duty.group == "Look into"]
    assert duty.sentence.startswith("2 of this month's 5 meetings are urgent")
    assert duty.client == client.name
    assert "month=2026-11-01" in duty.url
    assert "Look into" not in groups(am)
    assert "Look into" not in groups(ad, when("2026-12-01 00:00"))


def set_urgent(meetings):
    pks = [row.pk for row in meetings]
    Meeting.objects.filter(pk__in=pks).update(is_urgent=True, urgent_by="何嘉宁")


@pytest.mark.rule("R10")
def test_about_to_begin_a_meeting_stands_there_once(account, ae):
    client, contact = account
    words = {"address": "Room 3", "items": [ItemData("Poster", 20, ae)]}
    meeting = make.invited(client, ae, contact, "2026-11-19 10:00", "2026-11-19 11:00", **words)
    assert meeting.attendees.filter(user=ae).exists()
    assert groups(ae, when("2026-11-19 09:29")) == ["Send the agenda", "Prepare"]
    duty, agenda = sorted(awaiting(ae, when("2026-11-19 09:50")), key=lambda duty: duty.group)
    assert agenda.group == "Send the agenda"
    assert (duty.group, duty.urgent, duty.button) == ("Meet", True, "Call list")
    assert duty.detail.startswith("Room 3 · ")
    assert len(duty.detail) > len("Room 3 · ")
