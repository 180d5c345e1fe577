"""The client's folder for its tab on the client page."""

from django import template

from archives import reports

register = template.Library()


@register.simple_tag(takes_context=True)
def folder(context, client):
    """{% folder client as parts %}: [(compartment, newest papers, how many)]."""
    return reports.folder(context["request"].user, client, context["now"])


@register.filter
def file_size(count):
    """1536 -> "1.5 KB"; bytes below a thousand."""
    for unit in ("B", "KB", "MB"):
        if count < 1024 or unit == "MB":
            return f"{count} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count = count / 1024
    return None
