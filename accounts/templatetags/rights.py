from django import template

from accounts.permissions import Rights
from accounts.views.base import OnClient

register = template.Library()


@register.simple_tag(takes_context=True)
def may(context, permission, client=None, own=False):
    """{% may "meetings.issue_report" report.client as can %}: three queries a page at most.

    On a page about the client nothing is asked anew.
    """
    request, view = context["request"], context.get("view")
    if client is not None and isinstance(view, OnClient) and view.client == client:
        return view.rights.can(permission, client, own)
    if not hasattr(request, "rights"):
        request.rights = Rights(request.user)
    return request.rights.can(permission, client, own)
