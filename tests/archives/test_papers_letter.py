"""Fax and memo as plain data, and drawn (7, R68)."""

from datetime import date

import pytest
from django.template.loader import render_to_string

from archives.papers_letter import blank_letter, letter_paper
from tests.archives.letters import make_letter
from tests.archives.papers import NOON
from tests.builders import from_kept, make_client, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R68")]
TEMPLATE = "archives/pdf/letter.html"
ae, customer = from_kept("ae", "customer")


def make_kept():
    ae = make_user(name="陆小满", name_en="Lu Xiaoman")
    return {
        "ae": ae,
        "customer": make_client("LM", name="绿麦食品", name_en="Greenwheat", team=[ae]),
    }


def data_of(letter, pages=1):
    return letter_paper(letter, NOON, pages=pages)


def drawn(letter, pages=1):
    return render_to_string(TEMPLATE, data_of(letter, pages))


@pytest.mark.parametrize("kind", ["fax", "memo"])
@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_a_blank_one_draws_in_each_language_without_a_fact(lang, kind):
    text = render_to_string(TEMPLATE, blank_letter(kind, lang))
    assert "None" not in text
    assert ">–<" not in text
    assert "&lt;span" not in text


def test_a_fax_leaves_the_house_and_a_memo_does_not(ae, customer):
    faces = [data_of(make_letter(customer, ae, kind))["face"] for kind in ("fax", "memo")]
    assert faces == ["client", "internal"]
    assert [blank_letter(kind, "zh")["face"] for kind in ("fax", "memo")] == faces


def test_a_fax_has_company_number_and_pages(ae, customer):
    fax = make_letter(customer, ae, company="绿麦食品公司", fax_number="021-5550 0200")
    text = drawn(fax, pages=3)
    assert all(word in text for word in ("绿麦食品公司", "021-5550 0200", "总页数"))
    assert "希望日期" not in text


def test_a_memo_has_the_day_wished_for(ae, customer):
    text = drawn(make_letter(customer, ae, "memo", wished_on=date(2026, 11, 27)))
    assert "2026-11-27（周五）" in text
    assert "传真号" not in text


@pytest.mark.parametrize(
    ("lang", "word", "absent"),
    [("zh", "收件人", "Copies"), ("en", "Copies", "收件人"), ("both", "Copies", "nothing")],
)
def test_it_speaks_the_language_of_the_paper(lang, word, absent, ae, customer):
    text = drawn(make_letter(customer, ae, language=lang))
    assert word in text
    assert absent not in text


def test_a_letter_of_the_agency_bears_the_houses_name(ae):
    data = data_of(make_letter(None, ae))
    assert data["client"]["name"] == data["house"]["name"]
    assert data["zone"] == "Asia/Shanghai"


def test_its_client_zone_and_job_stand_on_it(ae, customer):
    customer.timezone = "Europe/Paris"
    data = data_of(make_letter(customer, ae, job_number="LM-26-031"))
    assert data["zone"] == "Europe/Paris"
    assert data["jobs"] == ["LM-26-031"]
    assert data["client"] == {"name": "绿麦食品", "name_en": "Greenwheat"}


def test_what_was_typed_is_text(ae, customer):
    text = drawn(make_letter(customer, ae, body="<script>alert(1)</script>", subject="<b>x"))
    assert "<script>" not in text
    assert "&lt;b&gt;x" in text


def test_line_breaks_stay_as_typed(ae, customer):
    text = drawn(make_letter(customer, ae, body="第一行\n第二行"))
    assert "第一行\n第二行" in text


def test_the_sender_is_named_in_the_language_of_the_paper(ae, customer):
    assert "陆小满" in drawn(make_letter(customer, ae, language="zh"))
    assert "Lu Xiaoman" in drawn(make_letter(customer, ae, language="en"))


def test_a_draft_says_that_it_is_one(ae, customer):
    assert "草稿" in drawn(make_letter(customer, ae))
