"""Small pieces of the pages of jobs."""

from django import template
from django.db.models import Count, Q
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from jobs.models import Job, Suggestion
from jobs.services.access import may_read_opportunities

NEWEST = 20
SUGGESTIONS = 5
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
    "production_invoice": ("budgets:invoice_create", ""),
    "media_invoice": ("budgets:invoice_create", ""),
    "commission_invoice": ("budgets:invoice_create", ""),
    "fee_invoice": ("budgets:invoice_create", ""),
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


@register.simple_tag(takes_context=True)
def jobs_of(context, client):
    """The newest jobs of the client that the person sees."""
    rows = Job.objects.visible_to(context["request"].user).filter(client=client)
    return rows.filter(archived_at=None).select_related("ae")[:NEWEST]


@register.simple_tag(takes_context=True)
def jobs_running(context, client):
    """{"running", "overdue"}: how many jobs of the client are in work, and late."""
    rows = Job.objects.visible_to(context["request"].user).filter(client=client).at_work()
    late = Q(due_on__lt=timezone.localdate()) & ~Q(state=Job.State.DELIVERED)
    return rows.aggregate(running=Count("pk"), overdue=Count("pk", filter=late))


@register.simple_tag(takes_context=True)
def suggestions_of(context, client):
    """The newest suggestions to the client; None for who reads none."""
    user = context["request"].user
    if not may_read_opportunities(user):
        return None
    rows = Suggestion.objects.visible_to(user).filter(client=client)
    return rows.select_related("by")[:SUGGESTIONS]
