"""From the media plan to the director's figure, in Chinese, by six people (issue 6, point 2).

The plan is that of 6.2, commission inside the price: 489,172.50 without VAT, 518,522.85 with it.
"""

from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from agency.common.clock import run_step
from agency.common.dates import first_of
from agency.common.sender import send_due
from budgets.models import Invoice, MediaPlan, MonthlyReport
from budgets.services.monthly_clock import drafted_from
from budgets.tasks.monthly import STEPS
from budgets.years import fiscal_year, next_month
from tests.browser.desks import PHONE, click, fits, follow, link_for, press, sign_by_link
from tests.budgets import years
from tests.builders import assign, make_client, make_contact, make_contract, make_group, make_user
from tests.jobs import make

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.rule("R33", "R34", "R35", "R36", "R57", "R71", "R86", "Z12"),
]
TOTAL = "518,522.85"
# medium, vehicle, months from now, runs, price on the rate card, discount in percent; media price
LINES = [
    ("tv", "东方卫视 30秒", 0, "20", "18000.00", "45", "198,000.00"),
    ("newspaper", "新民晚报 整版", 1, "4", "86500.00", "32.5", "233,550.00"),
    ("radio", "上海交通广播", 1, "90", "1280.50", "50", "57,622.50"),
]
SUMS = ("821,245.00", "489,172.50", "73,375.88", "29,350.35", TOTAL, "415,796.62")
# Of the client's year once the television of the first month is billed.
STANDING = ("6,000,000.00", "198,000.00", "291,172.50", "5,510,827.50")
REMARK = "建议客户一月追加地铁广告，配合新年礼盒上市。"


@pytest.fixture
def team(ae, am, ad):
    """LM in a year that began this month, with its budget and a media job whose brief stands."""
    people = {"ae": ae, "am": am, "ad": ad, "finance": make_user("finance", "finance")}
    people["media"] = make_user("media1", role="department", department="media")
    for user in people.values():
        user.language = "zh"
        user.save()
    today = timezone.localdate()
    client = make_client(
        "LM", team=[ae, am, ad], name="绿麦食品", fiscal_start_month=today.month,
        group=make_group(head=make_user(role="gad")),
    )  # fmt: skip
    assign(client, people["media"])
    make_contract(client)
    contact = make_contact(client, "何嘉宁", language="zh", email="he@lm.example", can_sign=True,
                           gets_budget=True)  # fmt: skip
    year = fiscal_year(client, today)
    years.make_year(client, year, timezone.now() - timedelta(days=1), media="6000000.00")
    job = make.make_job(client, ae, kind="media", title="冬季礼盒上市", budget_year=year,
                        due_on=today + timedelta(days=60))  # fmt: skip
    make.confirm(make.make_brief(job), "media")
    return {**people, "client": client, "contact": contact, "job": job}


def write_plan(desk, job):
    """Line by line, each added by Enter; the sums follow by themselves."""
    desk.goto(f"/jobs/{job.pk}/")
    follow(desk, f"/plans/new/{job.pk}/")
    press(desk)
    desk.wait_for_url("**/edit/")
    for number, line in enumerate(LINES, start=1):
        type_line(desk, line)
        expect(desk.locator("#lines tr[id]")).to_have_count(number)
        expect(desk.locator("#lines")).to_contain_text(line[-1])
    for amount in SUMS:
        expect(desk.locator("#sums")).to_contain_text(amount)
    follow(desk, "/submit/")
    press(desk)
    return MediaPlan.objects.get()


def type_line(desk, line):
    medium, vehicle, later, runs, unit_gross, discount, _price = line
    new = desk.locator("#new-line")
    new.locator("[name=medium]").select_option(medium)
    month = next_month(first_of(timezone.localdate()), later)
    typed = {"vehicle": vehicle, "month": f"{month:%Y-%m}", "runs": runs,
             "unit_gross": unit_gross, "discount_rate": discount}  # fmt: skip
    for name, text in typed.items():
        new.locator(f"[name={name}]").fill(text)
    with desk.expect_response("**/lines/new/"):
        new.locator("[name=discount_rate]").press("Enter")


def approve_from_home(desk, plan, total=""):
    """Home says whose turn it is; the manager types the total he has added up himself."""
    desk.goto("/")
    desk.locator(f"main a[href*='/budgets/plans/{plan.pk}/']").first.click()
    if not desk.url.endswith("/approve/"):
        follow(desk, "/approve/")
    if total:
        desk.locator("[name=control_total]").fill(total)
    press(desk, "#approve button.btn-primary")
    desk.wait_for_url(f"**/budgets/plans/{plan.pk}/")


def send(desk, plan):
    desk.goto(f"/budgets/plans/{plan.pk}/")
    follow(desk, "/send/")
    desk.locator("select[name=contact]").select_option(label="何嘉宁")
    press(desk)


def sign(phone, contact, smtp):
    phone.goto(link_for(contact, smtp))
    for amount in ("821,245.00", "489,172.50", "29,350.35", TOTAL):
        expect(phone.locator("article.leaf")).to_contain_text(amount)
    expect(phone.locator("main")).not_to_contain_text("73,375.88")
    assert fits(phone)
    sign_by_link(phone, contact, smtp)
    expect(phone.locator(".status-green")).to_be_visible()


