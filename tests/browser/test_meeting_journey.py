"""A meeting in three hours, from the plan to the issued report, in Chinese (issue 7, journey a)."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from archives.kinds import Kind
from archives.models import Document
from meetings.models import ContactReport, HoldLine, Meeting, Room, RoomBooking
from meetings.services import note_venue
from tests.archives.papers import make_document
from tests.browser.desks import PHONE, fits, follow, link_for, newest, press, zone_of_noon
from tests.builders import make_client, make_contact

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.rule("R1", "R2", "R4", "R5", "R7", "R8", "R9", "R10", "R11", "R13", "R14"),
]
TOPIC = "春节档排片"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def customer(ae, am, ad):
    """LM with its contact, a room, and two papers that the pack can take."""
    for user, mobile in ((ae, "+86 139 0000 1111"), (am, "+86 139 0000 2222")):
        user.language, user.mobile = "zh", mobile
        user.save()
    Room.objects.create(name="望海厅", seats=12, equipment="投影")
    customer = make_client("LM", team=[ae, am, ad], name="绿麦食品", timezone=zone_of_noon())
    make_contact(customer, language="zh", email="he@lm.example", mobile="+86 139 0000 3333")
    for kind, title in ((Kind.CONTACT_REPORT, "上次会晤"), (Kind.CLIPPING, "礼盒剪报")):
        make_document(customer, kind, title=title)
    return customer


def typed(page, prefix, **fields):
    """Fields of a row or a form: a number or word is filled in, a person is chosen."""
    for name, value in fields.items():
        field = page.locator(f"[name='{prefix}{name}']")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(str(value))


def plan(desk, ae, am, contact):
    desk.goto("/")
    press(desk, "summary[data-key=n]")
    press(desk, "header a[href='/meetings/new/']")
    zone = ZoneInfo(contact.client.timezone)
    start = timezone.now().astimezone(zone) + timedelta(hours=3, minutes=2)
    times = {"starts_at": start, "planned_end": start + timedelta(hours=1)}
    typed(desk, "", title="冬季礼盒与媒介", objective="定下礼盒主视觉和一月排期。")
    typed(desk, "", **{name: f"{time:%Y-%m-%dT%H:%M}" for name, time in times.items()})
    typed(desk, "people-0-", task="主讲媒介，记录")
    typed(desk, "people-2-", person=f"u{am.pk}", task="主持，定预算")
    typed(desk, "items-0-", title="一月排期", minutes=15, speaker=f"u{ae.pk}")
    press(desk, "[data-add-row=items]")
    typed(desk, "items-1-", title="礼盒主视觉", minutes=20, speaker=f"u{am.pk}")
    drag_to_top(desk, f"{times['starts_at']:%H:%M}", f"{times['starts_at'] + 20 * MINUTE:%H:%M}")
    press(desk, "main form button.btn-primary")
    desk.wait_for_url(re.compile(r"/meetings/\d+/$"))
    meeting = Meeting.objects.get()
    assert [item.title for item in meeting.items.all()] == ["礼盒主视觉", "一月排期"]
    return meeting


def drag_to_top(desk, *clocks):
    """The second item by its grip above the first; numbers and clock go along."""
    rows = desk.locator("[data-rows=items] [data-item]:visible")
    rows.nth(1).locator("[data-grip]").hover()
    goal = rows.nth(0).bounding_box()
    desk.mouse.down()
    desk.mouse.move(goal["x"] + 20, goal["y"] + 3, steps=4)
    desk.mouse.up()
    titles = rows.locator("[name$='-title']")
    expect(titles.nth(0)).to_have_value("礼盒主视觉")
    expect(titles.nth(1)).to_have_value("一月排期")
    expect(rows.locator("[data-number]")).to_have_text(["1", "2"])
    expect(rows.locator("[data-clock]")).to_have_text(list(clocks))


def book(desk, room="望海厅"):
    follow(desk, "/room/")
    room = Room.objects.get(name=room)
    desk.locator("[name=room]").select_option(str(room.pk))
    press(desk)


def answer_and_add_topic(phone, contact):
    expect(phone.locator("html")).to_have_attribute("lang", "zh-Hans")
    assert fits(phone)
    phone.locator("#reply [type=radio][value=yes]").check()
    typed(phone, "reply-", typed_name=contact.name)
    press(phone, "#reply button")
    expect(phone.locator(".status-green").first).to_be_visible()
    typed(phone, "topic-", title=TOPIC, typed_name=contact.name)
    press(phone, "#topic button")
    expect(phone.locator("main, body").first).to_contain_text(TOPIC)


def take_topic(desk, ae):
    """It came as the client's own: the AE says how long it takes and who speaks on it."""
    desk.reload()
    row = desk.locator(".agenda-row", has_text=TOPIC)
    expect(row).to_contain_text("客户议题")
    follow(desk, "/edit/")
    typed(desk, "items-2-", minutes=10, speaker=f"u{ae.pk}")
    press(desk)


def send_agenda(desk):
    follow(desk, "/agenda/send/")
    expect(desk.locator("main h2").first).to_contain_text(re.compile(r"3\s*小时"))
    press(desk)
    desk.wait_for_url(re.compile(r"/meetings/\d+/$"))


