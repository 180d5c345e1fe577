"""The rows of a list: `{% load rows %}`. A page has some thousand cells: no template for each."""

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join

from agency.common.tables import cells
from agency.common.templatetags.ui import amount, badge, clock, day, moment

register = template.Library()
WORDS = {"date": day, "moment": moment, "time": clock, "money": amount}
CLASSES = {"number": "money", "money": "money", "code": "code"}


@register.simple_tag
def row_html(row, columns):
    """The cells of one row; the first is its head."""
    first, *others = cells(columns, row)
    return format_html("{}{}", head(first), format_html_join("", "{}", ((td(c),) for c in others)))


def head(cell):
    return format_html('<th scope="row"{}>{}</th>', class_of(cell), inside(cell))


def td(cell):
    return format_html("<td{}>{}</td>", class_of(cell), inside(cell))


def class_of(cell):
    name = CLASSES.get(cell.column.kind)
    return format_html(' class="{}"', name) if name else ""


def inside(cell):
    """What stands in the cell: its words, a link round them, the second line under them."""
    words = words_of(cell)
    if cell.url and cell.value:
        words = format_html('<a href="{}">{}</a>', cell.url, words)
    return format_html("{} <small>{}</small>", words, cell.small) if cell.small else words


def words_of(cell):
    kind, value = cell.column.kind, cell.value
    if kind == "badge":
        return badge(value, cell.tone) if value else ""
    if kind in WORDS:
        return conditional_escape(WORDS[kind](value))
    return "" if value is None else localized(value)


def localized(value):
    """As `{{ value }}` says it."""
    return conditional_escape(template.base.render_value_in_context(value, PLAIN))


PLAIN = template.Context()
