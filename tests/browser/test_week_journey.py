"""The week from Monday's draft to the client's phone, in Chinese (issue 7, journey b)."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from agency.common.clock import run_step
from agency.common.models import CalendarDay
from agency.common.sender import send_due
from meetings import tasks_status
from meetings.models import StatusLine, StatusReport
from meetings.services import status, status_sign
from meetings.week import drafted_from, status_due, week_of
from tests.browser.desks import (
    PHONE,
    fits,
    follow,
    link_for,
    press,
    session_of,
    watched,
    zone_of_noon,
)
from tests.builders import make_client, make_contact
from tests.jobs.make import make_job
from tests.meetings import weeks

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.rule("R28", "R29", "R30", "R31", "R32"),
]
OLD = {"current": "海报第二稿已发客户，等待客户确认。", "next_step": "客户在两张面孔里选一张。"}
NEWS = "客户退回第二稿，要求换模特；周三出第三稿。"
CORRECTED = "客户退回第二稿，要求换模特；周四上午出第三稿。"
NOTHING = "本周没有这方面的工作，下周看计划。"


@pytest.fixture
def customer(ae, am, ad):
    """Due today in half an hour, a working day; last week's report went out with the old words."""
    for user in (ae, am):
        user.language = "zh"
        user.save()
    zone = zone_of_noon()
    today = timezone.now().astimezone(ZoneInfo(zone))
    for back in range(10):
        day = today.date() - timedelta(days=back)
        CalendarDay.objects.update_or_create(day=day, defaults={"is_working": True, "name": "上班"})
    customer = make_client(
        "LM", team=[ae, am, ad], name="绿麦食品", timezone=zone, status_weekday=today.weekday(),
        status_time=(today + timedelta(minutes=30)).time().replace(second=0, microsecond=0),
    )  # fmt: skip
    make_contact(customer, "何嘉宁", language="zh", gets_status=True, email="he@lm.example")
    make_job(customer, ae, "active", title="冬季礼盒海报", due_on=today.date() + timedelta(days=9))
    return customer


@pytest.fixture
def last_week(customer, ae, am):
    week = week_of(customer, timezone.now()) - timedelta(days=7)
    due = status_due(customer, week, CalendarDay.objects.calendar())
    at = due - timedelta(hours=3)
    draft = status.draft_status(client=customer, week=week, at=drafted_from(customer, week))
    for line in draft.lines.filter(is_empty_section=False):
        weeks.write(line, ae, at, **OLD, next_on=due.date() + timedelta(days=3))
    weeks.empty(weeks.again(draft), ae, at=at)
    draft = status_sign.submit_status(report=weeks.again(draft), by=ae, at=at)
    draft = status_sign.sign_status(report=draft, by=am, at=at)
    return status_sign.send_now(report=draft, by=am, at=at)


@pytest.fixture
def desks(browser, live_server, ae, am):
    contexts = []

    def desk(user=None, **look):
        context = browser.new_context(base_url=live_server.url, locale="zh-CN", **look)
        contexts.append(context)
        if user:
            name, value = session_of(user)
            context.add_cookies([{"name": name, "value": value, "url": live_server.url}])
        return watched(context)

    yield desk
    for context in contexts:
        context.close()


def clock(name, at):
    step = next(step for step in tasks_status.STEPS if step.name == name)
    return list(run_step(step, at))


def write_day(phone, report):
    """Line by line on the phone: the old words are refused, new ones go."""
    phone.goto("/")
    phone.locator(f"main a[href*='/meetings/status/{report.pk}/']").first.click()
    if not phone.url.endswith("/day/"):
        phone.goto(f"/meetings/status/{report.pk}/day/")
    assert fits(phone)
    expect(phone.locator("main")).to_contain_text(OLD["current"])
    phone.locator("[name$=current]").fill(OLD["current"])
    phone.locator("[name$=next_step]").fill(OLD["next_step"])
    phone.locator("[name$=next_on]").fill(f"{timezone.localdate() + timedelta(days=4)}")
    press(phone, "button[value=save]")


def test_from_mondays_draft_to_the_clients_phone(desks, customer, last_week, ae, am, smtp):
    send_due()
    clock("weekly reports", timezone.now())
    report = StatusReport.objects.get(week=week_of(customer, timezone.now()))
    assert [line.current for line in report.lines.filter(is_empty_section=False)] == [""]

    phone = desks(ae, viewport=PHONE)
    write_day(phone, report)
    desk = desks(ae, viewport={"width": 1440, "height": 900})
    desk.goto(f"/meetings/status/{report.pk}/edit/")
    for section in StatusLine.Section:
        if section != "creative":
            follow(desk, f"/empty/{section}/")
            desk.locator("main textarea").fill(NOTHING)
            press(desk)
    expect(desk.locator(".status-problems")).to_be_attached()
    expect(desk.locator("main")).to_contain_text(OLD["current"])
    desk.goto(f"/meetings/status/{report.pk}/submit/")
    assert report.lines.filter(similarity__gte="0.9").exists()
    desk.goto(f"/meetings/status/{report.pk}/edit/")
    desk.locator("[name$=current]").fill(NEWS)
    desk.locator("[name$=next_step]").fill("周三把第三稿送到客户公司。")
    press(desk, "#report .issue-acts button")
    follow(desk, "/submit/")
    press(desk)
    report.refresh_from_db()
    assert (report.state, report.author) == ("submitted", ae)

    manager = desks(am, viewport={"width": 1440, "height": 900})
    manager.goto("/")
    manager.locator(f"main a[href*='/meetings/status/{report.pk}/']").first.click()
    manager.goto(f"/meetings/status/{report.pk}/edit/")
    manager.locator("[name$=current]").fill(CORRECTED)
    press(manager, "#report .issue-acts button")
    manager.goto(f"/meetings/status/{report.pk}/sign/")
    press(manager)
    report.refresh_from_db()
    assert (report.state, report.signed_by) == ("signed", am)

    clock("weekly reports sent", report.due_at - timedelta(seconds=1))
    report.refresh_from_db()
    assert report.state == "signed"
    hour = timezone.now()  # the hour strikes
    StatusReport.objects.filter(pk=report.pk).update(due_at=hour)
    for _beat in range(3):
        clock("weekly reports sent", hour)
    report.refresh_from_db()
    assert (report.state, report.issued_at) == ("issued", hour)

    guest = desks(viewport=PHONE)
    guest.goto(link_for(customer.contacts.get(), smtp))
    expect(guest.locator("html")).to_have_attribute("lang", "zh-Hans")
    expect(guest.locator("main")).to_contain_text(CORRECTED)
    assert fits(guest)
    assert len(smtp.to("he@lm.example")) == 2
    assert [page.faults for page in (phone, desk, manager, guest)] == [[], [], [], []]
