import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Todo
from agency.common.duties import Duty
from agency.home import duties_of, grouped, next_meetings, open_actions, ranked
from meetings import services
from tests.builders import make_stand_in, make_user, when
from tests.meetings.make import action, issued, log, make_account, plan, typed
from tests.meetings.pages import text_of

pytestmark = pytest.mark.django_db
NOW = when("2026-11-19 14:00")
HOUR = timedelta(hours=1)


def clocked(user):
    """The duties with a clock: every client waits for its annual budget besides."""
    return [row for row in duties_of(user, NOW) if row.clock]


def duty(group="Do", **fields):
    return Duty(**{"group": group, "sentence": "", "url": "/", "button": "View", **fields})


@pytest.mark.rule("R69")
def test_breach_of_the_24_hours_stands_before_what_is_overdue():
    breach = duty(due_at=NOW - HOUR, clock=24)
    overdue = duty(due_at=NOW - 9 * HOUR)
    assert ranked([overdue, breach], NOW) == [breach, overdue]


@pytest.mark.rule("R69")
def test_what_is_overdue_stands_before_what_has_time_left():
    overdue, near, far = (duty(due_at=NOW + hours * HOUR) for hours in (-1, 1, 5))
    assert ranked([far, near, overdue], NOW) == [overdue, near, far]


@pytest.mark.rule("R69")
def test_a_day_is_late_when_it_has_ended():
    yesterday, today, tomorrow = (
        duty(due_on=timezone.localdate(NOW) + timedelta(days=days)) for days in (-1, 0, 1)
    )
    near, timeless = duty(due_at=NOW + HOUR), duty()
    rows = [timeless, tomorrow, today, near, yesterday]
    assert ranked(rows, NOW) == [yesterday, near, today, tomorrow, timeless]


def test_what_begins_within_30_minutes_stands_first():
    starting = duty(due_at=NOW + HOUR / 4, urgent=True)
    overdue = duty(due_at=NOW - 9 * HOUR)
    assert ranked([overdue, starting], NOW) == [starting, overdue]


def test_what_has_no_time_stands_last():
    late, timeless = duty(due_at=NOW - HOUR), duty()
    assert ranked([timeless, late], NOW) == [late, timeless]


def test_groups_stand_by_their_first_row():
    rows = [duty("Issue"), duty("Do"), duty("Issue")]
    assert [(name, len(found)) for name, found in grouped(rows)] == [("Issue", 2), ("Do", 1)]


def test_the_figure_is_asked_for_once_a_minute_and_anew_after_a_click(client, ae):
    account, contact = make_account(ae)
    log(account, contact, ae, ended_at=timezone.now() - HOUR)
    client.force_login(ae)
    figure = f'<span class="count">{len(duties_of(ae, timezone.now()))}</span>'

    def seen(name="notices"):
        page = client.get(reverse(name)).content.decode()
        return figure in page, f'hx-get="{reverse("count")}"' in page

    assert seen() == (False, True)
    assert seen("count") == (True, False)
    assert seen() == (True, False)
    client.post(reverse("notices_read"))
    assert seen() == (False, True)
    assert seen("home") == (True, False)


def test_a_page_that_outlived_its_session_gets_no_sign_in_page_into_its_head(client, db):
    assert client.get(reverse("count"), headers={"HX-Request": "true"}).status_code == 204
    assert client.get(reverse("count")).headers["Location"] == "/login/?next=/count/"


@pytest.mark.rule("R69")
def test_home_holds_a_running_report_and_nobody_elses(ae, other_ae):
    client, contact = make_account(ae)
    log(client, contact, ae)
    assert [row.client for row in clocked(ae)] == [client.name]
    assert duties_of(other_ae, NOW) == []


@pytest.mark.rule("R77")
def test_deputy_sees_the_absent_persons_duty_under_his_name(ae):
    client, contact = make_account(ae)
    deputy = make_user(role="ae")
    log(client, contact, ae)
    make_stand_in(ae, deputy, NOW.date(), NOW.date())
    assert [row.person for row in clocked(deputy)] == [ae]


def test_next_meetings_are_todays_and_those_of_the_next_working_day(ae):
    client, contact = make_account(ae)
    today = plan(client, ae, "2026-11-20 16:00", "2026-11-20 17:00", [ae, contact])
    monday = plan(client, ae, "2026-11-23 10:00", "2026-11-23 11:00", [ae, contact])
    plan(client, ae, "2026-11-24 10:00", "2026-11-24 11:00", [ae, contact])
    friday = when("2026-11-20 09:00")
    days = next_meetings(ae, friday)
    assert [(is_today, rows) for _day, is_today, rows in days] == [
        (True, [today]),
        (False, [monday]),
    ]


def test_open_actions_are_mine_by_date(ae, am):
    client, contact = make_account(ae, am)
    rows = [
        action("later", user=ae, due_on=when("2026-11-25").date()),
        action("first", user=ae, due_on=when("2026-11-20").date()),
        action("hers", user=am, due_on=when("2026-11-20").date()),
    ]
    issued(client, contact, ae, data=typed(contact, actions=rows))
    assert [row.text for row in open_actions(ae)] == ["first", "later"]


