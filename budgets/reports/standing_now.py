"""A client's year as it stands now, for the tile on the client's page: in two questions.

The rows come summed and without their past; the figures are reckoned by the same `ClientYear`.
"""

from decimal import Decimal
from types import SimpleNamespace

from django.db.models import Case, CharField, DecimalField, F, IntegerField, Sum, Value, When
from django.db.models.functions import Cast

from budgets.models import MONTHS, Adjustment, BudgetLine, Category, Invoice, MediaLine
from budgets.models.budget import ZERO, AnnualBudget
from budgets.models.monthly import MonthlyReport
from budgets.reports.fees import fee_contracts, fee_months
from budgets.reports.standing_facts import Bill, Correction, Paper, Pot
from budgets.reports.standing_year import ClientYear, year_at
from budgets.sums import ON_TOP
from jobs.models import Estimate, Job

MONEY = DecimalField(max_digits=16, decimal_places=2)
SHAPE = ("what", "category_", "job_", "state_", "amount_", "planned_")
PRICE = F("media_price") + F("service_fee")


def year_now(client, at):
    """The ClientYear that holds the instant; good for that instant alone."""
    book = ClientYear(client, year_at(client, at))
    first, *rest = (
        read(book, at) for read in (_pots, _estimates, _lines, _bills, _corrections, _fee_jobs)
    )
    for row in first.union(*rest, all=True):
        _take(book, at, *row)
    _fees(book)
    return book


def _shaped(rows, what, amount, category=None, job="job", planned=None):
    """The rows of one kind, summed by category and job, in the shape all kinds share."""
    path = f"{job}__" if job and job != "pk" else ""
    keys = {
        "what": Cast(Value(what) if isinstance(what, str) else what, CharField()),
        "category_": Cast(Value(category) if category else F("category"), CharField()),
        "job_": Cast(F(job) if job else Value(None), IntegerField()),
        "state_": Cast(F(f"{path}state") if job else Value(""), CharField()),
    }
    sums = {
        "amount_": Cast(Sum(amount), MONEY),
        "planned_": Cast(Sum(planned if planned is not None else Value(0)), MONEY),
    }
    return rows.order_by().annotate(**keys).values(*keys).annotate(**sums).values_list(*SHAPE)


def _pots(book, at):
    budgets = AnnualBudget.objects.filter(client=book.client, year=book.year).in_force_at(at)
    count = sum(month <= book.day(at) for month in book.months)
    planned = sum((F(name) for name in MONTHS[1:count]), F(MONTHS[0])) if count else Value(ZERO)
    rows = BudgetLine.objects.filter(budget__in=budgets)
    return _shaped(rows, "pot", F("amount"), job=None, planned=planned)


def _estimates(book, _at):
    rows = Estimate.objects.signed().filter(
        job__client=book.client, job__budget_year=book.year
    )  # fmt: skip
    return _shaped(rows, "paper", F("net"), Category.PRODUCTION.value)


def _lines(book, _at):
    rows = MediaLine.objects.filter(
        plan__state=Estimate.State.SIGNED, plan__job__client=book.client,
        month__gte=book.months[0], month__lte=book.months[-1],
    )  # fmt: skip
    amount = Case(When(plan__mode=ON_TOP, then=PRICE + F("commission")), default=PRICE)
    return _shaped(rows, "paper", amount, Category.MEDIA.value, "plan__job")


def _bills(book, at):
    rows = Invoice.objects.out().filter(
        client=book.client, budget_year=book.year, in_budget=True, issued_on__lte=book.day(at)
    )
    return _shaped(rows, "bill", F("net"))


def _corrections(book, at):
    rows = Adjustment.objects.filter(
        report__client=book.client, report__budget__year=book.year, report__cutoff_at__lte=at,
        signed_at__isnull=False,
    ).exclude(report__state=MonthlyReport.State.SUPERSEDED)  # fmt: skip
    return _shaped(rows, F("column"), F("amount"), job=None)


def _fee_jobs(book, _at):
    rows = Job.objects.filter(client=book.client, kind=Job.Kind.FEE, budget_year=book.year)
    return _shaped(rows, "job", Value(Decimal(0)), Category.FEE.value, "pk")


def _take(book, at, what, category, job, state, amount, planned):
    if job is not None:
        book.jobs[job] = SimpleNamespace(
            pk=job, state=state, kind=category, number=f"{job:012}", client=book.client,
            budget_year=book.year,
        )  # fmt: skip
    if what == "pot":
        book.pots.append(Pot(category, None, amount, (planned,), None, at, None))
    elif what == "paper":
        book.papers.append(Paper(job, category, amount, "", 0, "", signed_at=at))
    elif what == "bill":
        book.bills.append(Bill(job, category, amount, book.day(at), 0, ""))
    elif what != "job":
        book.corrections.append(Correction(category, what, amount, at, 0, ""))


def _fees(book):
    jobs = [job for job in book.jobs.values() if job.kind == Category.FEE]
    if not jobs:
        return
    contracts = fee_contracts(book.client)
    for job in jobs:
        for month, contract in fee_months(job, contracts):
            book.papers.append(
                Paper(
                    job.pk,
                    Category.FEE,
                    contract.monthly_fee,
                    "fee",
                    0,
                    "",
                    month,
                    signed_at=contract.created_at,
                )
            )
