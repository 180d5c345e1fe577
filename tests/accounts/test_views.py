"""The pages of accounts: what they show, keep and refuse."""

import uuid
from datetime import date

import pytest
from django.urls import reverse

from accounts.models import AgencySettings, Assignment, Client, Contact, StandIn, Todo, User
from agency.common.models import CalendarDay
from tests.builders import make_client, make_contact, make_group, make_stand_in, make_user

LONG = "字" * 2_000


@pytest.fixture
def signed_in(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def address(name, *args):
    return reverse(f"accounts:{name}", args=args)


def key():
    return str(uuid.uuid4())


def contact_data(**fields):
    base = {
        "form_key": key(),
        "name": "何嘉宁",
        "address_as": "何总",
        "email": "he@client.example",
        "language": "zh",
    }
    return {**base, **fields}


def client_data(in_group, **fields):
    base = {
        "form_key": key(),
        "code": "LM",
        "name": "Greenwheat Foods",
        "group": in_group.pk,
        "timezone": "Asia/Shanghai",
        "paper_language": "zh",
        "status_weekday": 4,
        "status_time": "17:00",
        "fiscal_start_month": 1,
        "currency": "CNY",
        "report_clock": "elapsed",
        "sign_expiry_days": 14,
    }
    return {**base, **fields}


def filled(form):
    """What a browser would send of a form as it is shown; empty boxes are not sent."""
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def errors(response):
    return sorted(response.context["form"].errors)


# --- sign-in ---------------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["liming", "LiMing", "li.ming@greenisle.example"])
def test_sign_in_takes_user_name_or_address(client, db, login):
    user = make_user(username="liming", email="li.ming@greenisle.example")
    user.set_password("a long password")
    user.save()
    response = client.post(address("login"), {"username": login, "password": "a long password"})
    assert response.headers["Location"] == "/"


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


# --- clients ---------------------------------------------------------------------------------


def test_the_list_holds_ones_own_clients_only(signed_in, ae):
    make_client(team=[ae], name="Greenwheat")
    make_client(name="Bluewater")
    page = signed_in(ae).get(address("client_list")).content.decode()
    assert ("Greenwheat" in page, "Bluewater" in page) == (True, False)


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
    assert "create_client" in page


# --- contacts, contracts, team ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", LONG),
        ("name", "a\nb"),
        ("address_as", ""),
        ("title", LONG),
        ("email", "no address"),
        ("email", "a@b.example\r\nBcc: c@d.example"),
        ("email", "taken@client.example"),
        ("mobile", "1" * 31),
        ("language", "fr"),
        ("sign_limit", "abc"),
        ("sign_limit", "99999999999999"),
        ("form_key", ""),
    ],
)
def test_a_contact_that_cannot_be_is_said_at_the_field(signed_in, ae, field, value):
    client = make_client(team=[ae])
    make_contact(client, email="taken@client.example")
    data = contact_data(**{field: value})
    response = signed_in(ae).post(address("contact_create", client.pk), data)
    assert (response.status_code, errors(response)) == (422, [field])
    assert Contact.objects.count() == 1


def test_a_contact_is_added_and_shown(signed_in, ae):
    client, browser = make_client(team=[ae]), signed_in(ae)
    response = browser.post(address("contact_create", client.pk), contact_data())
    assert response.headers["Location"] == f"{client.get_absolute_url()}?tab=people"
    page = browser.get(address("contact_detail", Contact.objects.get().pk)).content.decode()
    assert "he@client.example" in page


def test_management_does_not_read_personal_notes(signed_in, db):
    contact = make_contact(make_client(), notes="likes green tea")
    page = signed_in(make_user(role="management")).get(address("contact_detail", contact.pk))
    assert "green tea" not in page.content.decode()


@pytest.mark.rule("R41")
def test_a_contact_leaves_by_a_page_that_says_what_follows(signed_in, ae):
    contact = make_contact(make_client(team=[ae]))
    browser, where = signed_in(ae), address("contact_deactivate", contact.pk)
    assert "die at once" in browser.get(where).content.decode()
    browser.post(where, {"row_version": 0})
    contact.refresh_from_db()
    assert not contact.is_active


