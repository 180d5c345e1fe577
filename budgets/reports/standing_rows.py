"""The rows behind where an amount stands: whole clients at once, in nine queries."""

from django.db.models import Case, F, OuterRef, Q, Subquery, Sum, When
from django.db.models.functions import Least

from agency.common.models import AuditEntry
from budgets.models import (
    Adjustment,
    BudgetLine,
    Category,
    Invoice,
    MediaLine,
    MediaPlan,
    MediaPlanApproval,
    MonthlyReport,
)
from budgets.models.invoice import RECEIVABLE
from budgets.reports.fees import agreed_fees, fee_turns
from budgets.reports.standing_facts import Bill, Correction, Paper, Pot
from budgets.reports.standing_year import ClientYear
from budgets.sums import ON_TOP
from budgets.years import fiscal_year
from jobs.models import Estimate, EstimateApproval, Job, JobLog

State = Estimate.State
ALL = Q()
ENDED = (State.REFUSED, State.EXPIRED, State.WITHDRAWN)
ESTIMATE = ("pk", "number", "revision", "net", "subtotal", "cost", "job", "job__client",
            "job__budget_year")  # fmt: skip
TIMES = ("began", "ended", "sent_at", "signed_at", "superseded_at")


def read_years(years):
    """{client's key: ClientYear} of {client: fiscal year}, in a fixed number of queries."""
    books = {client.pk: ClientYear(client, year) for client, year in years.items()}
    if books:
        for read in (
            read_pots, read_estimates, read_plans, read_bills, read_corrections,
            read_jobs, read_logs, read_fees,
        ):  # fmt: skip
            read(books)
    return books


def _years(books):
    return {book.year for book in books.values()}


def read_pots(books):
    rows = BudgetLine.objects.filter(
        budget__client__in=books, budget__year__in=_years(books),
        budget__authorised_at__isnull=False,
    ).select_related("budget", "brand")  # fmt: skip
    for row in rows.order_by("budget__version", "category", "brand", "pk"):
        budget = row.budget
        if budget.year == books[budget.client_id].year:
            books[budget.client_id].pots.append(Pot(
                row.category, row.brand, row.amount, tuple(row.months), budget,
                budget.authorised_at, budget.superseded_at,
            ))  # fmt: skip


def _ended(model, approvals):
    """When a paper that was never signed left the way: refused, expired or withdrawn."""
    refused = approvals.filter(decision="refused").order_by("-at")
    log = AuditEntry.objects.filter(
        subject_type=model._meta.label_lower, subject_id=OuterRef("pk"),
        verb__startswith="withdraw",
    )  # fmt: skip
    return Case(
        When(state=State.REFUSED, then=Subquery(refused.values("at")[:1])),
        When(state=State.EXPIRED, then=F("expires_at")),
        When(state=State.WITHDRAWN, then=Subquery(log.order_by("-pk").values("at")[:1])),
    )


def _standing(rows, approvals):
    """Papers signed once, on their way, or ended at an instant that is known; each with TIMES."""
    rows = rows.annotate(
        began=Least("created_at", "submitted_at"), ended=_ended(rows.model, approvals)
    )
    return rows.filter(~Q(state__in=ENDED) | Q(ended__isnull=False))


def _standing_times(row):
    """The instants that decide where a paper stands."""
    times = {name: row[name] for name in ("sent_at", "signed_at", "superseded_at")}
    return {"begun_at": row["began"], "ended_at": row["ended"], **times}


def name_of(number, revision, pk):
    label = number or f"#{pk}"
    return f"{label}/R{revision}" if revision > 1 else label


def read_estimates(books, only=ALL):
    rows = Estimate.objects.filter(only, job__client__in=books, job__budget_year__in=_years(books))
    rows = _standing(rows, EstimateApproval.objects.filter(estimate=OuterRef("pk"))).order_by("pk")
    for row in rows.values(*TIMES, *ESTIMATE):
        book = books[row["job__client"]]
        if row["job__budget_year"] == book.year:
            name = name_of(row["number"], row["revision"], row["pk"])
            book.papers.append(Paper(
                row["job"], Category.PRODUCTION, row["net"], "estimate", row["pk"], name,
                price=row["net"], earned=row["subtotal"] - row["cost"], **_standing_times(row),
            ))  # fmt: skip


