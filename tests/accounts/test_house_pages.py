"""The admin's pages: people, groups, settings, calendar."""

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import AgencySettings, Todo, User
from agency.common.models import CalendarDay
from tests.accounts.pages import LONG, address, errors, filled, key
from tests.builders import make_client, make_user


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
