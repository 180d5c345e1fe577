"""Sixty rows over a Spring Festival: counted back right over 调休, and legible in print (R62)."""

from datetime import date, timedelta

import pypdfium2
import pytest

from agency.common.models.calendar import Calendar
from agency.common.pdf import text_of
from archives.storage import read_file
from jobs.models import TimelineTemplate
from jobs.services.publishing import publish_timeline
from jobs.services.timeline import draft_timeline
from tests.builders import from_kept, make_client, make_contact, make_user, when
from tests.jobs import make

pytestmark = [pytest.mark.django_db, pytest.mark.papers]
# Spring Festival 2026: 15–23 February off; Saturday 14 and Saturday 28 February are worked.
DUE = date(2026, 3, 13)
FESTIVAL = [date(2026, 2, 15) + timedelta(days=n) for n in range(9)]
MADE_UP = [date(2026, 2, 14), date(2026, 2, 28)]
NOW = when("2026-01-05 10:00")
DPI = 150
ACCENT = (10, 94, 88)
WEEKEND = (233, 237, 236)
NAMES = ("核准打样并签回", "产品拍摄", "修图七张", "初稿两款", "礼盒样品四套送达并由仓库点收后通知")


def working_days():
    """Working days up to the due date, the last first, counted by hand from the notice."""
    day = DUE
    while True:
        is_weekday = day.weekday() < 5 and day not in FESTIVAL and day != date(2026, 1, 1)
        if is_weekday or day in MADE_UP or day == date(2026, 1, 4):
            yield day
        day -= timedelta(days=1)


def make_kept():
    """A job without a plan, the template, and the plan that another job has from it."""
    ae, am, ad = (make_user(role, role) for role in ("ae", "am", "ad"))
    client = make_client("LM", team=[ae, am, ad], name="绿麦食品")
    make_contact(client, name="叶知秋")
    job, other = (make.make_job(client, ae, title="春节礼盒上市", due_on=DUE) for _job in range(2))
    template = make_template()
    draft = draft_timeline(job=other, template=template, by=ae, at=NOW)
    current = publish_timeline(timeline=draft, by=ae, at=NOW)
    return {"ae": ae, "job": job, "template": template, "current": current}


def make_template():
    """59 steps, each a working day before the next, and the delivery; every fourth a duty."""
    template = TimelineTemplate.objects.create(name="春节")
    for position in range(1, 61):
        is_duty = position % 4 == 0 and position != 60
        template.rows.create(
            position=position,
            name="交付" if position == 60 else f"{NAMES[position % 5]} {position}",
            days_before=(60 - position) * 2 // 3,
            days_long=1 if position == 60 else 3,
            owner="client" if is_duty else "creative",
            client_visible=True,
        )
    return template


ae, job, template, current = from_kept("ae", "job", "template", "current")


@pytest.mark.rule("R62")
def test_sixty_steps_count_back_over_the_festival_and_its_make_up_days(job, template, ae):
    draft = draft_timeline(job=job, template=template, by=ae, at=NOW)
    days = working_days()
    back = [next(days) for _count in range(60)]
    rows = list(draft.milestones.all())
    assert [row.due_on for row in rows] == [back[(60 - n) * 2 // 3] for n in range(1, 61)]
    assert [row.starts_on for row in rows[:-1]] == [
        back[(60 - n) * 2 // 3 + 2] for n in range(1, 60)
    ]
    named = {day for row in rows for day in (row.starts_on, row.due_on)}
    assert not named & set(FESTIVAL)
    assert set(MADE_UP) <= named
    assert all(Calendar().is_working(day) for day in named)


def pages_of(document):
    return pypdfium2.PdfDocument(read_file(document.sha256))


def picture_of(page):
    return page.render(scale=DPI / 72).to_pil().convert("RGB")


def plain(text):
    return "".join(text.split())


@pytest.mark.rule("R63")
def test_every_row_is_printed_whole(current):
    text = plain(text_of(read_file(current.client_document.sha256), 50))
    missing = [row.name for row in current.milestones.all() if plain(row.name) not in text]
    assert missing == []
    assert text.count("请客户配合：") == 14


def test_letters_are_never_smaller_than_the_house_allows(current):
    """7 pt, the smallest of papers.md 3; the dates on the axis are 7.5 pt."""
    pdf = pages_of(current.client_document)
    sizes = {
        round(item.get_matrix().d * item.get_font_size(), 2)
        for page in pdf
        for item in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT])
    }
    assert len(pdf) <= 5
    assert min(abs(size) for size in sizes) >= 6.75


def near(pixel, colour, by=12):
    return all(abs(a - b) <= by for a, b in zip(pixel, colour, strict=True))


def count(picture, colour, box=None):
    part = picture.crop(box) if box else picture
    counted = part.getcolors(part.width * part.height)
    return sum(number for number, pixel in counted if near(pixel, colour))


@pytest.mark.rule("R64")
def test_each_page_shows_bars_duties_and_days_off(current):
    pdf = pages_of(current.client_document)
    for number, page in enumerate(pdf):
        picture = picture_of(page)
        wide, high = picture.size
        assert wide > high
        bars = (int(wide * 0.53), int(high * 0.1), int(wide * 0.95), int(high * 0.92))
        assert count(picture, ACCENT) > 500, number
        if number:
            assert count(picture, WEEKEND, bars) > 5000, number


@pytest.mark.rule("R64")
def test_in_black_and_white_duties_still_differ(current):
    """In grey print a duty's bar is hollow, ours is solid: the share of ink tells them apart."""
    pdf = pages_of(current.client_document)
    grey = picture_of(pdf[len(pdf) - 2]).convert("L")
    dark = sum(grey.histogram()[:90])
    assert dark > 2000
    text = pdf[len(pdf) - 2].get_textpage().get_text_range()
    assert "▲" in text
    assert "请客户配合" in text


def test_the_page_of_sixty_rows_asks_no_more_than_fifteen_questions(
    current, client, ae, django_assert_max_num_queries
):
    client.force_login(ae)
    client.get(current.get_absolute_url())
    for face in ("", "?face=client"):
        with django_assert_max_num_queries(15):
            page = client.get(f"{current.get_absolute_url()}{face}")
        assert len(page.context["plan"]["lines"]) == 60
