"""The memory of a house, in Chinese: six papers found from home, a brand as it stood years ago."""

import time
from datetime import date, timedelta

import pytest
from django.utils import timezone

from archives.services.competitors import create_competitor
from archives.services.strategy import add_entry
from tests.archives.papers import make_document
from tests.builders import make_brand, make_client, make_contact, make_user

pytestmark = pytest.mark.browser
SECONDS = 10
# kind → (title, what is typed to find it): the middle of a title, a number, a person, an amount,
# an English title, a word of the text
PAPERS = {
    "contract": ("年度服务合约", "服务合约"),
    "contact_report": ("样片审看会晤", "lmcr2026014"),
    "memo": ("致何嘉宁便笺", "何嘉宁"),
    "estimate": ("礼盒制作费预估", "55,947.16"),
    "clipping": ("零食市场剪报", "snack market"),
    "reference": ("包装规范", "可回收标识"),
}


@pytest.fixture
def person(transactional_db):
    return make_user("ae1", language="zh")


@pytest.fixture
def client(person):
    return make_client("LM", name="绿麦食品", team=[person])


def file_six(client):
    """{kind: paper}"""
    about = {
        "contact_report": {"number": "LM/CR/2026/014"},
        "memo": {"contact": make_contact(client, "何嘉宁")},
        "estimate": {"text": "合计 55947.16 元"},
        "clipping": {"title_en": "The snack market"},
        "reference": {"text": "包装上须有可回收标识，字高不小于三毫米。"},
    }
    return {
        kind: make_document(client, kind, kind.encode(), title=title, **about.get(kind, {}))
        for kind, (title, _typed) in PAPERS.items()
    }


@pytest.mark.rule("R39")
def test_six_papers_of_six_kinds_are_opened_in_three_acts_each(person, client, desk_of):
    papers, page = file_six(client), desk_of(person)
    for kind, (title, typed) in PAPERS.items():
        page.goto("/")
        begun = time.monotonic()
        page.keyboard.press("/")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        page.get_by_role("link", name=title).first.click()
        page.wait_for_url(f"**{papers[kind].get_absolute_url()}*")
        assert time.monotonic() - begun <= SECONDS


def three_years(client, author):
    """A brand whose creative strategy, and that of its rival, changed on the way."""
    brand, today, at = make_brand(client, name="脆谷"), timezone.localdate(), timezone.now()
    rival = create_competitor(brand=brand, name="金粟", by=author, at=at)
    by = {"brand": brand, "by": author, "at": at}
    for words, back in (("家的味道", 5 * 365), ("轻一点", 365)):
        day = today - timedelta(days=back)
        add_entry(kind="creative", text=words, valid_from=day, **by)
        them = {"kind": "competitor_creative", "competitor": rival}
        add_entry(text=f"对手{words}", valid_from=day, **them, **by)
    return brand


@pytest.mark.rule("R42")
def test_the_brand_is_walked_back_to_a_day_three_years_ago(person, client, desk_of):
    brand, page = three_years(client, person), desk_of(person)
    page.goto(f"/clients/{client.pk}/?tab=brand")
    page.get_by_role("link", name=brand.name).first.click()
    state = page.locator(".brand-state")
    assert "轻一点" in state.inner_text()
    then = date.today() - timedelta(days=3 * 365)
    page.fill("[name=on]", then.isoformat())
    page.keyboard.press("Enter")
    page.wait_for_url("**on=*")
    assert "家的味道" in state.inner_text()
    assert "对手家的味道" in state.inner_text()
    assert "轻一点" not in state.inner_text()
    assert page.locator(".brand-later").count() >= 1
