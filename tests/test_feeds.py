import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.models import Todo
from agency.common.models import AuditEntry
from agency.feeds import calendar_of, hash_of, renew_feed
from meetings import services
from meetings.services.ladder import revision_due
from meetings.services.status import draft_status
from tests.builders import assign, make_stand_in, make_user, when
from tests.meetings.make import (
    action,
    delivered,
    issued,
    log,
    make_account,
    object_to,
    plan,
    typed,
)

pytestmark = pytest.mark.django_db
NOW = when("2026-11-19 14:00")
HOUR = timedelta(hours=1)


def events(user, at=NOW):
    return {str(event["summary"]): event for event in calendar_of(user, at).walk("VEVENT")}


def invited(ae):
    client, contact = make_account(ae)
    meeting = plan(client, ae, "2026-11-20 16:00", "2026-11-20 17:00", [ae, contact])
    services.invite(meeting=meeting, row_version=None, by=ae, at=NOW)


def test_feed_holds_meetings_of_the_person(ae):
    invited(ae)
    (event,) = events(ae).values()
    assert event["dtstart"].dt == when("2026-11-20 16:00")
    assert event["status"] == "CONFIRMED"


def test_feed_holds_the_deadline_of_a_report(ae):
    client, contact = make_account(ae)
    log(client, contact, ae)
    (event,) = events(ae).values()
    assert event["dtend"].dt == when("2026-11-20 11:37")


@pytest.mark.rule("R22")
def test_feed_holds_the_revision_after_an_objection_and_its_draft(ae):
    client, contact = make_account(ae)
    report = delivered(client, contact, ae, at=NOW, ended_at=NOW - HOUR)
    object_to(report, contact, at=NOW + HOUR)
    due_at = revision_due(client, NOW + HOUR)
    assert events(ae)[f"Revision due: {client}"]["dtend"].dt == due_at

    services.revise_report(report=report, reason="As agreed.", by=ae, at=NOW + 2 * HOUR)
    assert events(ae)[f"Revision due: {client}"]["dtend"].dt == due_at


@pytest.mark.rule("R77")
def test_feed_holds_the_weekly_reports_of_whoever_leads(ae, other_ae):
    client, _contact = make_account(ae)
    assign(client, other_ae, is_lead=False)
    draft_status(client=client, week=date(2026, 11, 16), at=NOW)
    (event,) = events(ae).values()
    assert event["dtend"].dt == when("2026-11-20 17:00")
    assert events(other_ae) == {}


def test_feed_holds_the_days_of_cover(ae, other_ae):
    client, _contact = make_account(ae)
    first = NOW.date()
    make_stand_in(ae, other_ae, first, first + timedelta(days=2), client=client)
    make_stand_in(ae, other_ae, first - timedelta(days=90), first - timedelta(days=80))
    (event,) = events(other_ae).values()
    assert event["summary"] == f"{client.code} Cover for {ae}"
    assert (event["dtstart"].dt, event["dtend"].dt) == (first, first + timedelta(days=3))
    assert events(ae) == {}


def test_feed_holds_action_points_and_todos_as_days(ae):
    client, contact = make_account(ae)
    day = when("2026-11-25").date()
    issued(client, contact, ae, data=typed(contact, actions=[action("Send", user=ae, due_on=day)]))
    Todo.objects.create(owner=ae, text="Buy a card", due_on=day)
    assert {event["dtstart"].dt for event in events(ae).values()} == {day}
    assert len(events(ae)) == 2


def test_feed_holds_nothing_of_others(ae, other_ae):
    invited(ae)
    assert events(other_ae) == {}


def test_title_with_line_breaks_forges_no_property(ae):
    Todo.objects.create(owner=ae, text="x\r\nATTENDEE:mailto:a@b.example", due_on=NOW.date())
    assert b"\nATTENDEE" not in calendar_of(ae, NOW).to_ical()


def test_address_is_shown_once_and_kept_as_a_hash(client, ae):
    client.force_login(ae)
    page = client.post(reverse("calendar_feed")).content.decode()
    token = re.search(r"/calendar/([\w-]{43})\.ics", page)[1]
    ae.refresh_from_db()
    assert ae.feed_hash == hash_of(token)
    assert token not in client.get(reverse("calendar_feed")).content.decode()
    assert token not in str(AuditEntry.objects.values_list("changes", flat=True))


def test_feed_opens_without_signing_in(client, ae):
    token = renew_feed(ae, at=NOW)
    response = client.get(reverse("feed", args=[token]))
    assert response["Content-Type"].startswith("text/calendar")
    assert Calendar.from_ical(response.content)["x-wr-calname"] == str(ae)


def test_new_address_ends_the_old_one(client, ae):
    old, new = renew_feed(ae, at=NOW), renew_feed(ae, at=NOW)
    assert client.get(reverse("feed", args=[old])).status_code == 404
    assert client.get(reverse("feed", args=[new])).status_code == 200


def test_feed_of_a_person_who_left_is_gone(client):
    user = make_user(is_active=True)
    token = renew_feed(user, at=NOW)
    user.is_active = False
    user.save()
    assert client.get(reverse("feed", args=[token])).status_code == 404


def test_feed_cannot_be_written_to(client, ae):
    token = renew_feed(ae, at=NOW)
    assert client.post(reverse("feed", args=[token])).status_code == 405


def test_meeting_of_last_year_is_left_out(ae):
    invited(ae)
    assert events(ae, timezone.now() + timedelta(days=400)) == {}
