"""Tags of the paper templates."""

from datetime import date

import pytest
from django.template import Context, Template

from agency.common.pdf import labels
from tests.papers import CHEN, HE, LIN, LU, SHEN


def shown(source, lang="zh", face="client", **context):
    base = {"lang": lang, "face": face, "zone": "Asia/Shanghai"}
    return Template("{% load paper %}" + source).render(Context(base | context))


def test_typed_text_is_escaped():
    text = shown("{{ text|typed }}", text="<script>alert(1)</script>）、")
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert '<span class="hp">）</span>、' in text


def test_typed_text_says_its_language():
    assert shown("{{ text|typed }}", text="好") == '<span class="typed" lang="zh-Hans">好</span>'
    assert shown("{{ text|typed }}", text="Good") == '<span class="typed" lang="en">Good</span>'
    assert shown("{{ text|typed }}", text="") == ""


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "客户"),
        ("en", "Client"),
        ("both", '客户 <span class="en" lang="en">Client</span>'),
    ],
)
@pytest.mark.rule("Z18")
def test_label_in_the_languages_of_the_paper(lang, text):
    assert shown('{% label "client" %}', lang) == text
    assert shown('{% both "客户" "Client" %}', lang) == text


def test_a_chinese_heading_has_english_beside_it():
    both = '行动要点 <span class="en" lang="en">Action points</span>'
    assert shown('{% heading "actions" %}') == both
    assert shown('{% heading "actions" %}', "en") == "Action points"


def test_every_label_has_both_languages():
    assert [key for key, pair in labels.LABELS.items() if not all(pair)] == []


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "陆小满（客户执行）"),
        ("en", "Lu Xiaoman (Account Executive)"),
        ("both", "陆小满（客户执行 Account Executive）"),
    ],
)
def test_who_is_named_with_the_post(lang, text):
    assert shown("{% who who %}", lang, who=LU) == text


def test_a_client_is_named_with_the_house():
    assert shown('{% who who "绿麦食品" %}', who=HE) == "何祎（绿麦食品）"


def words(html):
    return Template("{{ html|striptags }}").render(Context({"html": html}))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "陈堃（品牌经理）、林翀（采购经理），另有会议，报告照发；沈砚秋（客户总监，主持）"),
        (
            "en",
            "陈堃 (品牌经理), 林翀 (采购经理), 另有会议，报告照发; "
            "Shen Yanqiu (Account Director, chair)",
        ),
    ],
)
def test_people_stand_in_a_row(lang, text):
    html = shown("{% people first second %}", lang, first=[CHEN, LIN], second=[SHEN])
    assert words(html) == text


def test_people_without_posts_and_notes():
    assert words(shown("{% people first posts=False %}", first=[CHEN, LIN])) == "陈堃、林翀"


def test_nobody_is_nothing():
    assert shown("{% people first second %}", first=[], second=[]) == ""


def test_the_form_of_address_stands_on_the_internal_face_only():
    assert "陈总" not in shown("{% people first %}", first=[CHEN])
    assert "陈堃（陈总，品牌经理）" in words(
        shown("{% people first %}", face="internal", first=[CHEN])
    )


def test_short_names_are_not_broken_long_ones_are():
    long = {"name": "Wolfgang Maximilian von Hohenberg", "title": "Director"}
    assert shown("{% people first %}", first=[CHEN]).startswith('<span class="nw"')
    assert shown("{% people first %}", first=[long]).startswith('<span class=""')


def test_a_due_date_on_a_bilingual_paper_has_its_weekday_below():
    html = shown("{% due day 2026 %}", "both", day=date(2026, 11, 24))
    assert html == "2026-11-24<small>周二 Tue</small>"
    short = shown("{% due day 2026 short=True %}", "both", day=date(2026, 11, 24))
    assert short == "2026-11-24"
