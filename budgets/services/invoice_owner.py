"""A media owner's own papers to the client: they count as billed and are never owed to us (6.2)."""

from django.utils.translation import gettext as _

from agency.common.dates import first_of
from agency.common.errors import Refused
from agency.common.verbs import lock, save, verb
from budgets.models import Invoice, InvoiceLine, MediaPlan
from budgets.reports.proof import check_identity
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
    check_paper(job, supplier, number, document)
    if net <= 0:
        raise Refused(_("An invoice is an amount above 0."), "net")
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
    row.cost, row.due_on = net, due_on
    take_in(row, number, document, issued_on, by, at)
    record_on(row, "record_owner_invoice", by, at, behalf, number=row.number, total=row.total)
    return row


def take_in(row, number, document, day, by, at):
    """The owner's paper under the owner's number: none of ours is drawn, nothing is printed."""
    row.number, row.document, row.state = number.strip(), document, State.ISSUED
    row.issued_on, row.issued_at, row.issued_by = day, at, by
    save(row)
    check_identity(row.job, at)


def _plan_of(job, at):
    plan = MediaPlan.objects.in_force_at(at).filter(job=job).first()
    if plan is None or plan.billing != MediaPlan.Billing.DIRECT:
        raise Refused(_("By the signed plan no media owner bills this client himself."))
    return plan


def check_paper(job, supplier, number, document):
    """His paper has a number that was not recorded before, and lies in the client's folder."""
    if not number.strip():
        raise Refused(_("Please enter the number on the owner's paper."), "number")
    twins = Invoice.objects.filter(
        supplier=supplier, number=number.strip(), issuer=Issuer.MEDIA_OWNER
    )
    if twins.exists():
        raise Refused(
            _("A paper of this media owner with this number is recorded already."), "number"
        )
    if document is None:
        raise Refused(_("Please add the owner's paper."), "file")
    if document.client_id != job.client_id:
        raise Refused(_("This paper belongs to another client."), "document")
