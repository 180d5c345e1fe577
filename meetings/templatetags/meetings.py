"""Words for values that come as plain data: `{% load meetings %}`."""

from django import template

from meetings.models import Mark, Meeting, ReportPoint

register = template.Library()
POINTS = dict(ReportPoint.Kind.choices)
MEETINGS = dict(Meeting.Kind.choices)
MARKS = dict(Mark.choices)


@register.filter
def point_kind(value):
    """discussion -> Discussion point."""
    return POINTS.get(value, value)


@register.filter
def meeting_kind(value):
    """call -> Call."""
    return MEETINGS.get(value, value)


@register.filter
def mark_word(value):
    """changed -> Changed; nothing for what stayed as it was (R23)."""
    return MARKS[value] if value else ""
