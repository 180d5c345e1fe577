"""Pages for faults: both languages, no database, the next step said."""

import logging
import re

import pytest
from django.urls import reverse

from agency import views
from agency.common.pages import error_page, words

pytestmark = pytest.mark.urls("tests.common.site")
STATUSES = [400, 403, 404, 409, 413, 500]


@pytest.mark.parametrize("status", STATUSES)
def test_fault_page_says_what_happened_and_what_to_do(status):
    page = error_page(status).content.decode()
    title, happened, next_step = words(status)
    assert f"<h1>{title}</h1>" in page
    assert happened in page
    assert next_step.replace("'", "&#x27;") in page
    assert '<a class="btn btn-primary" href="/">' in page


@pytest.mark.parametrize("status", STATUSES)
def test_fault_page_asks_no_database(status, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        error_page(status)


def test_missing_page_and_missing_right_have_their_own_pages(client, db):
    missing = client.get("/no/such/page/")
    assert (missing.status_code, "Nothing here" in missing.content.decode()) == (404, True)
    barred = client.get("/forbid/")
    assert (barred.status_code, "This is not yours to do" in barred.content.decode()) == (403, True)


def test_fault_has_a_number_that_stands_in_the_log(client, caplog, db):
    client.raise_request_exception = False
    with caplog.at_level(logging.ERROR, logger="agency.views"):
        response = client.post("/fail/", {"words": "half an hour of work"})
    page = response.content.decode()
    number = re.search(r'<b class="code">([0-9A-F]{8})</b>', page).group(1)
    assert response.status_code == 500
    assert number in caplog.text
    assert "canary" not in page


def test_fault_within_the_fault_page_is_still_answered(rf, settings, caplog):
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
    response = views.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "Something failed here / 出错了" in response.content.decode()


def test_fault_page_speaks_the_language_of_the_browser(client, db):
    page = client.get("/no/such/page/", headers={"accept-language": "zh-CN"}).content.decode()
    assert '<html lang="zh-Hans">' in page


def test_site_of_tests_has_the_names_the_settings_use():
    assert reverse("accounts:login") == "/accounts/login/"
