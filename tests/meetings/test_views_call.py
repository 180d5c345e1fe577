"""Log a call: one page from the event to the issued report."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings import services
from meetings.models import ContactReport, Meeting
from tests.builders import make_client, make_contact, make_user
from tests.meetings import make
from tests.meetings.pages import fields_of, send, text_of

NEW = "/meetings/calls/new/"


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad, code="LM")


@pytest.fixture
def now():
    return timezone.now().replace(second=0, microsecond=0)


@pytest.fixture
def desk(client, ae, account):
    client.force_login(ae)
    return client


def log(desk, path=NEW, **changes):
    filled = {"title": "Poster", "points-0-text": "Poster A is taken.", "no_action": "on"}
    return send(desk, path, "report", **{**filled, **changes})


def test_what_is_usual_is_proposed(desk, account, ae):
    page = fields_of(desk.get(NEW), "report")
    contact = f"c{account[1].pk}"
    assert page["contacts"] == [contact]
    assert page["users"] == [f"u{ae.pk}"]
    assert page["returner"] == contact
    assert page["ended_at"]
    assert page["actions-0-owner"] == f"u{ae.pk}"


def test_the_client_of_the_address_is_chosen(desk, ae):
    second = make_client("YL", team=[ae])
    assert desk.get(NEW).context["pick"] is not None
    page = desk.get(f"{NEW}?client={second.pk}")
    assert page.context["client"] == second


def test_another_client_is_not_there(desk):
    assert desk.get(f"{NEW}?client={make_client('ZZ').pk}").status_code == 404
    assert desk.get(f"{NEW}?client=abc").status_code == 404
    assert desk.get(f"{NEW}?client={'9' * 30}").status_code == 404


def test_closed_clients_are_not_offered(desk, ae):
    closed = make_client("YL", team=[ae], status="closed")
    assert desk.get(f"{NEW}?client={closed.pk}").status_code == 404


def test_people_of_other_clients_are_not_offered(desk, account):
    stranger = make_contact(make_client("ZZ"), "陌生人")
    answer = log(desk, contacts=[f"c{stranger.pk}"])
    assert answer.status_code == 422
    assert not Meeting.objects.exists()


def test_a_call_is_kept_as_a_draft(desk, account, ae):
    answer = log(desk, do="save")
    report = ContactReport.objects.get()
    assert answer.url == f"/meetings/reports/{report.pk}/edit/"
    assert report.state == "draft"
    assert [point.text for point in report.points.all()] == ["Poster A is taken."]
    meeting = report.meetings.get()
    assert (meeting.kind, meeting.title, meeting.ae) == ("call", "Poster", ae)
    assert [str(row) for row in meeting.attendees.all()] == [str(ae), "何嘉宁"]


@pytest.mark.rule("R17")
def test_the_clock_counts_from_the_end(desk, now):
    ended = now - timedelta(hours=3)
    log(desk, ended_at=f"{timezone.localtime(ended):%Y-%m-%dT%H:%M}", minutes="20", do="save")
    report = ContactReport.objects.get()
    assert report.due_at == ended + timedelta(hours=24)
    assert report.meetings.get().starts_at == ended - timedelta(minutes=20)


def test_a_written_exchange_has_its_own_page(desk):
    log(desk, "/meetings/exchanges/new/", do="save")
    assert Meeting.objects.get().kind == "written"


def test_it_is_issued_from_the_same_page(desk):
    answer = log(desk, do="issue")
    report = ContactReport.objects.get()
    assert (report.state, report.number) == ("issued", f"LM/CR/{timezone.localdate().year}/001")
    assert answer.url == f"/meetings/reports/{report.pk}/"


def test_the_same_form_twice_makes_one_report(desk):
    data = fields_of(desk.get(NEW), "report")
    data |= {"title": "Poster", "points-0-text": "Taken.", "do": "save"}
    first, second = desk.post(NEW, data), desk.post(NEW, data)
    assert first.url == second.url
    assert ContactReport.objects.count() == 1


@pytest.mark.rule("R18", "R19")
def test_what_is_missing_leads_to_the_draft_with_nothing_lost(desk):
    answer = log(desk, **{"points-0-kind": "problem", "no_action": None, "do": "issue"})
    assert answer.url.endswith("/edit/?check=1")
    page = desk.get(answer.url)
    assert "Poster A is taken." in page.content.decode()
    assert "Point 1: say how the problem will be solved." in text_of(page)
    assert "Add an action, or tick “no further action”." in text_of(page)


@pytest.mark.rule("R24")
def test_a_late_call_is_asked_for_its_reason(desk, now):
    ended = f"{timezone.localtime(now - timedelta(hours=26)):%Y-%m-%dT%H:%M}"
    answer = log(desk, ended_at=ended, do="issue")
    report = ContactReport.objects.get()
    assert answer.url == f"/meetings/reports/{report.pk}/issue/"
    short = send(desk, answer.url, late_reason="late")
    assert short.status_code == 422
    done = send(desk, answer.url, late_reason="The minutes lay on a train.")
    report.refresh_from_db()
    assert (report.state, report.late_reason) == ("issued", "The minutes lay on a train.")
    assert done.url == f"/meetings/reports/{report.pk}/"


def test_a_call_joins_an_open_draft(desk, account, ae, now):
    client, contact = account
    draft = make.log(client, contact, ae, ended_at=now - timedelta(hours=5), at=now)
    log(desk, report=str(draft.pk), do="save")
    texts = [point.text for point in draft.points.order_by("position")]
    assert texts == ["Poster A is taken.", "Poster A is taken."]
    assert draft.meetings.count() == 2


def test_one_more_call_is_added_to_a_draft(desk, account, ae, now):
    client, contact = account
    draft = make.log(client, contact, ae, ended_at=now - timedelta(hours=1), at=now)
    ended = f"{timezone.localtime(now - timedelta(hours=4)):%Y-%m-%dT%H:%M}"
    path = f"/meetings/reports/{draft.pk}/calls/new/"
    answer = send(desk, path, title="Second call", ended_at=ended)
    assert answer.url == f"/meetings/reports/{draft.pk}/edit/"
    draft.refresh_from_db()
    assert draft.due_at == now + timedelta(hours=20)


def test_an_issued_report_takes_no_more_calls(desk, account, ae, now):
    client, contact = account
    report = make.issued(client, contact, ae, ended_at=now - timedelta(hours=1))
    assert desk.get(f"/meetings/reports/{report.pk}/calls/new/").status_code == 404


@pytest.mark.parametrize("role", ["finance", "management", "department", "admin"])
def test_only_account_service_logs_calls(client, account, role):
    client.force_login(make_user(role=role))
    assert client.get(NEW).status_code == 403
    assert client.post(NEW).status_code == 403


def test_it_asks_to_sign_in(client):
    answer = client.get(NEW)
    assert (answer.status_code, answer.url) == (302, f"/login/?next={NEW}")


def test_the_time_is_the_clients(desk, ae, now):
    berlin = make_client("YL", team=[ae], timezone="Europe/Berlin")
    make_contact(berlin)
    path = f"{NEW}?client={berlin.pk}"
    assert "Europe/Berlin" in text_of(desk.get(path))
    log(desk, path, ended_at="2026-01-15T10:00", do="save")
    ended = services.drafts_to_join(berlin, ae, now).get().meetings.get().ended_at
    assert f"{ended:%Y-%m-%d %H:%M}" == "2026-01-15 09:00"
