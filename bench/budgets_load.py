"""Clients' years by the hundred: of each kind a row made singly, the others copied in the database.

A year of a client is a budget in two versions, a contract with a monthly fee, jobs with signed
estimates, change orders and media plans, invoices over its months with payments and credit notes,
monthly reports, costs, expenses and opportunities. All of it follows from the number of a job: a
second load is the same to the cent. `manage.py verify_money` finds it adding up.
"""

from datetime import date, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import AccountGroup
from accounts.models.scope import local_day
from agency.common.dates import DAY
from bench.budgets_copy import (
    BUDGET_LINE,
    CORRECT,
    PAPERS_OF_MONEY,
    SOURCES,
    VERSIONS,
    YEAR,
)
from budgets.models import MonthlyReport
from budgets.reports.monthly_figures import draw
from budgets.years import cutoff, first_and_last, fiscal_year, months_of
from jobs.models import Job
from tests.budgets import make, months, owed
from tests.builders import make_brand, make_client, make_contact, make_contract, make_user
from tests.jobs import make as jobs

CLIENTS, JOBS = 30, 200
SPAN = 1_000  # keys of the jobs of one client and year; those made singly stay below the first
FIRST = 1_000_000
LONG_AGO = date(1999, 10, 1)  # of the rows that are copied
APRIL = 7  # each so many clients' year begins in April
CODES = [f"{first}{second}" for first in "QUVWXZ" for second in "ABCDE"]


class House:
    """Thirty clients with their teams; one group account director over all; finance."""

    def __init__(self):
        settings.FAULT = "pdf_blank"
        self.at = timezone.now()
        self.gad, self.ad = make_user("gad_bench", "gad"), make_user("ad_bench", "ad")
        self.finance = make_user("finance_bench", "finance")
        with transaction.atomic():
            self.accounts = [Account(self, number) for number in range(CLIENTS)]
        AccountGroup.objects.update(head=self.gad)
        settings.FAULT = ""

    def grow(self, back, size=JOBS):
        """The year that lies so many years back, of all clients, with so many jobs each."""
        with connection.cursor() as cursor, transaction.atomic():
            cursor.execute("SET LOCAL synchronous_commit = off")
            cursor.execute("SET LOCAL session_replication_role = replica")
            for account in self.accounts:
                account.grow(cursor, back, size)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        if not back:
            self.draw()
        return Job.objects.count()

    def draw(self):
        """Every report of a client as long as that of its last whole month."""
        for report in MonthlyReport.objects.filter(state="draft").select_related("client"):
            MonthlyReport.objects.filter(client=report.client).update(rows=draw(report))


class Account:
    """A client and one row of each kind, by which its years are copied."""

    def __init__(self, house, number):
        self.number, self.house = number, house
        self.ae, self.am = make_user(role="ae"), make_user(role="am")
        start = 4 if number % APRIL == 3 else 1
        self.client = make_client(
            CODES[number], team=[self.ae, self.am, house.ad], fiscal_start_month=start
        )
        make_contact(self.client, can_sign=True)
        self.rows = self.originals()

    def originals(self):
        """{name: the row to be copied}, all of a year long past."""
        client, am = self.client, self.am
        job, media = self.old_job("001"), self.old_job("002", kind="media")
        estimate = make.make_signed(job, "1000", cost="850")
        line = {"supplier": jobs.make_supplier(client.code), "month": LONG_AGO}
        plan = make.sign_plan(make.make_plan(media, [line]))
        approval, second = estimate.approvals.order_by("pk")
        return {
            "job": job, "log": job.logs.create(at=self.house.at, to_state="approved", by=am),
            "estimate": estimate, "estimate_line": estimate.lines.get(),
            "approval": approval, "second": second, "plan": plan, "media_line": plan.lines.get(),
            "contract": make_contract(
                client, monthly_fee="30000", kind="retainer", starts_on=LONG_AGO, ends_on=LONG_AGO
            ),
            **self.of_budget(), **self.of_money(job),
        }  # fmt: skip

    def old_job(self, number, **fields):
        number = f"{self.client.code}-{LONG_AGO:%y}-{number}"
        return jobs.make_job(
            self.client, self.ae, "closed", approved_by=self.am, budget_year=LONG_AGO.year,
            number=number, **fields,
        )  # fmt: skip

    def of_budget(self):
        client = self.client
        production = "4000000" if self.number % 8 == 5 else "4600000"
        budget = make.make_budget(
            client, LONG_AGO.year, production=production, media="1700000", fee="360000"
        )
        make.make_budget_line(budget, "production", jobs.D("600000"), make_brand(client))
        report = months.make_monthly(client, budget, month=LONG_AGO, state="issued")
        adjustment = report.adjustments.create(
            category="production", column="budget", amount="1000.00", reason="Moved", by=self.ae,
            signed_by=self.am, signed_at=self.house.at,
        )  # fmt: skip
        return {"budget": budget, "report": report, "adjustment": adjustment}

    def of_money(self, job):
        client, day = self.client, LONG_AGO.isoformat()
        invoice = make.make_invoice(
            job, "100", "paid", number=f"{client.code}/IN/{LONG_AGO.year}/001", paid="106"
        )
        return {
            "invoice": invoice, "invoice_line": invoice.lines.get(),
            "payment": owed.pay(invoice, "106", day, self.house.finance),
            "chance": owed.chance(client, "50000", "0.5", day),
            "cost": owed.cost(client, "90000", day), "expense": owed.spend(client, "120", day),
        }  # fmt: skip

    def grow(self, cursor, back, size):
        """Its rows in the order in which they need each other."""
        place = self.place(back, size)
        for name, source, changes in YEAR:
            insert(cursor, self.rows[name], source, changes, place)
        for line in self.rows["budget"].lines.all():
            insert(cursor, line, VERSIONS, BUDGET_LINE, place)
        for statement in CORRECT:
            cursor.execute(statement, place)
        for name, source, changes in PAPERS_OF_MONEY:
            insert(cursor, self.rows[name], source, changes, place)

    def place(self, back, size):
        """What the statements of a year are told."""
        client, at = self.client, self.house.at
        year = fiscal_year(client, local_day(at)) - back
        first, last = first_and_last(client, year)
        over = [month for month in months_of(client, year) if cutoff(client, month) <= at]
        end = min(last, local_day(at))
        low = FIRST + (self.number * 20 + back) * SPAN
        return {
            "low": low, "high": low + size, "size": size, "year": year, "first": first,
            "last": last, "days": (end - first).days + 1, "now": at, "today": local_day(at),
            "week": at - timedelta(days=7), "is_past": back > 0, "code": client.code,
            "over": over, "drafted": over[-1] if over and not back else None,
            "authorised": first - 10 * DAY,
        }  # fmt: skip


def insert(cursor, row, source, changes, place):
    """Copies of the row, one for each row of the source, with these columns changed."""
    table = row._meta.db_table
    names = [field.column for field in row._meta.concrete_fields]
    values = [changes.get(name, kept(name)) for name in names]
    columns = ", ".join(f'"{name}"' for name in names)
    cursor.execute(
        f"INSERT INTO {table} ({columns}) SELECT {', '.join(values)}"  # noqa: S608 our own names
        f" FROM {table} t, {source.format(**SOURCES)} AND t.id = %(pk)s",
        {**place, "pk": row.pk},
    )


def kept(name):
    return "NULL" if name in ("form_key", "next_notice_at") else f't."{name}"'
