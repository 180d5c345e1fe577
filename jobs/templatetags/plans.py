"""Words of a timeline, on page and paper: `{% load plans %}`."""

from django import template

from agency.common import wording
from agency.common.pdf import dates, labels
from jobs import planwords
from jobs.models.timeline import Owner

register = template.Library()
# About how many Chinese characters one line of the column of steps holds on paper.
STEP_WIDE = 16
NARROW = 0.56
OWNERS = dict(Owner.choices)

register.filter("step_text", planwords.step_text)
register.filter("moved_text", planwords.moved_text)
register.filter("bar_text", planwords.bar_text)
register.filter("late_text", planwords.late_text)
# In a drawing and in an attribute: the day as one text, without markup.
register.filter("plain_day", wording.day_text)


@register.filter
def who_text(row):
    """Who does it, by name; nobody named: whose part it is."""
    return row["who"]["name"] if row["who"] else OWNERS.get(row.get("owner"), "–")


@register.filter
def cause_text(row):
    return planwords.CAUSES.get(row["cause"], "")


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
    call = f"▲ {labels.in_language('client_duty', lang)}：" if lang != "en" else "▲ Client duty: "

    def count(row):
        name = row["name_en"] if lang == "en" and row["name_en"] else row["name"]
        text = f"{call}{name}" if row["is_duty"] else name
        wide = sum(1 if ord(letter) > 0x2E80 else NARROW for letter in text)
        return max(-(-int(wide + 0.5) // STEP_WIDE), 1)

    return count
