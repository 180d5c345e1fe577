"""What the database itself forbids (safety.md C6), and questions by name."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from meetings.models import ActionPoint, Attendee, ContactReport, Meeting
from tests.builders import make_contact, make_user, when
from tests.meetings import make

pytestmark = pytest.mark.django_db
AT = when("2026-11-19 12:00")


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad)


def forbidden(rows, **values):
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**values)


@pytest.mark.rule("R20", "R23")
def test_an_issued_report_has_time_number_and_returner(account, ae):
    make.issued(*account, ae)
    rows = ContactReport.objects.all()
    forbidden(rows, issued_at=None)
    forbidden(rows, number="")
    forbidden(rows, returner=None)
    forbidden(rows, state="draft")
    forbidden(rows, return_due_at=AT, delivered_at=None)
    forbidden(rows, revision=2)


@pytest.mark.rule("R23")
def test_number_and_revision_are_given_once(account, ae):
    first, second = make.issued(*account, ae), make.issued(*account, ae)
    forbidden(ContactReport.objects.filter(pk=second.pk), number=first.number)


@pytest.mark.rule("R19")
def test_a_live_action_has_exactly_one_owner_and_a_date(account, ae):
    client, contact = account
    data = make.typed(contact, actions=[make.action(user=ae, due_on=AT.date())])
    make.issued(client, contact, ae, data=data)
    rows = ActionPoint.objects.all()
    forbidden(rows, contact=contact)
    forbidden(rows, user=None)
    forbidden(rows, due_on=None)


def test_times_of_a_meeting_are_in_order(account, ae):
    make.log(*account, ae)
    rows = Meeting.objects.all()
    forbidden(rows, ended_at=when("2026-11-19 11:36"))
    forbidden(rows, ended_at=None)
    forbidden(rows, kind="face")
    forbidden(rows, planned_end=when("2026-11-19 11:37"))


def test_an_attendee_is_one_person_once(account, ae):
    client, contact = account
    report = make.log(client, contact, ae)
    meeting = report.meetings.get()
    forbidden(meeting.attendees.filter(user=ae), contact=make_contact(client))
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendee.objects.create(meeting=meeting, user=ae)


def test_late_is_from_the_first_instant_after_the_deadline(account, ae):
    report = make.log(*account, ae)
    assert not report.is_late(report.due_at)
    assert report.is_late(when("2026-11-20 11:37:01"))
    assert list(ContactReport.objects.overdue(report.due_at)) == []
    assert list(ContactReport.objects.overdue(when("2026-11-20 11:37:01"))) == [report]


def test_another_clients_rows_are_not_there(account, ae, other_ae):
    report = make.log(*account, ae)
    for model in (Meeting, ContactReport, ActionPoint):
        assert list(model.objects.visible_to(other_ae)) == []
    assert list(ContactReport.objects.visible_to(ae)) == [report]


@pytest.mark.rule("R27")
def test_an_owner_sees_the_own_action_wherever_it_belongs(account, ae):
    client, contact = account
    layout = make_user("layout", role="department")
    data = make.typed(contact, actions=[make.action(user=layout, due_on=AT.date())])
    report = make.log(client, contact, ae, data=data)
    assert list(ActionPoint.objects.visible_to(layout)) == []
    make.send_out(report, ae, AT)
    assert list(ActionPoint.objects.visible_to(layout)) == [report.actions.get()]


def test_names_of_rows(account, ae):
    client, contact = account
    report = make.issued(client, contact, ae)
    assert str(report) == f"{client.code}/CR/2026/001"
    assert str(report.meetings.get()) == "Poster"
    assert str(report.points.get()) == "Poster A is taken."
    assert {str(row) for row in Attendee.objects.all()} == {"ae", contact.name}


@pytest.mark.django_db
def test_next_meeting_is_never_one_that_is_over(ae):
    client, contact = make.make_account(ae)
    now = timezone.now()
    for days in (-2, 2, 1):
        start = timezone.localtime(now + timedelta(days=days))
        meeting = make.plan(
            client, ae, f"{start:%Y-%m-%d %H:%M}", f"{start + timedelta(hours=1):%Y-%m-%d %H:%M}",
            [ae, contact], now - timedelta(days=5),
        )  # fmt: skip
        type(meeting).objects.filter(pk=meeting.pk).update(state="planned")
    assert list(client.meetings.coming()) == [meeting]
