"""From the job's request to the start of production, in Chinese, by five people (issue 5, 8.1).

The estimate is that of 6.1, 55,947.16 in all. Counted: from home to approved the account manager
clicks at most three times and types the control total.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from jobs.models import Estimate, Job
from tests.browser.desks import PHONE, fits, link_for, press, sign_by_link
from tests.builders import assign, make_client, make_contact, make_contract, make_user
from tests.jobs import make

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.rule("R50", "R52", "R53", "R56", "R57", "R58", "Z12"),
]
TOTAL = "55,947.16"
MOST_CLICKS = 3
# group, what, quantity, unit, unit cost, fixed price, VAT in percent
LINES = [
    ("摄影", "摄影师", "2", "天", "12500", "", "6"),
    ("摄影", "修图", "7", "张", "865.33", "", "6"),
    ("印刷", "印刷", "5000", "份", "1.2360", "", "13"),
    ("设计", "美术指导", "3", "天", "1200", "2000", "6"),
]


@pytest.fixture
def team(ae, am, ad):
    """LM with its team, the production department and a contact who may sign."""
    printer = make_user("production1", role="department", department="production")
    for user in (ae, am, ad, printer):
        user.language = "zh"
        user.save()
    client = make_client("LM", team=[ae, am, ad], name="绿麦食品")
    assign(client, printer)
    make_contract(client, contingency_rate="0.0500")
    contact = make_contact(client, "何嘉宁", language="zh", email="he@lm.example", can_sign=True)
    return {"ae": ae, "am": am, "ad": ad, "printer": printer, "client": client, "contact": contact}


def request_and_brief(desk):
    desk.goto("/jobs/new/")
    desk.locator("[name=title]").fill("冬季礼盒上市海报")
    due = timezone.localdate() + timedelta(days=60)
    desk.locator("[name=due_on]").fill(f"{due:%Y-%m-%d}")
    desk.locator("[name=rows-0-name]").fill("海报")
    press(desk)
    desk.wait_for_url("**/jobs/*/")
    desk.locator("main a[href$='/briefs/new/']").first.click()
    press(desk)
    words = {"background": "旺季将至。", "objective": "让礼盒被认识。", "audience": "家庭。",
             "message": "用料实在。"}  # fmt: skip
    for name, text in words.items():
        desk.locator(f"[name={name}]").fill(text)
    press(desk)
    desk.locator("main a[href$='/force/']").click()
    press(desk)
    desk.wait_for_url("**/jobs/briefs/*/")


def draft(desk, job):
    desk.goto(f"/jobs/{job.pk}/")
    desk.locator("main a[href$='/estimate/new/']").first.click()
    press(desk)
    desk.wait_for_url("**/edit/")
    for number, line in enumerate(LINES, start=1):
        type_line(desk, line)
        expect(desk.locator("#lines tr[id]")).to_have_count(number)
    estimate = Estimate.objects.get()
    desk.goto(f"/jobs/estimates/{estimate.pk}/head/")
    desk.locator("[name=quotes_reason]").fill("摄影师由客户指定，不比价。")
    press(desk)
    return estimate


def type_line(desk, line):
    new = desk.locator("#new-line")
    names = ("group", "text", "quantity", "unit", "unit_cost", "fixed_price", "vat_rate")
    for name, text in zip(names, line, strict=True):
        spot = new.locator(f"[name={name}]")
        if spot.evaluate("node => node.tagName") == "SELECT":
            spot.select_option(f"{text}%")
        else:
            spot.fill(text)
    if line[1] == "摄影师":
        new.locator("[name=deliverable]").select_option(index=1)
    with desk.expect_response("**/lines/new/"):
        new.locator("[name=unit_cost]").press("Enter")


def order_production(desk, job):
    desk.goto(f"/jobs/{job.pk}/orders/new/?kind=production")
    desk.locator("[name=text]").fill("按签署的预估印刷海报。")
    press(desk)


def sign(phone, contact, smtp):
    phone.goto(link_for(contact, smtp))
    expect(phone.locator("article.leaf, .leaf").first).to_be_visible()
    expect(phone.locator("main")).to_contain_text(TOTAL)
    assert fits(phone)
    sign_by_link(phone, contact, smtp)
    expect(phone.locator(".status-green")).to_be_visible()


def test_no_production_before_the_clients_signature_and_then_at_once(desk_of, team, smtp):
    desk = desk_of(team["ae"])
    request_and_brief(desk)
    job = Job.objects.get()

    manager = desk_of(team["am"])
    manager.goto(f"/jobs/{job.pk}/approve/")
    press(manager)
    job.refresh_from_db()
    assert job.number.startswith("LM-")

    printer = desk_of(team["printer"])
    row = job.briefs.get().confirmations.get(department="production")
    printer.goto(f"/jobs/confirmations/{row.pk}/")
    printer.locator("[name=enough][value=yes]").check()
    press(printer)

    estimate = draft(desk, job)
    estimate.refresh_from_db()
    assert f"{estimate.total:,}" == TOTAL
    make.make_timeline(job)
    order_production(desk, job)
    expect(desk.locator("main")).to_contain_text("客户尚未签署制作费预估")
    assert not job.start_orders.exists()

    desk.goto(f"/jobs/estimates/{estimate.pk}/submit/")
    press(desk)
    approve_from_home(manager, estimate)
    director = desk_of(team["ad"])
    director.goto(f"/jobs/estimates/{estimate.pk}/approve/")
    press(director, "#approve button.btn-primary")
    desk.goto(f"/jobs/estimates/{estimate.pk}/send/")
    desk.locator("select[name=contact]").select_option(label="何嘉宁")
    press(desk)

    sign(desk_of(viewport=PHONE), team["contact"], smtp)
    estimate.refresh_from_db()
    assert (estimate.state, estimate.signed_by) == ("signed", team["contact"])
    order_production(desk, job)
    assert desk.locator(".errors, .field-error").all_inner_texts() == []
    desk.wait_for_url(f"**/jobs/{job.pk}/")
    assert job.start_orders.get().kind == "production"


def approve_from_home(manager, estimate):
    """At most three clicks, and the typed total (issue 5, 8.1)."""
    manager.goto("/")
    clicks = 0
    manager.locator(f"main a[href*='/jobs/estimates/{estimate.pk}/']").first.click()
    clicks += 1
    if not manager.url.endswith("/approve/"):
        manager.locator("main a[href$='/approve/']").first.click()
        clicks += 1
    manager.locator("[name=control_total]").fill(TOTAL)
    press(manager, "#approve button.btn-primary")
    clicks += 1
    estimate.refresh_from_db()
    assert estimate.state == "manager_ok"
    assert clicks <= MOST_CLICKS
