"""`{% load charts %}`: sparkline, columns, bars, stack and piles, each drawn by its template."""

from django import template

from agency.common import charts, stacks

register = template.Library()


@register.inclusion_tag("common/_spark.html")
def sparkline(values, base=None):
    """Direction of one figure, to stand beside the figure itself; base: the value it is held to."""
    return charts.sparkline(values, base)


@register.inclusion_tag("common/_columns.html")
def columns(chart):
    """Upright bars by month, with the table they are drawn from."""
    return charts.columns(chart)


@register.inclusion_tag("common/_bars.html")
def bars(chart):
    """Lying bars by person or client, with the table they are drawn from."""
    return charts.bars(chart)


@register.inclusion_tag("common/_stack.html")
def stack(row):
    """A lying bar: billed, in execution and unexecuted of a budget."""
    return stacks.stack(row)


@register.inclusion_tag("common/_piles.html")
def piles(title, rows, budget, budget_text):
    """The same by month, upright, with the line of what was planned."""
    return stacks.piles(title, rows, budget, budget_text)
