"""Any history of a client's year through the services, beside a book-keeper who writes it down.

A world is made once: jobs at work, papers that lie with the client, money that came in. Each
history begins from it: up to 15 steps in any order, at any day, taken back at its end. The
book-keeper knows nothing of cut-offs and papers: after each step he compares what he wrote with
what is read.
"""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal as D
from functools import wraps

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from agency.common.dates import DAY, first_of
from agency.common.errors import Refused, Stale
from agency.common.money import cents
from budgets.models import Invoice, Payment
from budgets.models.budget import ZERO
from budgets.reports.proof import findings
from budgets.reports.standing import book_of
from budgets.services.budget import authorise_budget, draft_budget
from budgets.services.budget_sheet import save_lines
from budgets.services.invoice import draft_invoices
from budgets.services.invoice_check import check_invoice
from budgets.services.invoice_credit import credit_invoice, credit_left
from budgets.services.invoice_issue import issue_invoice
from budgets.services.invoice_sources import propose
from budgets.services.months import close_month
from budgets.services.payment import pay_invoice, reverse_payment
from budgets.years import cutoff, next_month
from jobs.models import Job
from jobs.services.ending import cancel_job
from tests.budgets.history_world import REASON, YEAR, World, nets_of, sign
from tests.builders import when

BEGAN = when("2026-02-20 10:00")
STEPS_MOST = 15
LONG = 5
SHARES = (D("1"), D("0.5"), D("0.3333"), D("0.01"))
COLUMNS = ("budget", "billed", "in_execution", "unexecuted")
ACTS = ("sign", "change", "supersede", "bill", "credit", "pay", "reverse", "close", "cancel",
        "authorise")  # fmt: skip


class Keeper:
    """The plain book: what is budgeted, signed and billed of each job, as it is."""

    def __init__(self, world):
        self.budget = dict(world.budget)
        self.kinds = {job.pk: job.kind for job in world.jobs}
        self.signed, self.billed = {job.pk: {} for job in world.jobs}, Counter()
        self.ended = set()
        for paper in world.in_force:
            self.sign(paper)
        self.bill(world.invoice)

    def sign(self, paper, gone=None):
        """`gone`: the key of the paper whose place it takes."""
        papers = self.signed[paper.job_id]
        papers.pop(gone, None)
        papers[paper.pk] = nets_of(paper)[YEAR]

    def bill(self, invoice):
        if invoice.budget_year == YEAR:
            self.billed[invoice.job_id] += invoice.net

    def row(self, category):
        """(budget, billed, in execution, unexecuted)."""
        mine = [pk for pk, kind in self.kinds.items() if kind == category]
        billed = sum((self.billed[pk] for pk in mine), ZERO)
        rest = sum((self.rest(pk) for pk in mine if pk not in self.ended), ZERO)
        budget = self.budget[category]
        return budget, billed, rest, budget - billed - rest

    def rest(self, pk):
        return max(ZERO, sum(self.signed[pk].values(), ZERO) - self.billed[pk])


def act(**choices):
    """A rule that is one step some days later; once the history is over it does nothing."""

    def wrap(function):
        @wraps(function)
        def run(self, days, **chosen):
            if self.left:
                self.left -= 1
                self.now += days * DAY + timedelta(minutes=1)
                function(self, **chosen)
                self.compare()

        return rule(days=st.integers(0, 21), **choices)(run)

    return wrap


