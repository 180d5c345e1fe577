"""The page of a draft in Chromium: saved as typed, drawn again beside, nothing lost."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from meetings.models import ContactReport
from meetings.services.typed import PointData
from tests.browser.windows import DESK, put_down
from tests.builders import make_client, make_contact
from tests.meetings import make

pytestmark = [pytest.mark.browser, pytest.mark.slow]
FIRST = "[name=points-0-text]"


@pytest.fixture
def draft(ae, am):
    client = make_client("LM", team=[ae, am])
    contact = make_contact(client)
    now = timezone.now()
    data = make.typed(contact, points=[PointData("decision", "First."), PointData(text="Second.")])
    return make.log(client, contact, ae, ended_at=now - timedelta(hours=2), at=now, data=data)


@pytest.fixture
def desk(windows, live_server, ae, draft):
    page = windows.open(**DESK)
    sign_in(page, ae, live_server.url)
    yield page
    put_down(page)


def sign_in(page, user, url):
    session = Client()
    session.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": session.cookies[name].value, "url": url}])


def open_draft(page, draft):
    page.goto(f"/meetings/reports/{draft.pk}/edit/")
    return page


def saved(page):
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "saved")


def first_text(draft):
    return ContactReport.objects.get(pk=draft.pk).points.order_by("position").first().text


def test_it_is_saved_as_typed_and_drawn_again(desk, draft):
    page = open_draft(desk, draft)
    expect(page.locator("#preview img")).to_have_count(1, timeout=30_000)
    before = page.locator("#preview img").get_attribute("src")
    page.locator(FIRST).fill("Poster B is taken.")
    saved(page)
    assert first_text(draft) == "Poster B is taken."
    expect(page.locator("#preview img")).not_to_have_attribute("src", before, timeout=30_000)
    page.reload()
    expect(page.locator(FIRST)).to_have_value("Poster B is taken.")


def test_the_bar_follows_what_is_typed(desk, draft):
    page = open_draft(desk, draft)
    expect(page.locator("#bar")).to_contain_text("Nothing is missing")
    page.locator("[name=points-0-kind]").select_option("problem")
    expect(page.locator("#bar")).to_contain_text("1 thing missing")
    expect(page.locator("[name=points-0-solution]")).to_be_visible()
    page.locator("#bar a").click()
    assert page.url.endswith("#id_points-0-solution")


def test_rows_are_added_moved_and_taken_away(desk, draft):
    page = open_draft(desk, draft)
    page.locator("[data-add-row=points]").click()
    page.locator("[name=points-3-text]").fill("Third.")
    saved(page)
    page.locator("#points-1 [value=points-1-up]").click()
    expect(page.locator(FIRST)).to_have_value("Second.")
    page.locator("#points-0 [data-remove-row]").click()
    page.locator("button[value=save]").click()
    expect(page.locator(FIRST)).to_have_value("First.")
    texts = [point.text for point in draft.points.order_by("position")]
    assert texts == ["First.", "Third."]


def test_without_network_the_words_wait_in_the_browser(desk, draft):
    page = open_draft(desk, draft)
    page.context.set_offline(True)
    page.locator(FIRST).fill("Typed in a tunnel.")
    expect(page.locator("[data-saved]")).to_have_attribute("data-state", "offline")
    assert first_text(draft) == "First."
    page.context.set_offline(False)
    saved(page)
    assert first_text(draft) == "Typed in a tunnel."


def test_two_tabs_lose_neither_text(desk, draft):
    one, two = open_draft(desk, draft), open_draft(desk.context.new_page(), draft)
    one.locator(FIRST).fill("From the first tab.")
    saved(one)
    two.locator(FIRST).fill("From the second tab.")
    expect(two.locator("[data-saved]")).to_have_attribute("data-state", "stale")
    two.locator("button[value=save]").click()
    expect(two.locator("aside.leaf")).to_contain_text("From the first tab.")
    expect(two.locator(FIRST)).to_have_value("From the second tab.")
    two.locator("button[value=save]").click()
    two.wait_for_url("**/edit/")
    assert first_text(draft) == "From the second tab."


def test_an_unsent_call_is_offered_again_after_a_reload(desk, draft):
    page = desk
    page.goto("/meetings/calls/new/")
    page.locator("[name=title]").fill("Half a title")
    page.wait_for_timeout(300)
    page.reload()
    page.get_by_role("button", name="Put them back").click()
    expect(page.locator("[name=title]")).to_have_value("Half a title")


def test_the_page_works_without_script(windows, live_server, ae, draft):
    page = windows.open(**DESK, java_script_enabled=False)
    sign_in(page, ae, live_server.url)
    open_draft(page, draft)
    page.locator("[name=points-2-text]").fill("Third.")
    page.locator("[name=points-0-DELETE]").check()
    page.locator("button[value=save]").click()
    texts = [point.text for point in draft.points.order_by("position")]
    assert texts == ["Second.", "Third."]
    page.get_by_role("link", name="Show the page as it will be sent").click()
    assert page.locator("img").count() == 1
    put_down(page)
