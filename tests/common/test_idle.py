"""Two hours without a click end a session (C18)."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from tests.meetings import make
from tests.meetings.pages import fields_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("C18")]
HOURS = 2 * 60 * 60


@pytest.fixture
def signed_in(client, ae):
    client.force_login(ae)
    assert client.get("/todos/").status_code in (200, 404)
    return client


def last_click(client, seconds_ago):
    session = client.session
    session["seen"] = int(time.time()) - seconds_ago
    session.save()


def test_a_click_within_two_hours_goes_on(signed_in):
    last_click(signed_in, HOURS - 5)
    assert signed_in.get("/").status_code == 200
    assert time.time() - signed_in.session["seen"] < 5


def test_after_two_hours_the_page_is_asked_for_again_after_sign_in(signed_in):
    last_click(signed_in, HOURS + 1)
    answer = signed_in.get("/meetings/")
    assert answer.status_code == 302
    assert answer["Location"] == "/login/?next=/meetings/"
    page = signed_in.get(answer["Location"])
    assert "signed out" in page.content.decode()


def test_what_was_posted_too_late_changes_nothing(signed_in, ae):
    last_click(signed_in, HOURS + 1)
    answer = signed_in.post("/language/", {"language": "zh"})
    assert answer.status_code in (302, 404)
    ae.refresh_from_db()
    assert ae.language == "en"


def test_the_session_is_written_once_a_minute(signed_in):
    last_click(signed_in, 30)
    seen = signed_in.session["seen"]
    signed_in.get("/")
    assert signed_in.session["seen"] == seen


def test_a_draft_saved_as_typed_is_there_after_signing_in_again(client, ae):
    ae.set_password("green isle 2026")
    ae.save()
    account, contact = make.make_account(ae)
    now = timezone.now()
    report = make.log(account, contact, ae, ended_at=now - timedelta(hours=1), at=now)
    client.force_login(ae)
    path = f"/meetings/reports/{report.pk}/edit/"
    typed = fields_of(client.get(path), "report") | {"points-0-text": "Half a senten"}
    assert client.post(path, typed, HTTP_ACCEPT="application/json").status_code == 200
    last_click(client, HOURS + 1)
    # The page saves once more by itself: nobody is there to be asked, and nothing is changed.
    late = client.post(path, typed | {"points-0-text": "Too late"}, HTTP_ACCEPT="application/json")
    assert (late.status_code, late["Location"]) == (302, f"/login/?next={path}")
    assert "signed out" in client.get(late["Location"]).content.decode()
    login = client.post(late["Location"], {"username": "ae", "password": "green isle 2026"})
    assert (login.status_code, login["Location"]) == (302, path)
    assert fields_of(client.get(path), "report")["points-0-text"].strip() == "Half a senten"
