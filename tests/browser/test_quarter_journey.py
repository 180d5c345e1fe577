"""A quarterly report from what was seen to the client's phone, in Chinese (issue 8, point 2)."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from agency.common.clock import run_step
from archives.models import Competitor, Observation, QuarterlyReport
from archives.quarters import days_of, last_quarter
from archives.tasks.quarterly import STEPS
from tests.archives.test_quarterly_papers import picture
from tests.browser.desks import PHONE, fits, follow, link_for, press
from tests.builders import make_brand, make_client, make_contact

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.rule("R48", "R49")]
WORDS = {
    "market": "品类本季增长百分之四，线上过半。",
    "meaning": "对手降价，我方价格带承压，需要应对。",
    "proposal": "建议十二月在四十家门店做试吃周。",
}
FACTS = {"campaign": "“三分钟就好”系列广告", "media": "电视、电梯海报", "message": "快而便宜"}
WHY = "监测数据晚到一天，核对后签发。"


@pytest.fixture
def account(ae, am):
    """A client of a year, whose brand has one competitor."""
    for user in (ae, am):
        user.language = "zh"
        user.save()
    begun = timezone.now() - timedelta(days=365)
    client = make_client("LM", team=[ae, am], name="绿麦食品", created_at=begun)
    make_contact(client, "何嘉宁", language="zh", email="he@lm.example")
    Competitor.objects.create(brand=make_brand(client, name="脆谷"), name="金穗食品")
    return client


def note(desk, day):
    """Seen in the street: a picture is filed in the same act."""
    desk.goto("/")
    desk.locator("details.menu", has=desk.locator("a[href$='/observations/new/']")).first.click()
    desk.locator("a[href$='/observations/new/']").first.click()
    desk.locator("[name=about]").select_option(label="金穗食品")
    for name, text in {"on": f"{day}", "text": "新版 15 秒广告片播出", "source": "电视监播",
                       "spend": "1260000"}.items():  # fmt: skip
        desk.locator(f"[name={name}]").fill(text)
    file = {"name": "film.png", "mimeType": "image/png", "buffer": picture()}
    desk.locator("[name=file]").set_input_files(file)
    press(desk)
    expect(desk.locator("main")).to_contain_text("新版 15 秒广告片播出", timeout=20_000)


def open_duty(desk, end):
    """What needs me leads there."""
    desk.goto("/")
    desk.locator(f"main a[href*='/quarterly/'][href$='{end}']").first.click()


def write(desk):
    open_duty(desk, "/edit/")
    for name, text in WORDS.items():
        desk.locator(f"[name={name}]").fill(text)
    for name, text in FACTS.items():
        desk.locator(f"[name$='-{name}']").fill(text)
    assert desk.locator("[name$='-spend']").input_value() == "1260000"
    assert desk.locator("[name$='-chosen']").is_checked()
    press(desk)
    follow(desk, "/submit/")
    press(desk)


def sign(desk, report):
    open_duty(desk, report.get_absolute_url())
    follow(desk, "/sign/")
    desk.locator("[name=is_issued]").uncheck()
    reason = desk.locator("[name=late_reason]")
    if reason.count():
        reason.fill(WHY)
    press(desk)
    desk.wait_for_url(f"**{report.get_absolute_url()}")


def issue(desk, report):
    open_duty(desk, "/issue/")
    expect(desk.locator("main")).to_contain_text("何嘉宁")
    press(desk)
    desk.wait_for_url(f"**{report.get_absolute_url()}")


def test_from_what_was_seen_to_the_clients_phone(desk_of, account, ae, am, smtp):
    year, quarter = last_quarter(account, timezone.now())
    desk, manager, phone = desk_of(ae), desk_of(am), desk_of(viewport=PHONE)
    note(desk, days_of(year, quarter)[1])
    assert Observation.objects.get().document.kind == "competitor_file"

    assert [*run_step(STEPS[0], timezone.now())] == [f"quarterly reports: LM {year}-Q{quarter}"]
    report = QuarterlyReport.objects.get()
    write(desk)
    sign(manager, report)
    issue(desk, report)
    report.refresh_from_db()
    assert (report.state, report.author, report.signed_by, report.issued_by) == (
        "issued", ae, am, ae,
    )  # fmt: skip

    phone.goto(link_for(account.contacts.get(), smtp))
    for words in (*WORDS.values(), *FACTS.values(), "1,260,000.00", "金穗食品", report.number):
        expect(phone.locator("main")).to_contain_text(words)
    assert fits(phone)
