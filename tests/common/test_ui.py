"""Tags of every page."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.utils import translation
from lucide import IconDoesNotExist

from agency.common.templatetags import ui

NOW = datetime(2026, 11, 20, 6, 20, tzinfo=UTC)  # 14:20 in Shanghai


def drawn(text, **context):
    return Template("{% load ui %}" + text).render(Context({"now": NOW, **context})).strip()


def test_icon_is_hidden_from_screen_readers_and_has_no_style():
    svg = drawn('{% icon "check" %}')
    assert svg.startswith("<svg")
    assert 'aria-hidden="true"' in svg
    assert 'class="icon"' in svg
    assert "style=" not in svg


def test_unknown_icon_fails_loudly():
    with pytest.raises(IconDoesNotExist):
        ui.icon("no-such-sign")


@pytest.mark.parametrize(("language", "lang"), [("en", "en"), ("zh-hans", "zh-Hans")])
def test_lang_picks_the_right_glyphs(language, lang):
    with translation.override(language):
        assert ui.html_lang() == lang


@pytest.mark.parametrize(
    ("left", "css", "number", "dashes"),
    [
        (timedelta(hours=21, minutes=30), "ring", "21", "21.50 24"),
        (timedelta(hours=4, minutes=1), "ring", "4", "4.02 24"),
        (timedelta(hours=3, minutes=12), "ring ring-soon", "3", "3.20 24"),
        (timedelta(minutes=10, seconds=30), "ring ring-soon", "10", "10 60"),
        (timedelta(0), "ring ring-over", "!", None),
        (-timedelta(hours=2), "ring ring-over", "!", None),
    ],
)
def test_ring_shows_what_is_left(left, css, number, dashes):
    svg = drawn("{% ring due now %}", due=NOW + left)
    assert f'class="{css}"' in svg
    assert f">{number}</text>" in svg
    assert dashes is None or f'stroke-dasharray="{dashes}"' in svg


def test_large_ring_is_large():
    assert 'class="ring ring-lg"' in drawn("{% ring due now True %}", due=NOW + timedelta(hours=9))


def test_when_says_time_left_and_until_when():
    html = drawn("{% when due now clock=24 %}", due=NOW + timedelta(hours=3, minutes=12))
    assert '<p class="duty-when soon">' in html
    assert "ring-soon" in html
    assert "<b>3 h 12 min left</b><small>by today 17:32</small>" in html


def test_when_without_a_clock_has_a_sign_and_may_have_its_own_note():
    html = drawn('{% when due now note="12 boxes" %}', due=NOW - timedelta(hours=2, minutes=5))
    assert '<p class="duty-when late">' in html
    assert "ring" not in html
    assert "<b>2 h 05 min late</b><small>12 boxes</small>" in html


@pytest.mark.parametrize("tone", ["red", "amber", "green", "accent"])
def test_badge_in_colour_has_a_sign(tone):
    html = drawn("{% badge label tone %}", label="2 days late", tone=tone)
    assert html.startswith(f'<span class="status status-{tone}"><svg')
    assert html.endswith("2 days late</span>")


def test_badge_without_colour_is_words_only_and_escaped():
    assert drawn("{% badge label %}", label="<b>") == '<span class="status">&lt;b&gt;</span>'


@pytest.mark.parametrize(
    ("own", "css"),
    [
        ({}, "status status-green"),
        ({"state_tone": "red"}, "status status-red"),
        ({"state_tone": ""}, "status"),
    ],
)
def test_state_has_the_colour_of_its_kind_or_the_models_own(own, css):
    row = SimpleNamespace(state="signed", get_state_display=lambda: "Signed", **own)
    assert drawn("{% state row %}", row=row).startswith(f'<span class="{css}">')


def test_money_is_kept_whole():
    assert drawn("{% money sum %}", sum=Decimal(128000)) == (
        '<span class="nobreak">¥128,000.00</span>'
    )
    assert drawn("{% money sum %}", sum=None) == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("{{ on|day }}", '<span class="nobreak">18 Nov</span>'),
        ("{{ on|full_day }}", '<span class="nobreak">18 Nov 2026</span>'),
        ("{{ on|weekday }}", "Wednesday"),
        ("{{ now|clock }}", "14:20"),
        ("{{ now|moment }}", '<span class="nobreak">20 Nov 14:20</span>'),
        ("{{ now|near:now }}", '<span class="nobreak">today 14:20</span>'),
        ("{{ now|left:now }}", '<span class="nobreak">due now</span>'),
        ("{{ on|day_left:today }}", '<span class="nobreak">2 days late</span>'),
        ("{{ length|span }}", '<span class="nobreak">1 h 30 min</span>'),
        ("{{ sum|amount }}", "−5.00"),
        ("{{ part|share }}", "50.0%"),
        ("{{ who|name }}", '<span class="nobreak">&lt;Lu&gt;</span>'),
    ],
)
def test_filters_keep_dates_and_names_whole(text, shown, time_machine_at_noon):
    context = {
        "on": date(2026, 11, 18),
        "today": date(2026, 11, 20),
        "length": timedelta(minutes=90),
        "sum": Decimal(-5),
        "part": Decimal("0.5"),
        "who": "<Lu>",
    }
    assert drawn(text, **context) == shown


@pytest.mark.parametrize(
    "text", ["{{ x|day }}", "{{ x|full_day }}", "{{ x|moment }}", "{{ x|near:now }}"]
)
def test_filters_of_nothing_show_nothing(text):
    assert drawn(text, x=None) == ""


@pytest.mark.parametrize(
    ("level", "tone", "sign"),
    [
        (constants.SUCCESS, "green", "check"),
        (constants.WARNING, "amber", "clock"),
        (constants.ERROR, "red", "triangle-alert"),
        (constants.INFO, "", "info"),
    ],
)
def test_note_has_a_colour_and_a_sign(level, tone, sign):
    message = Message(level, "x")
    assert (ui.note_tone(message), ui.note_icon(message)) == (tone, sign)


@pytest.fixture
def time_machine_at_noon(time_machine):
    time_machine.move_to(NOW, tick=False)


def test_a_day_is_said_once():
    assert drawn("{% when_day due now %}", due=date(2026, 12, 18)).count("18 Dec") == 1
    assert "22 Nov" in drawn("{% when_day due now %}", due=date(2026, 11, 22))