def test_home_page_says_what_waits(client, ae):
    account, contact = make_account(ae)
    log(account, contact, ae, ended_at=timezone.now() - HOUR)
    client.force_login(ae)
    page = client.get("/").content.decode()
    assert account.name in page
    assert reverse("meetings:call_create") in page


def test_empty_home_offers_the_first_step(client, ae):
    client.force_login(ae)
    assert "Nothing waits for you" in client.get("/").content.decode()


@pytest.mark.rule("R80")
def test_manager_reads_the_day_of_one_of_her_people(client, ae, am):
    account, contact = make_account(ae, am)
    log(account, contact, ae, ended_at=timezone.now() - HOUR)
    client.force_login(am)
    assert account.name in client.get(reverse("day", args=[ae.pk])).content.decode()


@pytest.mark.rule("R80")
@pytest.mark.parametrize("role", ["am", "finance", "department", "admin"])
def test_day_of_a_stranger_is_not_there(client, ae, role):
    make_account(ae)
    client.force_login(make_user(role=role))
    assert client.get(reverse("day", args=[ae.pk])).status_code == 404


@pytest.mark.rule("R70")
def test_todo_stands_on_home_until_it_is_done(client, ae):
    todo = Todo.objects.create(owner=ae, text="Buy a card", due_on=timezone.localdate())
    client.force_login(ae)
    assert "Buy a card" in client.get("/").content.decode()
    client.post(reverse("accounts:todo_done", args=[todo.pk]))
    assert "Buy a card" not in client.get("/").content.decode()


def test_manager_sees_how_her_people_stand(client, ae, am):
    account, contact = make_account(ae, am)
    log(account, contact, ae, ended_at=timezone.now() - 30 * HOUR, at=timezone.now())
    client.force_login(am)
    page = client.get("/").content.decode()
    assert "How my people stand" in page
    assert reverse("day", args=[ae.pk]) in page


def test_admin_home_holds_no_client_content(client, ae):
    account, contact = make_account(ae)
    log(account, contact, ae, ended_at=timezone.now() - HOUR)
    client.force_login(make_user(role="admin"))
    assert account.name not in client.get("/").content.decode()


def test_invited_client_meeting_is_cancelled_and_leaves_home(ae):
    client, contact = make_account(ae)
    meeting = plan(client, ae, "2026-11-20 16:00", "2026-11-20 17:00", [ae, contact])
    services.cancel_meeting(
        meeting=meeting, reason="The client is ill today.", row_version=None, by=ae, at=NOW
    )
    assert next_meetings(ae, when("2026-11-20 09:00")) == []


@pytest.mark.rule("R70")
def test_todo_of_today_stands_once_and_a_later_one_in_its_list(client, ae):
    today = timezone.localdate()
    for days, text in ((-1, "Late card"), (0, "Card of today"), (1, "Later card")):
        Todo.objects.create(owner=ae, text=text, due_on=today + timedelta(days=days))
    client.force_login(ae)
    page = client.get("/")
    text = text_of(page)
    assert [text.count(words) for words in ("Late card", "Card of today", "Later card")] == [
        1,
        1,
        1,
    ]
    assert [todo.text for todo in page.context["todos"]] == ["Later card"]


@pytest.mark.rule("R80")
def test_each_number_of_my_people_opens_as_many_rows(client, ae, am):
    account, contact = make_account(ae, am)
    now = timezone.now()
    just_due = now - 24 * HOUR - timedelta(minutes=5)  # shares are those of one month
    log(account, contact, ae, ended_at=just_due, at=now)
    log(account, contact, ae, ended_at=now - HOUR)
    rows = [action("Late", user=ae, due_on=timezone.localdate() - timedelta(days=1))]
    data = typed(contact, actions=rows)
    issued(account, contact, ae, ended_at=just_due, at=now - 24 * HOUR, data=data)
    client.force_login(am)
    page = client.get("/")
    (member,) = page.context["team"]
    block = page.content.decode().partition("How my people stand")[2]
    found = re.findall(r'<td class="money[^"]*"><a href="(.*?)">(.*?)</a>', block)
    numbers = [number for _link, number in found]
    assert numbers[:3] == ["2", "1", "1"]
    assert numbers[3:] == ["50.0%"]
    lists = [client.get(link.replace("&amp;", "&")).context["rows"] for link, _number in found]
    assert [len(rows) for rows in lists] == [2, 1, 1, 2]
    assert (member.running, member.overdue, member.actions_overdue) == (2, 1, 1)


@pytest.mark.parametrize(("language", "names"), [("zh", "何岸、白露"), ("en", "何岸, 白露")])
def test_names_stand_in_a_row_as_the_language_has_them(client, ae, language, names):
    deputy = make_user(role="ae", language=language)
    for name in ("何岸", "白露"):
        absent = make_user(role="ae", name=name)
        make_stand_in(absent, deputy, timezone.localdate(), timezone.localdate())
        account, contact = make_account(absent)
        log(account, contact, absent, ended_at=timezone.now() - HOUR)
    client.force_login(deputy)
    assert names in text_of(client.get("/"))
