"""Drafts of invoices: begun from what is signed, their lines, void; the fapiao's number (3.9)."""

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.services.telling import posts, tell, words
from agency.common.errors import Refused
from agency.common.services.record import record
from agency.common.texts import check_reason
from agency.common.verbs import check_state, check_version, lock, save, verb
from agency.common.wording import sum_text
from archives.kinds import Kind as Paper
from archives.models import Document
from budgets.models import AnnualBudget, Invoice, InvoiceLine
from budgets.services.invoice_sources import TEXT_MOST, propose
from budgets.sums import invoice_totals
from budgets.years import fiscal_year
from jobs.models import Job
from jobs.services.access import require_on
from jobs.sums import MOST, unit_price

State, Kind = Invoice.State, Invoice.Kind
RIGHT = "budgets.draft_invoice"
ISSUE = "budgets.issue_invoice"
HEAD = ("po_number", "note_client")
BILLABLE = (Job.State.APPROVED, Job.State.ACTIVE, Job.State.DELIVERED, Job.State.CANCELLED)


@verb
def draft_invoices(*, job, amounts, by, at, report=None, po_number="", note="", form_key=None):
    """Draft invoices of parts of the job; `amounts`: {key of a proposed part: net}.

    Parts of different kinds, months and owners stand on invoices of their own. Contingency is
    billed for work that `report`, a contact report, names (6.1). The same form twice drafts once.
    """
    job = lock(job)
    behalf = require_on(job, RIGHT, by, at)
    if form_key and (twin := Invoice.objects.filter(form_key=form_key).first()):
        return [twin]
    check_job(job)
    parts = _chosen(job, amounts, report, at)
    groups = {}
    for part, net in parts:
        groups.setdefault(part.group, []).append((part, net))
    made = []
    for number, rows in enumerate(groups.values()):
        key = form_key if number == 0 else None
        invoice = _begin(job, rows[0][0], by, at, po_number, note, key)
        _fill(invoice, rows, report)
        made.append(invoice)
        record_on(invoice, "draft_invoice", by, at, behalf, net=invoice.net)
        tell_checkers(invoice, by, at)
    return made


def tell_checkers(invoice, by, at):
    """AE and AM of the client but for the author: one of them checks it (R71)."""
    client, job = invoice.client, invoice.job
    checkers = [user for user in posts(client, ["ae", "am"], at, job.ae) if user != by]
    label = words(gettext_lazy("To be checked before it goes out: %(title)s"), title=job.title)
    tell("step_waiting", invoice, checkers, label, client=client, at=at, slot="check")


def check_job(job):
    """Work with a number that has not been put away; of a cancelled job what is signed stays."""
    if not job.number or job.state not in BILLABLE:
        raise Refused(
            _("Nothing is billed on this job: it is “%(state)s”.")
            % {"state": job.get_state_display()}
        )


def _chosen(job, amounts, report, at):
    """[(part, net)] of what was chosen, each within what is left of it."""
    known = {part.key: part for part in propose(job, at) if part.issuer == Invoice.Issuer.AGENCY}
    wanted = {key: net for key, net in amounts.items() if net}
    if not wanted:
        raise Refused(_("Please say what is to be billed."))
    for key, net in wanted.items():
        if key not in known:
            raise Refused(_("A part that was chosen is billed by now. Please look again."), key)
        part = known[key]
        if not (0 < net <= part.rest or part.rest <= net < 0):
            raise Refused(
                _("Of this %(rest)s is left to bill.") % {"rest": sum_text(part.rest)}, key
            )
        if part.contingency_of:
            check_report(job, report)
    return [(known[key], wanted[key]) for key in known if key in wanted]


def check_report(job, report):
    """Contingency is spent on work that a contact report of the client names (6.1)."""
    if report is None:
        raise Refused(
            _("Contingency is billed for work named in a contact report: please choose it."),
            "report",
        )
    if report.client_id != job.client_id or report.kind != Paper.CONTACT_REPORT:
        raise Refused(_("This is no contact report of the client."), "report")


def reports_of(client):
    """Contact reports in force that an invoice may name, the newest first."""
    rows = Document.objects.filter(
        client=client, kind=Paper.CONTACT_REPORT, state=Document.State.ISSUED, face="client"
    )
    return rows.order_by("-dated_on", "-pk")


def _begin(job, part, by, at, po_number, note, form_key):
    client = job.client
    year = fiscal_year(client, part.month) if part.month else job.budget_year
    invoice = Invoice(
        client=client, job=job, kind=part.kind, currency=client.currency, author=by,
        category=job.kind, in_budget=part.in_budget, month=part.month, supplier=part.supplier,
        estimate=part.estimate, plan=part.plan, contract=part.contract, budget_year=year,
        po_number=po_number or job.po_number or po_of(client, year), note_client=note,
        form_key=form_key, created_by=by, created_at=at,
    )  # fmt: skip
    try:
        invoice.save()
    except IntegrityError as error:
        raise Refused(_("This form has been sent already.")) from error
    return invoice


