"""Filters of estimates: `{% load estimates %}`."""

from django import template

from jobs import wording

register = template.Library()
register.filter("rate", wording.rate_text)
register.filter("quantity", wording.quantity_text)
register.filter("unit", wording.unit_text)
