"""Credit notes: what goes back of an issued invoice, whole or in part (3.9)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.services.telling import posts, tell, words
from agency.common.errors import Refused
from agency.common.money import cents
from agency.common.texts import check_reason
from agency.common.verbs import check_state, lock, save, verb
from agency.common.wording import sum_text
from budgets.models import Invoice, InvoiceLine
from budgets.models.budget import ZERO
from budgets.services.invoice import ISSUE, open_invoice, record_on, sum_up
from budgets.services.invoice_issue import check_day, put_out, send
from budgets.services.invoice_owner import check_paper, take_in
from budgets.services.months import open_month
from budgets.years import client_day
from jobs.models import Job

State, Kind = Invoice.State, Invoice.Kind
CREDITED = (State.ISSUED, State.PART_PAID, State.PAID)


@verb
def credit_invoice(
    *, invoice, amounts, reason, by, at, issued_on=None, contacts=(), row_version=None,
    form_key=None, number="", document=None,
):  # fmt: skip
    """Issue a credit note; `amounts`: {key of a line: net that goes back}. The note.

    What is credited can be billed again while the job is open. The same form twice is one note.
    number, document: of a media owner's own credit note, which is his paper, none of ours.
    """
    lock(Job, invoice.job_id)
    row, behalf = open_invoice(invoice, ISSUE, by, at)
    if form_key and (twin := Invoice.objects.filter(form_key=form_key).first()):
        return twin
    _check_credit(row, row_version)
    reason = check_reason(reason)
    day = check_day(issued_on or client_day(row.client, at), row.client, at)
    if day < row.issued_on:
        raise Refused(_("A credit note is not older than its invoice."), "issued_on")
    open_month(day)
    if row.issuer == Invoice.Issuer.MEDIA_OWNER:
        check_paper(row.job, row.supplier, number, document)
    note = _begin(row, reason, by, at, form_key)
    _fill(note, row, {key: net for key, net in amounts.items() if net})
    if note.issuer == Invoice.Issuer.MEDIA_OWNER:
        take_in(note, number, document, day, by, at)
    else:
        put_out(note, day, by, at)
        send(note, contacts, by, at)
    row.credited += note.total
    row.state = state_of(row)
    save(row, "credited", "state")
    _tell(note, row, at)
    record_on(
        note, "credit_invoice", by, at, behalf, number=note.number, of=row.number,
        total=note.total, reason=reason,
    )  # fmt: skip
    return note


def _check_credit(row, row_version):
    if row.kind == Kind.CREDIT:
        raise Refused(_("A credit note is not credited itself: please issue an invoice."))
    check_state(row, *CREDITED)
    if row_version is not None and int(row_version) != row.row_version:
        raise Refused(_("This invoice was credited or paid meanwhile. Please look again."))


def _begin(row, reason, by, at, form_key):
    copied = ("client", "job", "issuer", "estimate", "plan", "contract", "supplier", "currency",
              "month", "budget_year", "category", "in_budget", "po_number")  # fmt: skip
    note = Invoice(
        kind=Kind.CREDIT, credits=row, author=by, reason=reason, form_key=form_key,
        created_by=by, created_at=at, **{name: getattr(row, name) for name in copied},
    )  # fmt: skip
    # A negative total is what makes it a credit note; its lines give the true one.
    note.net = note.total = -row.total
    note.save()
    return note


def _fill(note, row, amounts):
    """Its lines, mirrored; the note that credits the last of the net takes the rest of the VAT."""
    left = credit_left(row)
    lines = []
    for line in row.lines.all():
        net = amounts.pop(line.pk, None)
        if net is None:
            continue
        if not (0 < net <= left[line.pk] or left[line.pk] <= net < 0):
            words = _("Of this line %(left)s is left to credit.")
            raise Refused(words % {"left": sum_text(left[line.pk])}, f"line_{line.pk}")
        lines.append(_mirrored(note, line, len(lines) + 1, net))
    if amounts or not lines:
        raise Refused(_("Please say what goes back."))
    InvoiceLine.objects.bulk_create(lines)
    sum_up(note, lines)
    before = _before(note, row)
    if before["net"] + note.net == -row.net:
        note.vat = -row.vat - before["vat"]
        note.total = note.net + note.vat
    if note.total >= 0 or -(row.credited + note.total) > row.total:
        raise Refused(_("A credit note is more than 0 and at most what the invoice says."))
    note.cost = _cost(note, row, before)


def _mirrored(note, line, place, net):
    is_whole = net == line.net
    return InvoiceLine(
        invoice=note, position=place, text=line.text, net=-net, vat_rate=line.vat_rate,
        quantity=line.quantity if is_whole else 1,
        unit_price=-line.unit_price if is_whole and line.unit_price is not None
        else None if is_whole else -net,
        estimate_line=line.estimate_line, media_line=line.media_line,
        contingency_of=line.contingency_of,
    )  # fmt: skip


def credit_left(row):
    """{key of a line: net that no credit note has taken back yet}."""
    left = {line.pk: line.net for line in row.lines.all()}
    by_source = {_source(line): line.pk for line in row.lines.all()}
    notes = InvoiceLine.objects.filter(invoice__credits=row, invoice__issued_at__isnull=False)
    for line in notes:
        pk = by_source.get(_source(line))
        if pk is not None:
            left[pk] += line.net
    return left


def _source(line):
    return (line.text, line.estimate_line_id, line.media_line_id, line.contingency_of_id)


def _before(note, row):
    rows = row.credit_notes.out().exclude(pk=note.pk)
    return {
        name: sum((getattr(one, name) for one in rows), ZERO) for name in ("net", "vat", "cost")
    }


def _cost(note, row, before):
    if before["net"] + note.net == -row.net:
        return -row.cost - before["cost"]
    return cents(row.cost * note.net / row.net)


def state_of(row):
    """The state of an issued invoice by what was paid and credited (3.9)."""
    if row.credited == -row.total:
        return State.CREDITED
    if row.paid and row.total + row.credited - row.paid <= 0:
        return State.PAID
    return State.PART_PAID if row.paid else State.ISSUED


def _tell(note, row, at):
    text = gettext_lazy("Credit note issued: %(number)s, for %(invoice)s")
    if note.issuer == Invoice.Issuer.MEDIA_OWNER:
        text = gettext_lazy("Credit note of the media owner: %(number)s, for %(invoice)s")
    label = words(text, number=note.number, invoice=row.number)
    told = posts(note.client, ["am", "ae"], at, note.job.ae)
    tell("invoice_issued", note, told, label, client=note.client, at=at, slot="credit")
