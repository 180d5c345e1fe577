"""Tags of the paper templates: `{% load paper %}`. They read `lang` and `zone` of the context.

Whatever was typed passes through `typed` or `hp`, which escape it.
"""

from functools import wraps

from django import template
from django.utils.html import format_html, format_html_join

from agency.common.pdf import dates, labels, marks
from agency.common.pdf.blank import Room

register = template.Library()
SHORT_NAME = 12


@register.filter
def hp(text):
    """Typed text, the first of two adjoining full-width marks set half-width (papers.md 3)."""
    if isinstance(text, Room):
        return text
    parts = marks.halves(str(text or ""))
    return format_html_join("", "{}", ((_set(part, is_mark),) for is_mark, part in parts))


def _set(part, is_mark):
    return format_html('<span class="hp">{}</span>', part) if is_mark else part


@register.filter
def typed(text):
    """Free text as typed: its line breaks stay, and English is marked as such."""
    if not text or isinstance(text, Room):
        return text or ""
    lang = "en" if marks.is_english(str(text)) else "zh-Hans"
    return format_html('<span class="typed" lang="{}">{}</span>', lang, hp(text))


def pair(zh, en, lang):
    """Both words in the languages of the paper, the English one grey after the Chinese."""
    if lang == "en":
        return en
    if lang == "zh":
        return zh
    return format_html('{} <span class="en" lang="en">{}</span>', zh, en)


@register.simple_tag(takes_context=True)
def both(context, zh, en):
    """A standing word in the language or languages of the paper."""
    return pair(zh, en, context["lang"])


@register.simple_tag(takes_context=True)
def label(context, key):
    """A label of labels.py: 客户, Client, or 客户 Client."""
    if isinstance(key, Room):
        return key
    return pair(*labels.words(key), context["lang"])


@register.simple_tag(takes_context=True)
def plain_label(context, key):
    """A label as one run of text, for titles, boxes and names of people's posts."""
    if isinstance(key, Room):
        return key
    return labels.in_language(key, context["lang"])


@register.simple_tag(takes_context=True)
def heading(context, key):
    """A heading: on Chinese papers too the English stands beside it (papers.md 3)."""
    return pair(*labels.words(key), "en" if context["lang"] == "en" else "both")


def or_room(shape):
    """A tag of a fact; on a blank form the room for it."""

    @wraps(shape)
    def set_or_room(context, value, *more, **named):
        return value if isinstance(value, Room) else shape(context, value, *more, **named)

    return register.simple_tag(takes_context=True)(set_or_room)


@or_room
def day(context, value):
    return dates.day(value, context["lang"])


@register.simple_tag(takes_context=True)
def month(context, value, short=False):
    shape = dates.short_month if short else dates.month
    return shape(value, context["lang"])


@or_room
def due(context, value, year, short=False):
    """A date in a table of one year: on bilingual papers the weekday below it."""
    lang = context["lang"]
    text = dates.table_day(value, lang, year)
    if lang != "both" or short:
        return text
    return format_html("{}<small>{}</small>", text, dates.weekday(value, lang))


@or_room
def moment(context, instant):
    return dates.moment(instant, context["lang"], context["zone"])


@register.simple_tag(takes_context=True)
def long_moment(context, instant):
    return dates.long_moment(instant, context["zone"])


@or_room
def second(context, instant):
    return dates.second(instant, context["lang"], context["zone"])


@or_room
def span(context, start, end):
    parts = dates.span_parts(start, end, context["lang"], context["zone"])
    pieces = ((" " if part.startswith(" ") else "", part.strip()) for part in parts if part)
    return format_html_join("", '{}<span class="nw">{}</span>', pieces)


@register.simple_tag(takes_context=True)
def start(context, instant):
    return dates.start(instant, context["lang"], context["zone"])


@register.simple_tag(takes_context=True)
def long_start(context, instant):
    return dates.long_start(instant, context["zone"])


@register.simple_tag(takes_context=True)
def name(context, person):
    """The name as typed; on an English paper the English one where there is one."""
    if context["lang"] == "en":
        return person.get("name_en") or person["name"]
    return person["name"]


@register.simple_tag(takes_context=True)
def post(context, person):
    """A contact's title as typed, or the post of one of ours in the paper's languages."""
    if person.get("title"):
        return person["title"]
    return labels.in_language(person["role"], context["lang"]) if person.get("role") else ""


@register.simple_tag(takes_context=True)
def who(context, person, org=""):
    """何祎（绿麦食品）: a name, and in brackets the house or the post."""
    return _bracketed(context, name(context, person), [org or post(context, person)])


@register.simple_tag(takes_context=True)
def colon(context):
    """What stands between a name and what is said of it, in the language of the paper."""
    return ": " if context["lang"] == "en" else "："


@or_room
def people(context, first, second=(), posts=True):
    """People in a row, none broken over two lines; `second` after a semicolon."""
    is_en = context["lang"] == "en"
    comma, semicolon, blank = (",", ";", " ") if is_en else ("、", "；", "")
    texts = []
    for group in filter(None, (first, second)):
        texts += [_person(context, person, posts) + comma for person in group]
        texts[-1] = texts[-1].removesuffix(comma) + semicolon
    if texts:
        texts[-1] = texts[-1].removesuffix(semicolon)
    return format_html_join(blank, "{}", ((_unbroken(text),) for text in texts))


def _person(context, person, posts):
    address = person.get("address_as", "") if context["face"] == "internal" else ""
    chair = labels.in_language("chair", context["lang"]) if person.get("is_chair") else ""
    details = [address, post(context, person), chair] if posts else []
    note = _note(context, person) if posts else ""
    return _bracketed(context, name(context, person), details) + note


def _note(context, person):
    text = person.get("note")
    return (", " if context["lang"] == "en" else "，") + text if text else ""


def _bracketed(context, text, details):
    details = [detail for detail in details if detail]
    if not details:
        return text
    if context["lang"] == "en" or marks.is_english(text + " ".join(details)):
        return f"{text} ({', '.join(details)})"
    return f"{text}（{'，'.join(details)}）"


def _unbroken(text):
    name = text.split("（", 1)[0].split(" (", 1)[0]
    lang = "en" if marks.is_english(text) else "zh-Hans"
    css = "nw" if len(name) <= SHORT_NAME and len(text) <= 3 * SHORT_NAME else ""
    return format_html('<span class="{}" lang="{}">{}</span>', css, lang, hp(text))
