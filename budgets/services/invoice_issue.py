"""Issue a checked invoice: numbered, printed, filed, sent; never above what is signed (3.9)."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from accounts.services import terms
from accounts.services.telling import posts, tell, words
from agency.common.errors import Refused
from agency.common.money import cents
from agency.common.pdf import render
from agency.common.verbs import lock, save, verb
from agency.common.wording import sum_text
from archives.kinds import Kind as Paper
from archives.papers import draw_number
from archives.services import dispatch, file_document
from budgets.models import Invoice, MediaPlan
from budgets.models.budget import ZERO
from budgets.papers.invoice import invoice_paper
from budgets.reports.proof import check_identity
from budgets.reports.signed import signed_net
from budgets.services.invoice import ISSUE, check_job, open_invoice, record_on
from budgets.services.invoice_check import check_untouched
from budgets.services.months import open_month
from budgets.years import client_day, noon
from jobs.models import Job
from jobs.papers.common import titled

Kind, State, Issuer = Invoice.Kind, Invoice.State, Invoice.Issuer
LETTERS = {
    Kind.PRODUCTION: "PI", Kind.MEDIA: "MI", Kind.COMMISSION: "CI", Kind.FEE: "FI",
    Kind.CREDIT: "CN",
}  # fmt: skip
PAPERS = {
    Kind.PRODUCTION: (Paper.PRODUCTION_INVOICE, gettext_noop("Production invoice")),
    Kind.MEDIA: (Paper.MEDIA_INVOICE, gettext_noop("Media invoice")),
    Kind.COMMISSION: (Paper.COMMISSION_INVOICE, gettext_noop("Commission invoice")),
    Kind.FEE: (Paper.FEE_INVOICE, gettext_noop("Fee invoice")),
    Kind.CREDIT: (Paper.CREDIT_NOTE, gettext_noop("Credit note")),
}
LETTER = "budgets/mail/invoice_sent.txt"
TEMPLATE = "budgets/pdf/invoice.html"


@verb
def issue_invoice(*, invoice, by, at, issued_on=None, contacts=(), row_version=None):
    """Finance sends what was checked; two who bill the last of a job wait for each other."""
    lock(Job, invoice.job_id)
    row, behalf = open_invoice(invoice, ISSUE, by, at, row_version, State.CHECKED)
    check_job(row.job)
    day = check_day(issued_on or client_day(row.client, at), row.client, at)
    open_month(day)
    check_untouched(row)
    check_signed(row, at)
    row.cost = cost_of(row, at)
    put_out(row, day, by, at)
    send(row, contacts, by, at)
    label = words(
        gettext_lazy("Invoice issued: %(number)s, %(title)s"), number=row.number,
        title=row.job.title,
    )  # fmt: skip
    told = posts(row.client, ["ae", "am"], at, row.job.ae)
    tell("invoice_issued", row, told, label, client=row.client, at=at, slot="issued")
    record_on(row, "issue_invoice", by, at, behalf, number=row.number, total=row.total)
    return row


def check_day(day, client, at, field="issued_on"):
    """Nothing is dated into days to come; into days past while their month is open."""
    if day > client_day(client, at):
        raise Refused(_("This day has not come yet."), field)
    return day


def check_signed(row, at, net=None):
    """Σ issued in-budget net of the job is at most what is signed: no tolerance (3.9)."""
    if not row.in_budget:
        return
    signed, billed = signed_net(row.job, at), issued_net(row.job)
    net = row.net if net is None else net
    if billed + net > signed:
        raise Refused(
            _(
                "Signed are %(signed)s, billed are %(billed)s already: with %(net)s it would be"
                " more than was signed. A change order comes first."
            )
            % {"signed": sum_text(signed), "billed": sum_text(billed), "net": sum_text(net)}
        )


def issued_net(job):
    """In-budget net of everything issued on the job, whatever its date."""
    rows = Invoice.objects.out().filter(job=job, in_budget=True)
    return sum(rows.values_list("net", flat=True), ZERO)


def put_out(row, day, by, at):
    """Draw the number, print, file, and save as issued: from here on the row is frozen."""
    row.issued_on, row.issued_at, row.issued_by = day, at, by
    if row.kind != Kind.CREDIT:
        days = terms(client=row.client, on=day).credit_days
        row.due_on = day + timedelta(days=days)
    row.number = draw_number(row.client, LETTERS[row.kind], noon(day, row.client))
    row.state = State.ISSUED
    row.document = file_invoice(row, render(TEMPLATE, invoice_paper(row, at)), by, at)
    save(row)
    check_identity(row.job, at)


def file_invoice(row, content, by, at):
    """File the paper. What a media owner owes us is no paper of the client's (7)."""
    kind, title = PAPERS[row.kind]
    job, client = row.job, row.client
    face = "client" if row.in_budget else "internal"
    stem = row.number.replace("/", "-")
    return file_document(
        client=client, kind=kind, title=titled("zh-hans", title, job),
        title_en=titled("en", title, job), content=content, name=f"{stem}.pdf", face=face,
        dated_on=row.issued_on, number=row.number, language=client.paper_language,
        brand=job.brand, product=job.product, job_numbers=[job.number], by=by, at=at,
    )  # fmt: skip


def send(row, contacts, by, at):
    """By mail to the client's people who were chosen; what an owner owes goes to no client."""
    if not contacts:
        return []
    if not row.in_budget:
        raise Refused(_("This invoice goes to the media owner, not to the client."), "contacts")
    return dispatch(
        document=row.document, contacts=contacts, key=f"invoice:{row.pk}", template=LETTER,
        context={"invoice": row, "job": row.job, "sender": by}, at=at, by=by,
    )  # fmt: skip


# --- third-party cost (6.7) ---------------------------------------------------------------------


def cost_of(row, at):
    """What suppliers and media owners get of the amount billed; the last part takes the rest."""
    if row.kind == Kind.PRODUCTION:
        papers = row.job.estimates.in_force_at(at)
        cost = sum((paper.cost for paper in papers), ZERO)
        return _share(row, cost, signed_net(row.job, at))
    if row.kind == Kind.MEDIA:
        plan = MediaPlan.objects.in_force_at(at).filter(job=row.job_id).first()
        return _share(row, plan.payable, plan.media_price) if plan else row.net
    return ZERO


def _share(row, cost, whole):
    earlier = Invoice.objects.out().filter(job=row.job_id, in_budget=True)
    if row.kind == Kind.MEDIA:
        earlier = earlier.filter(kind=Kind.MEDIA) | earlier.filter(credits__kind=Kind.MEDIA)
    pairs = list(earlier.values_list("net", "cost"))
    billed, booked = (sum((pair[place] for pair in pairs), ZERO) for place in (0, 1))
    if billed + row.net == whole:
        return cost - booked
    return cents(cost * row.net / whole) if whole else ZERO