def read_plans(books, only=ALL):
    """A medium's month of a plan is a paper: its net falls into the month's fiscal year.

    The sums alone, then their plans by key: a question of both is planned badly.
    """
    ends = [book.months[place] for book in books.values() for place in (0, -1)]
    rows = MediaLine.objects.filter(
        only, plan__job__client__in=books, month__gte=min(ends), month__lte=max(ends)
    ).order_by("plan", "month", "medium")
    sums = rows.values("plan", "month", "medium").annotate(
        price=Sum("media_price"), fee=Sum("service_fee"), charged=Sum("commission")
    )
    plans = _plans_of({row["plan"] for row in sums})
    for row in sums:
        plan = plans.get(row["plan"])
        book = plan and books[plan["job__client"]]
        if book and fiscal_year(book.client, row["month"]) == book.year:
            book.papers.append(_plan_paper(plan, row))


def _plans_of(keys):
    """{key: what a paper wants of the plan}."""
    rows = MediaPlan.objects.filter(pk__in=keys)
    rows = _standing(rows, MediaPlanApproval.objects.filter(plan=OuterRef("pk")))
    names = ("pk", "number", "revision", "mode", "job", "job__client")
    return {row["pk"]: row for row in rows.values(*names, *TIMES)}


def _plan_paper(plan, row):
    net = row["price"] + row["fee"]
    net += row["charged"] if plan["mode"] == ON_TOP else 0
    name = name_of(plan["number"], plan["revision"], plan["pk"])
    return Paper(
        plan["job"], Category.MEDIA, net, "plan", plan["pk"], name, row["month"], row["medium"],
        price=row["price"], earned=row["charged"] + row["fee"], **_standing_times(plan),
    )  # fmt: skip


def read_bills(books):
    """What is billed in the year's budget; and whatever is still owed, of any year."""
    of_year = Q(budget_year__in=_years(books), in_budget=True)
    rows = Invoice.objects.out().filter(of_year | RECEIVABLE, client__in=books)
    for row in rows.order_by("issued_on", "pk").only(*BILL):
        book = books[row.client_id]
        if row.in_budget and row.budget_year == book.year:
            book.bills.append(
                Bill(row.job_id, row.category, row.net, row.issued_on, row.pk, row.number)
            )
        if row.is_receivable:
            book.owed.append(
                Bill(row.job_id, row.category, row.open_amount, row.due_on, row.pk, row.number)
            )


BILL = ("job", "category", "net", "issued_on", "number", "client", "budget_year", "in_budget",
        "issuer", "state", "due_on", "total", "credited", "paid", "kind")  # fmt: skip


def read_corrections(books):
    rows = Adjustment.objects.filter(
        report__client__in=books, report__budget__year__in=_years(books),
        signed_at__isnull=False,
    ).exclude(report__state=MonthlyReport.State.SUPERSEDED)  # fmt: skip
    for row in rows.select_related("report__budget").defer("report__rows"):
        report = row.report
        book = books[report.client_id]
        if report.budget.year == book.year:
            book.corrections.append(Correction(
                row.category, row.column, row.amount, report.cutoff_at, report.pk, row.reason
            ))  # fmt: skip


def read_jobs(books):
    """Those that something was signed, billed or written for, and the fee jobs."""
    named = {row.job for book in books.values() for row in (*book.papers, *book.bills, *book.owed)}
    fees = Q(kind=Job.Kind.FEE, client__in=books, budget_year__in=_years(books))
    for job in Job.objects.filter(Q(pk__in=named) | fees):
        book = books[job.client_id]
        if job.pk in named or job.budget_year == book.year:
            job.client = book.client
            book.jobs[job.pk] = job


def read_logs(books):
    homes = {job: book for book in books.values() for job in book.jobs}
    rows = JobLog.objects.filter(job__in=homes).order_by("at", "pk")
    for job, moment, state in rows.values_list("job", "at", "to_state"):
        homes[job].states[job].append((moment, state))


def read_fees(books):
    """A paper for each month of the budget year that a contract covers, by each fee it had."""
    fees = [
        (book, job)
        for book in books.values()
        for job in book.jobs.values()
        if job.kind == Job.Kind.FEE and job.budget_year == book.year
    ]
    agreed = agreed_fees(books)
    for book, job in fees:
        for month, row, since, until in fee_turns(job, agreed[job.client_id]):
            book.papers.append(Paper(
                job.pk, Category.FEE, row.monthly_fee, "fee", row.contract.pk, row.contract.number,
                month, signed_at=since, superseded_at=until,
            ))  # fmt: skip
