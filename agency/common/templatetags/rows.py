"""The rows of a list: `{% load rows %}`. A page has some thousand cells: no template for each."""

from django import template
from django.template.base import render_value_in_context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from agency.common.tables import cells
from agency.common.templatetags.ui import amount, badge, clock, day, moment

register = template.Library()
WORDS = {"date": day, "moment": moment, "time": clock, "money": amount}
OPEN = {
    "number": '<td class="money">',
    "money": '<td class="money">',
    "code": '<td class="code">',
    "short": '<td class="nobreak">',
}
PLAIN = template.Context()


@register.simple_tag
def row_html(row, columns):
    """The cells of one row; the first is its head."""
    first, *others = cells(columns, row)
    html = [open_tag(first).replace("<td", '<th scope="row"', 1), inside(first), "</th>"]
    for cell in others:
        html += [open_tag(cell), inside(cell), "</td>"]
    # Each part was escaped where it was made: inside() and the filters of ui.
    return SafeString("".join(html))


def open_tag(cell):
    return OPEN.get(cell.column.kind, "<td>")


def inside(cell):
    """What stands in the cell: its words, a link round them, the second line under them."""
    words = words_of(cell)
    if cell.url and cell.value:
        words = f'<a href="{conditional_escape(cell.url)}">{words}</a>'
    return f"{words} <small>{conditional_escape(cell.small)}</small>" if cell.small else words


def words_of(cell):
    """The value in its kind's words, escaped; other kinds as `{{ value }}` says it."""
    kind, value = cell.column.kind, cell.value
    if kind == "badge":
        return badge(value, cell.tone) if value else ""
    if kind in WORDS:
        return conditional_escape(WORDS[kind](value))
    return "" if value is None else render_value_in_context(value, PLAIN)
