"""The world that histories of a client's year begin from, brought there by the services."""

from collections import defaultdict
from datetime import date
from decimal import Decimal as D
from functools import cache
from random import Random

from accounts.models import ClientLink
from agency.common.money import cents
from budgets.services.invoice import draft_invoices
from budgets.services.invoice_check import check_invoice
from budgets.services.invoice_issue import issue_invoice
from budgets.services.invoice_sources import propose
from budgets.services.payment import pay_invoice
from budgets.services.plan_revising import revise_plan
from jobs.models import Job
from jobs.services.chain import approve, submit
from jobs.services.lines import save_line
from jobs.services.revising import draft_change_order, re_estimate
from jobs.services.sending import send
from jobs.services.signing import sign_by_link
from tests.archives.papers import make_document
from tests.budgets import plans, years
from tests.builders import make_client, make_contact, make_group, make_user, when
from tests.jobs import make as jobs

YEAR = 2026
PREPARED = when("2026-02-10 10:00")
REASON = "It is other than we spoke about."


class World:
    """A client with its people; three jobs with signed papers, one of them billed and paid in part;
    what it may sign next: two papers, two change orders, three that take the place of others."""

    def __init__(self, seed=7):
        self.dice = Random(seed)
        self.ae, self.am, self.ad = (make_user(role=role) for role in ("ae", "am", "ad"))
        self.finance = make_user(role="finance")
        group = make_group(head=make_user(role="gad"))
        self.client = make_client(
            team=[self.ae, self.am, self.ad], group=group, sign_expiry_days=400,
            sign_needs_code=False,
        )  # fmt: skip
        self.contact = make_contact(self.client, can_sign=True)
        self.budget = {"production": D("40000.00"), "media": D("30000.00")}
        years.make_year(self.client, **self.budget)
        self.proof = make_document(self.client, kind="signature_proof")
        self.jobs, self.in_force = [], []
        self.pending = {"sign": [], "change": [], "supersede": []}
        self.production()
        self.media()
        self.job_keys = [job.pk for job in self.jobs]
        self.invoice, self.payment = self.billed(self.jobs[0])

    def billed(self, job):
        """A third of the first line, half paid."""
        part = propose(job, PREPARED)[0]
        amounts = {part.key: cents(part.net / 3)}
        (row,) = draft_invoices(job=job, amounts=amounts, by=self.ae, at=PREPARED)
        row = check_invoice(invoice=row, control_total=row.total, by=self.am, at=PREPARED)
        row = issue_invoice(invoice=row, by=self.finance, at=PREPARED)
        money = {"on": PREPARED.date(), "amount": cents(row.total / 2), "by": self.finance}
        return row, pay_invoice(invoice=row, at=PREPARED, **money)

    def amount(self, most):
        return D(self.dice.randrange(100, most * 100)) / 100

    def production(self):
        """Two jobs under way, each with a change order and the whole anew; one to be signed."""
        for sign in (1, -1):
            base = self.signed(self.estimate(self.job(), self.amount(9000), self.amount(900)))
            whole = re_estimate(estimate=base, by=self.ae, at=PREPARED, reason=REASON)
            self.line(whole, self.amount(2000))
            self.pending["supersede"].append(self.sent(whole))
            change = draft_change_order(estimate=base, by=self.ae, at=PREPARED, reason=REASON)
            self.line(change, sign * self.amount(3000))
            self.pending["change"].append(self.sent(change))
        self.pending["sign"].append(self.sent(self.estimate(self.job(), self.amount(9000))))

    def media(self):
        """A plan in force into the next fiscal year, its next version, and one to be signed."""
        months = (date(YEAR, 2, 1), date(YEAR, 4, 1), date(YEAR + 1, 1, 1))
        plan = self.signed(self.plan(self.job(kind="media"), months, mode="on_top"))
        version = revise_plan(plan=plan, by=self.ae, at=PREPARED, reason=REASON)
        plans.add(version, **self.run(date(YEAR, 5, 1)), line=version.lines.first())
        self.pending["supersede"].append(self.sent(version))
        self.pending["sign"].append(self.sent(self.plan(self.job(kind="media"), months[:2])))

    def job(self, **fields):
        job = years.job_of(self.client, at=PREPARED, **fields)
        brief = jobs.make_brief(job)
        if job.kind == Job.Kind.MEDIA:
            jobs.confirm(brief, "media")
        self.jobs.append(job)
        return job

    def estimate(self, job, *amounts):
        draft = jobs.make_estimate(job, contingency_rate=D("0"), quotes_reason=REASON)
        for amount in amounts:
            self.line(draft, amount)
        return draft

    def line(self, draft, amount):
        data = {"text": "Film", "unit": "pcs", "quantity": D("1"), "unit_cost": amount}
        save_line(estimate=draft, data=data, by=self.ae, at=PREPARED)

    def plan(self, job, months, **head):
        return plans.draft_of(job, *map(self.run, months), **head)

    def run(self, month):
        return {"month": month, "unit_gross": self.amount(4000), "runs": self.dice.randint(1, 3)}

    def sent(self, paper):
        paper.refresh_from_db()
        row = submit(paper=paper, by=self.ae, at=PREPARED)
        control = {"step": "manager", "by": self.am, "control_total": row.total}
        row = approve(paper=row, at=PREPARED, **control)
        row = approve(paper=row, step="director", by=self.ad, at=PREPARED)
        return send(paper=row, contact=self.contact, by=self.ae, at=PREPARED)

    def signed(self, paper):
        row = self.sent(paper)
        sign(row, PREPARED)
        row.refresh_from_db()
        self.in_force.append(row)
        return row


def sign(paper, at):
    link = ClientLink.objects.of(paper.client_document).get()
    return sign_by_link(link=link, typed_name="何嘉宁", sha256=link.sha256, at=at)


@cache
def nets_of(paper):
    """{fiscal year: net} of a paper, by its lines."""
    if not hasattr(paper, "mode"):
        return {YEAR: paper.net}
    found = defaultdict(D)
    for line in paper.lines.all():
        found[line.month.year] += line.media_price + line.service_fee
        found[line.month.year] += line.commission if paper.mode == "on_top" else 0
    return found
