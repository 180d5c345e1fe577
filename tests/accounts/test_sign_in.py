"""Signing in and out, password and language (C18)."""

import pytest

from tests.accounts.pages import address
from tests.builders import make_user


@pytest.mark.parametrize("login", ["liming", "LiMing", "li.ming@greenisle.example"])
def test_sign_in_takes_user_name_or_address(client, db, login):
    user = make_user(username="liming", email="li.ming@greenisle.example")
    user.set_password("a long password")
    user.save()
    response = client.post(address("login"), {"username": login, "password": "a long password"})
    assert response.headers["Location"] == "/"


def test_its_fields_are_dressed_like_all_others(client, db):
    page = client.get(address("login")).content.decode()
    assert page.count('class="form-control"') == 2


def test_unknown_name_and_wrong_password_get_the_same_words(client, ae):
    pages = [
        client.post(address("login"), {"username": name, "password": "wrong"})
        for name in (ae.username, "nobody")
    ]
    said = [page.content.decode().split("data-errors")[1].split("</div>")[0] for page in pages]
    assert [page.status_code for page in pages] == [422, 422]
    assert said[0] == said[1]


def test_sign_in_leads_nowhere_else(client, ae):
    ae.set_password("a long password")
    ae.save()
    data = {"username": "ae", "password": "a long password", "next": "https://evil.example/"}
    assert client.post(address("login"), data).headers["Location"] == "/"


def test_the_eleventh_wrong_password_is_refused_even_when_right(client, ae):
    ae.set_password("a long password")
    ae.save()
    for _try in range(10):
        client.post(address("login"), {"username": "ae", "password": "wrong"})
    client.post(address("login"), {"username": "ae", "password": "a long password"})
    assert "_auth_user_id" not in client.session


def test_the_language_is_remembered(signed_in, ae):
    browser = signed_in(ae)
    response = browser.post(address("language"), {"language": "zh", "next": "/clients/"})
    ae.refresh_from_db()
    assert (response.headers["Location"], ae.language) == ("/clients/", "zh")
    assert browser.cookies["language"].value == "zh-hans"


def test_an_unknown_language_changes_nothing(client, db):
    response = client.post(address("language"), {"language": "xx", "next": "//evil.example"})
    assert (response.headers["Location"], "language" in client.cookies) == ("/", False)


def test_ones_password_is_changed_and_the_session_lives_on(signed_in, ae):
    ae.set_password("a long password")
    ae.save()
    browser = signed_in(ae)
    data = {
        "old_password": "a long password",
        "new_password1": "another long one",
        "new_password2": "another long one",
    }
    assert browser.post(address("password_change"), data).status_code == 302
    assert browser.get(address("client_list")).status_code == 200
