"""What people of the demo do with money, each act one call (domain.md section 11)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from agency.common.pdf import render
from agency.demo.works import SIGNERS, Work
from archives.services import file_document
from budgets.models import Invoice
from budgets.services.invoice import draft_invoices
from budgets.services.invoice_check import check_invoice
from budgets.services.invoice_issue import issue_invoice
from budgets.services.invoice_sources import propose
from budgets.services.payment import pay_invoice
from jobs.services import chain, lines, revising, sending

D = Decimal
OUTSIDE = D("0.75")  # of a price goes to suppliers


def ago(stage, days, hour=10):
    """So many days before today, at this hour of the agency."""
    day = timezone.localdate(stage.now) - timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(hour)))


@dataclass
class Desk(Work):
    """A job of the demo with its bills."""

    def line(self, text, net):
        """The one line of an estimate that costs the client `net`."""
        return {
            "group": "制作", "text": text, "quantity": D(1), "unit": "项",
            "unit_cost": net * OUTSIDE, "fixed_price": net, "vat_rate": D("0.06"),
            "markup_rate": D(0),
        }  # fmt: skip

    def begin(self, title, net, days=260):
        """Asked for, briefed, approved, its estimate drafted."""
        self.ask(title, days, [("主稿", "print", 1)])
        self.brief("按年度计划上线。", departments=("creative",))
        self.approve().price((), contingency="0")
        thing = self.job.deliverables.get()
        data = {**self.line("创意与制作", net), "deliverable": thing}
        lines.save_line(estimate=self.paper, data=data, **self.who("ae"))
        return self

    def change(self, text, net, reason):
        """A story: a change order of `net`, signed."""
        order = revising.draft_change_order(estimate=self.paper, reason=reason, **self.who("ae"))
        lines.save_line(estimate=order, data=self.line(text, net), **self.who("ae"))
        self.paper = order
        yield from self.signed()

    def submit(self):
        self.paper = chain.submit(paper=self.paper, **self.who("ae"))
        return self

    def send(self):
        contact = self.client.contacts.get(name=SIGNERS[self.code])
        self.paper = sending.send(paper=self.paper, contact=contact, **self.who("ae"))
        return self

    # --- bills ---------------------------------------------------------------------------------

    def draft(self, net=None, month=None):
        """Drafts of what is signed: `net` of it, or all of the month."""
        return draft_invoices(job=self.job, amounts=self.share(net, month), **self.who("ae"))

    def share(self, net, month):
        """{key of a part: net}, the first parts first; contingency is left alone."""
        found = {}
        for part in propose(self.job, self.stage.at):
            is_ours = part.issuer == Invoice.Issuer.AGENCY and not part.contingency_of
            if is_ours and part.month == month:
                found[part.key] = part.rest if net is None else max(min(part.rest, net), D(0))
                net = None if net is None else net - found[part.key]
        return found

    def checked(self, invoice):
        return check_invoice(invoice=invoice, control_total=invoice.total, **self.who("am"))

    def bill(self, net=None, month=None):
        """Drafted, checked and sent; returns the invoices."""
        contact = self.client.contacts.get(name=SIGNERS[self.code])
        return [
            issue_invoice(invoice=self.checked(invoice), contacts=[contact], **self.who("finance1"))
            for invoice in self.draft(net, month)
        ]

    def paid(self, invoice, days, part=None):
        """A story: so many days ago the client pays it, or a part of it."""
        yield ago(self.stage, days, 14)
        invoice.refresh_from_db()
        pay_invoice(
            invoice=invoice, on=self.day(0), amount=part or invoice.open_amount,
            reference=f"网银 {invoice.number}", **self.who("finance1"),
        )  # fmt: skip

    def filed(self, kind, title, face="client"):
        """A paper from outside, scanned."""
        facts = {"number": title, "client": str(self.client), "name": SIGNERS[self.code]}
        return file_document(
            client=self.client, kind=kind, title=title, name="scan.pdf", face=face,
            content=render("demo/signed.html", facts), dated_on=self.day(0),
            job_numbers=[self.job.number], **self.who("ae"),
        )  # fmt: skip
