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
# kind of paper → the form that fills the gap, and who may; {job}, {client}: their keys
HERE = "jobs:job_detail"
BILL = ("budgets:invoice_create", "", "budgets.draft_invoice")
FILLS = {
    "brief": ("jobs:brief_create", "", "jobs.edit_brief"),
    "creative_brief": ("jobs:brief_create", "?kind=creative", "jobs.edit_brief"),
    "estimate": ("jobs:estimate_create", "", "jobs.edit_estimate"),
    "media_plan": ("budgets:plan_create", "", "budgets.edit_plan"),
    # the proof comes with the signature that is recorded on the paper itself
    "signature_proof": (HERE, "#estimate", "jobs.record_signature"),
    "timeline": ("jobs:timeline_create", "", "jobs.publish_timeline"),
    "start_order": ("jobs:order_create", "", "jobs.give_start"),
    "supplier_bill": ("jobs:cost_create", "", "jobs.enter_cost"),
    "outgoing_check": ("jobs:check_create", "", "jobs.check_outgoing"),
    "contact_report": ("meetings:call_create", "?client={client}&job={job}", "meetings.log_call"),
    "completion_form": ("jobs:completion_create", "", "jobs.complete"),
    "ad_file": ("archives:ad_create", "?client={client}", "archives.edit_archive"),
    "production_invoice": BILL,
    "media_invoice": BILL,
    "commission_invoice": BILL,
    "fee_invoice": BILL,
    "contract": ("accounts:contract_create", "", "accounts.manage_contract"),
}
OF_THE_JOB, OF_THE_CLIENT = ("jobs:", "budgets:"), "accounts:"


@register.simple_tag(takes_context=True)
def fill(context, gap, job):
    """The link that fills a gap among the papers, for who may; nothing where it fills itself."""
    name, query, right = FILLS.get(gap.kind, ("", "", ""))
    if not name or not context["view"].may(right):
        return ""
    try:
        address = reverse(name, args=_whose(name, job))
    except NoReverseMatch:
        return ""
    query = query.format(client=job.client_id, job=job.pk)
    return format_html('<a href="{}{}">{}</a>', address, query, _("Fill"))


def _whose(name, job):
    if name.startswith(OF_THE_CLIENT):
        return [job.client_id]
    return [job.pk] if name.startswith(OF_THE_JOB) else []


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
