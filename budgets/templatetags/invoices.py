"""Invoices on the pages of jobs and clients, which stand below: `{% load invoices %}`."""

from django import template
from django.utils import timezone

from budgets.models import Invoice
from budgets.models.budget import ZERO
from budgets.views.invoice import may_bill

NEWEST = 20
register = template.Library()


@register.simple_tag(takes_context=True)
def invoices_of_job(context, job):
    """{rows, billed, may_draft} of the job; billed without VAT, credit notes taken off."""
    user = context["request"].user
    rows = list(Invoice.objects.visible_to(user).filter(job=job).select_related("client"))
    billed = sum((row.net for row in rows if row.issued_at and row.in_budget), ZERO)
    drafts = may_bill(job) and user.has_perm("budgets.draft_invoice", job.client)
    return {"rows": rows, "billed": billed, "may_draft": drafts}


@register.simple_tag(takes_context=True)
def invoices_of_client(context, client):
    """The newest invoices of the client that the person may see, each with `is_late`."""
    rows = Invoice.objects.visible_to(context["request"].user).filter(client=client)
    rows = list(rows.select_related("job")[:NEWEST])
    today = timezone.localdate()
    for row in rows:
        row.is_late = row.is_overdue(today)
    return rows
