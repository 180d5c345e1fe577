"""Months and media in words: `{% load media %}`."""

from django import template

from archives.kinds import Medium
from budgets import wording

register = template.Library()
register.filter("month", wording.month_text)


@register.filter
def medium(key):
    return Medium(key).label
