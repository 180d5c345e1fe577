"""The list and the page of clients, making and changing them."""

import pytest

from accounts.models import Client
from accounts.models.scope import local_day
from tests.accounts.pages import LONG, address, client_data, errors, filled
from tests.builders import make_client, make_contact, make_group, make_stand_in, make_user


def test_the_list_holds_ones_own_clients_only(signed_in, ae):
    make_client(team=[ae], name="Greenwheat")
    make_client(name="Bluewater")
    page = signed_in(ae).get(address("client_list")).content.decode()
    assert ("Greenwheat" in page, "Bluewater" in page) == (True, False)


def test_what_is_not_there_has_our_own_page_in_development_too(signed_in, ae, settings):
    settings.DEBUG = True
    missing = signed_in(ae).get(address("client_detail", 999_999))
    assert (missing.status_code, "Nothing here" in missing.content.decode()) == (404, True)


def test_the_list_is_narrowed(signed_in, db):
    finance = make_user(role="finance")
    make_client(name="Greenwheat", status="active")
    make_client(name="Bluewater", status="resting")
    page = signed_in(finance).get(address("client_list"), {"status": "resting", "q": "blue"})
    assert [row.name for row in page.context["rows"]] == ["Bluewater"]


def test_the_list_comes_as_a_sheet(signed_in, ae):
    make_client(team=[ae])
    response = signed_in(ae).get(address("client_list"), {"format": "xlsx"})
    assert response.headers["Content-Type"].endswith("spreadsheetml.sheet")


def test_a_new_client_is_made_once(signed_in, am):
    browser, data = signed_in(am), client_data(make_group())
    first, again = (browser.post(address("client_create"), data) for _try in range(2))
    made = Client.objects.get(code="LM")
    assert first.headers["Location"] == again.headers["Location"] == made.get_absolute_url()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("code", ""),
        ("code", "L"),
        ("code", "L1"),
        ("code", "HQ"),
        ("code", "ABCDEFG"),
        ("name", ""),
        ("name", LONG),
        ("name", "a\r\nBcc: x@y.example"),
        ("group", "999999"),
        ("group", "abc"),
        ("timezone", "Mars/Olympus"),
        ("currency", "RMBX"),
        ("currency", "1"),
        ("paper_language", "fr"),
        ("report_clock", "never"),
        ("status_weekday", "7"),
        ("status_time", "25:00"),
        ("fiscal_start_month", "13"),
        ("sign_expiry_days", "-1"),
        ("director_limit", "1e999"),
        ("director_limit", "12.345"),
        ("form_key", "x"),
    ],
)
def test_a_client_that_cannot_be_is_said_at_the_field(signed_in, am, field, value):
    data = client_data(make_group(), **{field: value})
    response = signed_in(am).post(address("client_create"), data)
    assert (response.status_code, errors(response)) == (422, [field])
    assert response.context["form"]["name"].value() == data["name"]
    assert not Client.objects.filter(code="LM").exists()


def test_script_in_a_name_is_shown_as_text(signed_in, ae):
    client = make_client(team=[ae], name="<script>alert(1)</script>")
    page = signed_in(ae).get(client.get_absolute_url()).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize("tab", ["overview", "meetings", "folder", "people", "nonsense"])
def test_each_tab_of_the_client_page(signed_in, am, ae, tab):
    client = make_client(team=[am, ae])
    make_contact(client)
    response = signed_in(am).get(f"{client.get_absolute_url()}?tab={tab}")
    assert (response.status_code, client.name in response.content.decode()) == (200, True)


def test_a_deputy_may_on_the_page_what_the_absent_one_may(signed_in, am, ae):
    client = make_client(team=[ae])
    make_stand_in(ae, am, local_day(), local_day())
    page = signed_in(am).get(client.get_absolute_url())
    may = page.context["may_do"]
    assert (may["log"], may["contract"]) == (True, False)
    assert [row.user for _title, rows in page.context["team"] for row in rows] == [ae]


def test_an_ae_does_not_see_the_terms_in_the_form(signed_in, ae, am):
    client = make_client(team=[ae, am])
    form = signed_in(ae).get(address("client_update", client.pk)).context["form"]
    assert ("name" in form.fields, "currency" in form.fields) == (True, False)


def test_a_stale_page_gets_409_with_what_was_typed(signed_in, ae):
    client = make_client(team=[ae])
    browser = signed_in(ae)
    form = browser.get(address("client_update", client.pk)).context["form"]
    data = filled(form)
    Client.objects.filter(pk=client.pk).update(row_version=5)
    response = browser.post(address("client_update", client.pk), {**data, "sector": "Noodles"})
    assert (response.status_code, "Noodles" in response.content.decode()) == (409, True)


def test_hidden_fields_change_nothing(signed_in, ae):
    """Every field of the model in the POST: only the form's own are taken (B3)."""
    client = make_client("LM", team=[ae])
    browser = signed_in(ae)
    form = browser.get(address("client_update", client.pk)).context["form"]
    data = filled(form)
    extra = {"code": "ZZ", "status": "closed", "currency": "EUR", "created_by": ae.pk}
    browser.post(address("client_update", client.pk), {**data, **extra})
    client.refresh_from_db()
    assert (client.code, client.status, client.currency) == ("LM", "active", "CNY")


def test_putting_to_rest_asks_why(signed_in, am):
    client = make_client(team=[am])
    browser, where = signed_in(am), address("client_rest", client.pk)
    refused = browser.post(where, {"row_version": 0, "reason": "短"})
    assert (refused.status_code, errors(refused)) == (422, ["reason"])
    browser.post(where, {"row_version": 0, "reason": "the budget is spent"})
    client.refresh_from_db()
    assert client.status == "resting"


def test_the_trail_of_a_client_is_there_for_the_am(signed_in, am):
    browser = signed_in(am)
    browser.post(address("client_create"), client_data(make_group()))
    made = Client.objects.get(code="LM")
    page = browser.get(address("client_audit", made.pk)).content.decode()
    assert "Client created" in page