def fill_pack(desk, meeting):
    """What lay in the folder is in the pack already; a colleague has filed one more since."""
    make_document(meeting.client, Kind.CREATIVE_BRIEF, title="礼盒创意简报")
    desk.reload()
    press(desk, "form[action$='/pack/newest/'] button")
    expect(desk.locator("#pack")).to_contain_text("礼盒创意简报")
    for item in list(meeting.preparations.lacking()):
        follow(desk, f"/pack/{item.pk}/not-needed/")
        desk.locator("[name=reason]").fill("这一次会晤不谈这一项内容。")
        press(desk)
        expect(desk.locator(f"#place-{item.pk}")).to_contain_text("不谈这一项")
    assert not meeting.preparations.lacking().exists()


def check_press(desk):
    follow(desk, "/press/")
    typed(desk, "", sources="《新民晚报》、行业网站")
    desk.locator("[name=nothing_new]").check()
    desk.locator("[name=no_surprise]").check()
    press(desk)
    expect(desk.locator("#press .status-green")).to_be_visible()


def tick_venue(hand, meeting, am):
    """In the room, with the phone; a colleague has seen to most of it."""
    for item in meeting.venue_items.filter(done_at=None)[2:]:
        note_venue(item=item, is_done=True, note="", by=am, at=timezone.now())
    hand.goto("/")
    hand.locator(f"main a[href$='/meetings/{meeting.pk}/']").first.click()
    expect(hand.locator("#venue")).to_contain_text("望海厅")
    assert fits(hand)
    follow(hand, "/venue/")
    ready = hand.locator("form.thumb-form button.btn-primary")
    for left in (2, 1, 0):
        expect(ready).to_have_count(left)
        assert fits(hand)
        if left:
            ready.first.click()
    assert not meeting.venue_items.filter(done_at=None).exists()


def begin_in(minutes, meeting):
    """Nobody waits three hours here: the meeting's rows are moved, as if the time had passed."""
    start = timezone.now() + minutes * MINUTE
    times = {"starts_at": start, "planned_end": start + timedelta(hours=1)}
    Meeting.objects.filter(pk=meeting.pk).update(**times)
    RoomBooking.objects.update(starts_at=start, ends_at=times["planned_end"])


def call_everybody(hand, meeting, ae):
    hand.goto("/")
    assert fits(hand)
    follow(hand, "/calls/")
    assert fits(hand)
    for person in meeting.attendees.exclude(user=ae):
        row = f"#person-{person.pk}"
        expect(hand.locator(f"{row} a[href^='tel:']")).to_be_visible()
        expect(hand.locator(f"{row} .call-three button")).to_have_count(3)
        press(hand, f"{row} button[value=reached]")
        expect(hand.locator(f"{row} [aria-pressed=true]")).to_have_count(1)
    own = meeting.attendees.get(user=ae)
    press(hand, f"#person-{own.pk} button[value=arrived]")
    expect(hand.locator(f"#person-{own.pk} small")).to_be_visible()


def say(desk, item, text):
    field = desk.locator(f"#item-{item.pk} .hold-type [name=typed]")
    field.fill(text)
    field.press("Enter")
    expect(desk.locator("[data-state-words]")).to_have_attribute("data-state", "saved")


def hold(desk, meeting):
    desk.reload()
    follow(desk, "/hold/")
    first, second, topic = meeting.items.all()
    press(desk, f"#start-{first.pk}")
    expect(desk.locator(f"#stop-{first.pk}")).to_be_visible()
    day = timezone.localdate() + timedelta(days=3)
    say(desk, first, "d 礼盒用第二稿。")
    say(desk, second, "c 电台不超过两成。")
    say(desk, topic, f"a ae {day:%m-%d} 报春节排片")
    assert fits(desk)
    for item in (first, second, topic):
        press(desk, f"#concluded-{item.pk}")
        expect(desk.locator(f"#concluded-{item.pk}")).to_have_attribute("aria-pressed", "true")
    press(desk, "#end button[value=now]")
    desk.wait_for_url("**/edit/")


def test_a_meeting_in_three_hours(desk_of, customer, ae, am, smtp):
    contact = customer.contacts.get()
    desk, phone = desk_of(ae), desk_of(viewport=PHONE)
    meeting = plan(desk, ae, am, contact)
    book(desk)
    follow(desk, "/invite/")
    press(desk)
    phone.goto(link_for(contact, smtp))
    assert "地点：本公司" in newest(contact, smtp)
    answer_and_add_topic(phone, contact)
    take_topic(desk, ae)
    send_agenda(desk)
    assert set(Document.objects.filter(kind=Kind.AGENDA).values_list("face", flat=True)) == {
        "client", "internal",
    }  # fmt: skip
    phone.goto(link_for(contact, smtp))
    expect(phone.locator(".agenda-row", has_text=TOPIC)).to_contain_text("客户议题")
    assert fits(phone)
    enclosed = smtp.to(contact.email)[-1].message.iter_attachments()
    assert "application/pdf" in {part.get_content_type() for part in enclosed}

    fill_pack(desk, meeting)
    check_press(desk)
    hand = desk_of(ae, viewport=PHONE)
    tick_venue(hand, meeting, am)
    begin_in(12, meeting)
    call_everybody(hand, meeting, ae)
    begin_in(-5, meeting)
    desk.set_viewport_size(PHONE)  # at the table the AE types on a small screen
    hold(desk, meeting)
    desk.set_viewport_size({"width": 1440, "height": 900})
    assert HoldLine.objects.count() == 3
    press(desk, "button[value=issue]")
    desk.wait_for_url(re.compile(r"/meetings/reports/\d+/$"))
    report = ContactReport.objects.get()
    assert (report.state, report.points.count(), report.actions.count()) == ("issued", 2, 1)
    expect(desk.locator("main")).to_contain_text("礼盒用第二稿")
