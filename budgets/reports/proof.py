"""Proof that the money adds up: of one job at an issue, or of everything (verify_money)."""

from collections import defaultdict

from django.db.models import Max, Sum

from accounts.models import Client
from agency.common.errors import Refused
from agency.common.wording import sum_text
from budgets.models import AnnualBudget, ClosedMonth, Invoice, InvoiceLine, Payment
from budgets.models.budget import ZERO
from budgets.reports.signed import billed_nets, signed_net, signed_nets
from budgets.reports.standing import book_of
from budgets.reports.standing_lists import LISTS, entries
from budgets.sums import invoice_totals
from budgets.years import cutoff, fiscal_year
from jobs.models import Job


def check_identity(job, at):
    """Refuse what would leave the client's year not adding up; verbs ask it before they end."""
    faults = [*year_faults(book_of(job.client, job.budget_year), at), *job_faults([job], at)]
    if faults:
        raise Refused("; ".join(faults))


def findings(at):
    """What is wrong anywhere, in a line each."""
    yield from invoice_faults()
    yield from number_faults()
    for client in Client.objects.order_by("code"):
        yield from job_faults(list(client.jobs.select_related("client")), at)
        for year in years_of(client):
            book = book_of(client, year)
            for moment in moments(client, year, at):
                yield from year_faults(book, moment)


def years_of(client):
    """Fiscal years in which the client has a budget, a job or an invoice."""
    found = set()
    for model, field in ((AnnualBudget, "year"), (Job, "budget_year"), (Invoice, "budget_year")):
        rows = model.objects.filter(client=client).order_by()
        found |= set(rows.values_list(field, flat=True).distinct())
    return sorted(found)


def moments(client, year, at):
    """The ends of the year's closed months, and now."""
    months = ClosedMonth.objects.filter(closed_at__isnull=False, reopened_at__isnull=True)
    ends = [
        cutoff(client, row.month) for row in months if fiscal_year(client, row.month) == year
    ]  # fmt: skip
    return [*sorted(ends), at]


def year_faults(book, at):
    """Of a client's year at an instant: identity, lists, and the same reckoned job by job."""
    where = f"{book.client.code} {book.year} {at:%Y-%m-%d %H:%M}"
    for row in book.rows(at):
        if row.budget != row.billed + row.in_execution + row.unexecuted:
            yield f"{where} {row.category}: budget is not billed + in execution + unexecuted"
        for column in LISTS:
            listed = sum((one.amount for one in entries(book, column, at, row.category)), ZERO)
            if listed != getattr(row, column):
                figure = sum_text(getattr(row, column))
                yield f"{where} {row.category} {column}: {figure}, its list {sum_text(listed)}"
    yield from _singly(book, at, where)


def _singly(book, at, where):
    """Signed and billed of each job, read another way."""
    rows = [row for row in book.job_rows(at) if row.job]
    jobs = [row.job for row in rows]
    signed, billed = signed_nets(jobs, at), billed_nets(jobs, at)
    for row in rows:
        for name, nets in (("signed", signed), ("billed", billed)):
            single = nets[row.job.pk][book.year]
            if getattr(row, name) != single:
                figure = sum_text(getattr(row, name))
                yield f"{where} {row.job.number} {name}: {figure}, singly {sum_text(single)}"


def job_faults(jobs, at):
    """Jobs on which more is billed in the budget than was signed when it went out (3.9).

    Signed for less since, by a change order or the next version, nothing is counted wrongly: a
    credit note is due.
    """
    signed, billed = signed_nets(jobs, at), billed_nets(jobs, at)
    for job in jobs:
        ours, theirs = (sum(nets[job.pk].values(), ZERO) for nets in (billed, signed))
        if ours > theirs and _went_over(job, at):
            yield f"{job.number}: billed {sum_text(ours)}, signed {sum_text(theirs)}"


def _went_over(job, at):
    """Whether the last invoice of the job took more than was signed at its instant."""
    rows = Invoice.objects.out().filter(job=job, in_budget=True, issued_at__lte=at)
    last = rows.exclude(kind=Invoice.Kind.CREDIT).aggregate(at=Max("issued_at"))["at"]
    if last is None:
        return False
    billed = rows.filter(issued_at__lte=last).aggregate(sum=Sum("net"))["sum"]
    return billed > signed_net(job, last)


def invoice_faults():
    """Invoices that are not the sum of their lines, payments and credit notes."""
    lines, paid, credited = defaultdict(list), _sums(Payment, "invoice", "amount"), _credits()
    for line in InvoiceLine.objects.only("invoice_id", "net", "vat_rate"):
        lines[line.invoice_id].append(line)
    for row in Invoice.objects.select_related("credits").order_by("pk"):
        if row.state not in Invoice.OUT:
            continue
        if not _adds_up(row, lines[row.pk]):
            yield f"{row}: its lines come to another sum than {sum_text(row.total)}"
        if row.kind == Invoice.Kind.CREDIT:
            continue
        for name, sums in (("paid", paid), ("credited", credited)):
            found = sums.get(row.pk, ZERO)
            if getattr(row, name) != found:
                yield f"{row}: {name} {sum_text(getattr(row, name))}, its papers {sum_text(found)}"


def _adds_up(row, lines):
    """Net, VAT and total by the lines; a note that ends its invoice gives the rest of the VAT."""
    net, vat, total = invoice_totals(lines)
    if row.credits and row.credits.state == Invoice.State.CREDITED:
        vat, total = row.vat, net + row.vat
    return (row.net, row.vat, row.total) == (net, vat, total)


def _credits():
    rows = Invoice.objects.out().filter(kind=Invoice.Kind.CREDIT).order_by()
    return dict(rows.values_list("credits").annotate(Sum("total")))


def _sums(model, key, name):
    return dict(model.objects.order_by().values_list(key).annotate(Sum(name)))


def number_faults():
    """Gaps in the numbers of what the agency issued, by client, kind and year."""
    found = defaultdict(list)
    rows = Invoice.objects.out().filter(issuer=Invoice.Issuer.AGENCY).order_by("pk")
    for number in rows.values_list("number", flat=True):
        series, _slash, last = number.rpartition("/")
        if last.isdecimal():
            found[series].append(int(last))
        else:
            yield f"{number or 'an issued invoice'}: no number of a series"
    for series, numbers in found.items():
        missing = sorted(set(range(1, max(numbers) + 1)) - set(numbers))
        if missing:
            yield f"{series}: numbers missing: {', '.join(map(str, missing))}"
