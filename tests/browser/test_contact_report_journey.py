"""From the call to the client's agreement, in Chinese, in a real browser (issue 4, 8.1).

Counted: from home to the issued report at most twelve inputs and sixty seconds.
"""

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetings.models import ContactReport
from tests.browser.desks import fits, link_for, watched
from tests.builders import make_client, make_contact

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.rule("R17", "R20", "R21", "R22")]
MOST_INPUTS, MOST_SECONDS = 12, 60
PASSWORD = "a-long-way-to-type-9"


class Hand:
    """What a person does on a page, counted."""

    def __init__(self, page):
        self.page, self.inputs = page, 0

    def click(self, selector):
        self.inputs += 1
        self.page.locator(selector).click()

    def fill(self, selector, text):
        self.inputs += 1
        self.page.locator(selector).fill(text)

    def choose(self, selector, label):
        self.inputs += 1
        self.page.locator(selector).select_option(label=label)


@pytest.fixture
def people(ae, am, ad):
    """LM with its contact; a second client, so that the page has to ask for which."""
    ae.language = "zh"
    ae.set_password(PASSWORD)
    ae.save()
    make_contact(make_client("YL", team=[ae], name="安禾健康"), "周琳")
    client = make_client("LM", team=[ae, am, ad], name="绿麦食品")
    return client, make_contact(client, "何嘉宁", language="zh")


@pytest.fixture
def desk(browser, live_server, people, ae):
    context = browser.new_context(
        base_url=live_server.url, locale="zh-CN", viewport={"width": 1440, "height": 900}
    )
    page = watched(context)
    page.goto("/login/")
    page.locator("[name=username]").fill(ae.username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main button").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    yield page
    context.close()
    assert page.faults == []


@pytest.fixture
def phone(browser, live_server):
    """The contact's phone: another browser, no account."""
    context = browser.new_context(
        base_url=live_server.url, locale="zh-CN", viewport={"width": 390, "height": 844}
    )
    page = watched(context)
    yield page
    context.close()
    assert page.faults == []


def log_and_issue(hand, day):
    hand.click("summary[data-key=n]")
    hand.click("header a[href='/meetings/calls/new/']")
    hand.choose("select[name=client]", "绿麦食品")
    hand.fill("[name=title]", "冬季礼盒打样")
    hand.fill("[name=points-0-text]", "礼盒主视觉用第二稿。")
    hand.fill("[name=points-1-text]", "包装用墨绿，以 11月12日色样为准。")
    hand.fill("[name=actions-0-text]", "把第二稿完稿送客户")
    hand.fill("[name=actions-0-due_on]", f"{day:%Y-%m-%d}")
    hand.click("button[value=issue]")
    hand.page.wait_for_url("**/meetings/reports/*/")


def answer(phone, form, **typed):
    for name, text in typed.items():
        phone.locator(f"{form} [name={name}]").fill(text)
    phone.locator(f"{form} button.btn").click()


def test_from_the_call_to_the_clients_agreement(desk, phone, people, smtp):
    _client, contact = people
    hand, start = Hand(desk), time.monotonic()
    log_and_issue(hand, timezone.localdate() + timedelta(days=2))
    assert time.monotonic() - start <= MOST_SECONDS
    assert hand.inputs <= MOST_INPUTS
    first = ContactReport.objects.get()
    assert (first.state, first.points.count(), first.actions.count()) == ("issued", 2, 1)

    phone.goto(link_for(contact, smtp))
    expect(phone.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(phone.locator("article.leaf")).to_contain_text("包装用墨绿")
    assert fits(phone)
    phone.locator("form.confirm-grave summary").click()
    phone.locator("[name=object-about]").select_option(index=2)
    words = {"object-reason": "我们说的是苔绿，不是墨绿，请更正。", "object-typed_name": "何嘉宁"}
    answer(phone, "form.confirm-grave", **words)
    expect(phone.locator("blockquote")).to_contain_text("苔绿")
    first.refresh_from_db()
    assert first.state == "objected"

    desk.reload()
    expect(desk.locator("blockquote")).to_contain_text("不是墨绿")
    desk.locator("a[href$='/revise/']").click()
    desk.locator("[name=reason]").fill("包装颜色记错，应为苔绿。")
    desk.locator("form.confirm button").click()
    desk.locator("[name=points-1-text]").fill("包装用苔绿，以 11月12日色样为准。")
    desk.locator("button[value=issue]").click()
    desk.wait_for_url("**/meetings/reports/*/")
    second = ContactReport.objects.get(revision=2)
    assert (second.state, second.number) == ("issued", first.number)

    phone.goto(link_for(contact, smtp))
    expect(phone.locator("article.leaf")).to_contain_text("包装用苔绿")
    phone.locator("[name=agree-typed_name]").fill("何嘉宁")
    phone.locator("form.confirm:not(.confirm-grave) button").click()
    expect(phone.locator(".status-green")).to_be_visible()
    second.refresh_from_db()
    assert second.state == "accepted"
