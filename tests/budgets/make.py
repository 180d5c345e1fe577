"""Rows of budgets as tests need them, written without the verbs."""

import uuid
from datetime import date, timedelta
from decimal import Decimal as D

from agency.common.money import cents
from budgets.models import AnnualBudget, BudgetLine, Invoice, InvoiceLine, MediaLine, MediaPlan
from budgets.sums import invoice_totals, media_line_sums, plan_totals
from tests.archives.papers import make_document
from tests.builders import make_contact, make_user
from tests.jobs.make import DUE, NOW, SHA, make_estimate, pass_to

YEAR = NOW.year
# An invoice begins without what its issue gives it: afterwards its lines are frozen.
DRAFT = {"issued_at": None, "issued_on": None, "due_on": None, "document": None}


def make_budget(client, year=YEAR, state="authorised", version=1, reason="", **amounts):
    """amounts: category=sum, spread evenly with the rest of the division in the last month."""
    budget = AnnualBudget.objects.create(
        client=client, year=year, currency=client.currency, state=state, version=version,
        reason=reason,
        **(_authorisation(client) if state != "draft" else {}),
    )  # fmt: skip
    for category, amount in amounts.items():
        make_budget_line(budget, category, D(amount))
    return budget


def _authorisation(client):
    person = client.contacts.first() or make_contact(client)
    return {
        "authorised_by": person, "authorised_on": date(YEAR, 1, 5), "authorised_at": NOW,
        "proof": make_document(client),
    }  # fmt: skip


def make_budget_line(budget, category, amount, brand=None):
    each = (amount / 12).quantize(D("0.01"))
    months = {f"m{number:02}": each for number in range(1, 12)}
    months["m12"] = amount - sum(months.values())
    return BudgetLine.objects.create(
        budget=budget, category=category, brand=brand, amount=amount, **months
    )


def make_plan(job, lines=(), **fields):
    """A draft media plan; lines are dicts of MediaLine, sums by the formula."""
    plan = MediaPlan.objects.create(
        job=job, title=job.title, author=fields.pop("author", job.ae),
        currency=job.client.currency, **fields,
    )  # fmt: skip
    rows = [make_media_line(plan, position, **line) for position, line in enumerate(lines, 1)]
    sums = plan_totals(rows, plan.mode, plan.vat_rate)
    for name in ("gross", "media_price", "commission", "service_fee", "client_net", "vat", "total"):
        setattr(plan, name, getattr(sums, name))
    plan.save()
    return plan


def make_media_line(plan, position=1, **fields):
    given = {
        "medium": "tv", "vehicle": "东方卫视", "month": date(YEAR, 11, 1), "runs": 1,
        "unit_gross": D("1000"), "discount_rate": D("0"), "fixed_price": None, **fields,
    }  # fmt: skip
    sums = media_line_sums(
        given["runs"], given["unit_gross"], given["discount_rate"], given["fixed_price"],
        plan.commission_rate, plan.service_fee_rate,
    )  # fmt: skip
    return MediaLine.objects.create(
        plan=plan, position=position, thread=uuid.uuid4(), gross=sums.gross,
        media_price=sums.media_price, commission=sums.commission, service_fee=sums.service_fee,
        **given,
    )  # fmt: skip


def make_invoice(job, net, state="draft", kind="production", vat_rate="0.06", **fields):
    """One line of `net`; issued at NOW with a paper where the state says so."""
    given = {
        "client": job.client, "author": job.ae, "currency": job.client.currency,
        "budget_year": job.budget_year, "category": job.kind, **_issue(job, state), **fields,
    }  # fmt: skip
    line = InvoiceLine(position=1, text=job.title, net=D(net), vat_rate=D(vat_rate))
    sums = dict(zip(("net", "vat", "total"), invoice_totals([line]), strict=True))
    invoice = Invoice.objects.create(job=job, kind=kind, **{**sums, **given, **DRAFT})
    line.invoice = invoice
    line.save()
    for name in DRAFT:
        setattr(invoice, name, given.get(name))
    invoice.state = state
    invoice.save()
    return invoice


def _issue(job, state):
    if state not in Invoice.OUT:
        return {}
    number = Invoice.objects.filter(client=job.client).count() + 1
    return {
        "number": f"{job.client.code}/PI/{YEAR}/{number:03}", "issued_at": NOW,
        "issued_on": NOW.date(), "due_on": date(YEAR, 12, 30),
        "document": make_document(job.client, kind="production_invoice"),
    }  # fmt: skip


def make_signed(job, net, **fields):
    """A production estimate of `net` that the client has signed; `contingency` is a part of it."""
    net, rest = D(net), D(fields.pop("contingency", "0"))
    tax = cents(net * D("0.06"))
    sums = {"subtotal": net - rest, "contingency": rest, "net": net, "vat": tax, "total": net + tax}
    if change := fields.get("change"):
        sums["number"] = f"{job.client.code}/PE/{YEAR}/{job.pk:03}/CO{change}"
    line = {"price": net - rest, "cost": fields.get("cost", D("0"))}
    return pass_to(make_estimate(job, [line], **{**sums, **fields}), "signed")


def sign_plan(plan, at=NOW):
    """The plan signed by the client, its rows written without the verbs."""
    return pass_plan_to(plan, "signed", at)


def pass_plan_to(plan, state, at=NOW):
    """The plan moved along the chain up to `state`, as tests.jobs.make.pass_to does."""
    path = ["draft", *PLAN_STEPS]
    for step in path[path.index(plan.state) + 1 : path.index(state) + 1]:
        PLAN_STEPS[step](plan, at)
        plan.state = step
        plan.save()
    return plan


def _submit_plan(plan, at):
    plan.number = plan.number or f"{plan.client.code}/MP/{YEAR}/{plan.job_id:03}"
    plan.submitted_by, plan.submitted_at, plan.data_sha256 = plan.author, at, SHA


def _approval_of(step, role):
    def approve(plan, at):
        plan.approvals.create(
            step=step, decision="approved", by=make_user(role=role), at=at, data_sha256=SHA
        )

    return approve


def _send_plan(plan, at):
    plan.sent_at, plan.sent_to = at, make_contact(plan.client, can_sign=True)
    plan.valid_until, plan.expires_at = DUE, at + timedelta(days=29)
    for face in ("client", "internal"):
        paper = make_document(
            plan.client, kind="media_plan", face=face, number=plan.number, revision=plan.revision
        )
        paper.job_numbers.create(job_number=plan.job.number)
        setattr(plan, f"{face}_document", paper)


def _sign_plan(plan, at):
    plan.answer = plan.client_document.answers.create(
        contact=plan.sent_to, answer="signed", at=at, sha256=plan.client_document.sha256,
        proof=make_document(plan.client, kind="signature_proof"), recorded_by=plan.author,
        confirmed_by=make_user(role="am"), confirmed_at=at,
    )  # fmt: skip
    plan.signed_at, plan.signed_by = at, plan.sent_to


PLAN_STEPS = {
    "submitted": _submit_plan,
    "manager_ok": _approval_of("manager", "am"),
    "approved": _approval_of("director", "ad"),
    "sent": _send_plan,
    "signed": _sign_plan,
}
