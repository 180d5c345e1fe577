"""The contact report on paper, both faces, three languages (domain.md 7)."""

from datetime import date

import pytest

from agency.common import pdf
from tests import papers
from tests.pdfs import fonts_of, squeezed

pytestmark = pytest.mark.papers
CLIENT_FACE = "meetings/pdf/contact_report.html"
INTERNAL_FACE = "meetings/pdf/contact_report_internal.html"
LANGUAGES = ["zh", "en", "both"]
INTERNAL_WORDS = ["近来提案多有重复", "网络中断两小时", "客户正在比稿", "陈总"]
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src='file:///etc/passwd'>",
    "<link rel=attachment href=file:///etc/passwd>",
    "<style>@import 'http://127.0.0.1:9/x'</style>",
    "</td></tr></table><h1>x</h1>",
    "{{ house }} {% include 'base.html' %}",
    "&lt;b&gt; &amp;amp; &nbsp;",
    "]]> <!-- <![CDATA[ -->",
    "'; DROP TABLE report; --",
    "=cmd|' /C calc'!A0",
    "url(http://127.0.0.1:9/)",
    "<svg onload=alert(1)>",
    "<base href='http://127.0.0.1:9/'>",
    '" onmouseover="alert(1)',
    "${7*7} #{7*7} %s %(x)s {0}",
    "\\u003cscript\\u003e \\ \\\\",
    "<object data='file:///etc/passwd'></object>",
    "doc:" + "0" * 64,
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
]


def printed(context, template=CLIENT_FACE):
    return pdf.text_of(pdf.render(template, context))


def typed_words(context):
    """Every free text of a report that its paper must show."""
    for item in context["items"]:
        yield item["title"]
        for point in item["points"]:
            yield from filter(None, [point["no"], point["text"], point["solution"]])
    for action in context["actions"]:
        yield action["text"]
    for meeting in context["meetings"]:
        yield from [meeting["title"], meeting["place"]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_typed_word_is_on_the_paper(lang, caplog):
    context = papers.contact_report(lang=lang)
    text = squeezed(printed(context))
    assert [words for words in typed_words(context) if squeezed(words) not in text] == []
    assert caplog.records == []


def test_rare_names_are_set_in_our_font(caplog):
    names = "喆堃镕珺翀祎"
    person = {"name": f"周{names}", "title": "品牌经理"}
    paper = pdf.render(CLIENT_FACE, papers.contact_report(present_client=[person]))
    assert names in pdf.text_of(paper)
    assert fonts_of(paper) == {"Paper", "Paper-Bold"}
    assert caplog.records == []


@pytest.mark.parametrize(
    ("lang", "foot"), [("zh", "第 2 页，共 2 页"), ("en", "Page 2 of 2"), ("both", "页 Page 2 / 2")]
)
@pytest.mark.rule("Z18")
def test_each_page_says_its_number(lang, foot):
    pages = printed(papers.contact_report(lang=lang)).split("\f")
    assert len(pages) == 2
    assert foot in pages[1]
    assert "LM/CR/2026/014" in pages[1]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        (
            "zh",
            "请于2026-11-2519:42前回传。逾期未回传视为认可，"
            "届时本报告记为“未收到回复，视为认可”，不记为“认可”。",
        ),
        (
            "en",
            "Pleasereturnthisreportby25November2026,19:42.Withoutareplybythen"
            "itisrecordedas“noreplyreceived,deemedaccepted”,notasaccepted.",
        ),
    ],
)
@pytest.mark.rule("Z4", "R21")
def test_silence_is_explained_in_each_language_of_the_paper(lang, sentence):
    assert sentence in squeezed(printed(papers.contact_report(lang=lang)))
    assert sentence in squeezed(printed(papers.contact_report(lang="both")))


def test_an_english_paper_has_no_chinese_labels():
    text = printed(papers.contact_report(lang="en"))
    assert [word for word in ("会晤报告", "客户回传", "行动要点", "撰写") if word in text] == []
    assert "Lu Xiaoman (Account Executive)" in text


def test_the_client_return_has_its_boxes_on_the_clients_face_only():
    assert "异议" in printed(papers.contact_report())
    assert "异议" not in printed(papers.internal_report(), INTERNAL_FACE)


@pytest.mark.rule("R19")
def test_an_action_names_its_owner_and_day():
    text = squeezed(printed(papers.contact_report()))
    assert "1▲请客户配合：送达礼盒样品4套至望海厅" in text
    assert "收件人陆小满何祎（绿麦食品）11-25（周三）" in text
    assert "3专色油墨重新打样，送客户两份霍青（制作部）11-26（周四）" in text


def test_no_action_is_said():
    text = printed(papers.contact_report(actions=[], no_action=True))
    assert "无后续行动。" in text


@pytest.mark.rule("R18")
def test_a_problem_is_followed_by_its_solution():
    text = squeezed(printed(papers.contact_report()))
    assert "1.2问题礼盒正面的金色在打样上偏绿，与十月确认的色样不符。解决方法制作部改用" in text


@pytest.mark.rule("R23")
def test_a_revision_says_in_words_what_changed():
    text = squeezed(printed(papers.revised_report()))
    assert "LM/CR/2026/014/R2" in text
    assert "1.3决定改动采用方向甲" in text
    assert "2.3决定新增样品运费由客户承担。" in text
    assert "3.1通报删去Theclient'sownTVbuyingsystem" in text
    assert "2改动▲请客户配合：在新色样上签字并寄回两份" in text
    assert "陈堃（绿麦食品）11-30（周一）原定11-27" in text
    assert "4删去主视觉修改稿" in text


