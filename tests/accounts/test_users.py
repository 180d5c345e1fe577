"""People: made, changed, shut out, with their duties handed over (R92)."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.models import Todo, User
from accounts.services import (
    create_user,
    deactivate_user,
    open_duties,
    reactivate_user,
    reassign,
    set_password,
    update_user,
)
from agency.common.errors import Refused
from agency.common.models import AuditEntry, Notification
from tests.builders import make_client, make_group, make_stand_in, make_user, when

AT = when("2026-11-19 11:37")
TODAY = date(2026, 11, 19)
MOVERS = [(open_duties, reassign)]


@pytest.fixture
def admin(db):
    return make_user(username="admin", role="admin")


def leave(user, by, **fields):
    return deactivate_user(user=user, by=by, at=AT, movers=MOVERS, **fields)


def signs_in(client, username, password="a long first password"):
    client.post(reverse("accounts:login"), {"username": username, "password": password})
    return "_auth_user_id" in client.session


def note(owner, client=None, text="call the printer"):
    return Todo.objects.create(owner=owner, client=client, text=text, due_on=TODAY)


def test_create_user_keeps_name_and_address_in_lower_case(admin, client):
    user = create_user(
        by=admin,
        at=AT,
        username="LiMing",
        name="李明",
        email="Li.Ming@GreenIsle.example",
        role="ae",
        password="a long first password",
    )
    assert (user.username, user.email) == ("liming", "li.ming@greenisle.example")
    assert signs_in(client, "liming")


def test_create_user_is_the_admins(ad):
    with pytest.raises(PermissionDenied):
        create_user(by=ad, at=AT, username="x", name="x", email="x@y.example", role="ae")


def test_a_department_is_named(admin):
    with pytest.raises(Refused) as refused:
        create_user(by=admin, at=AT, username="x", name="x", email="x@y.example", role="department")
    assert refused.value.field == "department"


def test_a_common_password_is_refused(admin, ae):
    with pytest.raises(Refused) as refused:
        set_password(user=ae, password="password1", by=admin, at=AT)
    assert refused.value.field == "password"


def test_nobody_changes_his_own_role(admin):
    with pytest.raises(Refused) as refused:
        update_user(user=admin, by=admin, at=AT, role="gad")
    assert refused.value.field == "role"


def test_who_serves_clients_does_not_become_admin(admin, ae):
    make_client(team=[ae])
    with pytest.raises(Refused):
        update_user(user=ae, by=admin, at=AT, role="admin")


def test_a_changed_role_is_in_the_trail(admin, ae):
    update_user(user=ae, by=admin, at=AT, role="am")
    assert AuditEntry.objects.get(verb="update_user").changes == {"role": ["ae", "am"]}


@pytest.mark.rule("R92")
def test_deactivation_is_refused_while_duties_are_open_and_nobody_is_named(admin, ae, other_ae):
    customer = make_client(team=[ae])
    note(ae, customer)
    with pytest.raises(Refused) as refused:
        leave(ae, admin)
    ae.refresh_from_db()
    assert (ae.is_active, customer.name in str(refused.value)) == (True, True)


@pytest.mark.rule("R92")
def test_duties_go_to_the_successor_of_each_client(admin, ae, other_ae):
    one, two, third = make_client(team=[ae]), make_client(team=[ae]), make_user(role="ae")
    todos = [note(ae, one), note(ae, two), note(ae)]
    leave(ae, admin, successors={one.pk: other_ae}, heir=third)
    owners = [Todo.objects.get(pk=todo.pk).owner for todo in todos]
    assert owners == [other_ae, third, third]


@pytest.mark.rule("R92")
def test_the_successor_serves_the_client_in_the_same_role(admin, ae, other_ae):
    customer = make_client(team=[ae])
    leave(ae, admin, heir=other_ae)
    row = customer.assignments.on(TODAY).get()
    assert (row.user, row.role, row.is_lead) == (other_ae, "ae", True)
    assert customer.assignments.get(user=ae).ends_on == date(2026, 11, 18)


@pytest.mark.rule("R92")
def test_a_successor_who_serves_already_takes_the_lead(admin, ae, other_ae):
    customer = make_client(team=[ae, other_ae])
    leave(ae, admin, heir=other_ae)
    row = customer.assignments.on(TODAY).get()
    assert (row.user, row.is_lead, row.starts_on) == (other_ae, True, TODAY)


@pytest.mark.rule("R92")
def test_an_ae_who_follows_an_am_serves_as_ae(admin, am, ae):
    customer = make_client(team=[am])
    leave(am, admin, heir=ae)
    row = customer.assignments.on(TODAY).get()
    assert (row.role, row.is_lead) == ("ae", False)


@pytest.mark.rule("R92")
def test_the_next_click_leads_to_the_sign_in(admin, ae, client):
    client.force_login(ae)
    assert client.get(reverse("accounts:client_list")).status_code == 200
    leave(ae, admin)
    response = client.get(reverse("accounts:client_list"))
    assert response.headers["Location"] == "/login/?next=/clients/"


@pytest.mark.rule("R92")
def test_the_trail_keeps_the_old_name_and_the_successor_is_told(admin, ae, other_ae):
    customer = make_client(team=[ae])
    note(ae, customer)
    leave(ae, admin, heir=other_ae)
    entry = AuditEntry.objects.get(verb="deactivate_user")
    told = Notification.objects.filter(kind="handed_over", client_code=customer.code)
    assert (entry.label, entry.changes["moved"]) == (str(ae), 1)
    assert [row.recipient for row in told] == [other_ae]


def test_who_left_cannot_sign_in(admin, client):
    user = make_user(username="gone")
    set_password(user=user, password="a long first password", by=admin, at=AT)
    leave(user, admin)
    assert not signs_in(client, "gone")


@pytest.mark.parametrize("who", ["self", "left", "admin"])
def test_a_successor_is_somebody_else_who_is_here_and_serves(admin, ae, who):
    make_client(team=[ae])
    heirs = {"self": ae, "left": make_user(is_active=False), "admin": make_user(role="admin")}
    with pytest.raises(Refused) as refused:
        leave(ae, admin, heir=heirs[who])
    assert refused.value.field == "heir"


@pytest.mark.rule("R91")
def test_a_head_of_a_group_is_followed_by_a_gad(admin, ad):
    gad, next_gad = make_user(role="gad"), make_user(role="gad")
    group = make_group(head=gad)
    with pytest.raises(Refused):
        leave(gad, admin, heir=ad)
    leave(gad, admin, heir=next_gad)
    group.refresh_from_db()
    assert group.head == next_gad


def test_nobody_shuts_himself_out(admin):
    with pytest.raises(Refused):
        leave(admin, admin)


def test_only_the_admin_shuts_out(ad, ae):
    with pytest.raises(PermissionDenied):
        leave(ae, ad)


def test_a_stand_in_of_who_left_has_no_rights_any_more(admin, ae, other_ae):
    make_client(team=[ae])
    make_stand_in(ae, other_ae, TODAY, date(2026, 11, 30))
    leave(ae, admin, heir=make_user(role="ae"))
    assert list(other_ae.stand_ins.on(TODAY).filter(absent__is_active=True)) == []


def test_back_again_without_clients(admin, ae):
    make_client(team=[ae])
    leave(ae, admin)
    reactivate_user(user=ae, by=admin, at=AT)
    row = User.objects.get(pk=ae.pk)
    assert (row.is_active, row.left_on, row.assignments.on(TODAY).count()) == (True, None, 0)
    assert not row.has_usable_password()
