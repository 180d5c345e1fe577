"""static/site.js in Chromium: keys, menus, rows, and words that are never lost."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from tests.browser.windows import DESK, put_down

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.common.site")]
SAVE = "**/draft/save/"


@pytest.fixture
def desk(windows, live_server, ae):
    """The page of the AE who is signed in. A lost network shows in the console, and may."""
    page = windows.open(**DESK)
    page.context.add_cookies([session_of(ae, live_server.url)])
    faults = []
    page.context.on("weberror", lambda error: faults.append(error.error))
    page.goto("/")
    yield page
    put_down(page)
    assert faults == []


def session_of(user, url):
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def stored(page):
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('typed:')).length")


def test_n_opens_the_menu_and_escape_closes_it_again(desk):
    desk.keyboard.press("n")
    expect(desk.get_by_role("link", name="Log a call")).to_be_focused()
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("link", name="Log a call")).to_be_hidden()


def test_g_and_a_letter_lead_to_a_place(desk):
    desk.goto("/back/")
    desk.keyboard.press("g")
    desk.keyboard.press("h")
    expect(desk.get_by_role("heading", name="Guarded")).to_be_visible()


def test_question_mark_lists_the_keys(desk):
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog")).to_contain_text("This list")


def test_keys_are_letters_while_one_types(desk):
    desk.goto("/draft/")
    desk.get_by_label("Title").press_sequentially("n?gh")
    expect(desk.get_by_label("Title")).to_have_value("n?gh")
    expect(desk.get_by_role("dialog")).to_be_hidden()


def test_rows_are_added_numbered_and_taken_away(desk):
    desk.goto("/draft/")
    add = desk.get_by_role("button", name="Add a point")
    add.click()
    add.click()
    assert desk.locator("[data-number]").all_text_contents() == ["1", "2"]
    assert desk.input_value("[name=points-TOTAL_FORMS]") == "2"
    desk.get_by_role("button", name="Remove").first.click()
    expect(desk.locator("[data-item]:visible [data-number]")).to_have_text(["1"])
    assert desk.is_checked("[name=points-0-DELETE]")


def test_part_of_one_kind_is_shown_with_it_only(desk):
    desk.goto("/draft/")
    desk.get_by_role("button", name="Add a point").click()
    expect(desk.get_by_label("Cure")).to_be_hidden()
    desk.get_by_label("Kind").select_option("problem")
    expect(desk.get_by_label("Cure")).to_be_visible()


def test_words_are_saved_a_second_after_typing(desk):
    desk.goto("/draft/")
    desk.get_by_label("Title").fill("Winter box")
    expect(desk.locator("p[data-saved]")).to_have_text("14:19 saved")
    assert desk.input_value("[name=row_version]") == "2"
    assert stored(desk) == 0


def test_words_outlive_a_lost_network_and_a_reload(desk):
    desk.goto("/draft/")
    desk.route(SAVE, lambda route: route.fulfill(status=503))
    desk.get_by_role("button", name="Add a point").click()
    desk.get_by_label("Text").fill("Moss green, not dark green")
    expect(desk.locator("p[data-saved]")).to_contain_text("kept in this browser")
    desk.reload()
    desk.get_by_role("button", name="Put them back").click()
    expect(desk.get_by_label("Text")).to_have_value("Moss green, not dark green")


def test_words_of_two_tabs_are_both_offered(desk):
    desk.context.route(SAVE, lambda route: route.fulfill(status=503))
    other = desk.context.new_page()
    for tab, words in ((desk, "first tab"), (other, "second tab")):
        tab.goto("/draft/")
        tab.get_by_label("Title").fill(words)
    desk.reload()
    desk.get_by_role("button", name="Put back the other tab's").click()
    expect(desk.get_by_label("Title")).to_have_value("first tab")
    other.reload()
    other.get_by_role("button", name="Put them back").click()
    expect(other.get_by_label("Title")).to_have_value("first tab")


def test_stale_words_stay_in_the_browser(desk):
    desk.goto("/draft/")
    desk.get_by_label("Title").fill("stale")
    expect(desk.locator("p[data-saved]")).to_have_text("Changed by Zhong Wantang at 14:19.")
    assert stored(desk) == 1


def test_words_are_forgotten_once_the_form_has_led_on(desk):
    desk.goto("/draft/")
    desk.route(SAVE, lambda route: route.fulfill(status=503))
    desk.get_by_label("Title").fill("Winter box")
    desk.get_by_role("button", name="Issue").click()
    desk.wait_for_load_state()
    assert stored(desk) == 1
    desk.goto("/back/")
    assert stored(desk) == 0


def test_second_click_sends_nothing(desk):
    posts = []
    desk.goto("/draft/")
    desk.on("request", lambda request: request.method == "POST" and posts.append(request.url))
    desk.get_by_role("button", name="Issue").dblclick(no_wait_after=True)
    desk.wait_for_load_state("networkidle")
    assert len(posts) == 1


def test_file_goes_up_and_the_next_page_says_so(desk, tmp_path):
    paper = tmp_path / "scan.pdf"
    paper.write_bytes(b"%PDF-1.7 scan")
    desk.goto("/upload/")
    desk.get_by_label("Title").fill("Scan")
    desk.get_by_label("Paper").set_input_files(paper)
    desk.get_by_role("button", name="File it").click()
    expect(desk.get_by_role("status")).to_contain_text("The paper is filed.")
    assert desk.url.endswith("/back/")


def test_file_refused_shows_why_with_the_words_kept(desk, tmp_path):
    paper = tmp_path / "empty.pdf"
    paper.write_bytes(b"")
    desk.goto("/upload/")
    desk.get_by_label("Title").fill("Scan")
    desk.get_by_label("Paper").set_input_files(paper)
    desk.get_by_role("button", name="File it").click()
    expect(desk.locator("[data-errors]")).to_be_focused()
    expect(desk.get_by_label("Title")).to_have_value("Scan")


def test_sheet_comes_down_and_the_button_rests_again(desk):
    desk.goto("/people/")
    button = desk.get_by_role("link", name="Download XLSX")
    with desk.expect_download() as coming:
        button.click()
    assert coming.value.suggested_filename.startswith("people-20")
    expect(button).not_to_have_attribute("aria-busy", "true")
