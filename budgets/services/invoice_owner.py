"""A media owner's own invoice to the client: it counts as billed and is never owed to us (6.2)."""

from django.utils.translation import gettext as _

from agency.common.dates import first_of
from agency.common.errors import Refused
from agency.common.verbs import lock, save, verb
from budgets.models import Invoice, InvoiceLine, MediaPlan
from budgets.services.invoice import ISSUE, check_job, record_on, sum_up
from budgets.services.invoice_issue import check_day, check_signed
from budgets.services.months import open_month
from budgets.years import fiscal_year
from jobs.models import Job
from jobs.services.access import require_on

State, Kind, Issuer = Invoice.State, Invoice.Kind, Invoice.Issuer


@verb
def record_media_owner_invoice(
    *, job, supplier, number, issued_on, month, net, vat_rate, document, by, at, due_on=None,
    form_key=None,
):  # fmt: skip
    """Record what a media owner billed the client himself, with his paper."""
    job = lock(Job, job.pk)
    behalf = require_on(job, ISSUE, by, at)
    if form_key and (twin := Invoice.objects.filter(form_key=form_key).first()):
        return twin
    check_job(job)
    plan = _plan_of(job, at)
    _check(job, supplier, number, net, document)
    check_day(issued_on, job.client, at)
    if due_on is not None and due_on < issued_on:
        raise Refused(_("It is due before it was issued."), "due_on")
    open_month(issued_on)
    month = first_of(month)
    row = Invoice(
        client=job.client, job=job, kind=Kind.MEDIA, issuer=Issuer.MEDIA_OWNER, supplier=supplier,
        plan=plan, currency=job.client.currency, month=month, category=job.kind,
        budget_year=fiscal_year(job.client, month), author=by, form_key=form_key, created_by=by,
        created_at=at,
    )  # fmt: skip
    line = InvoiceLine(
        invoice=row, position=1, text=f"{supplier.name} {month:%Y-%m}"[:200], net=net,
        unit_price=net, vat_rate=vat_rate,
    )  # fmt: skip
    sum_up(row, [line])
    check_signed(row, at)
    row.save()
    line.save()
    row.number, row.cost, row.document = number.strip(), net, document
    row.issued_on, row.due_on, row.issued_at, row.issued_by = issued_on, due_on, at, by
    row.state = State.ISSUED
    save(row)
    record_on(row, "record_owner_invoice", by, at, behalf, number=row.number, total=row.total)
    return row


def _plan_of(job, at):
    plan = MediaPlan.objects.in_force_at(at).filter(job=job).first()
    if plan is None or plan.billing != MediaPlan.Billing.DIRECT:
        raise Refused(_("By the signed plan no media owner bills this client himself."))
    return plan


def _check(job, supplier, number, net, document):
    if not number.strip():
        raise Refused(_("Please enter the number on the owner's invoice."), "number")
    twins = Invoice.objects.filter(
        supplier=supplier, number=number.strip(), issuer=Issuer.MEDIA_OWNER
    )
    if twins.exists():
        raise Refused(_("This invoice of the media owner is recorded already."), "number")
    if net <= 0:
        raise Refused(_("An invoice is an amount above 0."), "net")
    if document.client_id != job.client_id:
        raise Refused(_("This paper belongs to another client."), "document")
