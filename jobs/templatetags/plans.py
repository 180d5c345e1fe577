"""Words of a timeline, on page and paper: `{% load plans %}`."""

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agency.common.pdf import dates, labels
from agency.common.wording import day_text, names_text
from jobs.wording import duty_label

register = template.Library()
# About how many Chinese characters one line of the column of steps holds on paper.
STEP_WIDE = 17


@register.simple_tag(takes_context=True)
def short_day(context, day):
    """11-25 in a paper's table, 25 Nov in an English one; the year where it is another."""
    lang, year = context["lang"], context["today"].year
    if lang == "en":
        text = f"{day.day} {dates.MONTHS[day.month - 1][:3]}"
        return text if day.year == year else f"{text} {day.year}"
    return f"{day:%m-%d}" if day.year == year else f"{day:%Y-%m-%d}"


@register.simple_tag(takes_context=True)
def step_name(context, row):
    """The step in the paper's language."""
    return row["name_en"] if context["lang"] == "en" and row["name_en"] else row["name"]


def step_lines(lang):
    """How many lines the step of a row takes on paper, as a function of the row."""
    call = len(f"▲ {labels.in_language('client_duty', lang)}: ")

    def count(row):
        text = row["name_en"] if lang == "en" and row["name_en"] else row["name"]
        wide = sum(1 if ord(letter) > 0x2E80 else 0.56 for letter in text)
        if row["is_duty"]:
            wide += call if lang == "zh" else call * 0.6
        return max(-(-int(wide + 0.5) // STEP_WIDE), 1)

    return count


@register.filter
def step(row):
    """The step in the language of the page."""
    is_english = (get_language() or "").startswith("en")
    return row["name_en"] if is_english and row["name_en"] else row["name"]


@register.filter
def who_text(row):
    """Who does it, by name."""
    return row["who"]["name"] if row["who"] else "–"


@register.filter
def bar_text(line):
    """The words beside a bar."""
    return duty_label(line)


@register.filter
def move_text(move):
    """What moved, in a sentence: Photos: 24 Nov → 28 Nov (client)."""
    return moved(move)


def moved(move):
    name = step(move)
    text = {
        "added": _("%(step)s: new, due %(new)s"),
        "dropped": _("%(step)s: dropped"),
        "starts_on": _("%(step)s begins %(old)s → %(new)s"),
        "due_on": _("%(step)s: %(old)s → %(new)s"),
        "owner": _("%(step)s, owner: %(old)s → %(new)s"),
        "person": _("%(step)s: %(old)s → %(new)s"),
    }[move["what"]]
    sides = {key: _side(move[key]) for key in ("old", "new")}
    return text % {"step": name, **sides}


def _side(value):
    if value is None or value == "":
        return "–"
    return day_text(value) if hasattr(value, "year") else str(value)


@register.filter
def off_days(row):
    return names_text(row)
