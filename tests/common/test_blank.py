"""Room to write in by hand, in place of whatever a filled paper says (R68)."""

import pytest
from django.template import Context, Template
from django.utils.html import escape

from agency.common.pdf import blank
from agency.common.pdf.blank import PERSON, ROOM, boxes, lines

pytestmark = pytest.mark.rule("R68")
TAGS = [
    "{{ fact }}",
    "{{ fact|hp }}",
    "{{ fact|typed }}",
    '{{ fact|hp|default:"–" }}',
    '{{ fact|typed|default:"–" }}',
    "{% label fact %}",
    "{% plain_label fact %}",
    "{% day fact %}",
    "{% due fact 2026 %}",
    "{% due fact fact.year short=True %}",
    "{% moment fact %}",
    "{% second fact %}",
    "{% span fact None %}",
    "{% people fact %}",
    "{% people fact fact posts=False %}",
]


def shown(source, lang="zh", **context):
    base = {"lang": lang, "face": "client", "zone": "Asia/Shanghai"}
    return Template("{% load paper %}" + source).render(Context(base | context))


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
@pytest.mark.parametrize("tag", TAGS)
def test_every_tag_leaves_room_as_it_is(tag, lang):
    assert shown(tag, lang, fact=ROOM) == '<span class="room"></span>'


@pytest.mark.parametrize("tag", ["{{ fact|typed }}", "{{ fact }}"])
def test_lines_to_write_on_are_as_many_as_asked(tag):
    assert shown(tag, fact=lines(3)).count('<span class="rule"></span>') == 3


def test_a_person_to_be_written_in_has_no_brackets():
    assert shown("{% who person %}", person=PERSON) == ROOM
    assert shown("{% name person %}", "en", person=PERSON) == ROOM
    assert shown("{% post person %}", person=PERSON) == ""


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", ["面谈", "电话"]), ("en", ["Sit-down meeting", "Call"]),
     ("both", ["面谈 Sit-down meeting", "电话 Call"])],
)  # fmt: skip
def test_a_box_to_tick_for_each_choice(lang, words):
    text = boxes(["face", "call"], lang)
    assert text.count('class="box"') == 2
    assert all(word in text for word in words)


@pytest.mark.parametrize(("lang", "word"), [("zh", "编号"), ("en", "No."), ("both", "编号 No.")])
def test_the_number_is_a_line_in_plain_text(lang, word):
    text = blank.number(lang)
    assert text.startswith(f"{word} ____")
    assert escape(text) == text


def test_what_was_typed_is_never_taken_for_room():
    typed = '<span class="room"></span>'
    assert "<span class=&quot;room" not in shown("{{ text|typed }}", text="x")
    assert shown("{{ text|hp }}", text=typed) == escape(typed)


def test_room_knows_no_year_and_says_so_without_fault():
    assert shown("{% if fact.year %}year{% else %}none{% endif %}", fact=ROOM) == "none"


def test_room_counts_as_something():
    assert shown("{% if fact %}there{% endif %}", fact=ROOM) == "there"
    assert shown("{% if fact %}there{% endif %}", fact=lines(1)) == "there"
