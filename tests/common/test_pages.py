"""Fault pages and what they give back."""

import json

import pytest

from agency.common.errors import Refused, Stale
from agency.common.pages import (
    count_key,
    error_page,
    fault_number,
    is_hidden,
    refused_page,
    stale_page,
    typed_fields,
    wants_json,
    words,
)


@pytest.mark.parametrize("status", [400, 403, 404, 409, 413, 500])
def test_every_fault_has_a_title_a_reason_and_a_next_step(status):
    assert all(words(status))


def test_words_of_a_page_may_be_its_own():
    response = error_page(404, page_title="No such paper", back_url="/archives/")
    page = response.content.decode()
    assert response.status_code == 404
    assert "<h1>No such paper</h1>" in page
    assert 'href="/archives/"' in page


def test_fault_number_is_short_and_new_each_time():
    one, two = fault_number(), fault_number()
    assert len(one) == 8
    assert one != two


def test_stale_page_leads_to_the_page_as_it_is_now(rf):
    request = rf.post("/meetings/reports/7/edit/")
    response = stale_page(request, Stale("Changed at 14:19."), [("Point 1", "a < b")])
    page = response.content.decode()
    assert response.status_code == 409
    assert 'href="/meetings/reports/7/edit/"' in page
    assert "<dt>Point 1</dt><dd>a &lt; b</dd>" in page


def test_stale_without_typed_words_offers_no_empty_list(rf):
    page = stale_page(rf.post("/"), Stale("Changed."), []).content.decode()
    assert '<dl class="typed">' not in page


def test_script_gets_json(rf):
    request = rf.post("/", headers={"accept": "application/json"})
    assert wants_json(request)
    answer = json.loads(stale_page(request, Stale("Changed."), []).content)
    assert answer == {"stale": True, "message": "Changed."}


def test_refused_reading_names_the_rule():
    response = refused_page(Refused("The link has been used."))
    assert response.status_code == 409
    assert "The link has been used." in response.content.decode()


@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        ("csrfmiddlewaretoken", True),
        ("row_version", True),
        ("new_password1", True),
        ("points-TOTAL_FORMS", True),
        ("points-3-id", True),
        ("points-3-text", False),
        ("title", False),
    ],
)
def test_only_what_a_person_typed_is_given_back(name, hidden):
    assert is_hidden(name) is hidden


def test_every_value_of_a_field_is_given_back(rf):
    request = rf.post("/", {"who": ["何嘉宁", "叶知秋"], "note": ""})
    assert typed_fields(request) == [("who", "何嘉宁"), ("who", "叶知秋")]


def test_count_is_remembered_for_each_person(ae, other_ae):
    assert count_key(ae) != count_key(other_ae)


@pytest.mark.django_db
@pytest.mark.parametrize("debug", [True, False])
def test_an_address_that_leads_nowhere_has_our_own_page(client, settings, debug):
    settings.DEBUG = debug
    answer = client.get("/no/such/address/", headers={"accept-language": "zh-hans"})
    assert answer.status_code == 404
    assert "templates" not in answer.content.decode()
    assert 'lang="zh-Hans"' in answer.content.decode()
    assert client.get("/meetings").headers["location"] == "/meetings/"
