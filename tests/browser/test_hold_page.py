"""The page of a meeting that goes on, in Chromium: no line is ever lost (R13, C7)."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from meetings.models import HoldLine, Meeting
from meetings.services.typed import ItemData
from tests.browser.desks import fits, session_of
from tests.browser.windows import DESK, put_down
from tests.builders import make_client, make_contact
from tests.meetings import make

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.rule("R13")]
PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "zh-CN"}
STATE = "[data-state-words]"


@pytest.fixture
def meeting(ae, am):
    client = make_client("LM", team=[ae, am])
    contact = make_contact(client)
    now = timezone.now()
    times = [timezone.localtime(now + timedelta(minutes=minutes)) for minutes in (-9, 51)]
    start, end = (f"{one:%Y-%m-%d %H:%M}" for one in times)
    items = [ItemData("Media mix", 20), ItemData("Box", 10)]
    return make.invited(client, ae, contact, start, end, now - timedelta(days=1), items=items)


def sit_down(windows, live_server, user, meeting, **look):
    page = windows.open(**look)
    name, value = session_of(user)
    page.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
    page.goto(f"/meetings/{meeting.pk}/hold/")
    return page


@pytest.fixture
def desk(windows, live_server, ae, meeting):
    page = sit_down(windows, live_server, ae, meeting, **DESK)
    yield page
    put_down(page)


@pytest.fixture
def phone(windows, live_server, am, meeting):
    page = sit_down(windows, live_server, am, meeting, **PHONE)
    yield page
    put_down(page)


def field(page, place=0):
    return page.locator(".hold-type [name=typed]").nth(place)


def say(page, typed, place=0):
    field(page, place).fill(typed)
    field(page, place).press("Enter")


def saved(page):
    expect(page.locator(STATE)).to_have_attribute("data-state", "saved")


def kept():
    return list(HoldLine.objects.filter(is_removed=False).values_list("kind", "text"))


def test_a_line_is_saved_as_typed_and_the_field_is_free_again(desk, meeting):
    say(desk, "d Poster A is taken.")
    item = meeting.items.first()
    expect(desk.locator(f"#item-{item.pk} .hold-line")).to_contain_text("Poster A")
    expect(field(desk)).to_have_value("")
    expect(field(desk)).to_be_focused()
    saved(desk)
    assert kept() == [("d", "Poster A is taken.")]


def test_lost_network_reload_and_a_dead_battery_lose_nothing(desk, meeting):
    context = desk.context
    context.set_offline(True)
    for typed in ("d Poster A.", "c Blue stays.", "a 12-03 second draft"):
        say(desk, typed)
    field(desk, 1).fill("half a li")
    expect(desk.locator(STATE)).to_have_text(re.compile("3 lines wait for the network"))
    expect(desk.locator("[data-waiting] li")).to_have_count(3)
    assert kept() == []
    # The page is gone before the network is back.
    desk.goto("about:blank")
    context.set_offline(False)
    desk.goto(f"/meetings/{meeting.pk}/hold/")
    saved(desk)
    expect(field(desk, 1)).to_have_value("half a li")
    assert kept() == [("d", "Poster A."), ("c", "Blue stays."), ("a", "second draft")]


def test_an_answer_that_is_lost_doubles_nothing(desk):
    """The line arrives, its answer does not: it is sent again under the same key."""
    lost = []

    def lose(route):
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())
        route.abort()

    desk.route("**/hold/lines/", lose)
    say(desk, "d Poster A.")
    expect(desk.locator(STATE)).to_have_text(re.compile("1 line waits"))
    saved(desk)
    assert kept() == [("d", "Poster A.")]


def test_two_people_at_one_item_see_both_lines(desk, phone):
    say(desk, "d Poster A.")
    say(phone, "c 蓝色保留。")
    for page in (desk, phone):
        expect(page.locator(".hold-line")).to_have_count(2, timeout=10_000)
    assert {text for _kind, text in kept()} == {"Poster A.", "蓝色保留。"}
    assert fits(phone)


def test_a_line_that_somebody_else_has_changed_shows_both(desk, meeting):
    say(desk, "d Poster A.")
    saved(desk)
    desk.locator(".hold-edit summary").click()
    HoldLine.objects.update(text="Poster B.", row_version=1)
    desk.locator(".hold-edit [name=typed]").fill("d Poster C.")
    desk.locator(".hold-edit [name=typed]").press("Enter")
    mark = desk.locator("[data-waiting] li")
    expect(mark).to_contain_text("Poster C.")
    expect(mark).to_contain_text("Somebody has changed this line to “Poster B.”")
    mark.get_by_role("button").click()
    expect(field(desk)).to_have_value("d Poster C.")


def test_the_timer_runs_and_says_overtime(desk, meeting):
    meeting.items.filter(title="Media mix").update(spent=20 * 60 - 1)
    desk.reload()
    clock = desk.locator("[data-timer]").first
    desk.locator("button[value=start]").first.click()
    expect(clock).to_contain_text(re.compile(r"0:0\d over"))
    desk.locator("button[value=start]:visible").click()
    expect(desk.locator("button[value=stop]:visible")).to_have_count(1)
    saved(desk)
    first, second = meeting.items.all()
    assert (first.spent >= 20 * 60, first.running_since) == (True, None)
    assert second.running_since is not None


def test_the_end_takes_along_what_is_still_in_the_field(desk, meeting):
    field(desk).fill("d Poster A.")
    desk.locator("[data-part=people] [name=present]").last.uncheck()
    desk.locator("#end .btn-primary").click()
    desk.wait_for_url("**/edit/")
    assert Meeting.objects.get().state == "held"
    assert meeting.attendees.filter(present=False).count() == 1
    expect(desk.locator("[name=points-0-text]")).to_have_value("Poster A.")


def test_signed_out_in_between_the_lines_go_on_after_signing_in(desk, live_server, ae):
    desk.context.clear_cookies()
    say(desk, "d Poster A.")
    expect(desk.locator(STATE)).to_have_text(re.compile("You are signed out"))
    session = Client()
    session.force_login(ae)
    cookies = [(name, cookie.value) for name, cookie in session.cookies.items()]
    desk.context.add_cookies(
        [{"name": name, "value": value, "url": live_server.url} for name, value in cookies]
    )
    saved(desk)
    assert kept() == [("d", "Poster A.")]


def test_it_works_without_script(windows, live_server, ae, meeting):
    page = sit_down(windows, live_server, ae, meeting, **DESK, java_script_enabled=False)
    field(page).fill("d Poster A.")
    page.locator(".hold-type button").first.click()
    expect(page.locator(".hold-line")).to_contain_text("Poster A.")
    page.locator("button[value=concluded]").first.click()
    assert meeting.items.first().outcome == "concluded"
    page.locator("#end .btn-primary").click()
    expect(page).to_have_url(re.compile("/edit/"))
    put_down(page)
