from django import template

from accounts.permissions import Rights

register = template.Library()


@register.simple_tag(takes_context=True)
def may(context, permission, client=None, own=False):
    """{% may "meetings.issue_report" report.client as can %}: three queries a page at most."""
    request = context["request"]
    if not hasattr(request, "rights"):
        request.rights = Rights(request.user)
    return request.rights.can(permission, client, own)
