"""A client with its people and finance, and invoices brought along by the verbs themselves."""

from decimal import Decimal as D

from django.urls import reverse
from django.utils import timezone

from budgets.services.invoice import draft_invoices
from budgets.services.invoice_check import check_invoice
from budgets.services.invoice_issue import issue_invoice
from budgets.services.invoice_sources import propose
from tests.budgets import make
from tests.builders import make_client, make_contact, make_user
from tests.jobs.make import NOW, make_job

REASON = "Two spots were not on the air"


class House:
    """AE, AM, finance; a production job of 1,000.00 signed, cost 600.00, contingency 100.00."""

    def __init__(self, **client):
        self.ae, self.am = make_user(role="ae"), make_user(role="am")
        self.finance = make_user(role="finance")
        self.client = make_client(team=[self.ae, self.am], **client)
        self.contact = make_contact(self.client, gets_budget=True)
        self.job = make_job(self.client, self.ae)

    def signed(self, net="1000.00", **fields):
        return make.make_signed(self.job, net, **{"cost": D("600.00"), **fields})

    def media(self, *lines, **fields):
        """A media job with its plan signed."""
        self.job = make_job(self.client, self.ae, kind="media")
        rows = lines or ({"unit_gross": D("1000")},)
        return make.sign_plan(make.make_plan(self.job, rows, **fields))

    def draft(self, by=None, **amounts):
        """One draft of everything due, or of these amounts by key."""
        parts = propose(self.job, NOW)
        ours = [part for part in parts if part.is_due and part.issuer == "agency"]
        wanted = amounts or {part.key: part.rest for part in ours}
        return draft_invoices(job=self.job, amounts=wanted, by=by or self.ae, at=NOW)[0]

    def part(self, net):
        """A draft of so much of the first part."""
        return self.draft(**{propose(self.job, NOW)[0].key: D(net)})

    def checked(self, invoice=None):
        row = invoice or self.draft()
        return check_invoice(invoice=row, control_total=row.total, by=self.am, at=NOW)

    def issued(self, invoice=None, at=NOW, **more):
        row = self.checked(invoice)
        return issue_invoice(invoice=row, by=self.finance, at=at, **more)


def signed_house():
    """The house of LM, its job signed by the client."""
    house = House(code="LM")
    house.signed()
    return house


def url(name, row=None):
    return reverse(f"budgets:{name}", args=[row.pk] if row else [])


def today():
    return timezone.localdate()
