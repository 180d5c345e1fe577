"""The search in Chromium: hits while one types, from any page, with the keys alone (R39)."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.archives.papers import make_document
from tests.browser.test_report_page import sign_in
from tests.browser.windows import DESK, put_down
from tests.builders import make_client

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.rule("R39")]

FIND = reverse("archives:search")


@pytest.fixture
def customer(ae):
    customer = make_client("LM", team=[ae], name="绿麦食品")
    make_document(
        customer, number="LM/CR/2026/014", title="冬季礼盒会晤报告", text="样片于周五前确认。"
    )
    make_document(customer, title="年度合同", kind="contract")
    return customer


@pytest.fixture
def desk(windows, live_server, ae, customer):
    page = windows.open(**DESK)
    sign_in(page, ae, live_server.url)
    yield page
    put_down(page)


def test_hits_come_while_one_types_and_the_box_keeps_the_pen(desk):
    desk.goto(FIND)
    desk.locator("#find").press_sequentially("样片", delay=30)
    expect(desk.locator(".hit")).to_have_count(1)
    expect(desk.locator(".hit mark")).to_have_text("样片")
    expect(desk.locator("#find")).to_be_focused()
    desk.locator("#find").press_sequentially(" 没有", delay=30)
    expect(desk.locator(".empty")).to_be_visible()
    desk.go_back()


def test_from_any_page_by_the_slash_to_the_paper(desk):
    desk.goto("/")
    desk.keyboard.press("/")
    desk.keyboard.type("lmcr2026014")
    desk.keyboard.press("Enter")
    desk.locator(".hit h3 a").click()
    expect(desk.locator("h1")).to_contain_text("LM/CR/2026/014")


def test_a_count_narrows_the_hits(desk):
    desk.goto(FIND + "?q=LM")
    expect(desk.locator(".hit")).to_have_count(2)
    desk.locator(".facet", has_text="合同").or_(
        desk.locator(".facet", has_text="Contract ")
    ).first.click()
    expect(desk.locator(".hit")).to_have_count(1)