def contract_data(**fields):
    base = {
        "form_key": key(),
        "number": "C-1",
        "title": "Frame",
        "kind": "project",
        "starts_on": "2026-01-01",
        "ends_on": "2026-12-31",
        "notice_days": 30,
        "media_mode": "included",
        "media_billing": "agency",
        "commission_rate": "0.15",
        "service_fee_rate": "0",
        "markup_rate": "0.1765",
        "contingency_rate": "0",
        "vat_rate": "0.06",
        "credit_days": 30,
        "monthly_fee": "0",
    }
    return {**base, **fields}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", ""),
        ("title", LONG),
        ("starts_on", "2026-02-30"),
        ("ends_on", "2025-12-31"),
        ("ends_on", "0000-00-00"),
        ("kind", "x"),
        ("commission_rate", "0.12345"),
        ("vat_rate", "abc"),
        ("credit_days", "-1"),
        ("monthly_fee", "NaN"),
    ],
)
def test_a_contract_that_cannot_be_is_said_at_the_field(signed_in, am, field, value):
    where = address("contract_create", make_client(team=[am]).pk)
    response = signed_in(am).post(where, contract_data(**{field: value}))
    assert (response.status_code, errors(response)) == (422, [field])


def test_a_contract_is_added(signed_in, am):
    client = make_client(team=[am])
    signed_in(am).post(address("contract_create", client.pk), contract_data())
    assert str(client.contracts.get()) == "C-1 Frame"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("user", ""),
        ("user", "999999"),
        ("role", "ad"),
        ("starts_on", "yesterday"),
        ("ends_on", "2020-01-01"),
    ],
)
def test_an_assignment_that_cannot_be(signed_in, am, other_ae, field, value):
    client = make_client(team=[am])
    data = {"form_key": key(), "user": other_ae.pk, "role": "ae", "starts_on": "2026-11-19"}
    where = address("assignment_create", client.pk)
    response = signed_in(am).post(where, {**data, field: value})
    assert (response.status_code, errors(response)) == (422, [field])
    assert not Assignment.objects.filter(user=other_ae).exists()


# --- stand-ins, to-dos -----------------------------------------------------------------------


@pytest.mark.rule("R77")
def test_a_stand_in_is_appointed_on_a_page(signed_in, ae, other_ae):
    browser = signed_in(ae)
    data = {
        "form_key": key(),
        "absent": ae.pk,
        "deputy": other_ae.pk,
        "starts_on": "2099-01-01",
        "ends_on": "2099-01-05",
        "reason": "annual leave",
    }
    foreign = browser.post(address("stand_in_create"), {**data, "absent": other_ae.pk})
    assert errors(foreign) == ["absent"]
    backwards = browser.post(address("stand_in_create"), {**data, "ends_on": "2098-01-01"})
    assert errors(backwards) == ["ends_on"]
    browser.post(address("stand_in_create"), data)
    assert StandIn.objects.get().deputy == other_ae


@pytest.mark.rule("R77")
def test_the_list_of_stand_ins_is_ones_own(signed_in, ae, other_ae):
    make_stand_in(ae, other_ae, date(2099, 1, 1), date(2099, 1, 2), reason="a long journey")
    assert "a long journey" in signed_in(ae).get(address("stand_in_list")).content.decode()
    stranger = make_user(role="ae")
    assert (
        "a long journey" not in signed_in(stranger).get(address("stand_in_list")).content.decode()
    )


@pytest.mark.rule("R70")
def test_a_todo_is_noted_done_and_reopened(signed_in, ae):
    browser = signed_in(ae)
    data = {"form_key": key(), "text": "call the printer", "due_on": "2026-11-20"}
    browser.post(address("todo_create"), data)
    todo = Todo.objects.get(owner=ae)
    browser.post(address("todo_done", todo.pk))
    todo.refresh_from_db()
    assert todo.done_at is not None
    browser.post(address("todo_reopen", todo.pk))
    todo.refresh_from_db()
    assert todo.done_at is None


@pytest.mark.rule("R70")
def test_a_todo_names_no_foreign_client(signed_in, ae):
    data = {"form_key": key(), "text": "x", "due_on": "2026-11-20", "client": make_client().pk}
    response = signed_in(ae).post(address("todo_create"), data)
    assert (errors(response), Todo.objects.count()) == (["client"], 0)


# --- the admin -------------------------------------------------------------------------------


@pytest.fixture
def admin(signed_in, db):
    return signed_in(make_user(username="admin", role="admin"))


