"""Calls and written exchanges are logged once over; their clock runs already (R16, R17)."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied

from agency.common.errors import Refused
from agency.common.models import AuditEntry
from meetings import services
from meetings.models import ContactReport, Meeting
from tests.builders import make_client, make_contact, make_stand_in, make_user, when
from tests.meetings import make

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R16")]
NOON = when("2026-11-19 12:00")


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad)


def refused(client, contact, ae, **fields):
    with pytest.raises(Refused) as caught:
        make.log(client, contact, ae, at=NOON, **fields)
    assert not Meeting.objects.exists()
    return caught.value.field


@pytest.mark.parametrize("kind", ["call", "written"])
def test_a_logged_call_is_held_and_has_a_draft(account, ae, kind):
    client, contact = account
    report = make.log(client, contact, ae, make.END, NOON, kind=kind)
    meeting = report.meetings.get()
    assert (meeting.state, meeting.kind, meeting.ended_at) == ("held", kind, make.END)
    assert (report.state, report.author, report.returner) == ("draft", ae, contact)
    assert (report.kind, report.clock_from) == (kind, make.END)
    assert [str(row) for row in meeting.attendees.all()] == ["ae", contact.name]


def test_default_lists_hold_who_was_there_and_who_is_responsible(account, ae, am, ad):
    client, contact = account
    other = make_contact(client, "叶知秋")
    make_contact(client, "方远", gets_reports=False)
    make_contact(client, "钱理", is_active=False)
    report = make.log(client, contact, ae)
    assert set(report.recipients.all()) == {contact, other}
    assert set(report.readers.all()) == {ae, am, ad}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"ended_at": when("2026-11-19 12:00:01")}, "ended_at"),
        ({"starts_at": when("2026-11-19 11:38")}, "ended_at"),
        ({"kind": "face"}, "kind"),
        ({"contacts": []}, "contacts"),
        ({"users": []}, "users"),
    ],
)
def test_refused_at_the_field(account, ae, fields, field):
    assert refused(*account, ae, **fields) == field


def test_another_clients_contact_is_refused(account, ae):
    client, contact = account
    stranger = make_contact(make_client())
    assert refused(client, contact, ae, contacts=[stranger]) == "contacts"
    assert refused(client, contact, ae, data=make.typed(stranger)) == "returner"


def test_the_same_form_sent_twice_makes_one_report(account, ae):
    client, contact = account
    key = uuid.uuid4()
    first, again = (make.log(client, contact, ae, form_key=key) for _ in range(2))
    assert first == again
    assert (Meeting.objects.count(), ContactReport.objects.count()) == (1, 1)


@pytest.mark.parametrize("role", ["finance", "management", "department", "admin"])
def test_other_roles_may_not_log(account, ae, role):
    client, contact = account
    with pytest.raises(PermissionDenied):
        make.log(client, contact, ae, by=make_user(role=role))


def test_an_ae_of_another_client_may_not_log(account, ae, other_ae):
    with pytest.raises(PermissionDenied):
        make.log(*account, ae, by=other_ae)
    assert not Meeting.objects.exists()


@pytest.mark.rule("R77")
def test_a_stand_in_logs_for_the_absent(account, ae):
    client, contact = account
    deputy = make_user("deputy")
    make_stand_in(ae, deputy, make.END.date(), make.END.date())
    report = make.log(client, contact, ae, by=deputy, in_charge=ae)
    entry = AuditEntry.objects.get(verb="log_call")
    assert (entry.actor, entry.behalf_of, report.author) == (deputy, ae, ae)


def test_a_further_call_joins_the_draft(account, ae):
    client, contact = account
    report = make.log(client, contact, ae, when("2026-11-19 11:00"))
    joined = make.log(client, contact, ae, when("2026-11-19 09:00"), NOON, report=report)
    assert joined == report
    assert joined.due_at == when("2026-11-20 09:00")
    assert Meeting.objects.filter(report=report).count() == 2


@pytest.mark.rule("R17")
def test_two_calls_joined_from_pages_opened_before_lose_no_row(account, ae):
    client, contact = account
    report = make.log(client, contact, ae, when("2026-11-19 11:00"))
    rows = report.points.count()
    for hour in ("09:00", "10:00"):  # both pages were opened with the same draft
        make.log(client, contact, ae, when(f"2026-11-19 {hour}"), NOON, report=report)
    report.refresh_from_db()
    assert report.points.count() == 3 * rows
    assert Meeting.objects.filter(report=report).count() == 3


def test_a_call_does_not_join_what_is_not_a_draft_of_calls(account, ae):
    client, contact = account
    gone = make.issued(client, contact, ae)
    meeting = make.invited(client, ae, contact, "2026-11-19 10:00", "2026-11-19 11:00")
    make.tick(when("2026-11-19 11:00"))
    meeting.refresh_from_db()
    foreign = make.log(*make.make_account(ae), ae)
    for report in (gone, meeting.report, foreign):
        with pytest.raises(Refused):
            make.log(client, contact, ae, at=NOON, report=report)
    assert set(services.drafts_to_join(client, ae, NOON)) == set()


def test_drafts_to_join_are_open_call_reports_of_the_client(account, ae):
    client, contact = account
    report = make.log(client, contact, ae)
    make.log(*make.make_account(ae), ae)
    assert list(services.drafts_to_join(client, ae, NOON)) == [report]
