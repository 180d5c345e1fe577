"""Live action points: lists by person, client and lateness, and their verbs (R27)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.models import ActionPoint
from meetings.services.typed import ActionData
from tests.builders import assign, make_client, make_contact, make_user
from tests.meetings import make
from tests.meetings.pages import send, text_of

LIST = "/meetings/actions/"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def account(ae, am, ad):
    return make.make_account(ae, am, ad, code="LM")


@pytest.fixture
def actions(account, ae, am, now):
    """Mine overdue, the AM's tomorrow, the client's in a week."""
    client, contact = account
    today = timezone.localdate()
    rows = [
        ActionData("Mine", user=ae, due_on=today - timedelta(2)),
        ActionData("His", user=am, due_on=today + timedelta(1)),
        ActionData("Theirs", contact=contact, due_on=today + timedelta(7)),
    ]
    data = make.typed(contact, actions=rows)
    make.issued(client, contact, ae, ended_at=now - timedelta(days=3), at=now, data=data)
    return {row.text: row for row in ActionPoint.objects.live()}


@pytest.fixture
def desk(client, ae):
    client.force_login(ae)
    return client


def shown(response):
    return [row.text for row in response.context["rows"]]


def at(action, what=""):
    return f"{LIST}{action.pk}/{what}"


@pytest.mark.rule("R27")
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Mine", "His", "Theirs"]),
        ("?who=me", ["Mine"]),
        ("?who=client", ["Theirs"]),
        ("?state=overdue", ["Mine"]),
        ("?state=done", []),
        ("?sort=-due", ["Theirs", "His", "Mine"]),
    ],
)
def test_the_list_is_narrowed(desk, actions, query, found):
    assert shown(desk.get(LIST + query)) == found


def test_the_list_by_person_client_and_day(desk, actions, am, account):
    assert shown(desk.get(f"{LIST}?who=u{am.pk}")) == ["His"]
    assert len(shown(desk.get(f"{LIST}?client={account[0].pk}"))) == 3
    until = timezone.localdate() + timedelta(1)
    assert shown(desk.get(f"{LIST}?until={until:%Y-%m-%d}")) == ["Mine", "His"]


def test_a_draft_has_no_live_actions(desk, account, ae, now):
    client, contact = account
    rows = [ActionData("Draft", user=ae, due_on=timezone.localdate())]
    data = make.typed(contact, actions=rows)
    make.log(client, contact, ae, ended_at=now - timedelta(hours=1), at=now, data=data)
    assert shown(desk.get(LIST)) == []


def test_actions_of_other_clients_are_not_listed(client, actions, other_ae):
    make_client("YL", team=[other_ae])
    client.force_login(other_ae)
    assert shown(client.get(LIST)) == []
    assert client.get(at(actions["Mine"])).status_code == 404


def test_the_list_comes_as_a_sheet(desk, actions):
    answer = desk.get(f"{LIST}?format=xlsx")
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert answer.content.startswith(b"PK")


def test_progress_is_noted(desk, actions):
    send(desk, at(actions["Mine"], "progress/"), text="Half is done.")
    assert "Half is done." in text_of(desk.get(at(actions["Mine"])))


@pytest.mark.rule("R27")
def test_a_new_date_keeps_the_old_one(desk, actions):
    action = actions["Mine"]
    day = timezone.localdate() + timedelta(5)
    send(desk, at(action, "move/"), due_on=f"{day:%Y-%m-%d}", reason="The studio is late.")
    old = action.due_on
    action.refresh_from_db()
    assert (action.due_on, action.first_due_on, action.moved) == (day, old, 1)
    assert "The studio is late." in text_of(desk.get(at(action)))


def test_a_date_in_the_past_is_refused_at_its_field(desk, actions):
    answer = send(
        desk, at(actions["His"], "move/"), due_on="2020-01-01", reason="No reason at all."
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["due_on"]


def test_done_and_open_again(desk, actions):
    action = actions["Mine"]
    send(desk, at(action, "done/"), text="Sent by courier.")
    action.refresh_from_db()
    assert action.state == "done"
    assert desk.get(at(action, "done/")).status_code == 404
    assert send(desk, at(action, "reopen/"), reason="again").status_code == 422
    send(desk, at(action, "reopen/"), reason="The courier lost it.")
    action.refresh_from_db()
    assert action.state == "open"


def test_a_clients_action_is_cancelled_after_noting_who_agreed(desk, actions):
    action = actions["Theirs"]
    path = at(action, "cancel/")
    without = send(desk, path, reason="It is not needed any more.")
    assert list(without.context["form"].errors) == ["agreed_with"]
    send(desk, path, reason="It is not needed any more.", agreed_with="何嘉宁")
    action.refresh_from_db()
    assert (action.state, action.agreed_with) == ("cancelled", "何嘉宁")


def test_our_own_action_asks_for_no_agreement(desk, actions):
    assert "agreed_with" not in desk.get(at(actions["Mine"], "cancel/")).context["form"].fields


def test_the_owner_works_it_without_being_account_service(client, account, ae, now):
    own, contact = account
    maker = make_user(role="department")
    assign(own, maker)
    rows = [ActionData("Retouch", user=maker, due_on=timezone.localdate())]
    data = make.typed(contact, actions=rows)
    make.issued(own, contact, ae, ended_at=now - timedelta(hours=1), at=now, data=data)
    action = ActionPoint.objects.get(text="Retouch")
    client.force_login(maker)
    assert "New date" not in text_of(client.get(at(action)))
    send(client, at(action, "done/"), text="")
    action.refresh_from_db()
    assert action.state == "done"


@pytest.mark.parametrize("what", ["progress/", "move/", "done/", "cancel/"])
def test_who_neither_owns_nor_serves_may_only_read(client, actions, what):
    client.force_login(make_user(role="management"))
    assert client.get(at(actions["Mine"])).status_code == 200
    assert client.get(at(actions["Mine"], what)).status_code == 403


@pytest.mark.parametrize(
    "query", ["?who=u999999", "?client=abc", "?until=0", "?state=x", "?page=x"]
)
def test_a_query_that_makes_no_sense_fails_nothing(desk, actions, query):
    assert desk.get(LIST + query).status_code == 200


def test_the_page_says_whose_it_is(desk, actions):
    make_contact(make_client("YL"))
    words = text_of(desk.get(at(actions["Theirs"])))
    assert "▲ 何嘉宁" in words
