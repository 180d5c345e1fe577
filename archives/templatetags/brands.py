"""The brand archive for its tab on the client page."""

from django import template

from archives import reports

register = template.Library()


@register.simple_tag(takes_context=True)
def brand_files(context, client):
    """{% brand_files client as brands %}: the active brands with what their archive holds."""
    return reports.brands_of(context["request"].user, client, context["now"])
