"""What is signed and not billed: the parts from which invoices are drafted (3.9, 6.2, 6.3)."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.utils.formats import date_format
from django.utils.translation import gettext, override, pgettext

from agency.common.dates import first_of
from budgets.models import Invoice, InvoiceLine, MediaPlan
from budgets.models.budget import ZERO
from budgets.reports.fees import bearers, fee_contracts, fee_months
from budgets.reports.signed import signed_net
from budgets.years import client_day
from jobs.models import Job

Kind, Issuer, State = Invoice.Kind, Invoice.Issuer, Invoice.State
LANGUAGES = {"en": "en"}
TEXT_MOST = 200


@dataclass(frozen=True)
class Part:
    """One thing signed: its net, what of it is on invoices and drafts, and what is left.

    is_due: offered as it is; contingency and months to come wait for the person's own word.
    """

    key: str
    kind: str
    text: str
    net: Decimal
    billed: Decimal
    vat_rate: Decimal
    rest: Decimal = ZERO
    is_due: bool = True
    in_budget: bool = True
    issuer: str = Issuer.AGENCY
    month: date | None = None
    estimate: object = None
    plan: object = None
    contract: object = None
    supplier: object = None
    estimate_line: object = None
    media_line: object = None
    contingency_of: object = None

    @property
    def group(self):
        """Parts of one group stand on one invoice."""
        return (self.kind, self.month, self.supplier, self.in_budget)


def propose(job, at, signed=None):
    """[Part] of the job with something left to bill, oldest month first.

    signed: the net that is signed, where the caller knows it.
    """
    signed = signed_net(job, at) if signed is None else signed
    parts = SOURCES[job.kind](job, at)
    parts = [replace(part, rest=part.net - part.billed) for part in parts]
    parts = _within(parts, signed - on_invoices(job))
    return [part for part in parts if part.rest]


def on_invoices(job):
    """In-budget net of the job's invoices, drafts among them: what nobody else may draft again."""
    rows = Invoice.objects.filter(job=job, in_budget=True).exclude(state=State.VOID)
    return rows.aggregate(sum=Sum("net"))["sum"] or ZERO


def _within(parts, left):
    """Together no more than is left of the job: earlier versions' lines count, too."""
    over = sum((part.rest for part in parts if part.in_budget), ZERO) - left
    found = []
    for part in reversed(parts):
        if over > 0 and part.in_budget and part.rest > 0:
            cut = min(over, part.rest)
            part, over = replace(part, rest=part.rest - cut), over - cut
        found.append(part)
    return found[::-1]


def _sums(job, *paths):
    """For each path {its value: net} on the job's invoices that are not void."""
    rows = InvoiceLine.objects.filter(invoice__job=job).exclude(invoice__state=State.VOID)
    found = [defaultdict(lambda: ZERO) for _path in paths]
    for *values, net in rows.order_by().values_list(*paths).annotate(Sum("net")):
        for sums, value in zip(found, values, strict=True):
            sums[value] += net
    return found


# --- production ---------------------------------------------------------------------------------


def _of_estimates(job, at):
    """Lines of the base and of change orders in force, then what was kept for contingency."""
    papers = list(job.estimates.in_force_at(at).order_by("change").prefetch_related("lines"))
    by_line, by_estimate = _sums(job, "estimate_line", "contingency_of")
    parts = [
        Part(
            f"line:{line.pk}", Kind.PRODUCTION, line.text, line.price, by_line[line.pk],
            line.vat_rate, estimate=paper, estimate_line=line,
        )
        for paper in papers for line in paper.lines.all() if line.chosen
    ]  # fmt: skip
    return parts + [
        Part(
            f"contingency:{paper.pk}", Kind.PRODUCTION, said(job, "contingency"),
            paper.contingency, by_estimate[paper.pk], paper.vat_rate, is_due=False,
            estimate=paper, contingency_of=paper,
        )
        for paper in papers if paper.contingency
    ]  # fmt: skip


# --- media --------------------------------------------------------------------------------------


def _of_plan(job, at):
    """Media price and commission of the plan in force, by the months of its lines (6.2)."""
    plan = MediaPlan.objects.in_force_at(at).filter(job=job).first()
    if plan is None:
        return []
    months = defaultdict(list)
    for line in plan.lines.select_related("supplier").order_by("month", "position", "pk"):
        months[line.month].append(line)
    (by_thread,), known = _sums(job, "media_line__thread"), _by_month(job)
    now = first_of(client_day(job.client, at))
    parts = []
    for month, lines in sorted(months.items()):
        common = {"plan": plan, "month": month, "is_due": month <= now}
        if plan.billing == MediaPlan.Billing.AGENCY:
            parts += [_media(job, line, by_thread, common) for line in lines]
        else:
            parts += _of_owners(job, lines, known, common)
        parts += _fees(job, lines, known, common)
    return parts