def po_of(client, year):
    budget = AnnualBudget.objects.authorised().filter(client=client, year=year).first()
    return budget.po_number if budget else ""


def _fill(invoice, rows, report):
    """The lines of a new draft, and its sums."""
    lines = [
        line_of(invoice, place, part, net, report)
        for place, (part, net) in enumerate(rows, start=1)
    ]
    InvoiceLine.objects.bulk_create(lines)
    sum_up(invoice, lines)
    invoice.save(update_fields=["net", "vat", "total"])


def line_of(invoice, place, part, net, report=None):
    """A line of a part: whole with its quantity and unit price, else as a share of the whole."""
    text, source = part.text, part.estimate_line
    if part.contingency_of and report is not None:
        text = f"{text} ({report.number})"
    line = InvoiceLine(
        invoice=invoice, position=place, net=net, vat_rate=part.vat_rate, unit_price=net,
        estimate_line=source, media_line=part.media_line, contingency_of=part.contingency_of,
    )  # fmt: skip
    if net == part.net and source is not None:
        line.quantity = source.quantity
        line.unit_price = unit_price(net, source.quantity)
    elif net != part.net:
        text = f"{text[: TEXT_MOST - 40]} ({sum_text(net)} / {sum_text(part.net)})"
    line.text = text[:TEXT_MOST]
    return line


def sum_up(invoice, lines):
    """Net, VAT once a rate, total; the caller saves."""
    invoice.net, invoice.vat, invoice.total = invoice_totals(lines)
    if abs(invoice.total) > MOST:
        raise Refused(_("The total is too large to be kept."))
    if invoice.kind != Kind.CREDIT and (invoice.net < 0 or invoice.vat < 0):
        raise Refused(_("An invoice is at least 0; what goes back to the client is a credit note."))


# --- the draft ----------------------------------------------------------------------------------


@verb
def update_invoice(*, invoice, lines, by, at, row_version=None, **head):
    """Write the draft's lines anew: dicts of pk (empty: a new one), text, net, vat_rate."""
    row, behalf = open_invoice(invoice, RIGHT, by, at, row_version, State.DRAFT)
    changes = {}
    for name in HEAD:
        if name in head and getattr(row, name) != head[name]:
            changes[name] = [getattr(row, name), head[name]]
            setattr(row, name, head[name])
    before = row.net
    kept = _written(row, lines)
    sum_up(row, kept)
    save(row)
    if by.pk != row.author_id:
        row.editors.add(by)
    record_on(row, "update_invoice", by, at, behalf, net=[before, row.net], **changes)
    return row


def _written(row, lines):
    """The lines as they are now, each saved; those that were left out are gone."""
    known = {line.pk: line for line in row.lines.all()}
    kept = []
    for place, data in enumerate(lines, start=1):
        if data.get("pk") and data["pk"] not in known:
            raise Refused(_("This line is not there any more."))
        line = known.pop(data.get("pk"), None) or InvoiceLine(invoice=row)
        if line.pk is None or line.net != data["net"]:
            line.quantity, line.unit_price = 1, data["net"]
        line.position, line.text, line.net = place, data["text"], data["net"]
        line.vat_rate = data["vat_rate"]
        kept.append(line)
    row.lines.filter(pk__in=known).delete()
    for line in kept:
        line.save()
    return kept


def open_invoice(invoice, right, by, at, row_version=None, *states):
    """(the invoice locked, for whom the person acts): what its verbs begin with."""
    row = lock(invoice)
    row.job = Job.objects.select_related("client").get(pk=row.job_id)
    row.client = row.job.client
    behalf = require_on(row.job, right, by, at)
    check_version(row, row_version)
    if states:
        check_state(row, *states)
    return row, behalf


@verb
def void_invoice(*, invoice, reason, by, at, row_version=None):
    """Give up a draft: its author or finance, with the reason; the number was never drawn."""
    states = (State.DRAFT, State.CHECKED)
    row, behalf = open_invoice(invoice, RIGHT, by, at, row_version, *states)
    if row.author_id != by.pk:
        require_on(row.job, ISSUE, by, at)
    row.state, row.void_reason = State.VOID, check_reason(reason)
    save(row)
    record_on(row, "void_invoice", by, at, behalf, reason=row.void_reason)
    return row


@verb
def set_fapiao(*, invoice, number, by, at, row_version=None):
    """The number of the tax invoice, which is known only after it was written."""
    row, behalf = open_invoice(invoice, ISSUE, by, at, row_version, *Invoice.OUT)
    old, row.fapiao_number = row.fapiao_number, number.strip()
    save(row, "fapiao_number")
    record_on(row, "set_fapiao", by, at, behalf, number=[old, row.fapiao_number])
    return row


def record_on(row, name, by, at, behalf, **changes):
    record(row, name, by=by, at=at, client=row.client, behalf_of=behalf, **changes)
