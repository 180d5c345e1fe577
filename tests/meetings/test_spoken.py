"""Lines as people type them while a meeting goes on: forgiving, in both languages (R13)."""

from datetime import date

import pytest

from accounts.models import Contact, User
from meetings.models import HoldLine
from meetings.spoken import kind_and_words, read_action, spelt

pytestmark = pytest.mark.rule("R13")
DAY = date(2026, 11, 19)  # a Thursday
XU = User(pk=1, username="xu.zhixing", name="许知行", name_en="Xu Zhixing")
HE = Contact(pk=1, name="何嘉宁", address_as="何总")
PEOPLE = [XU, HE, User(pk=2, username="lu1", name="陆一"), User(pk=3, username="lu2", name="陆一")]


def action(words):
    spoken = read_action(words, PEOPLE, DAY)
    return spoken.person, spoken.due_on and f"{spoken.due_on}", spoken.text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("d Poster A is taken.", ("d", "Poster A is taken.")),
        ("D：用海报 A", ("d", "用海报 A")),
        ("ｄ 用海报 A", ("d", "用海报 A")),
        ("d用海报 A", ("d", "用海报 A")),
        ("决定：用海报 A", ("d", "用海报 A")),
        ("行动 许知行", ("a", "许知行")),
        ("Action: call", ("a", "call")),
        ("c Radio stays.", ("c", "Radio stays.")),
        ("Radio stays.", ("c", "Radio stays.")),
        ("Decision makers were away.", ("c", "Decision makers were away.")),
        ("dull weather", ("c", "dull weather")),
        ("d", ("c", "d")),
    ],
)
def test_a_letter_in_front_says_what_it_is(typed, read):
    assert kind_and_words(typed) == read


def test_without_a_letter_it_is_what_was_chosen():
    assert kind_and_words("Poster A", "d") == ("d", "Poster A")
    assert kind_and_words("c Poster A", "d") == ("c", "Poster A")


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("许知行 12-03 交第二稿", (XU, "2026-12-03", "交第二稿")),
        ("许知行12-03交第二稿", (XU, "2026-12-03", "交第二稿")),
        ("12月3日前 许知行 交第二稿", (XU, "2026-12-03", "交第二稿")),
        ("@xu.zhixing, by Friday: second draft", (XU, "2026-11-20", "second draft")),
        ("Xu Zhixing second draft by 3 Dec", (XU, "2026-12-03", "second draft")),
        ("何总 下周一 送样", (HE, "2026-11-23", "送样")),
        ("何嘉宁 确认预算（明天）", (HE, "2026-11-20", "确认预算")),
        ("许知行 2027-01-08 年度计划", (XU, "2027-01-08", "年度计划")),
        ("许知行 交第二稿", (XU, None, "交第二稿")),
        ("陆一 12-03 排版", (None, None, "陆一 12-03 排版")),
        ("交第二稿", (None, None, "交第二稿")),
    ],
)
def test_who_and_by_when_are_found(words, read):
    """Two people are called 陆一: nobody is guessed."""
    assert action(words) == read


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("11-19", "2026-11-19"),
        ("11-18", "2027-11-18"),
        ("1/2", "2027-01-02"),
        ("2026.12.1", "2026-12-01"),
        ("3号", "2026-12-03"),
        ("20日", "2026-11-20"),
        ("周三", "2026-11-25"),
        ("星期天", "2026-11-22"),
        ("下周四", "2026-11-26"),
        ("后天", "2026-11-21"),
        ("Dec 3", "2026-12-03"),
        ("September 3", "2027-09-03"),
        ("next Tuesday", "2026-11-24"),
        ("tomorrow", "2026-11-20"),
        ("月底", "2026-11-30"),
        ("2-29", "2028-02-29"),
    ],
)
def test_days_as_people_say_them(said, day):
    assert action(f"{said} send it") == (None, day, "send it")
    assert action(f"send it {said}") == (None, day, "send it")


@pytest.mark.parametrize(
    "words",
    [
        "13-45 send it",
        "12.3% more",
        "12.3 万加投",
        "1999-12-03 then",
        "Monica calls",
        "Market 12 is asked",
    ],
)
def test_what_is_no_day_stays_in_the_text(words):
    assert action(words) == (None, None, words)


def test_a_name_and_a_day_alone_lose_nothing():
    assert action("许知行 12-03") == (XU, "2026-12-03", "许知行 12-03")


def test_a_line_is_spelt_as_it_would_be_typed():
    line = HoldLine(kind="a", text="交第二稿", user=XU, due_on=date(2026, 12, 3))
    kind, words = kind_and_words(spelt(line))
    assert (kind, read_action(words, PEOPLE, DAY).text) == ("a", "交第二稿")
    assert spelt(HoldLine(kind="d", text="Poster A")) == "d Poster A"