def book(desk, job):
    """Media books the television of the first month."""
    desk.goto(f"/jobs/{job.pk}/")
    follow(desk, "/runs/")
    follow(desk, "/book/")
    desk.locator("[name=lines]").first.check()
    press(desk)
    expect(desk.locator("main tbody tr").first).to_contain_text("已预订")


def draft_invoice(desk, job):
    """The first month is offered; what the media owner owes is left for another day."""
    desk.goto(f"/jobs/{job.pk}/")
    follow(desk, "/invoices/new/")
    owed = desk.locator("tr", has_text="佣金").locator("input")
    for field in owed.all():
        field.fill("")
    press(desk)
    desk.wait_for_url("**/budgets/invoices/*/")
    return Invoice.objects.get()


def check(desk, invoice):
    desk.goto(invoice.get_absolute_url())
    follow(desk, "/check/")
    for box in desk.locator("main form input[type=checkbox]").all():
        box.check()
    desk.locator("[name=control_total]").fill("209,880.00")
    press(desk)
    desk.wait_for_url(f"**{invoice.get_absolute_url()}")


def issue_and_book(desk, invoice):
    desk.goto(invoice.get_absolute_url())
    follow(desk, "/issue/")
    press(desk)
    follow(desk, "/pay/")
    assert desk.locator("[name=amount]").input_value() == "209880.00"
    desk.locator("[name=amount]").fill("100,000.00")
    press(desk)
    for amount in ("198,000.00", "11,880.00", "209,880.00", "100,000.00", "109,880.00"):
        expect(desk.locator("main")).to_contain_text(amount)


def write_report(desk, report):
    desk.goto(report.get_absolute_url())
    for amount in STANDING:
        expect(desk.locator("main table").first).to_contain_text(amount)
    follow(desk, "/edit/")
    desk.locator("[name=opportunities]").fill(REMARK)
    press(desk)
    follow(desk, "/submit/")
    press(desk)
    desk.wait_for_url(f"**{report.get_absolute_url()}")


def correct_and_sign(desk, report):
    desk.goto(report.get_absolute_url())
    follow(desk, "/edit/")
    desk.locator("[name=opportunities]").fill(REMARK.replace("一月", "二月"))
    press(desk)
    expect(desk.locator("main table", has_text="二月追加")).to_contain_text("一月追加")
    follow(desk, "/sign/")
    press(desk)
    desk.wait_for_url(f"**{report.get_absolute_url()}")


def enclosed(contact, smtp):
    """The paper in the newest mail to the contact."""
    send_due()
    [paper] = smtp.to(contact.email)[-1].message.iter_attachments()
    return paper.get_filename()


def amount_of(text):
    return Decimal(text.replace(",", "").replace("−", "-"))


def open_figure(desk, amount):
    """Click the figure of the year; the papers of the list come to it."""
    desk.goto("/")
    click(desk, "nav a[href='/budgets/']")
    click(desk, f"main tbody a:has-text('{amount}')")
    shown = [amount_of(text) for text in desk.locator("tbody td.pin-end").all_inner_texts()]
    assert sum(shown) == amount_of(amount)
    expect(desk.locator("tfoot")).to_contain_text(amount)


def add_up():
    said = StringIO()
    call_command("verify_money", stdout=said)
    return said.getvalue()


def test_from_the_media_plan_to_the_papers_behind_the_directors_figure(desk_of, team, smtp):
    job, contact = team["job"], team["contact"]
    desk, manager, director = (desk_of(team[role]) for role in ("ae", "am", "ad"))
    plan = write_plan(desk, job)
    approve_from_home(manager, plan, TOTAL)
    approve_from_home(director, plan)
    send(desk, plan)
    sign(desk_of(viewport=PHONE), contact, smtp)
    plan.refresh_from_db()
    assert (plan.state, f"{plan.total:,}", plan.signed_by) == ("signed", TOTAL, contact)
    book(desk_of(team["media"]), job)

    invoice = draft_invoice(desk, job)
    check(manager, invoice)
    issue_and_book(desk_of(team["finance"]), invoice)
    invoice.refresh_from_db()
    assert (invoice.state, f"{invoice.open_amount:,}") == ("part_paid", "109,880.00")

    month = first_of(timezone.localdate())
    clock = run_step(STEPS[0], drafted_from(month, team["client"].timezone))
    assert [*clock] == [f"{STEPS[0].name}: LM {month:%Y-%m}"]
    report = MonthlyReport.objects.get()
    write_report(desk, report)
    correct_and_sign(manager, report)
    report.refresh_from_db()
    assert (report.state, report.author, report.signed_by) == ("issued", team["ae"], team["am"])
    assert enclosed(contact, smtp) == f"{report.number.replace('/', '-')}.pdf"

    open_figure(director, "291,172.50")
    follow(director, job.get_absolute_url())
    follow(director, plan.get_absolute_url())
    expect(director.locator("main")).to_contain_text(TOTAL)
    open_figure(director, "198,000.00")
    follow(director, invoice.get_absolute_url())
    expect(director.locator("main")).to_contain_text("209,880.00")
    assert add_up() == "All figures add up.\n"