def test_a_first_issue_shows_no_marks():
    text = printed(papers.contact_report())
    assert [word for word in ("改动", "新增", "删去", "修订") if word in text] == []


@pytest.mark.rule("R17")
def test_issued_to_the_second_with_the_offset():
    assert "电子发出 2026-11-23 19:42:08（UTC+8）" in printed(papers.contact_report())
    berlin = printed(papers.contact_report(lang="en", zone="Europe/Berlin"))
    assert "Issued electronically 2026-11-23 12:42:08 (UTC+1)" in berlin
    assert "Mon 23 Nov 2026 07:00–08:20 (Europe/Berlin)" in squeezed_blanks(berlin)


def squeezed_blanks(text):
    return " ".join(text.split())


@pytest.mark.rule("Z9")
def test_several_calls_stand_in_one_report():
    calls = [
        {
            "kind": kind,
            "title": title,
            "starts_at": papers.when(start),
            "ended_at": papers.when(end),
            "place": "",
        }
        for kind, title, start, end in [
            ("call", "印刷数量", "2026-11-23 09:00", "2026-11-23 09:06"),
            ("written", "色样确认", "2026-11-23 11:30", "2026-11-23 11:30"),
        ]
    ]
    text = squeezed(printed(papers.contact_report(meetings=calls)))
    assert "1电话，2026-11-23（周一）09:00–09:06印刷数量" in text
    assert "2书面往来，2026-11-23（周一）11:30色样确认" in text


def test_a_draft_is_marked_as_one():
    context = papers.contact_report(number="", issued_at=None, reply_by=None, returner=None)
    text = printed(context)
    assert "草稿" in text
    assert "请于送达后 48 个工作小时内回传" in text
    assert "电子发出" not in text


def test_a_half_typed_draft_can_be_previewed(caplog):
    action = papers.action(1, "寄样", None, None)
    context = papers.contact_report(
        number="", issued_at=None, reply_by=None, actions=[action], items=[], next=[], absent=[]
    )
    assert "寄样 – –" in squeezed_blanks(printed(context))
    assert caplog.records == []


def test_the_internal_face_says_so_on_each_page():
    pages = printed(papers.internal_report(), INTERNAL_FACE).split("\f")
    assert [page.count("内部文件 INTERNAL") for page in pages] == [2, 2]
    assert "LM/CR/2026/014 对内" in pages[1]


@pytest.mark.rule("R24", "R25")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_internal_face_has_what_is_for_us(lang):
    text = printed(papers.internal_report(lang=lang), INTERNAL_FACE)
    assert [words for words in INTERNAL_WORDS if words not in text] == []


@pytest.mark.rule("R24", "R25")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_internal_words_never_reach_the_clients_face(lang):
    """Even when a mistake hands them to the client's template."""
    paper = pdf.render(CLIENT_FACE, papers.internal_report(lang=lang) | {"face": "client"})
    text = squeezed(pdf.text_of(paper))
    assert [words for words in [*INTERNAL_WORDS, "内部", "INTERNAL"] if words in text] == []


def test_hostile_words_are_printed_as_typed(caplog):
    """Twenty strings in every field that somebody types."""
    people = [{"name": words, "title": words, "note": words} for words in HOSTILE]
    points = [papers.point("", "problem", words, words) for words in HOSTILE]
    context = papers.contact_report(
        jobs=HOSTILE,
        present_client=people,
        absent=people,
        items=[papers.item(words, point) for words, point in zip(HOSTILE, points, strict=True)],
        actions=[
            papers.action(number, person["name"], person, date(2026, 11, 25), person["name"])
            for number, person in enumerate(people)
        ],
    )
    text = squeezed(printed(context))
    counts = {words: text.count(squeezed(words)) for words in HOSTILE}
    assert [words for words, count in counts.items() if count < 12] == []
    assert caplog.records == []


@pytest.mark.parametrize("words", HOSTILE[:3])
def test_hostile_names_in_the_head_are_printed_as_typed(words, caplog):
    names = {"name": words, "name_en": words}
    context = papers.contact_report(
        brand=words,
        client=names,
        house=papers.HOUSE | names,
        author={"name": words, "title": words},
    )
    assert squeezed(printed(context)).count(squeezed(words)) >= 9
    assert caplog.records == []


def test_a_long_word_is_not_cut():
    word = "A" * 300
    point = papers.point("1.1", "info", word)
    text = squeezed(printed(papers.contact_report(items=[papers.item("长词", point)])))
    assert word in text


def test_line_breaks_stay():
    point = papers.point("1.1", "info", "第一行\n第二行")
    text = printed(papers.contact_report(items=[papers.item("分行", point)]))
    assert "第一行\n第二行" in text


def test_a_long_report_breaks_well():
    """Forty points: no heading ends a page, no item's head stands without its first point."""
    items = [
        papers.item(
            f"议题{number}",
            *(
                papers.point(f"{number}.{n}", "discussion", "讨论内容，" * (7 * n) + "完。")
                for n in range(1, 6)
            ),
        )
        for number in range(1, 9)
    ]
    pages = printed(papers.contact_report(items=items)).split("\f")
    assert 4 <= len(pages) <= 7
    for page in pages[:-1]:
        body = page.split("LM/CR/2026/014\n第")[0].strip().splitlines()
        last = [line for line in body if "LM/CR" not in line and "页，共" not in line][-1]
        assert not last.startswith(("议题", "行动要点", "讨论要点与决定"))
        assert "议题" not in last
