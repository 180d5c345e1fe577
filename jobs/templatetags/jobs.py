"""Small pieces of the pages of jobs."""

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

register = template.Library()
# kind of paper → the address that fills the gap
FILLS = {
    "brief": ("jobs:brief_create", ""),
    "creative_brief": ("jobs:brief_create", "?kind=creative"),
    "estimate": ("jobs:estimate_create", ""),
    "timeline": ("jobs:timeline_create", ""),
    "start_order": ("jobs:order_create", ""),
    "supplier_bill": ("jobs:cost_create", ""),
    "outgoing_check": ("jobs:check_create", ""),
    "completion_form": ("jobs:completion_create", ""),
}


@register.simple_tag
def fill(gap, job):
    """The link that fills a gap among the papers; nothing where another app does it."""
    if gap.kind not in FILLS:
        return ""
    name, query = FILLS[gap.kind]
    try:
        address = reverse(name, args=[job.pk])
    except NoReverseMatch:
        return ""
    return format_html('<a href="{}{}">{}</a>', address, query, _("Fill"))