def _media(job, line, by_thread, common):
    text = f"{line.vehicle} {line.spec}".strip()
    return Part(
        f"media:{line.thread}", Kind.MEDIA, _dated(job, text, line.month), line.media_price,
        by_thread[line.thread], common["plan"].vat_rate, media_line=line, **common,
    )  # fmt: skip


def _of_owners(job, lines, known, common):
    """Direct billing: what each owner bills himself, and the commission he owes where inside."""
    plan, month = common["plan"], common["month"]
    owners = defaultdict(list)
    for line in lines:
        owners[line.supplier].append(line)
    for owner, rows in owners.items():
        pk = owner.pk if owner else 0
        price = sum((row.media_price for row in rows), ZERO)
        yield Part(
            f"owner:{month:%Y-%m}:{pk}", Kind.MEDIA,
            _dated(job, owner.name if owner else said(job, "media"), month), price,
            known["owner", month, pk], plan.vat_rate, issuer=Issuer.MEDIA_OWNER, supplier=owner,
            **common,
        )  # fmt: skip
        commission = sum((row.commission for row in rows), ZERO)
        if plan.mode == MediaPlan.Mode.INCLUDED and commission:
            yield Part(
                f"owed:{month:%Y-%m}:{pk}", Kind.COMMISSION,
                _dated(job, said(job, "commission"), month), commission,
                known["owed", month, pk], plan.vat_rate, in_budget=False, supplier=owner,
                **common,
            )  # fmt: skip


def _fees(job, lines, known, common):
    """The commission on top and the service fee that the client pays for the month."""
    plan, month = common["plan"], common["month"]
    is_on_top = plan.mode == MediaPlan.Mode.ON_TOP
    commission = sum((row.commission for row in lines), ZERO) if is_on_top else ZERO
    fee = sum((row.service_fee for row in lines), ZERO)
    if not commission + fee:
        return
    words = "both" if commission and fee else "commission" if commission else "service_fee"
    yield Part(
        f"fee:{month:%Y-%m}", Kind.COMMISSION, _dated(job, said(job, words), month),
        commission + fee, known["fee", month, 0], plan.vat_rate, **common,
    )  # fmt: skip


def _by_month(job):
    """{(what, month, owner): net}: what media owners billed, what they owe, the client's fees."""
    found = defaultdict(lambda: ZERO)
    rows = Invoice.objects.filter(job=job, month__isnull=False).exclude(state=State.VOID)
    names = ("issuer", "category", "in_budget", "month", "supplier", "plan", "net", "kind",
             "credits__kind")  # fmt: skip
    for row in rows.values(*names):
        kind = row["credits__kind"] or row["kind"]
        if row["issuer"] == Issuer.MEDIA_OWNER:
            found["owner", row["month"], row["supplier"] or 0] += row["net"]
        elif kind == Kind.COMMISSION:
            what = "fee" if row["in_budget"] else "owed"
            owner = 0 if row["in_budget"] else row["supplier"] or 0
            found[what, row["month"], owner] += row["net"]
        elif kind == Kind.FEE:
            found["retainer", row["month"], 0] += row["net"]
    return found


# --- fees ---------------------------------------------------------------------------------------


def _of_contract(job, at):
    """The monthly fee of each month that a contract covers (6.3)."""
    if not bearers([job]):
        return []
    known, now = _by_month(job), first_of(client_day(job.client, at))
    return [
        Part(
            f"retainer:{month:%Y-%m}", Kind.FEE, _dated(job, said(job, "retainer"), month),
            contract.monthly_fee, known["retainer", month, 0], contract.vat_rate,
            is_due=month <= now, month=month, contract=contract,
        )
        for month, contract in fee_months(job, fee_contracts(job.client))
    ]  # fmt: skip


SOURCES = {
    Job.Kind.PRODUCTION: _of_estimates,
    Job.Kind.MEDIA: _of_plan,
    Job.Kind.FEE: _of_contract,
}

# --- words of the paper, in its language --------------------------------------------------------


def language_of(client):
    return LANGUAGES.get(client.paper_language, "zh-hans")


def said(job, key):
    with override(language_of(job.client)):
        return {
            "contingency": gettext("Contingency"),
            "media": gettext("Media"),
            "commission": gettext("Agency commission"),
            "service_fee": gettext("Agency service fee"),
            "both": gettext("Agency commission and service fee"),
            "retainer": gettext("Monthly fee"),
        }[key]


def _dated(job, text, month):
    with override(language_of(job.client)):
        when = date_format(month, pgettext("month of an invoice line", "F Y"))
    room = TEXT_MOST - len(when) - 2
    return (
        f"{text[:room]}, {when}" if job.client.paper_language == "en" else f"{text[:room]} {when}"
    )
