"""Filters of media plans: `{% load plan_words %}`."""

from django import template

from archives.kinds import Medium

register = template.Library()


@register.filter
def medium(code):
    """TV, Newspaper, …: the word for where an ad appears."""
    return Medium(code).label
