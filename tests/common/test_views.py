"""Lists, forms and verbs that every app's pages are made of."""

import io
import uuid

import pytest
from django.contrib.messages import get_messages
from openpyxl import load_workbook

from agency.common import views
from agency.common.nav import OWN
from agency.common.views import is_empty, ordering
from tests.builders import make_user
from tests.common.site import REASON_SHORT

pytestmark = pytest.mark.urls("tests.common.site")


@pytest.fixture
def signed_in(client, ae):
    client.force_login(ae)
    return client


def names(response):
    return [row.name for row in response.context["rows"]]


def test_guest_is_sent_to_sign_in_and_back(client):
    response = client.get("/people/")
    assert response.status_code == 302
    assert response["Location"] == "/accounts/login/?next=/people/"


def test_person_without_the_permission_is_refused(client, db):
    client.force_login(make_user(role="finance"))
    assert client.get("/guarded/").status_code == 403


def test_person_with_the_permission_sees_the_page(signed_in):
    response = signed_in.get("/guarded/")
    assert "<h1>Guarded</h1>" in response.content.decode()


def test_list_is_in_its_order_and_turns_round(signed_in):
    make_user(username="bo", name="Bo")
    make_user(username="cy", name="Cy")
    assert names(signed_in.get("/people/")) == ["Bo", "Cy", "ae"]
    assert names(signed_in.get("/people/?sort=-name")) == ["ae", "Cy", "Bo"]
    assert names(signed_in.get("/people/?sort=since")) == ["Cy", "Bo", "ae"]


@pytest.mark.parametrize("asked", ["password", "-password", "created_by__email", "", "--name"])
def test_list_obeys_no_order_but_its_own(signed_in, asked):
    make_user(username="zo", name="Zo", password="a")
    response = signed_in.get("/people/", {"sort": asked})
    assert response.context["view"].sort.lstrip("-") == "name"


def test_list_is_narrowed_by_its_form(signed_in):
    make_user(username="bo", name="Bo")
    response = signed_in.get("/people/?name=Bo")
    assert names(response) == ["Bo"]
    assert "Clear filter" in response.content.decode()


@pytest.mark.parametrize("year", ["0", "10000", "abc", "-1", "1e9"])
def test_filter_that_makes_no_sense_says_so_and_fails_nothing(signed_in, year):
    response = signed_in.get("/people/", {"year": year})
    assert response.status_code == 200
    assert list(response.context["filters"].errors) == ["year"]


def test_list_without_a_hit_offers_to_clear_the_filter(signed_in):
    page = signed_in.get("/people/?name=nobody").content.decode()
    assert "Nothing fits this filter." in page
    assert "People appear here." not in page


@pytest.mark.parametrize(
    ("asked", "shown"), [("2", 2), ("99999999999999999999", 2), ("0", 2), ("x", 1), ("-3", 2)]
)
def test_any_page_number_gives_a_page(signed_in, monkeypatch, asked, shown):
    monkeypatch.setattr(views.ListPage, "paginate_by", 2)
    for name in ("bo", "cy"):
        make_user(username=name)
    response = signed_in.get("/people/", {"page": asked})
    assert response.context["page_obj"].number == shown
    assert f"Page {shown} of 2" in response.content.decode()


def test_links_to_pages_keep_filter_and_order(signed_in, monkeypatch):
    monkeypatch.setattr(views.ListPage, "paginate_by", 1)
    make_user(username="ae2")
    page = signed_in.get("/people/?name=ae&sort=-name").content.decode()
    assert 'href="?name=ae&amp;sort=-name&amp;page=2"' in page


@pytest.mark.parametrize("people", [1, 3, 50])
def test_list_asks_the_same_number_of_queries(
    signed_in, django_assert_num_queries, settings, people
):
    settings.FRAME_HOUSE = settings.FRAME_COUNT = ""
    for number in range(people - 1):
        make_user(username=f"person{number}")
    signed_in.get("/people/")
    with django_assert_num_queries(4):
        signed_in.get("/people/")


def test_sheet_holds_the_rows_of_the_filter(signed_in):
    make_user(username="bo", name="=Bo")
    response = signed_in.get("/people/?name=Bo&format=xlsx")
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert [cell.value for cell in sheet["A"]] == ["Name", "=Bo"]
    assert sheet["A2"].data_type == "s"


def test_sheet_is_only_for_who_may_export(client, db):
    client.force_login(make_user(role="admin"))
    assert client.get("/people/?format=xlsx").status_code == 403
    assert "Download XLSX" not in client.get("/people/").content.decode()


def test_form_calls_its_service_once_and_says_what_was_done(signed_in):
    response = signed_in.post("/new/", {"title": "Review", "form_key": uuid.uuid4()})
    assert response["Location"] == "/back/?made=Review"
    assert [str(note) for note in get_messages(response.wsgi_request)] == [
        "The meeting is planned."
    ]


def test_form_shows_a_refusal_at_the_field_with_the_words_kept(signed_in):
    response = signed_in.post("/new/", {"title": "taken", "form_key": uuid.uuid4()})
    page = response.content.decode()
    assert response.context["form"].errors == {"title": ["There is one of this name."]}
    assert 'value="taken"' in page
    assert 'href="#id_title"' in page


def test_form_gone_stale_gives_the_words_back_under_their_labels(signed_in):
    response = signed_in.post("/new/", {"title": "stale", "form_key": uuid.uuid4()})
    page = response.content.decode()
    assert response.status_code == 409
    assert "<dt>Title</dt><dd>stale</dd>" in page


def test_verb_asks_before_it_acts(signed_in):
    page = signed_in.get("/withdraw/").content.decode()
    assert "The link stops at once." in page
    assert 'class="btn btn-grave">Withdraw it</button>' in page
    assert 'name="row_version" value="3"' in page


def test_verb_acts_on_post(signed_in):
    data = {"reason": "The print run was wrong.", "row_version": "3"}
    assert signed_in.post("/withdraw/", data)["Location"] == "/back/"


def test_verb_refused_stays_with_the_words(signed_in):
    page = signed_in.post("/withdraw/", {"reason": "wrong", "row_version": "3"}).content.decode()
    assert REASON_SHORT in page
    assert ">wrong</textarea>" in page.replace("\n", "")


def test_order_ends_in_the_key_so_that_pages_never_overlap():
    assert ordering("name", False) == ["name", "pk"]
    assert ordering("name", True) == ["-name", "-pk"]
    assert ordering(("-on", "name"), True) == ["on", "-name", "pk"]


def test_no_is_a_filter_and_nothing_is_none():
    assert [is_empty(value) for value in (None, "", [], False, 0, "x")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


def test_right_on_the_own_is_asked_for_by_name(db):
    assert make_user(role="ae").has_perm("accounts.stand_in") is False
    assert make_user(role="ae").has_perm("accounts.stand_in", OWN) is True
    assert make_user(role="management").has_perm("accounts.stand_in", OWN) is False
