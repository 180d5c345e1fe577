"""`{% load charts %}`: `{% sparkline values %}`, `{% columns chart %}`, `{% bars chart %}`."""

from django import template

from agency.common import charts

register = template.Library()


@register.inclusion_tag("common/_spark.html")
def sparkline(values):
    """Direction of one figure, to stand beside the figure itself."""
    return charts.sparkline(values)


@register.inclusion_tag("common/_columns.html")
def columns(chart):
    """Upright bars by month, with the table they are drawn from."""
    return charts.columns(chart)


@register.inclusion_tag("common/_bars.html")
def bars(chart):
    """Lying bars by person or client, with the table they are drawn from."""
    return charts.bars(chart)
