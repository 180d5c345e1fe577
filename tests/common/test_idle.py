"""Two hours without a click end a session (C18)."""

import time

import pytest

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