class History(RuleBasedStateMachine):
    """One history; a subclass names its `world`."""

    world = None
    # Mostly short ones: each begins in the middle of things.
    lengths = st.sampled_from((1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 8, STEPS_MOST))
    place = st.integers(0, 9)
    share = st.sampled_from(SHARES)
    done = Counter()

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.now, self.length, self.left = BEGAN, 0, 0
        self.frozen, self.instants, self.moved = {}, [], False
        self.pending = {kind: list(rows) for kind, rows in self.world.pending.items()}
        self.keeper, self.waiting = Keeper(self.world), []
        self.invoices, self.payments = [self.world.invoice.pk], [self.world.payment.pk]

    def teardown(self):
        try:
            self.ended()
            self.done["histories"] += 1
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def ended(self):
        """After long ones: what `manage.py verify_money` looks at, at every cut-off."""
        if self.length >= LONG:
            found = list(findings(self.now))
            assert found == [], found

    @initialize(data=st.data())
    def begin(self, data):
        self.length = self.left = data.draw(self.lengths)

    def step(self, name, call, **given):
        """What the verb gave, None where it refused; counted either way."""
        try:
            with transaction.atomic():
                found = call(at=self.now, **given)
        except (Refused, Stale):
            self.done[f"{name} refused"] += 1
            return None
        self.done[name] += 1
        self.moved = True
        return found

    # --- what is signed ---------------------------------------------------------------------------

    @act(place=place)
    def sign(self, place):
        self.put("sign", place)

    @act(place=place)
    def change(self, place):
        self.put("change", place)

    @act(place=place)
    def supersede(self, place):
        self.put("supersede", place)

    def put(self, kind, place):
        rows = self.pending[kind]
        if not rows:
            return
        paper = rows.pop(place % len(rows))
        if self.step(kind, lambda at: sign(paper, at)) is not None:
            self.keeper.sign(paper, gone=paper.supersedes_id)

    # --- what is billed and paid ------------------------------------------------------------------

    @act(place=place, share=share, back=st.booleans())
    def bill(self, place, share, back):
        self.waiting += self.draft(self.job(place), place, share)
        if not self.waiting:
            return
        invoice = self.waiting.pop(0)
        given = {"invoice": invoice, "issued_on": self.day(back), "by": self.world.finance}
        if issued := self.step("bill", issue_invoice, **given):
            self.keeper.bill(issued)
            self.invoices.append(issued.pk)
        else:
            self.waiting.append(invoice)

    def draft(self, job, place, share):
        """An invoice of a share of one part that is left of the job, checked."""
        parts = [part for part in propose(job, self.now) if cents(part.rest * share)]
        if not parts:
            return []
        part, ae, am = parts[place % len(parts)], self.world.ae, self.world.am
        amounts = {part.key: cents(part.rest * share)}
        found = self.step("draft", draft_invoices, job=job, amounts=amounts, by=ae) or []
        given = [{"invoice": row, "control_total": row.total, "by": am} for row in found]
        return [row for one in given if (row := self.step("check", check_invoice, **one))]

    def job(self, place):
        return self.pick(Job.objects.select_related("client"), self.world.job_keys, place)

    def pick(self, rows, keys, place):
        return rows.get(pk=keys[place % len(keys)])

    def day(self, back):
        """Today, or the last day of the month before."""
        today = self.now.date()
        return first_of(today) - DAY if back else today

    @act(place=place, share=share)
    def credit(self, place, share):
        invoice = self.pick(Invoice.objects, self.invoices, place)
        amounts = {pk: cents(left * share) for pk, left in credit_left(invoice).items()}
        given = {"invoice": invoice, "amounts": amounts, "reason": REASON}
        if note := self.step("credit", credit_invoice, by=self.world.finance, **given):
            self.keeper.bill(note)

    @act(place=place, share=share, back=st.booleans())
    def pay(self, place, share, back):
        invoice = self.pick(Invoice.objects, self.invoices, place)
        given = {"on": self.day(back), "amount": cents(invoice.open_amount * share)}
        by = self.world.finance
        if paid := self.step("pay", pay_invoice, invoice=invoice, by=by, **given):
            self.payments.append(paid.pk)

    @act(place=place)
    def reverse(self, place):
        payment = self.pick(Payment.objects, self.payments, place)
        given = {"payment": payment, "reason": REASON, "by": self.world.finance}
        self.step("reverse", reverse_payment, **given)

    # --- what else moves the year -----------------------------------------------------------------

    @act()
    def close(self):
        """The next month that is over is closed: from now on it stands, at any cut-off in it."""
        month = next_month(max(self.frozen)) if self.frozen else date(YEAR, 1, 1)
        if self.step("close", close_month, month=month, by=self.world.finance):
            book, end = self.book(), cutoff(self.world.client, month)
            inside = [at for at in self.instants if at < end]
            self.frozen[month] = {at: self.read(book, at) for at in (*inside, end)}

    @act(place=place)
    def cancel(self, place):
        job, by = self.job(place), self.world.am
        given = {"job": job, "reason": REASON, "proof": self.world.proof}
        if self.step("cancel", cancel_job, by=by, **given):
            self.keeper.ended.add(job.pk)

    @act(amount=st.decimals("0.01", "60000.00", places=2))
    def authorise(self, amount):
        """A new version of the budget, with the client's proof."""
        world, by = self.world, {"by": self.world.am, "at": self.now}
        draft = draft_budget(client=world.client, year=YEAR, reason=REASON, **by)
        rows = [{"category": name, "amount": amount} for name in world.budget]
        save_lines(budget=draft, rows=rows, **by)
        given = {"contact": world.contact, "authorised_on": self.now.date(), "proof": world.proof}
        if self.step("authorise", authorise_budget, budget=draft, by=world.am, **given):
            self.keeper.budget = dict.fromkeys(world.budget, amount)

    # --- after each step --------------------------------------------------------------------------

    def book(self):
        return book_of(self.world.client, YEAR)

    def read(self, book, at):
        return {
            row.category: tuple(getattr(row, name) for name in COLUMNS) for row in book.rows(at)
        }

    def compare(self):
        """The identity, the plain book, nothing below 0, and what was closed is as it was.

        Where a verb refused nothing has changed.
        """
        if not self.moved:
            return
        self.moved, book = False, self.book()
        found = self.read(book, self.now)
        for category in self.world.budget:
            budget, billed, rest, unexecuted = found[category]
            assert budget == billed + rest + unexecuted
            assert found[category] == self.keeper.row(category), category
            assert min(budget, billed, rest) >= 0, category
        for month, kept in self.frozen.items():
            assert {at: self.read(book, at) for at in kept} == kept, month
        self.instants.append(self.now)


def machine(world, **more):
    """A class of histories from the world, with a count of its own of what was done."""
    return type("History", (History,), {"world": world, "done": Counter(), **more})


__all__ = ["ACTS", "STEPS_MOST", "World", "machine"]
