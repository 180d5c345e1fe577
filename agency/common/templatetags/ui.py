"""Tags and filters of every page: `{% load ui %}`. Words come from agency.common.wording."""

from functools import lru_cache

import lucide
from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, to_locale

from agency.common import wording

register = template.Library()
TONE_ICONS = {
    "red": "triangle-alert",
    "amber": "clock",
    "green": "check",
    "accent": "pencil",
}
NOTE_TONES = {"error": "red", "warning": "amber", "success": "green"}
NOTE_ICONS = {"error": "triangle-alert", "warning": "clock", "success": "check", "info": "info"}


@register.simple_tag
@lru_cache(maxsize=500)
def icon(name, css="icon"):
    """An inline SVG of Lucide, hidden from screen readers: the words stand beside it."""
    svg = lucide._render_icon(str(name), None, **{"class": str(css), "aria-hidden": "true"})
    return SafeString(svg)


@register.simple_tag
def html_lang():
    """zh-Hans or en: the lang attribute that picks the right glyphs."""
    return to_locale(get_language() or "en").replace("_", "-")


@register.inclusion_tag("common/_ring.html")
def ring(due, now, large=False):
    """The 24-hour clock: the arc is what is left; in the last hour minutes; past due a red ring."""
    minutes = max(int((due - now) / wording.MINUTE), 0)
    hourly = minutes >= 60
    return {
        "tone": {"late": "over"}.get(tone := wording.tone_of(due, now), tone),
        "arc": f"{minutes / 60:.2f}" if hourly else str(minutes),
        "whole": "24" if hourly else "60",
        "number": str(minutes // 60 if hourly else minutes),
        "large": large,
        "hourly": hourly,
    }


@register.inclusion_tag("common/_when.html")
def when(due, now, clock=0, note=""):
    """The clock column of a duty: ring or sign, time left in words, and until when."""
    return {
        "due": due,
        "now": now,
        "clock": clock,
        "tone": wording.tone_of(due, now),
        "words": wording.left_text(due, now),
        "note": note or wording.due_text(due, now),
    }


@register.inclusion_tag("common/_when.html")
def when_day(due, now):
    """The clock column of what is due on a day, without an hour."""
    today = wording.local(now).date()
    words, day_words = wording.day_left_text(due, today), wording.day_text(due)
    return {
        "due": due,
        "now": now,
        "clock": 0,
        "tone": "late" if due < today else "soon" if due == today else "",
        "words": words,
        "note": "" if words == day_words else day_words,
    }


@register.simple_tag
def badge(label, tone=""):
    """The state of a thing in a word, with its sign. tone: red, amber, green, accent or ""."""
    return _badge(str(label), tone)


@register.simple_tag
def state(row):
    """The badge of the state of a job, an estimate, a check, …"""
    return badge(row.get_state_display(), wording.state_tone(row))


@lru_cache(maxsize=500)
def _badge(label, tone):
    sign = icon(TONE_ICONS[tone]) if tone else ""
    css = f"status status-{tone}" if tone else "status"
    return format_html('<span class="{}">{}{}</span>', css, sign, label)


@register.simple_tag
def money(amount, currency="CNY"):
    """¥55,947.16, kept whole."""
    text = wording.money_text(amount, currency)
    return format_html('<span class="nobreak">{}</span>', text) if text else ""


def whole(text):
    return SafeString(f'<span class="nobreak">{conditional_escape(text)}</span>') if text else ""


@register.filter
def day(value):
    """20 Nov; with the year only when it is not this one."""
    return whole(wording.day_text(value))


@register.filter
def full_day(value):
    return whole(wording.full_day_text(value)) if value else ""


@register.filter
def clock(value):
    """17:32."""
    return wording.clock_text(value)


@register.filter
def moment(value):
    """20 Nov 17:32."""
    return whole(wording.moment_text(value))


@register.filter
def near(value, now):
    """today 17:32."""
    return whole(wording.near_text(value, now)) if value else ""


@register.filter
def weekday(value):
    return wording.weekday_text(value)


@register.filter
def named_day(value):
    """Friday 20 Nov, in Chinese 11月20日星期五."""
    return whole(wording.named_day_text(value))


@register.filter
def left(due, now):
    """3 h 12 min left, 2 h 05 min late; for a date: 2 days late, today."""
    return whole(wording.left_text(due, now)) if due else ""


@register.filter
def day_left(due, today):
    return whole(wording.day_left_text(due, today)) if due else ""


@register.filter
def span(length):
    """3 h 12 min."""
    return whole(wording.span_text(length)) if length is not None else ""


@register.filter
def amount(value):
    """55,947.16, for a cell of class `money`."""
    return wording.sum_text(value)


@register.filter
def share(value):
    """96.8%."""
    return wording.share_text(value)


@register.filter
def name(value):
    """A person's or client's name, kept whole."""
    return whole(str(value)) if value else ""


@register.filter
def names(rows):
    """何祎、林珺: people in a row, as plain text."""
    return wording.names_text(rows)


@register.simple_tag
def comma():
    """What stands between two names of a row."""
    return wording.comma()


@register.simple_tag
def colon():
    """What stands between a name and what is said of it."""
    return wording.colon()


@register.filter
def bracketed(text):
    """In brackets, behind what it explains; nothing when there is nothing."""
    return wording.brackets(text)


@register.filter
def note_tone(message):
    return NOTE_TONES.get(message.level_tag, "")


@register.filter
def note_icon(message):
    return NOTE_ICONS.get(message.level_tag, "info")
