"""The one-page record of a client's answer (C11, ST)."""

import pytest

from agency.common import pdf
from tests import papers
from tests.builders import when
from tests.pdfs import fonts_of, squeezed

TEMPLATE = "archives/pdf/trail.html"


def printed(context):
    return pdf.text_of(pdf.render(TEMPLATE, context))


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_it_is_one_page_with_all_the_evidence(lang, caplog):
    context = papers.trail(lang=lang)
    paper = pdf.render(TEMPLATE, context)
    text = squeezed(pdf.text_of(paper))
    answer = context["answers"][0]
    assert "\f" not in pdf.text_of(paper)
    for words in (answer["words"], answer["agent"], answer["ip"], "2026-11-2410:03:51"):
        assert squeezed(words) in text
    assert text.count(answer["sha256"]) == 2
    assert "zhou.zhe@lvmai.example" in text
    assert fonts_of(paper) == {"Paper", "Paper-Bold"}
    assert caplog.records == []


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", "会晤报告 海报定稿 发出"),
        ("en", "Contact report Final poster Issued"),
        ("both", "会晤报告 海报定稿 Contact report Final poster 发出"),
    ],
)
def test_the_paper_is_named_in_its_own_languages(lang, words):
    named = {"title": "会晤报告 海报定稿", "title_en": "Contact report Final poster"}
    paper = papers.trail()["paper"] | named
    assert squeezed(words) in squeezed(printed(papers.trail(lang=lang, paper=paper)))


def test_the_code_event_is_named_or_its_absence():
    assert "验证码 2026-11-24 10:02:40（UTC+8）" in printed(papers.trail())
    answer = papers.trail()["answers"][0] | {"code_at": None}
    assert "验证码 未要求" in printed(papers.trail(answers=[answer]))


@pytest.mark.rule("Z4")
def test_silence_is_never_printed_as_accepted():
    answer = papers.trail()["answers"][0] | {
        "act": "deemed_accepted",
        "at": when("2026-11-25 19:42:13"),
        "way": "",
        "words": "",
        "about": "",
        "typed_name": "",
        "ip": "",
        "agent": "",
        "sha256": "",
    }
    text = printed(papers.trail(answers=[answer]))
    assert "答复 未收到回复，视为认可" in text
    assert "答复 认可" not in text


def test_an_answer_on_paper_names_its_proof_and_who_recorded_it():
    answer = papers.trail()["answers"][0] | {
        "way": "paper",
        "ip": "",
        "agent": "",
        "sha256": "",
        "proof": {"name": "回传扫描件.pdf", "sha256": "ab" * 32},
        "recorded_by": papers.LU,
        "confirmed_by": papers.ZHONG,
        "confirmed_at": when("2026-11-24 11:00"),
    }
    text = printed(papers.trail(answers=[answer]))
    assert "方式 书面凭证" in text
    assert "回传扫描件.pdf" in text
    assert "ab" * 32 in text
    assert "录入 陆小满（客户执行）" in text
    assert "复核 钟晚棠（客户部经理）　2026-11-24 11:00:00（UTC+8）" in text
    assert "验证码" not in text


def test_a_signature_has_its_own_title():
    answer = papers.trail()["answers"][0] | {"act": "signed"}
    text = printed(papers.trail(record="signature", answers=[answer]))
    assert "签署记录 Record of Signature" in text