def user_data(**fields):
    base = {
        "form_key": key(),
        "username": "liming",
        "name": "李明",
        "email": "li.ming@greenisle.example",
        "role": "ae",
        "department": "account",
        "language": "zh",
        "password": "a long first password",
    }
    return {**base, **fields}


def test_a_person_is_created(admin):
    response = admin.post(address("user_create"), user_data(username="LiMing"))
    user = User.objects.get(username="liming")
    assert response.headers["Location"] == user.get_absolute_url()
    assert user.check_password("a long first password")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("username", "li ming"),
        ("username", "li@ming"),
        ("username", "admin"),
        ("username", "x" * 31),
        ("name", ""),
        ("name", LONG),
        ("email", "no address"),
        ("role", "king"),
        ("department", "x"),
        ("language", "fr"),
        ("password", "12345678"),
    ],
)
def test_a_person_that_cannot_be_is_said_at_the_field(admin, field, value):
    response = admin.post(address("user_create"), user_data(**{field: value}))
    assert (response.status_code, errors(response)) == (422, [field])


@pytest.mark.rule("R92")
def test_a_person_is_shut_out_on_a_page_that_names_successors(admin, ae, other_ae):
    client = make_client(team=[ae])
    Todo.objects.create(owner=ae, client=client, text="call", due_on=date(2026, 11, 19))
    where = reverse("user_deactivate", args=[ae.pk])
    refused = admin.post(where, {"row_version": 0})
    assert (refused.status_code, errors(refused)) == (422, ["heir"])
    admin.post(where, {"row_version": 0, f"client-{client.pk}": other_ae.pk})
    ae.refresh_from_db()
    assert (ae.is_active, Todo.objects.get().owner) == (False, other_ae)


def test_the_admin_sees_no_client(admin, ae):
    client = make_client(team=[ae], name="Greenwheat")
    assert admin.get(address("client_list")).status_code == 403
    assert admin.get(client.get_absolute_url()).status_code == 403
    assert "Greenwheat" not in admin.get(address("trail")).content.decode()


def test_settings_are_saved(admin):
    form = admin.get(address("settings")).context["form"]
    admin.post(address("settings"), {**filled(form), "name": "绿岛广告", "quotes_above": "30000"})
    assert AgencySettings.load().name == "绿岛广告"


def test_a_day_is_entered_corrected_and_removed(admin):
    data = {"day": "2029-10-01", "is_working": "no", "name": "国庆节"}
    admin.post(address("calendar_day_create"), data)
    admin.post(address("calendar_day_create"), {**data, "is_working": "yes"})
    day = CalendarDay.objects.get()
    assert day.is_working
    admin.post(address("calendar_day_remove", day.pk), {"row_version": day.row_version})
    assert not CalendarDay.objects.exists()


def test_a_year_the_library_does_not_know_is_said(admin, settings):
    page = admin.get(address("calendar_days"))
    assert isinstance(page.context["unknown_years"], list)
    for year in page.context["unknown_years"]:
        assert f"The holidays of {year} are not known" in page.content.decode()


def test_groups_are_made_and_changed(admin):
    gad, other = make_user(role="gad"), make_user(role="gad")
    admin.post(address("group_create"), {"name": "North", "head": gad.pk})
    group = gad.groups_headed.get()
    data = {"name": "North", "head": other.pk, "row_version": 0}
    admin.post(address("group_update", group.pk), data)
    group.refresh_from_db()
    assert group.head == other


@pytest.mark.parametrize("name", ["client_list", "user_list", "stand_in_list", "todo_list"])
def test_a_nonsense_query_is_no_fault(client, db, name):
    role = "admin" if name == "user_list" else "am"
    client.force_login(make_user(role=role))
    query = {"page": "x" * 30, "sort": "password", "status": "'", "group": "99999999999999999999"}
    assert client.get(address(name), query).status_code == 200


def test_the_queries_of_the_list_do_not_grow(signed_in, ae, django_assert_max_num_queries):
    browser = signed_in(ae)
    make_client(team=[ae])
    browser.get(address("client_list"))
    counts = []
    for _round in range(2):
        make_client(team=[ae, make_user(role="am")])
        with django_assert_max_num_queries(40) as queries:
            browser.get(address("client_list"))
        counts.append(len(queries))
    assert counts[0] == counts[1]
