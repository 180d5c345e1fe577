"""What stands in the addresses of budgets: one function a thing, for one side."""

from datetime import date

from budgets.models import AnnualBudget, ClosedMonth, Payment
from tests.archives.papers import make_document
from tests.budgets import business, make, months, plans
from tests.builders import make_user
from tests.jobs.make import make_brief, make_job
from tests.rights_jobs import ended, made
from tests.rights_side import NOW, TODAY, pk, thing


@thing
def annual_budget(side):
    return pk(make.make_budget(side.customer, production="120000.00"))


@thing
def draft_budget(side):
    return pk(make.make_budget(side.customer, year=make.YEAR + 1, state="draft", media="12.00"))


@thing
def client_year(side):
    return {**pk(side.customer), "year": 2026}


@thing
def figure(side):
    return {**client_year(side), "column": "billed"}


def plan_in(side, state):
    """A media plan that has come so far on its way."""
    return make.pass_plan_to(make.make_plan(made(side, kind="media"), [{}]), state)


@thing
def plan_to_hand_in(side):
    return pk(plan_in(side, "draft"))


@thing
def submitted_plan(side):
    return pk(plan_in(side, "submitted"))


@thing
def approved_plan(side):
    return pk(plan_in(side, "approved"))


@thing
def sent_plan(side):
    return pk(plan_in(side, "sent"))


@thing
def recorded_plan(side):
    row = plan_in(side, "sent")
    row.answer = row.client_document.answers.create(
        contact=row.sent_to, answer="signed", at=NOW, sha256=row.client_document.sha256,
        proof=make_document(side.customer, kind="signature_proof"), recorded_by=make_user(),
    )  # fmt: skip
    row.save()
    return pk(row)


@thing
def expired_plan(side):
    return ended(plan_in(side, "sent"), "expired")


@thing
def refused_plan(side):
    return ended(plan_in(side, "submitted"), "refused")


@thing
def opportunity(side):
    return pk(business.make_opportunity(side.customer, side.ae))


def expense_in(side, state):
    return pk(business.make_expense(side.ae, client=side.customer, state=state))


@thing
def draft_expense(side):
    return expense_in(side, "draft")


@thing
def asked_expense(side):
    business.allow("5000.00")
    return expense_in(side, "requested")


@thing
def approved_expense(side):
    return expense_in(side, "approved")


@thing
def spent_expense(side):
    return expense_in(side, "spent")


def media_job_of(side):
    job = make_job(side.customer, side.ae, kind="media")
    make_brief(job)
    return job


# --- invoices -----------------------------------------------------------------------------------


def invoice_in(side, state):
    return make.make_invoice(make_job(side.customer, side.ae), "1000.00", state=state)


@thing
def draft_invoice(side):
    return pk(invoice_in(side, "draft"))


@thing
def checked_invoice(side):
    return pk(invoice_in(side, "checked"))


@thing
def issued_invoice(side):
    return pk(invoice_in(side, "issued"))


@thing
def signed_job(side):
    """With something signed and nothing billed."""
    job = make_job(side.customer, side.ae)
    make.make_signed(job, "1000.00")
    return pk(job)


@thing
def payment(side):
    job = make_job(side.customer, side.ae)
    invoice = make.make_invoice(job, "1000.00", state="part_paid", paid="10.00")
    return pk(Payment.objects.create(
        invoice=invoice, on=TODAY, at=NOW, amount="10.00", entered_by=side.ae
    ))  # fmt: skip


@thing
def media_job(side):
    return pk(media_job_of(side))


@thing
def draft_plan(side):
    return pk(make.make_plan(media_job_of(side), [{}]))


@thing
def draft_media_line(side):
    return pk(make.make_plan(media_job_of(side), [{}]).lines.get())


@thing
def signed_plan(side):
    return pk(plans.signed_plan(media_job_of(side)))


@thing
def signed_media_line(side):
    return pk(plans.signed_plan(media_job_of(side)).lines.get())


def monthly(side, number, state="draft"):
    """A report of a month of its own, in the side's annual budget."""
    budget = AnnualBudget.objects.get(**side.kwargs("annual budget"))
    return months.make_monthly(side.customer, budget, date(make.YEAR, number, 1), state)


@thing
def monthly_report(side):
    return pk(monthly(side, 1))


@thing
def submitted_monthly_report(side):
    return pk(monthly(side, 2, "submitted"))


@thing
def signed_monthly_report(side):
    return pk(monthly(side, 3, "signed"))


@thing
def issued_monthly_report(side):
    return pk(monthly(side, 4, "issued"))


@thing
def adjustment(side):
    report = monthly(side, 5)
    return pk(report.adjustments.create(
        category="production", column="billed", amount="100.00", reason="Booked twice by the bank",
        by=side.ae,
    ))  # fmt: skip
    return pk(make_job(side.customer, side.ae, kind="media"))


@thing
def closed_month(side):
    month = {"month": date(2020, 1, 1), "defaults": {"closed_at": NOW}}
    return pk(ClosedMonth.objects.get_or_create(**month)[0])
